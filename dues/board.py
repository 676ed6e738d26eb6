"""The board of a dues year: what was invoiced, what became of it, what is open and overdue.

Every figure is a sum over the entries of the year's invoices by a day, so they always add up:
invoiced = credited + paid + charges + waived + written off + open.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.core.cache import cache
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from dues.ledger import RECEIVABLE, by_day, total_of, with_open
from dues.models import Account, Entry, EntryKind, Invoice
from dues.states import sum_of
from wego.kept import keep
from wego.seoul import shift_months

KEEP_SECONDS: Final = 600
A_YEAR: Final = -12
MOST_NEWEST: Final = 20


@dataclass(frozen=True)
class YearFigures:
    """A dues year as of a day; amounts in US cents."""

    year: int
    on: dt.date
    invoices: int = 0
    invoiced_cents: int = 0
    credited_cents: int = 0
    paid_cents: int = 0
    charges_cents: int = 0
    waived_cents: int = 0
    written_off_cents: int = 0
    open_cents: int = 0
    overdue_cents: int = 0

    @property
    def due_cents(self) -> int:
        """What was invoiced and not credited."""
        return self.invoiced_cents - self.credited_cents

    @property
    def closed_cents(self) -> int:
        """What was closed without money: bank charges, waivers, write-offs."""
        return self.charges_cents + self.waived_cents + self.written_off_cents

    @property
    def not_yet_due_cents(self) -> int:
        """What is open and still in time."""
        return self.open_cents - self.overdue_cents

    @property
    def paid_share(self) -> float:
        """How much of what is due was paid, between 0 and 1."""
        return self.paid_cents / self.due_cents if self.due_cents else 0.0


# Which side of a receivable says what became of it.
OTHER_SIDE: Final[Mapping[str, str]] = {
    Account.INCOME: "credited_cents",
    Account.CREDIT: "paid_cents",
    Account.BANK_CHARGES: "charges_cents",
    Account.WAIVERS: "waived_cents",
    Account.WRITE_OFFS: "written_off_cents",
}


class YearRow(NamedTuple):
    """Entries of one sort, summed (US cents); of the members of one kind and region, if asked."""

    kind: str
    debit: str
    credit: str
    late: int
    number: int
    cents: int
    member_kind: str = ""
    region: str = ""


def read_rows(year: int, on: dt.date, *, of_members: bool = False) -> list[YearRow]:
    """What was posted to the invoices of a year by a day, in one query; kept where that is much.

    `of_members` tells the kinds and regions of the members apart, which takes longer.
    """
    return keep(
        ("dues.year", year, on, of_members),
        lambda: sum_rows(year, on, of_members=of_members),
        size=lambda rows: sum(row.number for row in rows),
    )


def sum_rows(year: int, on: dt.date, *, of_members: bool) -> list[YearRow]:
    """The same, asked of the database."""
    late = Case(
        When(invoice__due_on__lt=on, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    entries = by_day(Entry.objects.filter(invoice__dues_year=year), on).order_by()
    sorts = ("kind", "debit", "credit")
    members = ("member__kind", "member__region") if of_members else ()
    named = entries.annotate(late=late).values(*sorts, "late", *members)
    summed = named.annotate(n=Count("pk"), cents=Sum("amount_cents"))
    return [YearRow(*row) for row in summed.values_list(*sorts, "late", "n", "cents", *members)]


def read_year(year: int, on: dt.date) -> YearFigures:
    """The figures of a dues year by a day, in one query."""
    return add_up(year, on, read_rows(year, on))


def compare_years(year: int, on: dt.date) -> tuple[YearFigures, YearFigures]:
    """A dues year by a day, and the year before by the same day of its own year."""
    return read_year(year, on), read_year(year - 1, shift_months(on, A_YEAR))


def add_up(year: int, on: dt.date, rows: Iterable[YearRow]) -> YearFigures:
    """The figures that entries of a year's invoices come to."""
    sums: Counter[str] = Counter()
    for row in rows:
        owed = row.cents if row.debit == Account.RECEIVABLES else -row.cents
        if row.kind == EntryKind.INVOICE:
            sums["invoices"] += row.number
            sums["invoiced_cents"] += owed
        else:
            other = row.debit if row.credit == Account.RECEIVABLES else row.credit
            sums[OTHER_SIDE[other]] -= owed
        sums["open_cents"] += owed
        sums["overdue_cents"] += owed if row.late else 0
    return YearFigures(year, on, **sums)


SHOWN: Final = ("invoiced", "credited", "paid", "closed", "open", "overdue")


def find_behind(year: int, on: dt.date, shown: str) -> QuerySet[Invoice]:
    """The invoices of a year behind one figure of its board, with `shown_cents`, by number."""
    rows = Invoice.objects.filter(dues_year=year, issued_on__lte=on).order_by("sequence")
    if shown == "invoiced":
        return rows.annotate(shown_cents=F("amount_cents"))
    if shown in {"open", "overdue"}:
        found = with_open(rows, on).filter(Q(("open_cents__gt", 0)))
        found = found.annotate(shown_cents=F("open_cents"))
        return found.filter(due_on__lt=on) if shown == "overdue" else found
    amounts = {
        "credited": [Account.INCOME],
        "paid": [Account.CREDIT],
        "closed": [Account.BANK_CHARGES, Account.WAIVERS, Account.WRITE_OFFS],
    }[shown]
    return rows.annotate(shown_cents=taken_off(amounts, on)).filter(Q(("shown_cents__gt", 0)))


def taken_off(accounts: Iterable[str], on: dt.date) -> Combinable:
    """What was moved from some accounts to the receivable of an invoice, by a day."""
    amount = Case(
        When(debit__in=accounts, then=F("amount_cents")),
        When(Q(credit__in=accounts) & ~Q(kind=EntryKind.INVOICE), then=-F("amount_cents")),
        default=Value(0),
        output_field=BigIntegerField(),
    )
    return sum_of(amount, on)


@dataclass(frozen=True)
class Changes:
    """What was recorded of a dues year since an instant: the newest rows, and all by document."""

    newest: list[Entry]
    kinds: list[tuple[str, int, int]]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(count for _kind, count, _cents in self.kinds)


def find_changes(year: int, since: dt.datetime) -> Changes:
    """What was recorded of a year's invoices since an instant, in two queries."""
    rows = Entry.objects.filter(recorded_at__gte=since, invoice__dues_year=year)
    by_kind = (
        rows.order_by("kind").values("kind").annotate(n=Count("pk"), cents=Sum("amount_cents"))
    ).values_list("kind", "n", "cents")
    kinds = keep(
        ("dues.changes", year, since),
        lambda: list(by_kind),
        size=lambda kinds: sum(count for _kind, count, _cents in kinds),
    )
    newest = rows.select_related("member", "invoice", "payment", "reversal")
    return Changes(
        newest=list(newest.defer("invoice__snapshot").order_by("-pk")[:MOST_NEWEST]),
        kinds=kinds,
    )


@dataclass(frozen=True)
class Held:
    """What all members together owe and are owed on a day (US cents)."""

    open_cents: int
    overdue_cents: int
    credit_cents: int
    refunds_cents: int

    @property
    def has_any(self) -> bool:
        """Whether there is anything to show."""
        return any((self.open_cents, self.credit_cents, self.refunds_cents))


def find_newest_entry() -> int:
    """The key of the newest entry; 0 where there is none."""
    newest: int | None = Entry.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def read_held(on: dt.date, *, newest: int) -> Held:
    """Open, overdue, credit on account and refunds to pay out, remembered until an entry is posted.

    `newest` is the key of the newest entry. No query but for the cache where that is a table; two
    after an entry was posted.
    """
    key = f"dues.held:{on.isoformat()}:{newest}"
    held: Held | None = cache.get(key)
    if held is None:
        held = add_held(on)
        cache.set(key, held, KEEP_SECONDS)
    return held


def add_held(on: dt.date) -> Held:
    """All balances by the ledger, and what of the receivables is still in time."""
    balances: Counter[str] = Counter()
    rows = by_day(Entry.objects.order_by(), on).values_list("debit", "credit")
    for debit, credit, cents in rows.annotate(cents=Sum("amount_cents")):
        balances[debit] += cents
        balances[credit] -= cents
    in_time = Entry.objects.filter(invoice__due_on__gte=on)
    in_time_cents = total_of(by_day(in_time, on), RECEIVABLE)
    open_cents = balances[Account.RECEIVABLES]
    return Held(
        open_cents=open_cents,
        overdue_cents=open_cents - in_time_cents,
        credit_cents=-balances[Account.CREDIT],
        refunds_cents=-balances[Account.REFUNDS],
    )
