"""Who owes, who is blocked, who owes nothing: named members, exact answers."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dues.assessment import (
    REASONS,
    Assessment,
    Facts,
    Schedule,
    Sourced,
    Terms,
    assess,
    choose_schedule,
    count_months,
    first_dues_year_of,
)
from dues.fees import checked_table
from members.history import Entry

CITY_TABLE = checked_table(
    column_measure="population",
    column_bounds=[0, 300_000],
    row_measure="gdp_ppp_per_capita",
    row_bounds=[0, 20_000],
    cells_cents=[[40_000, 50_000], [600_000, 650_000]],
)
COMPANY_TABLE = checked_table(
    column_measure="employees",
    column_bounds=[0, 500],
    row_measure="",
    row_bounds=[],
    cells_cents=[[200_000, 400_000]],
)


def schedule(kind, year=2020, table=None):
    table = table or (CITY_TABLE if kind == "city" else COMPANY_TABLE)
    return Schedule(
        pk=year, kind=kind, name_en=f"{kind} {year}", name_ko="", first_dues_year=year,
        source="paper", table=table,
    )  # fmt: skip


SCHEDULES = [schedule("city"), schedule("company")]
GOYANG = {
    "population": Sourced(1_066_351, "declared", 2019),
    "gdp_ppp_per_capita": Sourced(Decimal("42300.00"), "IMF WEO", 2019),
}


def history(*lines):
    return [Entry(status, dt.date.fromisoformat(on)) for status, on in lines]


FULL_2019 = history(("associate", "2019-03-05"), ("full", "2019-11-15"))


def answer(lines, year, kind="city", figures=None, schedules=SCHEDULES):
    found = assess(Facts(kind, lines, GOYANG if figures is None else figures), schedules, year)
    return found.outcome, found.reason, found.amount_cents


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2019, ("not_due", "not_yet_due", 0)),
        (2020, ("priced", "", 650_000)),
        (2021, ("priced", "", 650_000)),
    ],
)
def test_approved_in_november_pays_from_the_next_year(year, expected):  # A11
    assert answer(FULL_2019, year) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, ("not_due", "not_yet_due", 0)),
        (2021, ("priced", "", 650_000)),
    ],
)
def test_carried_over_associate_pays_after_its_own_excom(year, expected):  # A12
    lines = history(("associate", "2019-12-20"), ("full", "2020-11-17"))

    assert answer(lines, year) == expected


def test_associate_is_never_billed():
    lines = history(("associate", "2019-12-20"))

    assert [answer(lines, year) for year in (2020, 2021, 2030)] == [("not_due", "associate", 0)] * 3


def test_company_approved_on_new_years_eve_pays_the_next_year():  # A13
    lines = history(("full", "2020-12-31"))
    figures = {"employees": Sourced(120, "declared")}

    assert answer(lines, 2021, "company", figures) == ("priced", "", 200_000)
    assert answer(lines, 2020, "company", figures) == ("not_due", "not_yet_due", 0)


def test_rejected_applicant_never_owes():  # A14
    lines = history(("associate", "2019-03-05"), ("rejected", "2019-11-15"))

    assert answer(lines, 2020) == ("not_due", "ended", 0)


def test_withdrawal_at_the_end_of_december_leaves_that_year_payable():  # A15
    lines = [*FULL_2019, *history(("withdrawn", "2022-12-31"))]

    assert answer(lines, 2022) == ("priced", "", 650_000)
    assert answer(lines, 2023) == ("not_due", "ended", 0)


def test_expulsion_in_september_ends_the_next_year():  # A16
    lines = [*FULL_2019, *history(("expelled", "2024-09-20"))]

    assert answer(lines, 2024) == ("priced", "", 650_000)
    assert answer(lines, 2025) == ("not_due", "ended", 0)


def test_suspended_member_still_owes():
    lines = [*FULL_2019, *history(("suspended", "2021-06-01"))]

    assert answer(lines, 2022) == ("priced", "", 650_000)


def test_readmitted_member_pays_after_its_new_approval():
    lines = [
        *FULL_2019,
        *history(("withdrawn", "2021-12-31"), ("associate", "2023-02-01"), ("full", "2023-10-01")),
    ]

    assert [answer(lines, year)[1] for year in (2021, 2022, 2023, 2024)] == [
        "", "not_yet_due", "not_yet_due", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({"gdp_ppp_per_capita": GOYANG["gdp_ppp_per_capita"]}, "population_missing"),
        (GOYANG | {"population": Sourced(0, "x")}, "population_missing"),
        (GOYANG | {"population": Sourced(-5, "x")}, "population_missing"),
        (GOYANG | {"population": Sourced(10**9, "x")}, "population_missing"),
        ({"population": GOYANG["population"]}, "gdp_missing"),
        (GOYANG | {"gdp_ppp_per_capita": Sourced(Decimal("NaN"), "x")}, "gdp_missing"),
        ({}, "population_missing"),
    ],
)
def test_missing_figure_blocks_and_prices_nothing(figures, reason):  # A19
    assert answer(FULL_2019, 2020, figures=figures) == ("blocked", reason, 0)


def test_company_without_headcount_is_blocked():
    assert answer(FULL_2019, 2020, "company", {}) == ("blocked", "employees_missing", 0)


def test_zero_employees_typed_on_purpose_is_a_figure():
    figures = {"employees": Sourced(0, "declared")}

    assert answer(FULL_2019, 2020, "company", figures) == ("priced", "", 200_000)


def test_institution_has_no_fee_table():  # A20
    assert answer(FULL_2019, 2020, "institution") == ("not_due", "no_fee_schedule", 0)


def test_year_before_the_first_table_is_not_due():
    lines = history(("full", "2015-06-01"))

    assert answer(lines, 2019) == ("not_due", "no_fee_schedule", 0)


def test_latest_begun_table_prices_and_old_years_keep_theirs():
    newer = schedule("city", 2028)
    tables = [schedule("city"), newer]

    assert choose_schedule(tables, "city", 2027) == tables[0]
    assert choose_schedule(tables, "city", 2028) is newer
    assert choose_schedule(tables, "company", 2028) is None


def test_priced_answer_carries_its_whole_explanation():
    found = assess(Facts("city", FULL_2019, GOYANG), SCHEDULES, 2020)

    assert found == Assessment(
        outcome="priced",
        since=dt.date(2019, 11, 15),
        first_dues_year=2020,
        schedule=SCHEDULES[0],
        column=GOYANG["population"],
        row=GOYANG["gdp_ppp_per_capita"],
        cell=CITY_TABLE.price(1_066_351, Decimal("42300.00")),
    )


def owed(lines, year, notice_on=None, **switches):
    """Months of a year that are owed under chosen switches."""
    terms = Terms(due_on=dt.date(year, 3, 31), **switches)
    return count_months(Facts("city", lines, GOYANG, notice_on), year, terms)


@pytest.mark.parametrize(
    ("switch", "approved", "expected"),
    [
        ("next_year", "2019-11-15", (0, 12)),
        ("same_year", "2019-11-15", (12, 12)),
        ("pro_rata", "2019-01-01", (12, 12)),
        ("pro_rata", "2019-11-15", (2, 12)),
        ("pro_rata", "2019-12-31", (1, 12)),
        ("q4_next_year", "2019-09-30", (12, 12)),
        ("q4_next_year", "2019-10-01", (0, 12)),
    ],
)
def test_first_dues_year_under_every_answer_of_its_switch(switch, approved, expected):  # S5
    lines = history(("associate", "2018-03-05"), ("full", approved))

    assert tuple(owed(lines, year, first_dues=switch) for year in (2019, 2020)) == expected
    first = first_dues_year_of(dt.date.fromisoformat(approved), Terms(first_dues=switch))
    assert first == (2019 if expected[0] else 2020)


@pytest.mark.parametrize(
    ("switch", "left", "notice", "expected"),
    [
        ("in_full", "2022-05-31", None, 12),
        ("pro_rata", "2022-05-31", None, 5),
        ("pro_rata", "2022-12-31", None, 12),
        ("cancelled", "2022-12-31", dt.date(2022, 3, 30), 0),
        ("cancelled", "2022-12-31", dt.date(2022, 3, 31), 12),
        ("cancelled", "2022-12-31", None, 12),
    ],
)
def test_leaving_year_under_every_answer_of_its_switch(switch, left, notice, expected):  # S15
    lines = [*FULL_2019, *history(("withdrawn", left))]

    assert owed(lines, 2022, notice, leaving_year=switch) == expected
    assert owed(lines, 2023, notice, leaving_year=switch) == 0


def test_expelled_member_owes_its_last_year_in_full_under_every_switch():  # A16
    lines = [*FULL_2019, *history(("expelled", "2024-09-20"))]

    assert [owed(lines, 2024, leaving_year=s) for s in ("in_full", "pro_rata", "cancelled")] == [
        12, 12, 12,
    ]  # fmt: skip


def test_part_of_a_year_is_priced_by_its_months_and_says_so():
    found = assess(
        Facts("city", history(("full", "2020-11-15")), GOYANG),
        SCHEDULES,
        2020,
        Terms(first_dues="pro_rata"),
    )

    assert (found.months, found.amount_cents, found.first_dues_year) == (2, 108_333, 2020)


def test_cancelled_leaving_year_says_since_when():
    lines = [*FULL_2019, *history(("withdrawn", "2022-12-31"))]
    notice = dt.date(2022, 2, 10)
    terms = Terms(leaving_year="cancelled", due_on=dt.date(2022, 3, 31))

    assert assess(Facts("city", lines, GOYANG, notice), SCHEDULES, 2022, terms) == Assessment(
        "not_due", "cancelled", since=notice
    )


statuses = st.sampled_from(["associate", "full", "suspended", "rejected", "withdrawn", "expelled"])
lives = st.lists(
    st.builds(Entry, statuses, st.dates(dt.date(2018, 1, 1), dt.date(2024, 12, 31))), max_size=6
).map(lambda lines: sorted(lines, key=lambda line: line.effective_on))


@given(lives, st.integers(2018, 2026))
def test_billed_exactly_when_full_or_suspended_on_the_eve(lines, year):
    found = assess(Facts("city", lines, GOYANG), [*SCHEDULES, schedule("city", 2010)], year)
    eve = [line.status for line in lines if line.effective_on < dt.date(year, 1, 1)]

    assert (found.outcome == "priced") == bool(eve and eve[-1] in {"full", "suspended"})
    assert (found.reason in REASONS) == (found.outcome != "priced")


@given(st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31)))
def test_no_one_owes_the_year_of_approval(approved):
    lines = [Entry("full", approved)]
    tables = [schedule("city", 2010)]

    assert first_dues_year_of(approved) == approved.year + 1
    assert answer(lines, approved.year, schedules=tables)[0] == "not_due"
    assert answer(lines, approved.year + 1, schedules=tables)[0] == "priced"
