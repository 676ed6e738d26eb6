"""Who owes what for a dues year, and why. Pure, no Django: facts in, one answer out.

A member is priced, or blocked by a missing figure (never guessed: no default band), or not due.
The answer carries everything needed to explain the amount years later.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dues.fees import BandTable, Cell, FigureError, checked_figure
from dues.lowering import Lowering
from members.history import Entry, first_dues_year, full_since, lines_until, status_on

PRICED = "priced"
BLOCKED = "blocked"
NOT_DUE = "not_due"

MISSING = {
    "population": "population_missing",
    "employees": "employees_missing",
    "gdp_ppp_per_capita": "gdp_missing",
}
WAIVED = "waived"
REASONS = (
    *MISSING.values(),
    *("associate", "not_yet_due", "no_fee_schedule", "ended", "cancelled", WAIVED),
)

FULL, WITHDRAWN = "full", "withdrawn"
OWING = frozenset({FULL, "suspended"})
ENDED = frozenset({"rejected", WITHDRAWN, "expelled"})

# Answers of the switches S5 and S15 that this module knows by name.
NEXT_YEAR, PRO_RATA = "next_year", "pro_rata"
IN_FULL, CANCELLED = "in_full", "cancelled"
MONTHS = 12


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
class Terms:
    """What the policy switches say of a dues year: its first (S5) and its last (S15).

    `due_on` is the year's due day, before which a notice of withdrawal may cancel its dues.
    """

    first_dues: str = NEXT_YEAR
    leaving_year: str = IN_FULL
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides a member's dues; `figures` by measure, `notice_on` the notice of withdrawal."""

    kind: str
    history: Sequence[Entry]
    figures: dict[str, Sourced]
    notice_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one member and year.

    `outcome` is priced, blocked or not_due; `reason` is "" when priced, else one of `REASONS`;
    `since` and `first_dues_year` are what the reason is explained with. `months` are those of the
    year that are owed: 12, or fewer where a switch says pro rata. `lowering` is the reduction that
    was decided for the year (S17).
    """

    outcome: str
    reason: str = ""
    since: dt.date | None = None
    first_dues_year: int | None = None
    schedule: Schedule | None = None
    column: Sourced | None = None
    row: Sourced | None = None
    cell: Cell | None = None
    months: int = MONTHS
    lowering: Lowering | None = None

    @property
    def fee_cents(self) -> int:
        """The fee by the table in US cents, a part of a cent cut; 0 where a figure is missing."""
        return self.cell.amount_cents * self.months // MONTHS if self.cell else 0

    @property
    def off_cents(self) -> int:
        """What the decided reduction takes off the fee, in US cents."""
        return self.lowering.off(self.fee_cents) if self.lowering else 0

    @property
    def amount_cents(self) -> int:
        """What is due in US cents: the fee less the reduction; 0 unless priced."""
        return self.fee_cents - self.off_cents


AS_IN_THE_PAPER = Terms()


def first_dues_year_of(full_on: dt.date, terms: Terms = AS_IN_THE_PAPER) -> int:
    """R7, S5: the duty to pay begins in the year after the approval that made a member full."""
    return first_dues_year(full_on, terms.first_dues)


def first_months(full_on: dt.date, terms: Terms) -> int:
    """Months owed of the very year of the approval: none, unless the switch says so (S5)."""
    if first_dues_year_of(full_on, terms) > full_on.year:
        return 0
    return MONTHS + 1 - full_on.month if terms.first_dues == PRO_RATA else MONTHS


def choose_schedule(schedules: Sequence[Schedule], kind: str, year: int) -> Schedule | None:
    """The table in force for a kind in a dues year: the latest that had begun by then."""
    begun = [s for s in schedules if s.kind == kind and s.first_dues_year <= year]
    return max(begun, key=lambda schedule: schedule.first_dues_year, default=None)


def assess(
    facts: Facts, schedules: Sequence[Schedule], year: int, terms: Terms = AS_IN_THE_PAPER
) -> Assessment:
    """What a member owes for a dues year (R4–R10, S5, S15, S23)."""
    months = count_months(facts, year, terms)
    if not months:
        return explain_exemption(facts, year, terms)
    schedule = choose_schedule(schedules, facts.kind, year)
    if schedule is None:
        return Assessment(NOT_DUE, "no_fee_schedule")
    return price(facts, schedule, year, months=months, terms=terms)


def lower(found: Assessment, lowering: Lowering | None) -> Assessment:
    """The answer with the reduction that was decided for the year (S17).

    One that takes the whole fee leaves nothing due, even where a figure is missing for the fee.
    """
    if lowering is None or found.outcome == NOT_DUE:
        return found
    lowered = replace(found, lowering=lowering)
    if lowering.is_whole or (found.outcome == PRICED and not lowered.amount_cents):
        return replace(lowered, outcome=NOT_DUE, reason=WAIVED)
    return lowered


def count_months(facts: Facts, year: int, terms: Terms = AS_IN_THE_PAPER) -> int:
    """How many months of a dues year a member owes: 12 or none, but for the switches S5 and S15.

    The last day before the dues year decides: who was full or suspended then owes the year (R7),
    who had left by then does not. Who becomes full during the year owes what S5 says of it.
    """
    if status_on(facts.history, last_day(year - 1)) in OWING:
        months = MONTHS
    else:
        approved = find_approval(facts.history, year)
        months = first_months(approved, terms) if approved else 0
    return lower_for_leaving(months, facts, year, terms) if months else 0


def belongs_in(history: Sequence[Entry], year: int) -> bool:
    """Whether a member was full or suspended when a dues year began, or became full in it."""
    eve = last_day(year - 1)
    return status_on(history, eve) in OWING or find_approval(history, year) is not None


def find_approval(history: Sequence[Entry], year: int) -> dt.date | None:
    """The day within a year from which a member was full."""
    days = [line.effective_on for line in lines_until(history, last_day(year)) if is_full(line)]
    return next((day for day in days if day.year == year), None)


def is_full(line: Entry) -> bool:
    """Whether a line of the history makes a member full."""
    return line.status == FULL


def last_day(year: int) -> dt.date:
    """31 December."""
    return dt.date(year, 12, 31)


def find_leaving(history: Sequence[Entry], year: int) -> dt.date | None:
    """The day of a year on which a member withdrew, if it stayed away until the year's end."""
    lines = lines_until(history, last_day(year))
    left = bool(lines) and lines[-1].status == WITHDRAWN and lines[-1].effective_on.year == year
    return lines[-1].effective_on if left else None


def lower_for_leaving(months: int, facts: Facts, year: int, terms: Terms) -> int:
    """S15: the leaving year is owed in full, by the months belonged, or not at all."""
    left_on = find_leaving(facts.history, year)
    if left_on is None or terms.leaving_year == IN_FULL:
        return months
    if terms.leaving_year == PRO_RATA:
        return max(months - (MONTHS - left_on.month), 0)
    notice, due = facts.notice_on, terms.due_on
    return 0 if notice and due and notice < due else months


def explain_exemption(facts: Facts, year: int, terms: Terms) -> Assessment:
    """Why a member owes nothing for the year."""
    history = facts.history
    latest = history[-1] if history else None
    if latest is None:
        return Assessment(NOT_DUE, "not_yet_due")
    if status_on(history, last_day(year - 1)) in OWING:
        return Assessment(NOT_DUE, "cancelled", since=facts.notice_on or latest.effective_on)
    if latest.status in ENDED:
        return Assessment(NOT_DUE, "ended", since=latest.effective_on)
    if latest.status in OWING:
        approved = full_since(history, latest.effective_on) or latest.effective_on
        first = first_dues_year_of(approved, terms)
        return Assessment(NOT_DUE, "not_yet_due", since=approved, first_dues_year=first)
    return Assessment(NOT_DUE, "associate", since=latest.effective_on)


def price(
    facts: Facts,
    schedule: Schedule,
    year: int,
    *,
    months: int = MONTHS,
    terms: Terms = AS_IN_THE_PAPER,
) -> Assessment:
    """The cell of the table, or the first figure that is missing for it."""
    table = schedule.table
    column = usable(facts.figures, table.column_measure)
    if column is None:
        return Assessment(BLOCKED, MISSING[table.column_measure], schedule=schedule)
    row = usable(facts.figures, table.row_measure)
    if table.row_measure and row is None:
        return Assessment(BLOCKED, MISSING[table.row_measure], schedule=schedule, column=column)
    approved = full_since(facts.history, last_day(year - 1)) or find_approval(facts.history, year)
    return Assessment(
        PRICED,
        since=approved,
        first_dues_year=first_dues_year_of(approved, terms) if approved else None,
        schedule=schedule,
        column=column,
        row=row,
        cell=table.price(column.value, row.value if row else None),
        months=months,
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
