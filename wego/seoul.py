"""The calendar that decides rights: dates in Asia/Seoul, whatever the server's clock zone.

Only edges ask these; rules are handed a date (`on`).
"""

import datetime as dt
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def date_of(instant: dt.datetime) -> dt.date:
    """The Seoul calendar date of an aware instant (2020-12-31 14:30 UTC is 31 December)."""
    return instant.astimezone(SEOUL).date()


def today() -> dt.date:
    """Today in Seoul."""
    return date_of(dt.datetime.now(tz=dt.UTC))
