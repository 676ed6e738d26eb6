"""The calendar that decides rights: dates in Asia/Seoul, whatever the server's clock zone.

Only edges ask these; rules are handed a date (`on`).
"""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def date_of(instant: dt.datetime) -> dt.date:
    """The Seoul calendar date of an aware instant (2020-12-31 14:30 UTC is 31 December)."""
    return instant.astimezone(SEOUL).date()


def today() -> dt.date:
    """Today in Seoul."""
    return date_of(dt.datetime.now(tz=dt.UTC))


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day so many calendar months later (or earlier), clipped at the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
