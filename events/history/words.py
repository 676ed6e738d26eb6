"""How a history file writes names, dates and numbers, read strictly. Pure.

`Goyang 고양`, `Seoul 서울 (DDP, hybrid)`, `2010-09`, `2012-02-01..2012-05-31`, `~50 city
delegations`: what is not written is not known, and nothing here fills it in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

HANGUL = re.compile(r"[\u3131-\u318e\uac00-\ud7a3]")
IN_BRACKETS = re.compile(r"^(?P<before>.*?)\s*\((?P<inside>[^()]*)\)\s*(?P<after>.*)$", re.DOTALL)
DAY, MONTH, YEAR = "day", "month", "year"
DATE = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MARKED = re.compile(r"(?P<about>~)?(?P<figure>\d[\d,]*)(?P<more>\+)?\s*(?P<unit>[A-Za-z ]*)")
# The longest first: "observer cities" are no "cities".
UNITS = (
    "observer institutions",
    "observer cities",
    "city delegations",
    "member cities",
    "EXCOM members",
    "associates",
    "countries",
    "cities",
    "people",
)


class Name(NamedTuple):
    """A name in both scripts, as far as it was written, and what stood in brackets behind it."""

    en: str
    ko: str
    note: str = ""

    @property
    def spellings(self) -> list[str]:
        """Every spelling, the English first; the last is both together, `SBA서울산업진흥원`."""
        together = f"{self.en}{self.ko}" if self.en and self.ko else ""
        return [each.strip() for each in (self.en, *self.ko.split("/"), together) if each.strip()]


class When(NamedTuple):
    """A first and a last day, and how exactly they are known; the first of a month or year."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    precision: str = DAY


class Quoted(NamedTuple):
    """A number as a source gives it; `mark` is ~ (about), + (more than) or nothing."""

    measure: str
    value: int
    mark: str
    words: str


def read_name(text: str) -> Name:
    """A name in Latin letters and hangul apart; "?" is nobody's name."""
    found = IN_BRACKETS.match(text)
    plain = f"{found['before']} {found['after']}" if found else text
    note = found["inside"].strip() if found else ""
    first = HANGUL.search(plain)
    cut = first.start() if first else len(plain)
    en, ko = " ".join(plain[:cut].split()), " ".join(plain[cut:].split())
    return Name("" if en == "?" else en, ko, note)


def read_date(text: str) -> When:
    """`2019`, `2019-11` or `2019-11-15`.

    Raises:
        ValueError: it is none of them, or no day of the calendar.
    """
    found = DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year, month, day = found.groups()
    first = dt.date(int(year), int(month or 1), int(day or 1))
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(text)
    return When(first, None, DAY if day else MONTH if month else YEAR)


def read_span(text: str) -> When:
    """The first date in a text, or the first and last of `2012-02-01..2012-05-31`.

    Raises:
        ValueError: what looks like a date is no day of the calendar.
    """
    dates = [read_date(found[0]) for found in DATE.finditer(text)]
    if not dates:
        return When()
    if ".." in text and len(dates) > 1:
        return When(dates[0].starts_on, dates[1].starts_on, dates[0].precision)
    return dates[0]


def split_clauses(text: str) -> list[str]:
    """`50 cities; Seoul elected` as its parts."""
    return [part.strip() for part in text.split(";") if part.strip()]


def read_numbers(clause: str) -> Iterator[Quoted]:
    """The numbers of a clause whose unit is known: `48 countries 125 cities`; the rest is words."""
    for found in MARKED.finditer(clause):
        unit = found["unit"].strip()
        measure = next((each for each in UNITS if unit.startswith(each)), "")
        if measure:
            yield Quoted(measure, read_figure(found["figure"]), mark_of(found), clause)


def read_figures(measure: str, text: str) -> Iterator[Quoted]:
    """Every figure given for one thing: `12 (2 per category) / 18 (web page)` gives two."""
    for part in re.split(r"\s/\s|\sor\s", text):
        found = MARKED.match(part.strip())
        if found:
            yield Quoted(measure, read_figure(found["figure"]), mark_of(found), part.strip())


def mark_of(found: re.Match[str]) -> str:
    """What a source puts to a number."""
    return "~" if found["about"] else "+" if found["more"] else ""


def read_figure(digits: str) -> int:
    """`14,000` as a number."""
    return int(digits.replace(",", ""))
