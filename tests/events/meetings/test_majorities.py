import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.meetings.majorities import Tally, is_carried, quorum_of
from events.switches import MeetingPolicies

BOOK = MeetingPolicies()
VOTES = st.integers(0, 60)


@pytest.mark.parametrize(("entitled", "needed"), [(8, 5), (9, 5), (1, 1), (0, 1), (20, 11)])
def test_s28_quorum_is_more_than_half_of_those_entitled(entitled, needed):
    assert quorum_of(entitled, BOOK) == needed


@pytest.mark.parametrize(("rule", "needed"), [("more_than_half", 6), ("one_third", 4), ("none", 1)])
def test_s28_quorum_follows_the_switch(rule, needed):
    assert quorum_of(10, MeetingPolicies(quorum=rule)) == needed


def test_s28_the_statute_may_ask_for_two_thirds():
    policies = MeetingPolicies(statute_quorum="two_thirds")

    assert quorum_of(10, policies, is_statute=True) == 7
    assert quorum_of(10, policies) == 6


@pytest.mark.parametrize(
    ("tally", "carried"),
    [
        (Tally(3, 2), True),
        (Tally(2, 2), False),
        (Tally(1, 0, 7), True),
        (Tally(0, 0, 8), False),
    ],
)
def test_s29_simple_majority_of_the_votes_cast(tally, carried):
    assert is_carried(tally, entitled=8, policies=BOOK) is carried


@pytest.mark.parametrize(
    ("tally", "carried"),
    [(Tally(4, 2), True), (Tally(5, 3), False), (Tally(6, 3), True), (Tally(0, 0, 9), False)],
)
def test_s29_two_thirds_of_the_votes_cast_for_the_statute(tally, carried):
    assert is_carried(tally, entitled=9, policies=BOOK, is_statute=True) is carried


@pytest.mark.parametrize(
    ("tally", "statute", "carried"),
    [
        (Tally(5, 0, 3), False, True),
        (Tally(4, 0, 4), False, False),
        (Tally(6, 0, 2), True, True),
        (Tally(5, 0, 3), True, False),
    ],
)
def test_s29_absolute_majority_counts_those_entitled(tally, statute, carried):
    policies = MeetingPolicies(majority="absolute")

    assert is_carried(tally, entitled=8, policies=policies, is_statute=statute) is carried


@given(VOTES, VOTES, VOTES)
def test_s29_abstentions_never_decide(votes_for, against, abstained):
    for statute in (False, True):
        with_them = is_carried(
            Tally(votes_for, against, abstained), entitled=200, policies=BOOK, is_statute=statute
        )
        without = is_carried(
            Tally(votes_for, against), entitled=200, policies=BOOK, is_statute=statute
        )
        assert with_them == without


@given(VOTES, VOTES)
def test_s29_more_votes_for_never_lose_what_was_carried(votes_for, against):
    for statute in (False, True):
        if is_carried(Tally(votes_for, against), entitled=200, policies=BOOK, is_statute=statute):
            assert is_carried(
                Tally(votes_for + 1, against), entitled=200, policies=BOOK, is_statute=statute
            )


@given(st.integers(0, 300))
def test_s28_two_quorums_of_more_than_half_always_meet(entitled):
    assert 2 * quorum_of(entitled, BOOK) > entitled
