import datetime as dt

import pytest

from dues.invoicing import issue_dues
from events.elections import candidacy_deadline, find_refusal_to_stand
from tests.members.bodies import decide
from tests.register import add_figure, add_gdp, add_member

FULL_SINCE = dt.date(2012, 11, 12)


@pytest.mark.parametrize(
    ("assembly", "deadline"),
    [
        ("2026-10-15", "2026-09-15"),
        ("2026-03-31", "2026-02-28"),
        ("2024-03-31", "2024-02-29"),
        ("2026-03-28", "2026-02-28"),
        ("2026-01-31", "2025-12-31"),
        ("2026-07-31", "2026-06-30"),
    ],
)
def test_a17_one_calendar_month_before(assembly, deadline):
    """The day itself is in time; the day after is late."""
    assert candidacy_deadline(dt.date.fromisoformat(assembly)) == dt.date.fromisoformat(deadline)


@pytest.fixture
def lisbon(db):
    member = add_member("Lisbon", "PT", region="europe", on=FULL_SINCE)
    add_figure(member, 545_796, year=2026)
    add_gdp("PT", "42300", year=2026)
    return member


def test_a18_open_fees_refuse_and_name_the_invoice(lisbon):
    assert find_refusal_to_stand(lisbon, on=dt.date(2026, 1, 14)) == ""
    issue_dues(2026, by=None)

    # Issued counts as owed before its due day too (S11).
    for day in (dt.date(2026, 1, 15), dt.date(2026, 9, 15)):
        assert find_refusal_to_stand(lisbon, on=day) == (
            "Fees not fully paid: WEGO-2026-0001 (USD 6,500.00)."
        )


def test_a18_may_stand_the_moment_nothing_is_open(lisbon):
    issue_dues(2026, by=None)

    decide((lisbon, "waive", "Earthquake of 2026"), on=dt.date(2026, 9, 10))

    assert find_refusal_to_stand(lisbon, on=dt.date(2026, 9, 9)) != ""
    assert find_refusal_to_stand(lisbon, on=dt.date(2026, 9, 10)) == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [("associate", "Associate"), ("suspended", "Suspended"), ("withdrawn", "Withdrawn")],
)
def test_only_full_members_stand(db, status, words):
    porto = add_member("Porto", "PT", region="europe", status=status, on=FULL_SINCE)

    assert find_refusal_to_stand(porto, on=dt.date(2026, 9, 15)) == (
        f"Porto is {words}: only full member cities stand for office."
    )


def test_only_cities_stand(db):
    danfoss = add_member("Danfoss", "DK", kind="company", on=FULL_SINCE)

    assert find_refusal_to_stand(danfoss, on=dt.date(2026, 9, 15)) == (
        "Danfoss is no city: only full member cities stand for office."
    )
