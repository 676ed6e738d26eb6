"""Calendar days as people type them: a day that can be read in two ways is asked back."""

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y")
KOREAN = re.compile(r"(\d{4})년(\d{1,2})월(\d{1,2})일")
DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
LAST_MONTH = 12


def parse_day(text: str) -> dt.date:
    """The day a text names: `2026-11-22`, `20261122`, `2026. 11. 22.`, `22 Nov 2026`, `22/11/2026`.

    Raises:
        ValidationError: it names none, or two (`03/04/2027`).
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    if match := DAY_OR_MONTH_FIRST.fullmatch(typed):
        return choose_day(typed, *map(int, match.groups()))
    packed = typed if re.search("[A-Za-z]", typed) else typed.replace(" ", "").rstrip(".")
    packed = KOREAN.sub(r"\1-\2-\3", packed)
    for pattern in FORMATS:
        try:
            return dt.datetime.strptime(packed, pattern).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise no_day(typed)


def choose_day(typed: str, first: int, second: int, year: int) -> dt.date:
    """The one day that two numbers and a year can mean; asked back when they mean two."""
    found = {
        day
        for day_number, month in ((first, second), (second, first))
        if month <= LAST_MONTH and (day := try_day(year, month, day_number))
    }
    if len(found) > 1:
        one, other = sorted(found)
        raise ValidationError(
            _("%(typed)s can be %(one)s or %(other)s: write it the long way.")
            % {"typed": typed, "one": one.isoformat(), "other": other.isoformat()},
            code="two_days",
        )
    if not found:
        raise no_day(typed)
    return found.pop()


def try_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, if the calendar has it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def no_day(typed: str) -> ValidationError:
    """What is said of a text that names no day."""
    return ValidationError(
        _("“%(typed)s” is not a day: write it like 2020-01-15.") % {"typed": typed[:40]},
        code="no_day",
    )
