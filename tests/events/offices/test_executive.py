"""The Executive Vice President follows the host of the next Assembly, by the decision in force."""

import datetime as dt

import pytest

from events.models import MeetingStage, Term
from events.offices.executive import executive_on, read_succession, settle_executive
from events.offices.terms import held_until
from tests.events.electing import FULL_SINCE, add_assembly, name_host
from tests.register import add_member

GA6 = dt.date(2023, 9, 25)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ga7():
    return add_assembly("ga7", on=dt.date(2026, 10, 15), number=7, state="planned")


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ", on=FULL_SINCE)


@pytest.fixture
def mexico():
    return add_member("Mexico City", "MX", region="americas", on=FULL_SINCE)


def test_p3_the_confirmed_host_becomes_executive_vice_president(ga7, almaty):
    """Almaty was named host of the seventh Assembly."""
    name_host(ga7, almaty, on=GA6)

    term = settle_executive(on=GA6, by=None)

    assert (term.office, term.basis, term.member, term.meeting) == (
        "executive",
        "host",
        almaty,
        ga7,
    )
    assert (term.starts_on, term.ends_on) == (GA6, dt.date(2025, 12, 31))
    # Nothing is left to do.
    assert settle_executive(on=GA6, by=None) is None
    assert Term.objects.count() == 1


def test_p3_a_host_that_is_only_selected_is_not_followed(ga7, almaty):
    name_host(ga7, almaty, on=GA6, step="selected", body="excom")

    assert settle_executive(on=GA6, by=None) is None
    assert Term.objects.count() == 0


def test_c7_a_superseded_decision_moves_the_office(ga7, almaty, mexico):
    first = name_host(ga7, mexico, on=GA6)
    before = settle_executive(on=GA6, by=None)
    name_host(ga7, almaty, on=dt.date(2025, 2, 1), supersedes=first)

    after = settle_executive(on=dt.date(2025, 2, 1), by=None)

    assert after.member == almaty
    assert held_until(before) == dt.date(2025, 1, 31)
    assert before.ending.reason == "Almaty follows on 2025-02-01."
    assert executive_on(dt.date(2025, 1, 31)).member == mexico
    assert executive_on(dt.date(2025, 2, 1)).member == almaty


def test_c7_a_host_that_was_let_go_loses_the_office(ga7, almaty):
    decision = name_host(ga7, almaty, on=GA6)
    term = settle_executive(on=GA6, by=None)
    name_host(
        ga7,
        None,
        on=dt.date(2025, 2, 1),
        step="released",
        reason="Gave it back",
        supersedes=decision,
    )

    settle_executive(on=dt.date(2025, 2, 2), by=None)

    assert held_until(term) == dt.date(2025, 2, 1)
    assert executive_on(dt.date(2025, 2, 2)) is None


def test_p3_at_an_assembly_the_office_goes_on_to_the_host_of_the_next(ga7, almaty, mexico):
    name_host(ga7, almaty, on=GA6)
    settle_executive(on=GA6, by=None)
    ga8 = add_assembly("ga8", on=None, number=8, state="planned")
    day = dt.date(2026, 10, 15)
    name_host(ga8, mexico, on=day)
    MeetingStage.objects.create(meeting=ga7, state="held", starts_on=day, ends_on=day)

    settle_executive(on=day, by=None)

    assert executive_on(day).member == mexico


def test_a_host_that_cannot_hold_the_office_is_left_to_people(ga7):
    goyang = add_member("Goyang", status="associate", on=FULL_SINCE)
    name_host(ga7, goyang, on=GA6)

    assert settle_executive(on=GA6, by=None) is None
    assert "Goyang is Associate on that day." in read_succession(GA6).problem
    assert Term.objects.count() == 0


def test_a_host_that_is_no_member_is_named(ga7):
    name_host(ga7, None, on=GA6, city="Astana")

    assert settle_executive(on=GA6, by=None) is None
    assert read_succession(GA6).problem == (
        "Astana hosts the next Assembly and is no member: nobody follows."
    )
