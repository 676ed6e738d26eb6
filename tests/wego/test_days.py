"""Days as people type them; two ways to read one are asked back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from wego.days import parse_day

pytestmark = pytest.mark.once
DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-22",
        "20261122",
        "2026.11.22",
        "2026. 11. 22.",
        "2026. 11. 22",
        "2026/11/22",
        "2026년 11월 22일",
        "22/11/2026",
        "22.11.2026",
        "22-11-2026",
        "11/22/2026",
        "22 Nov 2026",
        "22 November 2026",
        " ２０２６-１１-２２ ",
    ],
)
def test_every_way_to_write_a_day_is_read(typed):
    assert parse_day(typed) == DAY


@pytest.mark.parametrize("typed", ["03/04/2027", "4.3.2027", "12-01-2027"])
def test_a_day_that_can_be_two_is_asked_back(typed):
    with pytest.raises(ValidationError, match="can be 2027-") as refusal:
        parse_day(typed)

    assert refusal.value.code == "two_days"


def test_the_same_day_and_month_is_one_day():
    assert parse_day("05/05/2027") == dt.date(2027, 5, 5)


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "31/02/2026", "2026", "13/13/2026"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError) as refusal:
        parse_day(typed)

    assert refusal.value.code == "no_day"
