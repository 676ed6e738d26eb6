"""The use of membership fees in a year, for EXCOM (P9): what was asked, what came, what is open.

The dues of a year are followed by the day asked, whenever they were paid; the money of the year is
what the bank had in it, whatever it was for. Each stands beside the year before, by the same day.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Sum

from dues.board import YearFigures, YearRow, add_up, read_rows
from dues.cash import standing_payments
from dues.models import Entry, EntryKind
from members.models import Kind, Region
from wego.seoul import shift_months

A_YEAR: Final = -12


@dataclass(frozen=True)
class Share:
    """The year's dues of one kind of members or one region."""

    name: str
    figures: YearFigures


@dataclass(frozen=True)
class YearOfFees:
    """One year: its dues by the day, by kind and region, and the year's money (US cents)."""

    figures: YearFigures
    kinds: Sequence[Share]
    regions: Sequence[Share]
    received_cents: int
    refunded_cents: int


@dataclass(frozen=True)
class UseOfFees:
    """A year beside the one before."""

    now: YearOfFees
    before: YearOfFees


def read_use_of_fees(year: int, on: dt.date) -> UseOfFees:
    """The dues and the money of a year by a day, beside the year before; six queries."""
    return UseOfFees(read_fees(year, on), read_fees(year - 1, shift_months(on, A_YEAR)))


def read_fees(year: int, on: dt.date) -> YearOfFees:
    """One year by a day, in three queries."""
    rows = read_rows(year, on, of_members=True)
    period = (dt.date(year, 1, 1), min(on, dt.date(year, 12, 31)))
    received = standing_payments().filter(payment__received_on__range=period)
    refunded = Entry.objects.standing().filter(kind=EntryKind.PAYOUT, posted_on__range=period)
    return YearOfFees(
        add_up(year, on, rows),
        share_out(year, on, rows, Kind.values, lambda row: row.member_kind),
        share_out(year, on, rows, Region.values, lambda row: row.region),
        int(received.aggregate(cents=Sum("amount_cents"))["cents"] or 0),
        int(refunded.aggregate(cents=Sum("amount_cents"))["cents"] or 0),
    )


def share_out(
    year: int,
    on: dt.date,
    rows: Sequence[YearRow],
    names: Sequence[str],
    name_of: Callable[[YearRow], str],
) -> list[Share]:
    """The year's figures by name, in the order of the names; those without invoices left out."""
    shares = (
        Share(name, add_up(year, on, [row for row in rows if name_of(row) == name]))
        for name in names
    )
    return [share for share in shares if share.figures.invoices]
