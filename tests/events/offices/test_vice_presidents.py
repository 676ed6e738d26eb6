"""Vice President Cities: EXCOM nominates, the President appoints; both are on record (P3)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Term, ViceNomination
from events.offices.vice_presidents import appoint_vice_president, nominate_vice_president
from tests.events.electing import FULL_SINCE
from tests.register import add_member

NOMINATED = dt.date(2023, 9, 24)
APPOINTED = dt.date(2023, 9, 26)
pytestmark = pytest.mark.django_db


@pytest.fixture
def almaty():
    return add_member("Almaty", "KZ", on=FULL_SINCE)


def nominate(member, **facts):
    facts = {"nominated_on": NOMINATED, "reference": "17th EXCOM, item 4", "on": NOMINATED} | facts
    return nominate_vice_president(member, by=None, **facts)


def appoint(nomination, **facts):
    facts = {"appointed_on": APPOINTED, "reference": "Letter of the President 12"} | facts
    return appoint_vice_president(nomination, on=facts.pop("on", APPOINTED), by=None, **facts)


def test_p3_nominated_by_excom_and_appointed_by_the_president_are_both_recorded(almaty):
    nomination = nominate(almaty)
    assert Term.objects.count() == 0

    term = appoint(nomination)

    nomination.refresh_from_db()
    assert nomination.appointment == term
    assert (nomination.reference, term.reference) == (
        "17th EXCOM, item 4",
        "Letter of the President 12",
    )
    assert (term.office, term.basis) == ("vice", "appointed")
    assert (term.starts_on, term.ends_on) == (APPOINTED, dt.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reference": " "}, "reference"),
        ({"nominated_on": dt.date(2023, 9, 25)}, "future"),
    ],
)
def test_p3_a_nomination_says_when_and_where(almaty, facts, code):
    with pytest.raises(ValidationError) as refusal:
        nominate(almaty, **facts)

    assert refusal.value.code == code
    assert ViceNomination.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reference": ""}, "reference"),
        ({"appointed_on": dt.date(2023, 9, 23)}, "days"),
        ({"appointed_on": dt.date(2023, 9, 27)}, "days"),
    ],
)
def test_p3_the_president_appoints_after_the_nomination(almaty, facts, code):
    nomination = nominate(almaty)

    with pytest.raises(ValidationError) as refusal:
        appoint(nomination, **facts)

    assert refusal.value.code == code
    assert Term.objects.count() == 0


def test_a_city_is_nominated_and_appointed_once(almaty):
    nomination = nominate(almaty)
    with pytest.raises(ValidationError, match="nominated already"):
        nominate(almaty)
    appoint(nomination)

    with pytest.raises(ValidationError, match="appointed already"):
        appoint(nomination)

    assert Term.objects.count() == 1


def test_companies_are_not_nominated():
    with pytest.raises(ValidationError, match="Danfoss is no city"):
        nominate(add_member("Danfoss", "DK", kind="company", on=FULL_SINCE))
