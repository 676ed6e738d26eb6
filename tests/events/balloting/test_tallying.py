"""Counting, on paper: most votes, so many seats, ties declared (S29)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.balloting.tallying import Outcome, find_outcome, tally_ballots

VOTES = st.dictionaries(st.sampled_from([f"{n:02d}" for n in range(1, 13)]), st.integers(0, 12))


@pytest.mark.parametrize(
    ("votes", "seats", "expected"),
    [
        ({"01": 7, "02": 5}, 1, Outcome(("01",), (), 0, 1)),
        ({"01": 6, "02": 6}, 1, Outcome((), ("01", "02"), 1, 1)),
        ({"01": 9, "02": 4, "03": 4, "04": 1}, 2, Outcome(("01",), ("02", "03"), 1, 1)),
        ({"01": 9, "02": 4, "03": 4, "04": 1}, 3, Outcome(("01", "02", "03"), (), 0, 1)),
        ({"01": 3, "02": 0}, 2, Outcome(("01",), (), 1, 1)),
        ({"01": 0, "02": 0}, 1, Outcome((), (), 1, 1)),
    ],
)
def test_s29_most_votes_are_elected_and_a_tie_is_declared(votes, seats, expected):
    assert find_outcome(votes, seats=seats, majority="simple", voters=12) == expected


def test_s29_absolute_asks_for_more_than_half_of_those_entitled():
    votes = {"01": 6, "02": 5}

    assert find_outcome(votes, seats=1, majority="absolute", voters=12).elected == ()
    assert find_outcome(votes, seats=1, majority="absolute", voters=11).elected == ("01",)
    assert find_outcome(votes, seats=1, majority="absolute", voters=12).needed == 7


def test_blank_and_invalid_ballots_are_counted_apart():
    ballots = [["01"], ["02"], ["01"], [], ["09"], ["01", "02"], ["01", "01"]]

    tally = tally_ballots(ballots, ["01", "02", "03"], 1)

    assert tally.votes == {"01": 2, "02": 1, "03": 0}
    assert (tally.blank, tally.invalid) == (1, 3)


@given(votes=VOTES, seats=st.integers(1, 12), majority=st.sampled_from(["simple", "absolute"]))
def test_nobody_with_fewer_votes_goes_before_somebody_with_more(votes, seats, majority):
    found = find_outcome(votes, seats=seats, majority=majority, voters=12)

    others = [votes[code] for code in votes if code not in found.elected]
    reached = [count for count in others if count >= found.needed]
    assert len(found.elected) == seats - found.seats_left <= seats
    assert all(votes[code] > other for code in found.elected for other in reached)
    assert len(found.tied) != 1
    assert len({votes[code] for code in found.tied}) <= 1
    # A seat stays empty only for a tie or for want of candidates with enough votes.
    assert bool(found.seats_left) == (bool(found.tied) or len(reached) == 0 < found.seats_left)
