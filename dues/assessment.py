"""Who owes what for a dues year, and why. Pure, no Django: facts in, one answer out.

A member is priced, or blocked by a missing figure (never guessed: no default band), or not due.
The answer carries everything needed to explain the amount years later.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dues.fees import BandTable, Cell, FigureError, checked_figure
from members.history import Entry, full_since, status_on

PRICED = "priced"
BLOCKED = "blocked"
NOT_DUE = "not_due"

MISSING = {
    "population": "population_missing",
    "employees": "employees_missing",
    "gdp_ppp_per_capita": "gdp_missing",
}
REASONS = (*MISSING.values(), "associate", "not_yet_due", "no_fee_schedule", "ended")

OWING = frozenset({"full", "suspended"})
ENDED = frozenset({"rejected", "withdrawn", "expelled"})


@dataclass(frozen=True, slots=True)
class Sourced:
    """A figure and where it comes from (persons, employees, or USD per head)."""

    value: int | Decimal
    source: str
    source_year: int | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A fee table in force for one kind of member from a dues year on."""

    pk: int
    kind: str
    name_en: str
    name_ko: str
    first_dues_year: int
    source: str
    table: BandTable


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides a member's dues; `figures` by measure."""

    kind: str
    history: Sequence[Entry]
    figures: dict[str, Sourced]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one member and year.

    `outcome` is priced, blocked or not_due; `reason` is "" when priced, else one of `REASONS`;
    `since` and `first_dues_year` are what the reason is explained with.
    """

    outcome: str
    reason: str = ""
    since: dt.date | None = None
    first_dues_year: int | None = None
    schedule: Schedule | None = None
    column: Sourced | None = None
    row: Sourced | None = None
    cell: Cell | None = None

    @property
    def amount_cents(self) -> int:
        """The fee in US cents; 0 unless priced."""
        return self.cell.amount_cents if self.cell else 0


def first_dues_year_of(full_on: dt.date) -> int:
    """R7, S5: the duty to pay begins in the year after the approval that made a member full."""
    return full_on.year + 1


def choose_schedule(schedules: Sequence[Schedule], kind: str, year: int) -> Schedule | None:
    """The table in force for a kind in a dues year: the latest that had begun by then."""
    begun = [s for s in schedules if s.kind == kind and s.first_dues_year <= year]
    return max(begun, key=lambda schedule: schedule.first_dues_year, default=None)


def assess(facts: Facts, schedules: Sequence[Schedule], year: int) -> Assessment:
    """What a member owes for a dues year (R4–R10, S5, S15, S23)."""
    standing = find_exemption(facts.history, year)
    if standing:
        return standing
    schedule = choose_schedule(schedules, facts.kind, year)
    if schedule is None:
        return Assessment(NOT_DUE, "no_fee_schedule")
    return price(facts, schedule, year)


def find_exemption(history: Sequence[Entry], year: int) -> Assessment | None:
    """Why a member owes nothing for the year, or None when it does.

    The last day before the dues year decides: who was full or suspended then owes the year (R7),
    who had left by then does not, and leaving later in the year leaves the dues payable (S15).
    """
    eve = dt.date(year - 1, 12, 31)
    if status_on(history, eve) in OWING:
        return None
    latest = history[-1] if history else None
    if latest is None:
        return Assessment(NOT_DUE, "not_yet_due")
    if latest.status in ENDED:
        return Assessment(NOT_DUE, "ended", since=latest.effective_on)
    if latest.status in OWING:
        approved = full_since(history, latest.effective_on) or latest.effective_on
        return Assessment(
            NOT_DUE, "not_yet_due", since=approved, first_dues_year=first_dues_year_of(approved)
        )
    return Assessment(NOT_DUE, "associate", since=latest.effective_on)


def price(facts: Facts, schedule: Schedule, year: int) -> Assessment:
    """The cell of the table, or the first figure that is missing for it."""
    table = schedule.table
    column = usable(facts.figures, table.column_measure)
    if column is None:
        return Assessment(BLOCKED, MISSING[table.column_measure], schedule=schedule)
    row = usable(facts.figures, table.row_measure)
    if table.row_measure and row is None:
        return Assessment(BLOCKED, MISSING[table.row_measure], schedule=schedule, column=column)
    approved = full_since(facts.history, dt.date(year - 1, 12, 31))
    return Assessment(
        PRICED,
        since=approved,
        first_dues_year=first_dues_year_of(approved) if approved else None,
        schedule=schedule,
        column=column,
        row=row,
        cell=table.price(column.value, row.value if row else None),
    )


def usable(figures: dict[str, Sourced], measure: str) -> Sourced | None:
    """The figure, unless it is absent or one no table may price: that counts as missing."""
    figure = figures.get(measure)
    if figure is None:
        return None
    try:
        checked_figure(measure, figure.value)
    except FigureError:
        return None
    return figure
