import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.history.words import (
    Name,
    Quoted,
    When,
    read_date,
    read_figures,
    read_name,
    read_numbers,
    read_span,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Goyang 고양", Name("Goyang", "고양")),
        ("Seoul", Name("Seoul", "")),
        ("Seoul 서울 (DDP, hybrid)", Name("Seoul", "서울", "DDP, hybrid")),
        ("SBA 서울산업진흥원 (a member)", Name("SBA", "서울산업진흥원", "a member")),
        ("인재개발원 국제교육원", Name("", "인재개발원 국제교육원")),
        ("?", Name("", "")),
    ],
)
def test_names_are_read_in_both_scripts(text, name):
    assert read_name(text) == name


def test_c19_every_spelling_of_a_name_counts():
    assert read_name("Ulyanovsk Region 울라놉스크/올라놉스크").spellings[:3] == [
        "Ulyanovsk Region",
        "울라놉스크",
        "올라놉스크",
    ]
    assert read_name("SBA 서울산업진흥원").spellings[-1] == "SBA서울산업진흥원"


def test_c23_a_date_is_known_as_exactly_as_it_is_written():
    assert read_date("2017-06-29") == When(dt.date(2017, 6, 29), None, "day")
    assert read_date("2010-09") == When(dt.date(2010, 9, 1), None, "month")
    assert read_date("2023") == When(dt.date(2023, 1, 1), None, "year")
    assert read_span("2020-02-24..2020-07-31 (extended)") == When(
        dt.date(2020, 2, 24), dt.date(2020, 7, 31), "day"
    )
    assert read_span("GA2 Barcelona 2012-11") == When(dt.date(2012, 11, 1), None, "month")
    assert read_span("nobody knows") == When()


@pytest.mark.parametrize("text", ["2019-02-30", "2019-13", "1066", "29 June 2017", "", "20170629"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"\d|^$|day|month"):
        read_date(text)


def test_c12_numbers_are_quoted_with_their_mark_and_unit():
    words = "~110 cities, 300+ people (Journal)"

    assert list(read_numbers(words)) == [
        Quoted("cities", 110, "~", words),
        Quoted("people", 300, "+", words),
    ]
    assert [n.measure for n in read_numbers("9 observer cities, 2 observer institutions")] == [
        "observer cities",
        "observer institutions",
    ]
    assert list(read_numbers("14,000+")) == []


def test_c10_both_counts_of_winners_are_read():
    read = list(read_figures("winners", "12 (2 per category, paper) / 18 (web page)"))

    assert [(number.value, number.words) for number in read] == [
        (12, "12 (2 per category, paper)"),
        (18, "18 (web page)"),
    ]
    assert [number.value for number in read_figures("finalists", "40 or 42")] == [40, 42]


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    name = read_name(text)

    assert "(" not in name.note
    assert all(number.value >= 0 for number in read_numbers(text))
    assert all(number.measure == "winners" for number in read_figures("winners", text))


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_day_reads_back(day):
    assert read_date(day.isoformat()) == When(day, None, "day")
    assert read_date(f"{day:%Y-%m}") == When(day.replace(day=1), None, "month")
