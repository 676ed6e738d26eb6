"""Counting: opened together, published by receipt, recounted, altered by nobody unseen."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from events.balloting.box import open_round, prepare_round
from events.balloting.calling import Vacancy
from events.balloting.counting import (
    count_electronic,
    count_paper,
    find_faults,
    published_file,
    record_acclaim,
)
from events.balloting.published import recount
from events.balloting.rounds import result_of
from events.balloting.tallying import Tally
from events.balloting.voters import fix_voters
from events.models import BallotBox, PublishedBallot, RoundCount
from tests.events.electing import (
    ASSEMBLY,
    RECORD,
    add_assembly,
    add_cities,
    call,
    open_ballot,
    stand,
    vote,
)
from wego import guards
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return add_cities()


@pytest.fixture
def president(cities):
    return call(add_assembly()).elections.get()


def count(row, keys, on=ASSEMBLY):
    return count_electronic(row, first_key=keys[0], second_key=keys[1], on=on, by=None)


@pytest.fixture
def counted(president, cities):
    """Seven for Almaty, four for Seoul, one blank."""
    row, keys, codes = open_ballot(president, "Seoul", "Almaty", cities=cities)
    chosen = [[codes["Almaty"]]] * 7 + [[codes["Seoul"]]] * 4 + [[]]
    receipts = vote(row, dict(zip(cities.values(), chosen, strict=True)))
    count(row, keys)
    row.refresh_from_db()
    return row, codes, receipts


def test_twelve_cities_vote_and_the_result_is_declared(counted):
    row, codes, _receipts = counted

    assert row.count.votes == {codes["Almaty"]: 7, codes["Seoul"]: 4}
    assert (row.count.cast, row.count.voters, row.count.blank) == (12, 12, 1)
    assert [str(each.member) for each in result_of(row).elected] == ["Almaty"]
    assert BallotBox.objects.count() == 0


def test_every_voter_finds_their_ballot_by_the_receipt(counted):
    row, codes, receipts = counted

    published = {each.receipt: each.choices for each in row.ballots.all()}
    assert published.keys() == set(receipts.values())
    assert [published[receipt] for receipt in receipts.values()] == (
        [[codes["Almaty"]]] * 7 + [[codes["Seoul"]]] * 4 + [[]]
    )


def test_anybody_recounts_the_published_file(counted, tmp_path, capsys):
    row, _codes, _receipts = counted
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps(published_file(row)))

    call_command("count_ballots", str(file), "--json", "--commitment", row.count.commitment)

    found = json.loads(capsys.readouterr().out)
    assert (found["votes"], found["elected"]) == ({"Almaty": 7, "Seoul": 4}, ["Almaty"])
    assert found["election"] == "President City, 7th WeGO General Assembly"


def test_the_commitment_stands_in_the_audit_trail(counted):
    row, _codes, _receipts = counted

    entry = AuditEntry.objects.get(act="round.counted")
    assert entry.facts["commitment"] == row.count.commitment
    assert row.count.commitment == recount(published_file(row)).commitment
    assert find_faults(row) == []


def test_altering_one_ballot_is_refused_and_with_the_guards_off_detected(counted):
    row, codes, _receipts = counted
    ballot = row.ballots.filter(choices=[codes["Almaty"]]).first()
    alter = "UPDATE events_publishedballot SET choices = %s WHERE receipt = %s"
    values = [json.dumps([codes["Seoul"]]), ballot.receipt]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(alter, values)
    assert find_faults(row) == []

    for guard in guards.declared():
        if guard.table == "events_publishedballot":
            guards.run_statements(connection, guard.remove(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute(alter, values)

    assert find_faults(row) == [
        "A published ballot was altered since the count.",
        "The published ballots do not give the recorded votes.",
    ]


def test_wrong_keys_count_nothing_and_the_round_stays_open(president, cities):
    row, keys, codes = open_ballot(president, "Seoul", cities=cities)
    vote(row, {cities["Lisbon"]: [codes["Seoul"]]})

    with pytest.raises(ValidationError), transaction.atomic():
        count(row, (keys[0], keys[0]))

    row.refresh_from_db()
    assert row.state == "open"
    assert (RoundCount.objects.count(), PublishedBallot.objects.count()) == (0, 0)
    assert count(row, keys).cast == 1


def test_a_box_that_was_tampered_with_is_not_counted(president, cities):
    row, keys, codes = open_ballot(president, "Seoul", cities=cities)
    vote(row, {cities["Lisbon"]: [codes["Seoul"]], cities["Abuja"]: []})
    box = BallotBox.objects.get()
    whole = box.sealed
    for sealed, sentence in (
        (whole[:1], "1 ballots are in the box and 2 cities voted"),
        ([whole[0], whole[1][:-8] + "AAAAAAA="], "A sealed ballot was altered"),
    ):
        BallotBox.objects.update(sealed=sealed)
        with pytest.raises(ValidationError, match=sentence), transaction.atomic():
            count(row, keys)
    assert PublishedBallot.objects.count() == 0


def test_a_round_nobody_voted_in_is_not_counted(president, cities):
    row, keys, _codes = open_ballot(president, "Seoul", cities=cities)

    with pytest.raises(ValidationError, match="Nobody has voted yet"):
        count(row, keys)


@pytest.fixture
def on_paper(president, cities):
    for name in ("Seoul", "Almaty"):
        stand(president, cities[name])
    fix_voters(president.call, on=RECORD, by=None)
    row, _keys = prepare_round(president, manner="paper", on=ASSEMBLY, by=None)
    return open_round(row, on=ASSEMBLY, by=None)


def enter(row, votes, *, cast, blank=0, invalid=0):
    tally = Tally(votes, blank, invalid)
    return count_paper(row, tally, cast=cast, on=ASSEMBLY, by=None)


def test_a_paper_count_is_entered_and_tied_candidates_are_declared(on_paper):
    enter(on_paper, {"01": 5, "02": 5}, cast=12, blank=1, invalid=1)

    on_paper.refresh_from_db()
    result = result_of(on_paper)
    assert (result.elected, [str(each.member) for each in result.tied]) == (
        (),
        ["Almaty", "Seoul"],
    )
    assert on_paper.count.commitment == ""


@pytest.mark.parametrize(
    ("votes", "facts", "code"),
    [
        ({"01": 7, "02": 6}, {"cast": 13}, "cast"),
        ({"01": 0, "02": 0}, {"cast": 0}, "cast"),
        ({"01": 7, "02": 4}, {"cast": 12}, "votes"),
        ({"01": 7, "02": 6}, {"cast": 12}, "votes"),
        ({"01": 6, "02": 6}, {"cast": 12, "blank": 1}, "votes"),
        ({"01": 0, "02": 0}, {"cast": 3, "blank": 2, "invalid": 2}, "blank"),
        ({"01": 12}, {"cast": 12}, "candidates"),
    ],
)
def test_a_paper_count_that_does_not_add_up_is_refused(on_paper, votes, facts, code):
    with pytest.raises(ValidationError) as refusal:
        enter(on_paper, votes, **facts)

    assert refusal.value.code == code
    assert RoundCount.objects.count() == 0


def test_a_tie_is_voted_again_among_the_tied(on_paper, president):
    enter(on_paper, {"01": 6, "02": 6}, cast=12)

    row, _keys = prepare_round(president, manner="paper", on=ASSEMBLY, by=None)

    assert (row.number, [str(each) for each in row.candidates.all()]) == (2, ["Almaty", "Seoul"])
    open_round(row, on=ASSEMBLY, by=None)
    enter(row, {"01": 7, "02": 5}, cast=12)
    row.refresh_from_db()
    assert [str(each.member) for each in result_of(row).elected] == ["Almaty"]


def test_r17_elected_unanimously_without_a_count(cities):
    """Seongnam was elected unanimously."""
    election = call(add_assembly(), Vacancy("excom", 2)).elections.get()
    stand(election, cities["Lisbon"])
    fix_voters(election.call, on=RECORD, by=None)
    row, _keys = prepare_round(election, manner="acclaim", on=ASSEMBLY, by=None)
    row = open_round(row, on=ASSEMBLY, by=None)

    with pytest.raises(ValidationError, match="Say how it was established"):
        record_acclaim(row, present=8, note="", on=ASSEMBLY, by=None)
    record_acclaim(row, present=8, note="By acclaim", on=ASSEMBLY, by=None)

    row.refresh_from_db()
    assert [str(each.member) for each in result_of(row).elected] == ["Lisbon"]


def test_more_candidates_than_seats_are_voted_on(president, cities):
    for name in ("Seoul", "Almaty"):
        stand(president, cities[name])
    fix_voters(president.call, on=RECORD, by=None)

    with pytest.raises(ValidationError, match="more candidates than seats"):
        prepare_round(president, manner="acclaim", on=ASSEMBLY, by=None)


def test_a_count_is_taken_once(counted):
    row, _codes, _receipts = counted

    with pytest.raises(ValidationError, match="This round is Counted"):
        count(row, ("", ""), on=ASSEMBLY + dt.timedelta(days=1))
