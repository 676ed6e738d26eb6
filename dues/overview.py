"""Where the dues years stand: which there are, what was invoiced, what waits for a person.

Only questions are asked here; the answers are what Today and the dues year begin with. Every
question takes a constant number of queries.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value

from dues.models import FeeSchedule, Invoice, ScheduleState
from members.models import CountryFigure, Kind, MemberFigure, Region
from wego.kept import BRIEFLY, keep

# Credited in full: it stands no more (X04).
IS_VOID = Q(credited_cents__gte=F("amount_cents"))


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One dues year: how many figures it has, what was invoiced (US cents), its documents.

    `invoices` and `total_cents` count every invoice as it was issued; `void` of them were credited
    in full, and `credited_cents` is what all credit notes took back.
    """

    year: int
    figures: int = 0
    schedules: int = 0
    invoices: int = 0
    total_cents: int = 0
    ready: int = 0
    parked: int = 0
    void: int = 0
    credited_cents: int = 0

    @property
    def net_cents(self) -> int:
        """What was invoiced less what was credited, in US cents."""
        return self.total_cents - self.credited_cents

    @property
    def pending(self) -> int:
        """Documents still to be made."""
        return self.invoices - self.ready - self.parked


@dataclass(frozen=True, slots=True)
class Share:
    """What was invoiced to one region or kind: how many, how much (US cents)."""

    name: str
    count: int
    total_cents: int


@dataclass
class Board:
    """What was invoiced for a year, in all and by region and kind in the roster's order.

    Count and total are of every invoice as issued; `void` of them stand no more, and
    `credited_cents` is what credit notes took back of all.
    """

    count: int = 0
    total_cents: int = 0
    void: int = 0
    credited_cents: int = 0
    regions: list[Share] = field(default_factory=list)
    kinds: list[Share] = field(default_factory=list)

    @property
    def net_cents(self) -> int:
        """What was invoiced less what was credited, in US cents."""
        return self.total_cents - self.credited_cents


def summarise_years() -> list[YearSummary]:
    """Every year that has figures, a schedule in force or invoices, newest first: two queries."""
    counts = count_by_year(
        figures=(MemberFigure.objects.all(), "dues_year"),
        country_figures=(CountryFigure.objects.all(), "dues_year"),
        schedules=(FeeSchedule.objects.filter(state=ScheduleState.IN_FORCE), "first_dues_year"),
    )
    figures = counts["figures"] + counts["country_figures"]
    schedules = counts["schedules"]
    invoiced = summarise_invoices()
    return [
        replace(
            invoiced.get(year) or YearSummary(year),
            figures=figures[year],
            schedules=schedules[year],
        )
        for year in sorted({*figures, *schedules, *invoiced}, reverse=True)
    ]


def summarise_invoices() -> dict[int, YearSummary]:
    """Invoices and documents of every year that has some, in one query; kept where they are many.

    Documents are drawn without a word in the audit trail: of a large house they are as of up to a
    minute ago.
    """
    return keep(
        "dues.years",
        ask_invoices,
        size=lambda years: sum(summary.invoices for summary in years.values()),
        seconds=BRIEFLY,
    )


def ask_invoices() -> dict[int, YearSummary]:
    """The same, asked of the database."""
    rows = (
        Invoice.objects.order_by()
        .with_credited()
        .values("dues_year")
        .annotate(
            count=Count("pk"),
            cents=Sum("amount_cents"),
            void=Count("pk", filter=IS_VOID),
            credited=Sum("credited_cents"),
            documents=Count("document"),
            waiting=Count("parked", filter=Q(document__isnull=True)),
        )
    )
    return {
        row["dues_year"]: YearSummary(
            row["dues_year"],
            invoices=row["count"],
            total_cents=row["cents"],
            ready=row["documents"],
            parked=row["waiting"],
            void=row["void"],
            credited_cents=row["credited"],
        )
        for row in rows
    }


def count_by_year(**asked: tuple[QuerySet[Any], str]) -> dict[str, Counter[int]]:
    """How many rows of each name every year has, by the field that holds it, in one query."""
    parts = [
        rows.order_by()
        .annotate(counted=Value(name, CharField()), year_counted=F(year))
        .values("counted", "year_counted")
        .annotate(n=Count("pk"))
        .values_list("counted", "year_counted", "n")
        for name, (rows, year) in asked.items()
    ]
    counts: dict[str, Counter[int]] = {name: Counter() for name in asked}
    for name, year, number in parts[0].union(*parts[1:], all=True):
        counts[name][year] += number
    return counts


def choose_working_year(summaries: Iterable[YearSummary], *, on: dt.date) -> int:
    """The dues year people work on: the latest prepared or invoiced one, next year's included.

    Figures for the next year are loaded in autumn and make it the one to look at; without any
    figures and invoices it is the calendar year.
    """
    worked_on = [
        summary.year
        for summary in summaries
        if (summary.figures or summary.invoices) and summary.year <= on.year + 1
    ]
    return max(worked_on, default=on.year)


def read_board(year: int) -> Board:
    """What was invoiced for a year by region and by kind, in one query."""
    rows = list(
        Invoice.objects.filter(dues_year=year)
        .order_by()
        .with_credited()
        .values_list("member__region", "member__kind")
        .annotate(
            Count("pk"),
            Sum("amount_cents"),
            void=Count("pk", filter=IS_VOID),
            credited=Sum("credited_cents"),
        )
    )
    return Board(
        count=sum(row[2] for row in rows),
        total_cents=sum(row[3] for row in rows),
        void=sum(row[4] for row in rows),
        credited_cents=sum(row[5] for row in rows),
        regions=shares(Region.values, ((row[0], row[2], row[3]) for row in rows)),
        kinds=shares(Kind.values, ((row[1], row[2], row[3]) for row in rows)),
    )


def shares(names: Iterable[str], rows: Iterable[tuple[str, int, int]]) -> list[Share]:
    """Rows summed under each name, in the order of the names, those without invoices left out."""
    counts: Counter[str] = Counter()
    cents: Counter[str] = Counter()
    for name, count, total in rows:
        counts[name] += count
        cents[name] += total
    return [Share(name, counts[name], cents[name]) for name in names if counts[name]]
