"""Who sits in the EXCOM on a day, and who votes there."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from events.models import OfficeHolder, Term, TermEnd
from events.seats import excom_voters_on, holders_on, seats_on, terms_on
from tests.register import add_member

DAY = dt.date(2021, 10, 18)
END = dt.date(2023, 12, 31)


def add_term(office, member=None, *, starts_on=DAY, ends_on=END, **fields):
    """A term as it stands in the table, whatever the rules would say."""
    return Term.objects.create(
        office=office,
        member=member,
        body="excom" if member else "secretariat",
        starts_on=starts_on,
        ends_on=ends_on,
        basis=fields.pop("basis", "recorded"),
        **fields,
    )


def test_c15_ex_officio_and_elected_are_told_apart_and_a_city_counts_once(db):
    seoul, seongnam = add_member("Seoul"), add_member("Seongnam")
    almaty = add_member("Almaty", "KZ")
    add_term("president", seoul)
    add_term("excom", seongnam)
    add_term("excom", almaty)
    add_term("vice", almaty)

    seats = {seat.member.name_en: seat for seat in seats_on(DAY)}

    assert list(seats) == ["Seoul", "Almaty", "Seongnam"]
    assert [seat.is_elected for seat in seats.values()] == [False, True, True]
    assert [seat.is_ex_officio for seat in seats.values()] == [True, True, False]


def test_a_term_holds_on_its_first_and_its_last_day(db):
    seongnam = add_member("Seongnam")
    term = add_term("excom", seongnam)

    days = [dt.date(2021, 10, 17), DAY, END, dt.date(2024, 1, 1)]
    assert [len(terms_on(day)) for day in days] == [0, 1, 1, 0]
    TermEnd.objects.create(term=term, ended_on=dt.date(2022, 3, 31), reason="Left WeGO.")
    days = [DAY, dt.date(2022, 3, 31), dt.date(2022, 4, 1), END]
    assert [len(terms_on(day)) for day in days] == [1, 1, 0, 0]


def test_r20_an_associate_may_sit_and_never_votes(db):
    goyang = add_member("Goyang", status="associate", on=dt.date(2017, 1, 1))
    seoul = add_member("Seoul", on=dt.date(2010, 9, 1))
    add_term("excom", goyang)
    add_term("president", seoul)

    assert [seat.member for seat in seats_on(DAY)] == [seoul, goyang]
    assert excom_voters_on(DAY) == [seoul]


def test_r22_the_office_is_the_citys_and_its_mayor_changes(db):
    seoul = add_member("Seoul", on=dt.date(2010, 9, 1))
    add_term("president", seoul, starts_on=dt.date(2017, 6, 29))
    for name, since in (("Park Won-soon", "2011-10-27"), ("Oh Se-hoon", "2021-04-08")):
        OfficeHolder.objects.create(member=seoul, person_en=name, since_on=since)

    assert holders_on([seoul.pk], dt.date(2011, 10, 26)) == {}
    assert str(holders_on([seoul.pk], dt.date(2017, 6, 29))[seoul.pk]) == "Park Won-soon"
    assert str(seats_on(DAY)[0].holder) == "Oh Se-hoon"
    assert [term.who for term in terms_on(DAY)] == ["Seoul"]


@pytest.mark.parametrize(
    "fields",
    [
        {"office": "secretary"},
        {"office": "excom", "body": "secretariat"},
        {"office": "mayor"},
        {"ends_on": dt.date(2021, 10, 17)},
        {"ends_on": None},
        {"basis": "luck"},
        {"person_en": "Oh Se-hoon"},
    ],
)
def test_c9_the_database_refuses_a_term_that_cannot_be(db, fields):
    """No term without an end, none that ends before it starts, no office of nobody."""
    seongnam = add_member("Seongnam")
    sound = {"office": "excom", "body": "excom", "starts_on": DAY, "ends_on": END}

    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(member=seongnam, **{**sound, "basis": "elected", **fields})

    assert Term.objects.count() == 0


@pytest.mark.parametrize("act", ["UPDATE events_term SET label = 'x'", "DELETE FROM events_term"])
def test_c9_a_term_is_never_changed(db, act):
    add_term("excom", add_member("Seongnam"), label="6th term")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)

    assert Term.objects.get().label == "6th term"
