"""Aging: what is open on a day, by how many days it is past its due day (workflow 4.5).

What is open of an invoice is what the ledger says, by the day asked; so the buckets always add up
to the receivables of that day. On its due day an invoice is still in time. The whole book is read
in one query, however many members there are.
"""

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from wego.kept import keep

# One row an invoice that is not settled, in the order of due days; the owner is the member that
# owes, duplicates counting for the one they were merged into.
OPEN_INVOICES: Final = """
SELECT invoice.id, invoice.due_on, invoice.dues_year, owner.id, owner.kind, owner.region, open_cents
FROM (
  SELECT invoice_id, SUM(
    CASE WHEN debit = 'receivables' THEN amount_cents
         WHEN credit = 'receivables' THEN -amount_cents ELSE 0 END
  ) AS open_cents
  FROM dues_entry WHERE invoice_id IS NOT NULL AND posted_on <= %s GROUP BY invoice_id
) AS receivable
JOIN dues_invoice AS invoice ON invoice.id = receivable.invoice_id
JOIN members_member AS member ON member.id = invoice.member_id
JOIN members_member AS owner ON owner.id = COALESCE(member.merged_into_id, member.id)
WHERE open_cents <> 0
ORDER BY invoice.due_on, invoice.id
"""


class Bucket(models.TextChoices):
    """How long something is past its due day."""

    CURRENT = "current", _("Not yet due")
    TO_30 = "1-30", _("1–30 days")
    TO_60 = "31-60", _("31–60 days")
    TO_90 = "61-90", _("61–90 days")
    TO_180 = "91-180", _("91–180 days")
    TO_365 = "181-365", _("181–365 days")
    OVER_YEAR = "over-365", _("Over a year")


BUCKETS: Final = tuple(Bucket)
# The last day of every bucket but the last, counted from the due day.
LAST_DAYS: Final = (0, 30, 60, 90, 180, 365)


def bucket_of(due_on: dt.date, on: dt.date) -> Bucket:
    """The bucket on a day of what is due on another."""
    return BUCKETS[bisect_left(LAST_DAYS, (on - due_on).days)]


class OpenInvoice(NamedTuple):
    """What is open of an invoice (US cents), and who owes it."""

    invoice_id: int
    due_on: dt.date
    dues_year: int
    member_id: int
    kind: str
    region: str
    open_cents: int
    bucket: Bucket


@dataclass(frozen=True)
class MemberLine:
    """What one member owes, in all and by bucket (US cents)."""

    member_id: int
    invoices: int
    cents: dict[Bucket, int]

    @property
    def total_cents(self) -> int:
        """All of it."""
        return sum(self.cents.values())


@dataclass(frozen=True)
class Aging:
    """Open invoices of a day, the longest due first."""

    on: dt.date
    rows: Sequence[OpenInvoice]

    @cached_property
    def cents(self) -> dict[Bucket, int]:
        """What is open in every bucket, the empty ones among them (US cents)."""
        totals = dict.fromkeys(BUCKETS, 0)
        for row in self.rows:
            totals[row.bucket] += row.open_cents
        return totals

    @cached_property
    def counts(self) -> Counter[Bucket]:
        """How many invoices every bucket holds."""
        return Counter(row.bucket for row in self.rows)

    @cached_property
    def places(self) -> Counter[tuple[Bucket, str, str]]:
        """How many invoices every bucket, kind and region hold together."""
        return Counter((row.bucket, row.kind, row.region) for row in self.rows)

    @property
    def total_cents(self) -> int:
        """All that is open: the receivables of the day (US cents)."""
        return sum(self.cents.values())

    @property
    def overdue_cents(self) -> int:
        """What is past its due day (US cents)."""
        return self.total_cents - self.cents[Bucket.CURRENT]

    @cached_property
    def members(self) -> list[MemberLine]:
        """Every member that owes something, the largest debt first."""
        lines: dict[int, MemberLine] = {}
        counts = Counter(row.member_id for row in self.rows)
        for row in self.rows:
            line = lines.get(row.member_id)
            if line is None:
                empty = dict.fromkeys(BUCKETS, 0)
                line = lines[row.member_id] = MemberLine(
                    row.member_id, counts[row.member_id], empty
                )
            line.cents[row.bucket] += row.open_cents
        return sorted(lines.values(), key=lambda line: (-line.total_cents, line.member_id))

    def only(
        self, *, bucket: str = "", kind: str = "", region: str = "", member: int | None = None
    ) -> "Aging":
        """The same day, of these alone; "" and None leave nothing out."""
        if not (bucket or kind or region) and member is None:
            return self
        return Aging(
            self.on,
            [
                row
                for row in self.rows
                if bucket in ("", row.bucket)
                and kind in ("", row.kind)
                and region in ("", row.region)
                and member in (None, row.member_id)
            ],
        )


def read_aging(on: dt.date) -> Aging:
    """What is open on a day, invoice by invoice, in one query; a large book is kept for a while."""
    return keep(
        ("dues.aging", on),
        lambda: ask_aging(on),
        size=lambda aging: len(aging.rows),
    )


def ask_aging(on: dt.date) -> Aging:
    """The same, asked of the database."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_INVOICES, [on])
        rows = cursor.fetchall()
    return Aging(on, list(read_rows(rows, on)))


def read_rows(
    rows: Iterable[tuple[int, dt.date | str, int, int, str, str, int]], on: dt.date
) -> Iterator[OpenInvoice]:
    """Rows of the database with their buckets; there are few due days and many invoices."""
    known: dict[dt.date | str, tuple[dt.date, Bucket]] = {}
    for key, due_on, year, member, kind, region, cents in rows:
        if due_on not in known:
            day = dt.date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
            known[due_on] = (day, bucket_of(day, on))
        day, bucket = known[due_on]
        yield OpenInvoice(key, day, year, member, kind, region, int(cents), bucket)
