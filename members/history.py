"""A member's dated life: which status held on a date, since when full, when it ended, its name.

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
FOURTH_QUARTER_FROM = 10


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


def status_since(entries: Iterable[Entry], on: dt.date) -> dt.date | None:
    """The first day of the unbroken time in the status of a day; a repeated line moves nothing."""
    since: dt.date | None = None
    held: str | None = None
    for status, effective_on in lines_until(entries, on):
        if status != held:
            since, held = effective_on, status
    return since


def next_change(entries: Iterable[Entry], on: dt.date) -> Entry | None:
    """The first line after a day that changes what held on it; None when nothing is to come."""
    lines = list(entries)
    held = status_on(lines, on)
    return next((line for line in lines_after(lines, on) if line.status != held), None)


def lines_after(entries: Iterable[Entry], on: dt.date) -> list[Entry]:
    """What holds from later days: in order of date, one line a day, the last recorded."""
    return [line for line in lines_until(entries, dt.date.max) if line.effective_on > on]


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


class DatedName(NamedTuple):
    """A name a member bore, in both scripts; the days are the first and the last, if known."""

    name_en: str
    name_ko: str
    used_from: dt.date | None = None
    used_until: dt.date | None = None


def name_on(current: DatedName, earlier: Iterable[DatedName], on: dt.date) -> DatedName:
    """What a member was called on a day (X10): the earliest name that had not ended by then.

    A name without a last day is a spelling somebody saw, and says nothing of a date.
    """
    borne = [name for name in earlier if name.used_until is not None and on <= name.used_until]
    return min(borne, key=lambda name: name.used_until or on, default=current)


def first_dues_year(full_on: dt.date, how: str = "next_year") -> int:
    """R7, S5: the first year a member owes dues for, as the policy switch `how` says."""
    if how in {"same_year", "pro_rata"}:
        return full_on.year
    if how == "q4_next_year":
        return full_on.year + (full_on.month >= FOURTH_QUARTER_FROM)
    return full_on.year + 1
