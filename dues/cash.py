"""Cash received: what came in, by the month in which the bank had it, and from where.

A payment that was taken back is left out, whenever that was done; one that was moved counts once,
for the member that made it. So a year may still change while its mistakes are being corrected.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from dues.models import Entry, EntryKind, Payment

Key = TypeVar("Key", str, int)
MONTHS: Final = range(1, 13)
# A duplicate's money counts where the member is that it was merged into.
COUNTRY: Final = Coalesce(
    "payment__member__merged_into__country_code", "payment__member__country_code"
)
REGION: Final = Coalesce("payment__member__merged_into__region", "payment__member__region")


class CashLine(NamedTuple):
    """What came from one country in one month (US cents)."""

    month: int
    region: str
    country_code: str
    payments: int
    cents: int


@dataclass(frozen=True)
class Cash:
    """The money of a year, or of one place in it."""

    year: int
    lines: Sequence[CashLine]

    @property
    def cents(self) -> int:
        """All of it (US cents)."""
        return sum(line.cents for line in self.lines)

    @property
    def payments(self) -> int:
        """How many payments."""
        return sum(line.payments for line in self.lines)

    @cached_property
    def months(self) -> dict[int, int]:
        """By month, every month of the year (US cents)."""
        return self.add("month", dict.fromkeys(MONTHS, 0))

    @cached_property
    def regions(self) -> dict[str, int]:
        """By region (US cents)."""
        return self.add("region", {})

    @cached_property
    def countries(self) -> dict[str, int]:
        """By country, the most money first (US cents)."""
        found = self.add("country_code", {})
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def cell(self, region: str, month: int) -> int:
        """What came from a region in a month (US cents)."""
        return self._cells[region, month]

    @cached_property
    def _cells(self) -> Counter[tuple[str, int]]:
        cells: Counter[tuple[str, int]] = Counter()
        for line in self.lines:
            cells[line.region, line.month] += line.cents
        return cells

    def add(self, name: str, totals: dict[Key, int]) -> dict[Key, int]:
        """Cents by one of the columns."""
        for line in self.lines:
            key = getattr(line, name)
            totals[key] = totals.get(key, 0) + line.cents
        return totals


def standing_payments() -> QuerySet[Entry]:
    """Entries of payments that were not taken back."""
    return Entry.objects.standing().filter(kind=EntryKind.PAYMENT)


def read_cash(year: int) -> Cash:
    """The money received in a calendar year, in one query."""
    rows = standing_payments().filter(payment__received_on__year=year).order_by()
    grouped = rows.values_list(ExtractMonth("payment__received_on"), REGION, COUNTRY)
    summed = grouped.annotate(n=Count("pk"), cents=Sum("amount_cents"))
    return Cash(year, sorted(CashLine(*row) for row in summed))


def list_cash_years() -> list[int]:
    """Years in which money was received, the newest first."""
    years = standing_payments().order_by().values_list(ExtractYear("payment__received_on"))
    return sorted((year for (year,) in years.distinct()), reverse=True)


def find_received(
    year: int, *, month: int | None = None, region: str = "", country: str = ""
) -> QuerySet[Payment]:
    """The payments behind a number, by the day of receipt."""
    entries = standing_payments().filter(payment__received_on__year=year)
    if month:
        entries = entries.filter(payment__received_on__month=month)
    if region or country:
        entries = entries.annotate(from_region=REGION, from_country=COUNTRY)
        wanted = {"from_region": region, "from_country": country}
        entries = entries.filter(**{name: value for name, value in wanted.items() if value})
    rows = Payment.objects.filter(pk__in=entries.values("payment"))
    return rows.select_related("member", "member__merged_into").order_by("received_on", "pk")
