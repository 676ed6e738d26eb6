import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.history import (
    ENDINGS,
    DatedName,
    Entry,
    ended_on,
    first_dues_year,
    full_since,
    lines_after,
    lines_until,
    name_on,
    next_change,
    status_on,
    status_since,
)

STATUSES = ("associate", "full", "suspended", "rejected", "withdrawn", "expelled")


def day(text):
    return dt.date.fromisoformat(text)


def life(*lines):
    return [Entry(status, day(text)) for status, text in lines]


GOYANG = life(("associate", "2016-03-02"), ("full", "2017-06-29"))


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2016-03-01", None),
        ("2016-03-02", "associate"),
        ("2017-06-28", "associate"),
        ("2017-06-29", "full"),
        ("2030-01-01", "full"),
    ],
)
def test_status_on_holds_from_its_day(on, status):
    assert status_on(GOYANG, day(on)) == status


def test_status_on_takes_the_later_of_one_day():
    corrected = life(("full", "2019-12-31"), ("associate", "2019-12-31"))

    assert status_on(corrected, day("2019-12-31")) == "associate"
    assert full_since(corrected, day("2020-12-31")) is None


def test_status_on_does_not_need_sorted_entries():
    assert status_on(reversed(GOYANG), day("2018-01-01")) == "full"


def test_full_since_begins_with_the_approval_not_the_application():
    assert full_since(GOYANG, day("2017-06-28")) is None
    assert full_since(GOYANG, day("2017-06-29")) == day("2017-06-29")
    assert full_since(GOYANG, day("2024-01-01")) == day("2017-06-29")


def test_full_since_outlasts_suspension_and_confirmation():
    almaty = life(
        ("full", "2019-12-31"),
        ("full", "2019-12-31"),
        ("suspended", "2022-01-01"),
        ("full", "2022-09-01"),
    )

    assert full_since(almaty, day("2022-05-05")) == day("2019-12-31")
    assert full_since(almaty, day("2023-01-01")) == day("2019-12-31")


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_full_since_starts_anew_after_leaving(ending):
    returned = life(
        ("full", "2012-11-12"),
        (ending, "2015-12-31"),
        ("associate", "2018-02-01"),
        ("full", "2018-10-17"),
    )

    assert full_since(returned, day("2015-12-30")) == day("2012-11-12")
    assert full_since(returned, day("2015-12-31")) is None
    assert full_since(returned, day("2018-10-16")) is None
    assert full_since(returned, day("2018-10-17")) == day("2018-10-17")


def test_full_since_starts_anew_after_going_back_to_associate():
    marked = life(("full", "2019-12-31"), ("associate", "2020-02-01"), ("full", "2020-11-17"))

    assert full_since(marked, day("2020-01-31")) == day("2019-12-31")
    assert full_since(marked, day("2020-06-01")) is None
    assert full_since(marked, day("2021-01-01")) == day("2020-11-17")


def test_suspension_without_approval_is_not_full():
    assert full_since(life(("suspended", "2020-01-01")), day("2020-01-02")) is None


def test_ended_on_is_the_day_of_leaving_until_readmission():
    left = life(("full", "2012-11-12"), ("withdrawn", "2015-12-31"), ("associate", "2018-02-01"))

    assert ended_on(left, day("2015-12-30")) is None
    assert ended_on(left, day("2015-12-31")) == day("2015-12-31")
    assert ended_on(left, day("2017-01-01")) == day("2015-12-31")
    assert ended_on(left, day("2018-02-01")) is None


def test_nothing_recorded_answers_none():
    on = day("2020-01-01")

    assert (status_on([], on), full_since([], on), ended_on([], on)) == (None, None, None)


days = st.dates(min_value=dt.date(2009, 1, 1), max_value=dt.date(2030, 12, 31))
lives = st.lists(st.builds(Entry, st.sampled_from(STATUSES), days), max_size=12)


@given(lives, days)
def test_full_since_is_a_recorded_full_day_and_never_with_an_ending(entries, on):
    since = full_since(entries, on)

    if since is not None:
        assert since <= on
        assert status_on(entries, since) == "full"
        assert status_on(entries, on) in {"full", "suspended"}
        assert ended_on(entries, on) is None
    if status_on(entries, on) == "full":
        assert since is not None


@given(lives, days)
def test_what_is_recorded_later_does_not_change_the_past(entries, on):
    future = [*entries, Entry("withdrawn", on + dt.timedelta(days=1))]

    for question in (status_on, full_since, ended_on):
        assert question(future, on) == question(entries, on)


@given(lives, days)
def test_every_day_has_the_status_of_its_last_line(entries, on):
    lines = lines_until(entries, on)

    assert [line.effective_on for line in lines] == sorted(
        {e.effective_on for e in entries if e.effective_on <= on}
    )
    assert status_on(entries, on) == (lines[-1].status if lines else None)
    if lines and lines[-1].status in ENDINGS:
        assert ended_on(entries, on) is not None


ASTANA = DatedName("Astana", "아스타나")
EARLIER = [
    DatedName("Aqmola", "", None, day("1998-05-05")),
    DatedName("Nur-Sultan", "누르술탄", day("2019-03-23"), day("2022-09-16")),
    DatedName("Tselinograd", ""),
]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("1990-01-01", "Aqmola"),
        ("1998-05-05", "Aqmola"),
        ("2019-03-23", "Nur-Sultan"),
        ("2022-09-16", "Nur-Sultan"),
        ("2022-09-17", "Astana"),
    ],
)
def test_name_on_is_the_one_that_had_not_ended(on, name):
    assert name_on(ASTANA, reversed(EARLIER), day(on)).name_en == name


def test_a_spelling_without_days_says_nothing_of_a_date():
    assert name_on(ASTANA, EARLIER[2:], day("1990-01-01")) == ASTANA


@pytest.mark.parametrize(
    ("how", "full_on", "year"),
    [
        ("next_year", "2019-01-01", 2020),
        ("next_year", "2019-12-31", 2020),
        ("same_year", "2019-12-31", 2019),
        ("pro_rata", "2019-07-01", 2019),
        ("q4_next_year", "2019-09-30", 2019),
        ("q4_next_year", "2019-10-01", 2020),
    ],
)
def test_first_dues_year(how, full_on, year):
    assert first_dues_year(day(full_on), how) == year


def test_status_since_is_not_moved_by_a_repeated_line():
    confirmed = life(("associate", "2018-01-01"), ("full", "2019-12-31"), ("full", "2020-02-01"))

    assert status_since(confirmed, day("2021-01-01")) == day("2019-12-31")
    assert status_since(confirmed, day("2017-01-01")) is None


def test_next_change_passes_over_days_corrected_back():
    taken_back = life(("full", "2012-11-12"), ("withdrawn", "2022-12-31"), ("full", "2022-12-31"))

    assert next_change(taken_back, day("2022-11-01")) is None
    assert next_change(taken_back[:2], day("2022-11-01")) == taken_back[1]
    assert next_change(taken_back, day("2012-11-11")) == taken_back[0]
    assert lines_after(taken_back, day("2022-11-01")) == [taken_back[2]]
