"""With the whole database, its backups and the logs in hand nobody ties a vote to a city."""

import random
import re

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from events.balloting import sealing
from events.balloting.box import cast_ballot
from events.balloting.counting import count_electronic
from events.models import (
    BallotBox,
    Candidacy,
    Election,
    ElectionCall,
    PublishedBallot,
    Round,
    RoundCandidate,
    Turnout,
    Voter,
)
from tests.events.electing import ASSEMBLY, CALLED, DEADLINE, RECORD, add_assembly, add_cities
from tests.members.portal import acting, words_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
RECEIPT = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b")
ELECTIONS = 25
# Every order in which a database keeps or numbers its rows.
STORED = {
    "sqlite": ("rowid", "receipt"),
    "postgresql": ("ctid", "xmin::text::bigint", "receipt"),
}
CAST = {"sqlite": "rowid", "postgresql": "ctid"}


@pytest.fixture
def cities():
    return list(add_cities().values())


def new_round(cities, number):
    """An open round between two candidates, with the list of voters of another one."""
    call = ElectionCall.objects.create(
        meeting=add_assembly(f"ga{number}", number=number), called_on=CALLED, record_on=RECORD
    )
    Voter.objects.bulk_create(
        Voter(call=call, member=city, may_vote=True, why_en="Paid", why_ko="Paid")
        for city in cities
    )
    election = Election.objects.create(call=call, office="president", seats=1)
    keys = sealing.new_teller_key(), sealing.new_teller_key()
    row = Round.objects.create(
        election=election,
        number=1,
        manner="electronic",
        seats=1,
        state="open",
        public_key=sealing.public_key_of(*keys),
    )
    BallotBox.objects.create(round=row)
    for code, city in zip(("01", "02"), cities, strict=False):
        candidacy = Candidacy.objects.create(
            election=election,
            member=city,
            received_on=DEADLINE,
            came_by="letter",
            deadline_on=DEADLINE,
            is_late=False,
            is_eligible=True,
        )
        RoundCandidate.objects.create(round=row, candidacy=candidacy, code=code)
    return row, keys


def in_order(table, column, row, order):
    """A column of the rows of a round, in one of the orders the database has."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE round_id = %s ORDER BY {order}, {column}",
            [row.pk],
        )
        return [value for (value,) in cursor.fetchall()]


def guess_all(choices_of, row, sealed_as_cast):
    """For every stored order, how many votes a guess by place gets right."""
    published = {each.receipt: each.choices for each in row.ballots.all()}
    cities = in_order("events_turnout", "member_id", row, CAST[connection.vendor])
    found = {}
    for order in STORED[connection.vendor]:
        receipts = in_order("events_publishedballot", "receipt", row, order)
        found[order] = sum(
            published[receipt] == choices_of[city]
            for city, receipt in zip(cities, receipts, strict=True)
        )
    # Backups between two votes tell which sealed ballot is whose; its place in the box does not.
    places = sorted(range(len(cities)), key=lambda place: sealed_as_cast[place])
    ordered = sorted(published)
    found["box"] = sum(
        published[receipt] == choices_of[cities[place]]
        for place, receipt in zip(places, ordered, strict=True)
    )
    return found


def vote_watched(row, cities, dice):
    """Everybody votes as the dice say; a backup is taken after each vote."""
    choices_of, sealed, before = {}, [], set()
    for city in dice.sample(cities, len(cities)):
        choices_of[city.pk] = [dice.choice(("01", "02"))]
        cast_ballot(row, city, choices_of[city.pk], by=None)
        now = set(BallotBox.objects.get(round=row).sealed)
        [added] = now - before
        sealed.append(added)
        before = now
    return choices_of, sealed


def test_no_stored_order_guesses_better_than_chance(cities):
    """Five standard deviations around half of all votes; a leak would guess them all."""
    dice = random.Random(20261015)
    right = {}
    for number in range(ELECTIONS):
        row, keys = new_round(cities, number)
        choices_of, sealed = vote_watched(row, cities, dice)
        count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
        for order, count in guess_all(choices_of, row, sealed).items():
            right[order] = right.get(order, 0) + count

    votes = ELECTIONS * len(cities)
    spread = 5 * (votes / 4) ** 0.5
    assert set(right) == {*STORED[connection.vendor], "box"}
    assert {order: abs(count - votes / 2) < spread for order, count in right.items()} == (
        dict.fromkeys(right, True)
    )


def test_the_guess_finds_a_leak(cities):
    """The control: ballots stored as they were cast are guessed, every one."""
    # PostgreSQL fills a page that a vacuum freed out of turn: not in every one of these rounds.
    guessed = [guess_as_cast(cities, number) for number in range(1, 6)]

    assert max(guessed) == len(cities)


def guess_as_cast(cities, number):
    """How many votes are guessed by place when ballots are stored in the order of voting."""
    row, _keys = new_round(cities, number)
    choices_of, sealed = vote_watched(row, cities, random.Random(number))
    cast = in_order("events_turnout", "member_id", row, CAST[connection.vendor])
    for place, city in enumerate(cast):
        receipt = f"{number:02d}{place:04d}"
        PublishedBallot.objects.create(receipt=receipt, round=row, choices=choices_of[city])
    return guess_all(choices_of, row, sealed)[STORED[connection.vendor][0]]


def everything():
    """Every byte of the database on SQLite, free pages too; every row of it on PostgreSQL."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        parts = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text, t.ctid, t.xmin FROM "{table}" t')
            parts += [str(line) for line in cursor.fetchall()]
    return "\n".join(parts).encode()


def test_before_the_count_the_whole_database_holds_neither_receipts_nor_keys(cities):
    row, keys = new_round(cities, 1)
    receipts = [cast_ballot(row, city, ["01"], by=None) for city in cities]

    kept = everything()

    assert row.public_key.encode() in kept
    for secret in (*receipts, *keys):
        assert secret.encode() not in kept
        assert secret.replace("-", "").encode() not in kept


def test_two_different_votes_leave_the_same_traces(cities):
    """What a backup after each vote shows: one more name, one more entry, one more equal noise."""
    traces = []
    for number, choice in enumerate(([], ["01"], ["02"])):
        row, _keys = new_round(cities, number)
        cast_ballot(row, cities[0], choice, by=None)
        [sealed] = BallotBox.objects.get(round=row).sealed
        turnout = list(Turnout.objects.filter(round=row).values_list("member", "cast_by"))
        entry = AuditEntry.objects.order_by("pk").last()
        traces.append((len(sealed), str(turnout), entry.act, str(entry.facts), entry.why))

    assert len(set(traces)) == 1


def test_after_the_count_no_row_with_a_receipt_names_anything_else(cities):
    row, keys = new_round(cities, 1)
    receipts = [cast_ballot(row, city, ["01"], by=None) for city in cities]
    count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)

    assert BallotBox.objects.count() == 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            told = "\n".join(str(line) for line in cursor.fetchall())
            assert any(each in told for each in receipts) == (table == "events_publishedballot")
    columns = {field.name for field in PublishedBallot._meta.get_fields()}
    assert columns == {"receipt", "round", "choices"}
    assert not {"cast_at", "recorded_at", "position"} & {
        field.name for field in Turnout._meta.get_fields()
    }


def test_a_vote_in_the_portal_leaves_nothing_in_sessions_mails_or_logs(client, cities, caplog):
    row, keys = new_round(cities, 1)
    client.force_login(acting(cities[2], "delegate"))
    address = reverse("elections:vote", args=[row.pk])
    with caplog.at_level("DEBUG"), time_machine.travel("2026-10-15T03:00Z", tick=True):
        client.post(address, {"ballot": "01", "step": "check"})
        page = client.post(address, {"ballot": "01", "step": "cast"})
    receipt = RECEIPT.search(words_of(page))[0]

    assert receipt.encode() not in everything()
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert receipt not in logged
    assert "01" not in [value for key, value in client.session.items() if key == "ballot"]
    count_electronic(row, first_key=keys[0], second_key=keys[1], on=ASSEMBLY, by=None)
    assert PublishedBallot.objects.get().receipt == receipt
