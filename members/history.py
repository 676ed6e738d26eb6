"""A member's dated life: which status held on a date, since when full, when it ended.

Pure: entries in, answers out. A status holds from its date on (that day included) until the next
entry's date; of two entries of one day the later recorded one holds, which is how a mistake is
corrected without erasing it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

FULL = "full"
SUSPENDED = "suspended"
# A member that is one of these has left, or was never let in.
ENDINGS = frozenset({"rejected", "withdrawn", "expelled"})


class Entry(NamedTuple):
    """One line of the history; lines of one day stand in the order they were recorded."""

    status: str
    effective_on: dt.date


def lines_until(entries: Iterable[Entry], on: dt.date) -> list[Entry]:
    """What held up to and including a day: in order of date, one line a day, the last recorded."""
    ordered = sorted(entries, key=lambda entry: entry.effective_on)
    by_day = {entry.effective_on: entry for entry in ordered if entry.effective_on <= on}
    return list(by_day.values())


def status_on(entries: Iterable[Entry], on: dt.date) -> str | None:
    """The status that held on a day; None before the first entry."""
    lines = lines_until(entries, on)
    return lines[-1].status if lines else None


def full_since(entries: Iterable[Entry], on: dt.date) -> dt.date | None:
    """The first day of the full membership that stands on `on`; None when none stands (R4, R7).

    Suspension does not end it. Leaving does, and so does going back to associate: who becomes full
    again afterwards begins anew.
    """
    since: dt.date | None = None
    for status, effective_on in lines_until(entries, on):
        if status == FULL:
            since = since or effective_on
        elif status != SUSPENDED:
            since = None
    return since


def ended_on(entries: Iterable[Entry], on: dt.date) -> dt.date | None:
    """The day the member left (withdrawn, expelled, rejected), if it is out on `on`."""
    left: dt.date | None = None
    for status, effective_on in lines_until(entries, on):
        left = (left or effective_on) if status in ENDINGS else None
    return left
