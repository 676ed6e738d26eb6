"""Why a member pays what it pays, in the reader's language."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from dues.assessment import Facts, Schedule, Sourced, assess
from dues.fees import checked_table
from dues.wording import band_words, explain
from members.history import Entry

TABLE = checked_table(
    column_measure="population",
    column_bounds=[0, 1_000_000],
    row_measure="gdp_ppp_per_capita",
    row_bounds=[0, 20_000],
    cells_cents=[[40_000, 50_000], [600_000, 750_000]],
)
FIGURES = {
    "population": Sourced(1_061_752, "declared", 2019),
    "gdp_ppp_per_capita": Sourced(Decimal(48_400), "IMF WEO", 2019),
}


def goyang(name_ko="2020년 도시 연회비", figures=FIGURES):
    schedule = Schedule(
        pk=1, kind="city", name_en="City dues 2020", name_ko=name_ko, first_dues_year=2020,
        source="paper", table=TABLE,
    )  # fmt: skip
    history = [Entry("full", dt.date(2017, 6, 29))]
    return assess(Facts("city", history, figures), [schedule], 2020)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Population 1,061,752 (band 1,000,000 persons or more) and GDP per capita (PPP) "
            "USD 48,400 (band USD 20,000 or more) give USD 7,500.00 in City dues 2020.",
        ),
        (
            "ko",
            "2020년 도시 연회비 기준: 인구 1,061,752명(구간 1,000,000명 이상)에 "
            "1인당 GDP(PPP) USD 48,400(구간 USD 20,000 이상)이므로 연회비는 USD 7,500.00입니다.",
        ),
    ],
)
def test_a_price_is_explained_in_the_readers_language(language, words):
    with override(language):
        assert explain(goyang()) == words


def test_a_schedule_without_a_korean_name_keeps_its_english_one():
    with override("ko"):
        assert explain(goyang(name_ko="")).startswith("City dues 2020 기준: ")


def test_what_is_missing_is_named_in_korean():
    with override("ko"):
        assert explain(goyang(figures={})) == "인구가 없습니다. 출처와 연도를 함께 입력해 주십시오."


def test_a_closed_band_in_korean_counts_its_last_person():
    with override("ko"):
        assert band_words("population", (300_000, 600_000)) == "300,000~599,999명"
        assert band_words("gdp_ppp_per_capita", (0, 1_000)) == "USD 0 이상 1,000 미만"
