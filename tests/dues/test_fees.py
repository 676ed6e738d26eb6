"""The two tables of January 2020, to the cell and to the edge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dues.fees import BandTable, FigureError, TableError, checked_table, find_band

POPULATION = (0, 300_000, 600_000, 1_000_000, 2_000_000, 4_000_000, 7_000_000, 10_000_000)
GDP = (0, 1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 15_000, 20_000)
# Transcribed from the paper a second time, by eye, not from the shipped file.
PAPER = """
400 400 500 500 600 600 700 700
500 500 600 600 700 700 800 800
500 750 1000 1250 1500 1750 2000 2250
700 1000 1300 1600 1900 2200 2500 3000
1500 2000 2500 3000 3500 4000 4500 5000
2000 2500 3000 3500 4000 4500 5000 5500
3500 4000 4500 5000 5500 6000 6500 7000
4500 5000 5500 6000 6500 7000 7500 8000
6000 6500 7000 7500 8000 8500 8500 10000
"""
FEES = [[int(fee) for fee in line.split()] for line in PAPER.strip().splitlines()]
CITY = checked_table(
    column_measure="population",
    column_bounds=POPULATION,
    row_measure="gdp_ppp_per_capita",
    row_bounds=GDP,
    cells_cents=[[fee * 100 for fee in line] for line in FEES],
)
COMPANY = checked_table(
    column_measure="employees",
    column_bounds=(0, 500, 2000),
    row_measure="",
    row_bounds=(),
    cells_cents=[[200_000, 400_000, 800_000]],
)
CENT = Decimal("0.01")


def test_paper_sums_to_what_was_counted():
    assert sum(map(sum, FEES)) == 244_800
    assert len({fee for line in FEES for fee in line}) == 30
    assert (min(map(min, FEES)), max(map(max, FEES))) == (400, 10_000)


@pytest.mark.parametrize("row", range(9))
@pytest.mark.parametrize("column", range(8))
def test_city_cell_holds_from_edge_to_edge(row, column):
    fee = FEES[row][column] * 100
    people = [max(POPULATION[column], 1), POPULATION[column] + 1]
    if column < 7:
        people.append(POPULATION[column + 1] - 1)
    incomes = [Decimal(GDP[row]), GDP[row] + CENT, Decimal(GDP[row] + 1)]
    if row < 8:
        incomes += [GDP[row + 1] - CENT, Decimal(GDP[row + 1] - 1)]

    found = {CITY.price(p, g).amount_cents for p in people for g in incomes}

    assert found == {fee}


@pytest.mark.parametrize(
    ("population", "gdp", "usd", "gdp_band", "population_band"),
    [
        (1_999_999, "1000.00", 600, 2, 4),  # A01
        (599_999, "1999.99", 500, 2, 2),  # A02
        (6_999_999, "4000.00", 2200, 4, 6),  # A03
        (1, "5999.99", 700, 4, 1),  # A04
        (300_000, "8000.00", 2500, 6, 2),  # A05
        (1_000_000, "9999.99", 3500, 6, 4),  # A06
        (4_000_000, "15000.00", 7000, 8, 6),  # A07
        (10_000_000, "19999.99", 8000, 8, 8),  # A08
    ],
)
def test_city_fee_cases(population, gdp, usd, gdp_band, population_band):
    cell = CITY.price(population, Decimal(gdp))

    assert cell.amount_cents == usd * 100
    assert (cell.row + 1, cell.column + 1) == (gdp_band, population_band)


@pytest.mark.parametrize(
    ("employees", "usd"),
    [
        (0, 2000),
        (120, 2000),
        (499, 2000),  # A09
        (500, 4000),
        (501, 4000),
        (1999, 4000),
        (2000, 8000),  # A10
        (2001, 8000),
    ],
)
def test_company_fee(employees, usd):
    assert COMPANY.price(employees).amount_cents == usd * 100


def test_gdp_a_hair_below_an_edge_stays_below():
    assert CITY.price(1, Decimal("999.999999")).amount_cents == 40_000


def test_cell_names_its_half_open_bands():
    cell = CITY.price(9_999_999, 20_000)

    assert cell.column_band == (7_000_000, 10_000_000)
    assert cell.row_band == (20_000, None)


people = st.integers(1, 300_000_000)
incomes = st.decimals(0, 1_000_000, places=2)


@given(people, incomes)
def test_every_figure_has_exactly_one_cell(population, gdp):
    holds = [
        FEES[r][c] * 100
        for r, low in enumerate(GDP)
        for c, few in enumerate(POPULATION)
        if low <= gdp
        and (r == 8 or gdp < GDP[r + 1])
        and few <= population
        and (c == 7 or population < POPULATION[c + 1])
    ]

    assert holds == [CITY.price(population, gdp).amount_cents]


@given(people, people, incomes, incomes)
def test_more_people_or_income_never_cost_less(some, more, poor, rich):
    low = CITY.price(min(some, more), min(poor, rich))
    high = CITY.price(max(some, more), max(poor, rich))

    assert low.amount_cents <= high.amount_cents


@given(st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_more_employees_never_cost_less(some, more):
    fees = [COMPANY.price(n).amount_cents for n in sorted((some, more))]

    assert fees == sorted(fees)


@given(st.lists(st.integers(1, 10**9), unique=True), st.integers(0, 10**9))
def test_any_ascending_bounds_leave_no_gap_and_no_overlap(inner, figure):
    bounds = (0, *sorted(inner))

    place = find_band(bounds, figure)

    assert bounds[place] <= figure
    assert place == len(bounds) - 1 or figure < bounds[place + 1]


@pytest.mark.parametrize(
    ("population", "gdp", "sentence"),
    [
        (None, Decimal(5), "The population is missing."),
        (0, Decimal(5), "A population of 0 counts as missing."),
        (-1, Decimal(5), "The population cannot be negative."),
        (
            300_000_001,
            Decimal(5),
            "The population is larger than any on record (at most 300,000,000).",
        ),
        (Decimal("1.5"), Decimal(5), "The population must be a whole number."),
        (Decimal("NaN"), Decimal(5), "The population must be a number."),
        (Decimal("Infinity"), Decimal(5), "The population must be a number."),
        (5, None, "The GDP per capita (PPP) is missing."),
        (5, Decimal("-0.01"), "The GDP per capita (PPP) cannot be negative."),
        (5, Decimal("NaN"), "The GDP per capita (PPP) must be a number."),
        (
            5,
            Decimal(1_000_001),
            "The GDP per capita (PPP) is larger than any on record (at most 1,000,000).",
        ),
    ],
)
def test_unusable_figure_is_refused_in_words(population, gdp, sentence):
    with pytest.raises(FigureError) as refusal:
        CITY.price(population, gdp)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("columns", "cells", "sentence"),
    [
        ([], [[]], "The columns have no bands: enter at least the lower bound 0."),
        ([10], [[1]], "The columns leave a gap below 10: the first band starts at 0."),
        ([0, 5, 5], [[1, 2, 3]], "The columns overlap: 5 follows 5. Lower bounds must ascend."),
        ([0, 5, 4], [[1, 2, 3]], "The columns overlap: 4 follows 5. Lower bounds must ascend."),
        ([0, "5"], [[1, 2]], "The lower bound '5' of the columns is not a whole number."),
        ([0, True], [[1, 2]], "The lower bound True of the columns is not a whole number."),
        ([0, 5], [[1]], "Row 1 needs 2 fees and has 1."),
        ([0, 5], [[1, 2], [3, 4]], "The table needs 1 rows of fees and has 2."),
        ([0, 5], [[1, None]], "The cell at row 1, column 2 is empty: enter a fee."),
        ([0, 5], [[1, ""]], "The cell at row 1, column 2 is empty: enter a fee."),
        ([0, 5], [[-1, 2]], "The fee at row 1, column 1 must be above zero."),
        ([0, 5], [[0, 2]], "The fee at row 1, column 1 must be above zero."),
        ([0, 5], [[1, 2.5]], "The fee at row 1, column 2 is not whole cents."),
    ],
)
def test_unsound_table_is_refused_at_its_place(columns, cells, sentence):
    with pytest.raises(TableError) as refusal:
        checked_table(
            column_measure="employees",
            column_bounds=columns,
            row_measure="",
            row_bounds=[],
            cells_cents=cells,
        )

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("row_measure", "row_bounds", "sentence"),
    [
        ("gdp_ppp_per_capita", [], "Rows need both a measure and lower bounds, or neither."),
        ("", [0], "Rows need both a measure and lower bounds, or neither."),
        ("population", [0], "Rows and columns cannot divide the same figure."),
    ],
)
def test_rows_need_a_measure_of_their_own(row_measure, row_bounds, sentence):
    with pytest.raises(TableError) as refusal:
        checked_table(
            column_measure="population",
            column_bounds=[0],
            row_measure=row_measure,
            row_bounds=row_bounds,
            cells_cents=[[1]],
        )

    assert str(refusal.value) == sentence


@pytest.mark.django_db
def test_shipped_schedules_are_the_paper():
    from dues.schedules import load_schedules

    shipped = {schedule.kind: schedule for schedule in load_schedules()}

    assert set(shipped) == {"city", "company"}
    assert shipped["city"].table == CITY
    assert shipped["company"].table == COMPANY
    assert {s.first_dues_year for s in shipped.values()} == {2020}
    assert isinstance(shipped["city"].table, BandTable)
