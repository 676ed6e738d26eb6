"""Rounds of voting and the ballot box: who may vote, once, and what can go wrong."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.balloting.box import cast_ballot, open_round, prepare_round, void_round
from events.balloting.calling import Vacancy
from events.balloting.counting import count_electronic
from events.balloting.sealing import new_teller_key
from events.balloting.voters import fix_voters
from events.models import BallotBox, PublishedBallot, Round, Turnout
from tests.events.electing import (
    ASSEMBLY,
    DEADLINE,
    FULL_SINCE,
    RECORD,
    add_assembly,
    add_cities,
    call,
    open_ballot,
    stand,
    vote,
)
from tests.register import add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return add_cities()


@pytest.fixture
def president(cities):
    return call(add_assembly()).elections.get()


def refused(act, code):
    before = (Turnout.objects.count(), Round.objects.count(), AuditEntry.objects.count())
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act()
    after = (Turnout.objects.count(), Round.objects.count(), AuditEntry.objects.count())
    assert (refusal.value.code, after) == (code, before)


def test_ballots_are_made_after_deadline_and_list_of_voters(president, cities):
    stand(president, cities["Seoul"])

    refused(
        lambda: prepare_round(president, manner="paper", on=DEADLINE, by=None), "candidacies_open"
    )
    refused(lambda: prepare_round(president, manner="paper", on=RECORD, by=None), "no_voters")
    fix_voters(president.call, on=RECORD, by=None)
    row, keys = prepare_round(president, manner="paper", on=RECORD, by=None)

    assert (row.number, row.seats, keys) == (1, 1, None)
    refused(lambda: prepare_round(president, manner="paper", on=RECORD, by=None), "under_way")
    refused(lambda: open_round(row, on=RECORD, by=None), "early")


def test_nobody_stands_no_ballots(president):
    fix_voters(president.call, on=RECORD, by=None)

    refused(lambda: prepare_round(president, manner="paper", on=RECORD, by=None), "nobody")


def test_voting_opens_when_both_tellers_typed_their_keys(president, cities):
    stand(president, cities["Seoul"])
    fix_voters(president.call, on=RECORD, by=None)
    row, (first, second) = prepare_round(president, manner="electronic", on=ASSEMBLY, by=None)

    def opening(one, other):
        return lambda: open_round(row, first_key=one, second_key=other, on=ASSEMBLY, by=None)

    refused(opening("", second), "key1")
    refused(opening(first, second[:-1] + "?"), "key2")
    refused(opening(first, first), "key2")
    refused(opening(first, new_teller_key()), "key1")
    refused(lambda: cast_ballot(row, cities["Seoul"], ["01"], by=None), "closed")

    assert opening(second.lower(), first)().state == "open"


def test_neither_key_is_kept_anywhere(president, cities):
    row, keys, _codes = open_ballot(president, "Seoul", cities=cities)

    kept = f"{list(Round.objects.values())}{list(AuditEntry.objects.values())}"
    for key in keys:
        assert key not in kept
        assert key.replace("-", "") not in kept
    assert row.public_key in kept


def test_a_city_votes_once_and_gets_a_receipt(president, cities):
    row, _keys, codes = open_ballot(president, "Seoul", "Almaty", cities=cities)

    receipt = cast_ballot(row, cities["Lisbon"], [codes["Seoul"]], by=None)

    assert len(receipt) == 19
    assert [str(each) for each in Turnout.objects.all()] == ["Lisbon"]
    refused(lambda: cast_ballot(row, cities["Lisbon"], [codes["Almaty"]], by=None), "voted")
    assert len(BallotBox.objects.get().sealed) == 1


def test_s30_without_a_written_proxy_nobody_votes_for_another(president, cities):
    row, _keys, codes = open_ballot(president, "Seoul", cities=cities)

    refused(
        lambda: cast_ballot(
            row, cities["Lisbon"], [codes["Seoul"]], holder=cities["Seoul"], by=None
        ),
        "no_proxy",
    )
    assert (Turnout.objects.count(), BallotBox.objects.get().sealed) == (0, [])


def test_the_database_lets_a_city_vote_once_whatever_the_rule_says(president, cities):
    row, _keys, codes = open_ballot(president, "Seoul", cities=cities)
    cast_ballot(row, cities["Lisbon"], [codes["Seoul"]], by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Turnout.objects.create(round=row, member=cities["Lisbon"])

    assert Turnout.objects.count() == 1


def test_the_database_knows_who_may_vote_and_when(president, cities):
    stranger = add_member("Goyang", status="associate", on=FULL_SINCE)
    row, keys, codes = open_ballot(president, "Seoul", cities=cities)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turnout.objects.create(round=row, member=stranger)
    cast_ballot(row, cities["Lisbon"], [codes["Seoul"]], by=None)
    count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Turnout.objects.create(round=row, member=cities["Seoul"])


def test_an_associate_has_no_vote_and_is_told_why(president, cities):
    goyang = add_member("Goyang", status="associate", on=FULL_SINCE)
    row, _keys, codes = open_ballot(president, "Seoul", cities=cities)

    refused(lambda: cast_ballot(row, goyang, [codes["Seoul"]], by=None), "no_vote")


@pytest.mark.parametrize("choices", [["09"], ["01", "02"], ["01", "01"], ["1"], [""]])
def test_a_ballot_that_would_be_invalid_is_not_taken(president, cities, choices):
    row, _keys, _codes = open_ballot(president, "Seoul", "Almaty", cities=cities)

    refused(lambda: cast_ballot(row, cities["Lisbon"], choices, by=None), "choices")


def test_a_blank_ballot_counts_as_blank_and_several_names_up_to_the_seats(cities):
    election = call(add_assembly(), Vacancy("excom", 2)).elections.get()
    row, keys, codes = open_ballot(election, "Lisbon", "Abuja", "Cuenca", cities=cities)
    vote(row, {cities["Seoul"]: [], cities["Bogota"]: [codes["Lisbon"], codes["Cuenca"]]})

    count = count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)

    assert (count.cast, count.blank, count.voters) == (2, 1, 12)
    assert {name: count.votes[code] for name, code in codes.items()} == {
        "Lisbon": 1,
        "Abuja": 0,
        "Cuenca": 1,
    }


def test_a_lost_key_makes_the_round_void_and_it_is_voted_anew(president, cities):
    row, _keys, codes = open_ballot(president, "Seoul", cities=cities)
    cast_ballot(row, cities["Lisbon"], [codes["Seoul"]], by=None)

    refused(lambda: void_round(row, reason=" ", by=None), "reason")
    void_round(row, reason="A teller lost the key.", by=None)
    again, keys = prepare_round(president, manner="electronic", on=ASSEMBLY, by=None)
    open_round(again, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)

    assert again.number == 2
    assert cast_ballot(again, cities["Lisbon"], [codes["Seoul"]], by=None)
    assert BallotBox.objects.get().round == again
    assert PublishedBallot.objects.count() == 0
    refused(lambda: cast_ballot(row, cities["Seoul"], [], by=None), "closed")
