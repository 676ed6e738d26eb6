"""Where the dues years stand."""

import datetime as dt

import pytest

from dues.overview import (
    Share,
    YearSummary,
    choose_working_year,
    read_board,
    summarise_years,
)
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.register import add_figure, add_gdp

pytestmark = pytest.mark.django_db


def test_years_are_summarised_newest_first(django_assert_num_queries):
    goyang = city("Goyang")
    add_figure(goyang, 1_073_069)
    add_figure(goyang, 1_080_000, year=2021)
    add_gdp("KR", "42300")
    issued_invoice(goyang, sequence=1, document=one_page_pdf())
    issued_invoice(city("Busan"), sequence=2)
    issued_invoice(city("Daegu"), sequence=3, parked="no font")

    with django_assert_num_queries(2):
        summaries = summarise_years()

    assert summaries == [
        YearSummary(2021, figures=1),
        YearSummary(
            2020,
            figures=2,
            schedules=2,
            invoices=3,
            total_cents=2_250_000,
            ready=1,
            parked=1,
        ),
    ]
    assert [summary.pending for summary in summaries] == [0, 1]


def test_a_year_with_a_schedule_alone_is_not_the_one_in_work():
    years = [YearSummary(2027, schedules=1), YearSummary(2026, figures=5)]

    assert choose_working_year(years, on=dt.date(2026, 12, 1)) == 2026


def test_board_sums_by_region_and_kind_in_the_order_of_the_roster():
    issued_invoice(city("Danfoss", country_code="DK", region="europe", kind="company"), size=499)
    issued_invoice(city("Goyang"), sequence=2)
    issued_invoice(city("Lagos", country_code="NG", region="africa"), sequence=3, gdp="900")
    issued_invoice(city("Old"), year=2019, sequence=1)

    board = read_board(2020)

    assert (board.count, board.total_cents) == (3, 1_000_000)
    assert board.regions == [
        Share("asia", 1, 750_000),
        Share("europe", 1, 200_000),
        Share("africa", 1, 50_000),
    ]
    assert board.kinds == [Share("city", 2, 800_000), Share("company", 1, 200_000)]


def test_board_of_an_empty_year_is_empty():
    board = read_board(2020)

    assert (board.count, board.total_cents, board.regions, board.kinds) == (0, 0, [], [])
