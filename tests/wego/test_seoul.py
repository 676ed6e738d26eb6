"""The calendar that decides rights."""

import datetime as dt

import time_machine

from wego import seoul


def test_half_past_eleven_in_seoul_is_still_the_old_year():  # A13
    assert seoul.date_of(dt.datetime(2020, 12, 31, 14, 30, tzinfo=dt.UTC)) == dt.date(2020, 12, 31)
    assert seoul.date_of(dt.datetime(2020, 12, 31, 15, 0, tzinfo=dt.UTC)) == dt.date(2021, 1, 1)


def test_today_follows_seoul_and_not_the_server():
    with time_machine.travel(dt.datetime(2026, 2, 28, 15, 0, tzinfo=dt.UTC), tick=False):
        assert seoul.today() == dt.date(2026, 3, 1)
