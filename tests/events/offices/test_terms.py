"""Terms of office: who may hold one, until when, and that none is without an end."""

import contextlib
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from events.models import Term, TermEnd
from events.office_policies import OfficePolicies
from events.offices.terms import (
    NewTerm,
    default_end,
    end_term,
    held_until,
    record_holder,
    record_term,
)
from events.seats import seats_on
from tests.events.electing import FULL_SINCE, add_assembly
from tests.register import add_member
from wego.models import AuditEntry, PolicyValue
from wego.policies import change_policy

DAY = dt.date(2021, 10, 18)
END = dt.date(2023, 12, 31)
pytestmark = pytest.mark.django_db


def new(office="excom", member=None, *, starts_on=DAY, ends_on=END, **fields):
    return NewTerm(
        office=office,
        member=member,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=fields.pop("basis", "elected"),
        **fields,
    )


def record(term, **facts):
    return record_term(term, on=facts.pop("on", DAY), by=None, **facts)


def refused(term, code, **facts):
    """The sentence of a refusal that wrote nothing."""
    before = list(Term.objects.values_list("pk", flat=True)), TermEnd.objects.count()
    with pytest.raises(ValidationError) as refusal:
        record(term, **facts)
    assert (list(Term.objects.values_list("pk", flat=True)), TermEnd.objects.count()) == before
    assert [each.code for each in refusal.value.error_list] == [code]
    return " ".join(refusal.value.messages)


def fill_excom(count, *, ends_on=END):
    cities = [add_member(f"Ward {n:02d}", on=FULL_SINCE) for n in range(count)]
    for city in cities:
        record(new(member=city, ends_on=ends_on))
    return cities


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [("2021-10-18", "2023-12-31"), ("2017-06-29", "2019-12-31"), ("2024-01-01", "2026-12-31")],
)
def test_r17_s35_a_term_ends_with_the_third_calendar_year(starts_on, ends_on):
    """Seongnam was elected on 18 October 2021 until 31 December 2023 (C9)."""
    assert default_end(dt.date.fromisoformat(starts_on)) == dt.date.fromisoformat(ends_on)


def test_s35_the_other_answer_ends_it_with_the_next_assembly_once_its_day_is_set():
    policies = OfficePolicies(term_ends="next_assembly")
    held = add_assembly("ga5", on=DAY, number=5, state="held")

    assert default_end(DAY, policies=policies, after=held) == END
    add_assembly("ga6", on=dt.date(2023, 9, 25), number=6)

    assert default_end(DAY, policies=policies, after=held) == dt.date(2023, 9, 25)


def test_c8_c9_a_term_is_body_start_end_and_a_free_label_that_nothing_is_computed_from():
    """The same election is called the fifth and the sixth term."""
    seongnam, goyang = add_member("Seongnam", on=FULL_SINCE), add_member("Goyang", on=FULL_SINCE)

    terms = [
        record(new(member=seongnam, label="6th term")),
        record(new(member=goyang, label="제5기")),
    ]

    assert [(term.body, term.label, term.ends_on) for term in terms] == [
        ("excom", "6th term", END),
        ("excom", "제5기", END),
    ]
    assert refused(new(member=seongnam, starts_on=END, ends_on=DAY), "days") == (
        "A term ends on the day it starts or later."
    )


def test_p4_x14_the_21st_city_is_refused_and_overridden_with_a_written_reason():
    fill_excom(20)
    lisbon = add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)

    assert refused(new(member=lisbon), "seats") == (
        "The EXCOM would have 21 cities on 18 Oct 2021: at most 20, President and Vice "
        "Presidents included. Give the reason in writing to go on all the same."
    )
    assert refused(new(member=lisbon), "seats", override_reason="  ") != ""
    term = record(new(member=lisbon), override_reason="Resolution 12 of the Assembly")

    assert term.override_reason == "Resolution 12 of the Assembly"
    assert len(seats_on(DAY)) == 21
    assert AuditEntry.objects.order_by("pk").last().why == "Resolution 12 of the Assembly"


def test_x14_president_and_vice_presidents_count_and_a_city_counts_once():
    cities = fill_excom(20)

    # Two offices of one city are one seat.
    record(new("president", cities[0]))

    refused(new("president", add_member("Seoul", on=FULL_SINCE)), "held")
    refused(new("executive", add_member("Almaty", "KZ", on=FULL_SINCE), basis="host"), "seats")
    assert len(seats_on(DAY)) == 20


def test_x14_a_term_that_begins_later_is_counted_on_its_day():
    """Nineteen sit until the end of 2023; two begin in 2022, one of them too many."""
    fill_excom(19)
    later = dt.date(2022, 1, 1)
    record(new(member=add_member("Lisbon", "PT", on=FULL_SINCE), starts_on=later))

    assert "21 cities on 01 Jan 2022" in refused(
        new(member=add_member("Abuja", "NG", on=FULL_SINCE)), "seats"
    ).replace(" 1 Jan", " 01 Jan")


def test_s33_the_limit_is_a_switch(administrator):
    change_policy("most_excom_cities", 2, by=administrator, why="Statute", on=DAY)
    fill_excom(2)

    assert "at most 2," in refused(new(member=add_member("Lisbon", "PT", on=FULL_SINCE)), "seats")


def test_s34_r20_x15_an_associate_sits_by_way_of_exception_with_a_reason():
    """Goyang was elected to the EXCOM as an associate in 2017."""
    goyang = add_member("Goyang", status="associate", on=dt.date(2017, 1, 1))
    term = new(member=goyang, starts_on=dt.date(2017, 6, 29), ends_on=dt.date(2019, 12, 31))

    assert refused(term, "associate") == (
        "Goyang is Associate on that day. It may hold an office by way of exception: give the "
        "reason in writing."
    )
    assert record(term, override_reason="Registered full at the same Assembly").pk


def test_s34_the_other_answer_never_lets_an_associate_sit(administrator):
    change_policy("associate_seats", "never", by=administrator, why="Statute", on=DAY)
    goyang = add_member("Goyang", status="associate", on=dt.date(2017, 1, 1))

    refused(new(member=goyang), "status", override_reason="Registered full later")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "withdrawn"}, "status"),
        ({"status": "suspended"}, "status"),
        ({"kind": "company"}, "kind"),
        ({"kind": "institution"}, "kind"),
    ],
)
def test_only_member_cities_hold_an_office_whatever_the_reason(fields, code):
    refused(
        new(member=add_member("Porto", "PT", on=FULL_SINCE, **fields)),
        code,
        override_reason="They asked",
    )


def test_r22_the_office_stays_with_the_city_when_its_mayor_changes():
    seoul = add_member("Seoul", on=FULL_SINCE)
    term = record(new("president", seoul, starts_on=dt.date(2021, 1, 1)))

    record_holder(
        seoul,
        person_en="Oh Se-hoon",
        person_ko="오세훈",
        since_on=dt.date(2021, 4, 8),
        on=DAY,
        by=None,
    )

    assert [str(each.holder) for each in seats_on(DAY)] == ["Oh Se-hoon"]
    assert seats_on(dt.date(2021, 4, 7))[0].holder is None
    assert list(Term.objects.all()) == [term]
    assert TermEnd.objects.count() == 0
    with pytest.raises(ValidationError):
        record_holder(seoul, person_en="Next", since_on=dt.date(2021, 10, 19), on=DAY, by=None)


def test_p5_the_secretary_general_is_a_person_the_president_appointed():
    kim = new("secretary", person_en="Kim Jeong-kee", person_ko="김정기", basis="appointed")

    assert refused(kim, "reference") == (
        "Enter the letter by which the President appointed the Secretary General."
    )
    refused(new("secretary", add_member("Seoul", on=FULL_SINCE), basis="appointed"), "person")
    term = record(
        new("secretary", person_en="Kim Jeong-kee", basis="appointed", reference="Letter 2024-88")
    )
    assert (term.body, term.who, seats_on(DAY)) == ("secretariat", "Kim Jeong-kee", [])
    # One at a time; who follows ends the term before.
    refused(
        new("secretary", person_en="Park", basis="appointed", reference="x", starts_on=END), "held"
    )
    record(
        new("secretary", person_en="Park", basis="appointed", reference="x", starts_on=END),
        follows=True,
    )
    assert held_until(term) == dt.date(2023, 12, 30)
    assert term.ending.reason == "Park follows on 2023-12-31."


def test_a_city_does_not_hold_the_same_office_twice():
    seongnam = add_member("Seongnam", on=FULL_SINCE)
    first = record(new(member=seongnam))

    assert refused(new(member=seongnam, starts_on=END, ends_on=END), "held") == (
        "Seongnam is EXCOM city until 31 Dec 2023: end that term first, or start later."
    )
    end_term(first, ended_on=dt.date(2022, 5, 1), reason="Resigned", by=None)
    assert record(new(member=seongnam, starts_on=dt.date(2022, 5, 2))).pk


@pytest.mark.parametrize(
    ("ended_on", "reason", "code"),
    [
        (dt.date(2024, 1, 1), "Resigned", "ended"),
        (dt.date(2021, 10, 16), "Resigned", "days"),
        (DAY, " ", "reason"),
    ],
)
def test_an_early_end_lies_in_the_term_and_has_a_reason(ended_on, reason, code):
    term = record(new(member=add_member("Seongnam", on=FULL_SINCE)))

    with pytest.raises(ValidationError) as refusal:
        end_term(term, ended_on=ended_on, reason=reason, by=None)

    assert refusal.value.code == code
    assert TermEnd.objects.count() == 0


def test_a_term_ends_early_once():
    term = record(new(member=add_member("Seongnam", on=FULL_SINCE)))
    end_term(term, ended_on=DAY, reason="Resigned", by=None)

    with pytest.raises(ValidationError, match="ended on 18 Oct 2021 already"):
        end_term(term, ended_on=dt.date(2022, 1, 1), reason="Again", by=None)


def test_what_is_taken_from_a_record_names_its_source():
    seoul = add_member("Seoul", on=dt.date(2019, 12, 31))
    term = new("president", seoul, starts_on=dt.date(2010, 9, 1), basis="recorded")

    refused(term, "source")
    # A record may reach back before the register knows the member.
    assert record(NewTerm(**{**vars(term), "source": "Press of September 2010"})).pk


@given(
    spans=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=8, unique=True
    )
)
def test_x14_no_day_ever_has_more_cities_than_the_limit(spans):
    """Whatever is recorded in which order, and whatever of it is refused."""
    with transaction.atomic():
        PolicyValue.objects.create(key="most_excom_cities", value="2")
        for number, (start, length) in enumerate(spans):
            first = DAY + dt.timedelta(days=start)
            city = add_member(f"Ward {number}", on=FULL_SINCE)
            term = new(member=city, starts_on=first, ends_on=first + dt.timedelta(days=length))
            with contextlib.suppress(ValidationError):
                record(term)
        kept = Term.objects.values_list("starts_on", "ends_on")
        crowds = [sum(start <= day <= end for start, end in kept) for day, _end in kept]
        transaction.set_rollback(True)

    assert 1 <= max(crowds) <= 2
