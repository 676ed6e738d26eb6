"""Cells of a table become days, times and figures, in the way the mapping says and no other."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

from dues.statements.amounts import MOST_DIGITS

LETTERS = {"YYYY": r"(?P<year>[0-9]{4})", "YY": r"(?P<year>[0-9]{2})"}
CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?|([0-9]{2})([0-9]{2})([0-9]{2})"
)
SPACES = "\u00a0\u2007\u2009\u202f "
# Signs and words of currencies that banks put next to a figure.
UNITS = re.compile(r"^(?:[A-Z]{3}|[$€£¥₩￦])\s*|\s*(?:[A-Z]{3}|[$€£¥₩￦원])$")
MINUS = "-−–"
AS_TEXT = re.compile(r'="(.*)"')


def plain(cell: str) -> str:
    """The cell without blanks around, and without the formula that keeps leading zeros."""
    found = AS_TEXT.fullmatch(cell.strip())
    return (found[1] if found else cell).strip(SPACES + "\t\r\n\ufeff")


@cache
def pattern_of(date_format: str) -> re.Pattern[str]:
    """The pattern for a format in the letters YYYY, YY, MM, DD, with a time of day behind it."""
    two = "[0-9]{1,2}" if re.search(r"[^YMD]", date_format) else "[0-9]{2}"
    parts = {**LETTERS, "MM": f"(?P<month>{two})", "DD": f"(?P<day>{two})"}
    pieces = re.split("(YYYY|YY|MM|DD)", date_format)
    body = "".join(parts.get(piece) or re.escape(piece) for piece in pieces)
    return re.compile(body + r"\.?(?:(?:\s+|T)(?P<clock>[0-9:.]+))?")


def day_in(cell: str, date_format: str) -> tuple[dt.date, dt.time | None] | None:
    """The day of a cell, and the time behind it; None when it is no such day."""
    # Korean tables write `2020. 3. 2.`.
    found = pattern_of(date_format).fullmatch(re.sub(r"([./-])\s+(?=[0-9])", r"\1", cell))
    if found is None:
        return None
    year = int(found["year"])
    clock = time_in(found["clock"]) if found["clock"] else None
    if found["clock"] and clock is None:
        return None
    try:
        day = dt.date(
            year + (2000 if len(found["year"]) == len("YY") else 0),
            int(found["month"]),
            int(found["day"]),
        )
    except ValueError:
        return None
    return day, clock


def time_in(cell: str) -> dt.time | None:
    """The time of day `14:23:11`, `14:23` or `142311`; None when it is none."""
    found = CLOCK.fullmatch(cell)
    if found is None:
        return None
    hours, minutes, seconds = (
        int(part or 0) for part in (found.groups()[:3] if found[1] else found.groups()[3:])
    )
    try:
        return dt.time(hours, minutes, seconds)
    except ValueError:
        return None


def figure_in(cell: str, decimal: str) -> Decimal | None:
    """The signed figure of a cell, its thousands apart or not; None when it is none.

    `decimal` is the sign before the hundredths, a point or a comma.
    """
    text = UNITS.sub("", UNITS.sub("", cell).strip()).strip(SPACES)
    is_negative = False
    if text.startswith("(") and text.endswith(")"):
        is_negative, text = True, text[1:-1]
    elif text[:1] in MINUS and text:
        is_negative, text = True, text[1:]
    elif text[-1:] in MINUS and text:
        is_negative, text = True, text[:-1]
    elif text.startswith("+"):
        text = text[1:]
    text = UNITS.sub("", text.strip(SPACES)).strip(SPACES)
    thousands = re.escape({".": ",", ",": "."}[decimal]) + "'’" + SPACES
    found = re.fullmatch(
        rf"([0-9]+|[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+)(?:{re.escape(decimal)}([0-9]*))?", text
    )
    if found is None:
        return None
    digits = re.sub(r"[^0-9]", "", found[1])
    if len(digits.lstrip("0")) > MOST_DIGITS:
        return None
    figure = Decimal(f"{digits}.{found[2] or '0'}")
    return -figure if is_negative else figure
