"""Invoice numbers and payment references as people and banks write them; no database.

`WEGO-2020-0001`, `wego 2020/1`, `RF52 WEGO 2020 0001`, `2020-1`: all name the first invoice of
2020. What is typed into a search is one such name; a bank's text may hold several, among dates and
other numbers, so there the writing says how far it can be trusted.
"""

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from stdnum import iso11649

from wego.finding import fold, split_words

# The year and its place in the series, as typed with or without what stands around them.
TYPED = re.compile(r"(?:rf\d\d)?(?:wego)?(20\d\d)0*([1-9]\d{0,6})")
SEPARATE = re.compile(r"(?:no|nr|number|invoice|번호|청구서)")
# Banks wrap and group a text, so blanks may stand anywhere between its parts; a date is none.
HELD = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:(?P<check>RF\s?\d\d)\s*)?(?P<house>WEGO[\s./:_#-]*)?"
    r"(?P<year>20\d\d)(?P<between>\s*[./_-]?\s*)(?P<sequence>\d{1,7})"
    r"(?![0-9A-Za-z]|[./-]\d)",
    re.IGNORECASE,
)


class Writing(IntEnum):
    """How a place in a series is written; the surer the higher."""

    LOOSE = 1
    NUMBER = 2
    REFERENCE = 3


class Mention(NamedTuple):
    """An invoice that a text names: the dues year, the place in its series, and how surely."""

    year: int
    sequence: int
    writing: Writing


def read_place(term: str) -> tuple[int, int] | None:
    """The dues year and place in its series that a term names; None when it names none."""
    words = [word for word in split_words(term) if not SEPARATE.fullmatch(word)]
    match = TYPED.fullmatch(fold(" ".join(words)))
    return (int(match[1]), int(match[2])) if match and match[2].isascii() else None


def find_mentions(*texts: str) -> list[Mention]:
    """The invoices that some texts name, each once, the most trusted writing of it first.

    A reference counts as one only with the right check digits (ISO 11649); else it is as loose as
    two numbers side by side.
    """
    found: dict[tuple[int, int], Writing] = {}
    for text in texts:
        for match in HELD.finditer(unicodedata.normalize("NFKC", text)):
            writing = writing_of(match)
            place = int(match["year"]), int(match["sequence"])
            if writing and place[1]:
                found[place] = max(writing, found.get(place, writing))
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return [Mention(*place, writing) for place, writing in ordered]


def writing_of(match: re.Match[str]) -> Writing | None:
    """How a place is written; None for a row of digits that is something else."""
    if match["check"]:
        whole = "".join(match[0].split())
        return Writing.REFERENCE if iso11649.is_valid(whole) else Writing.LOOSE
    if match["house"]:
        return Writing.NUMBER
    return Writing.LOOSE if match["between"].strip() or len(match["sequence"]) > 3 else None  # noqa: PLR2004
