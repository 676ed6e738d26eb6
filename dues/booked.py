"""What the books hold of members when a dues year is priced: invoices, reductions, credit.

All of it is read together, in one query for any number of members, and one more where some
reduction holds for the year.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Expression,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from dues.ledger import ON_ACCOUNT, OWNER
from dues.lowering import Lowering
from dues.models import Account, Entry, Invoice, Reduction
from dues.reductions import lowering_of

INVOICE, REDUCTION, CREDIT = "invoice", "reduction", "credit"
DUPLICATES = Case(
    When(member__merged_into__isnull=False, then=Value(value=True)),
    default=Value(value=False),
    output_field=BooleanField(),
)


class Invoiced(NamedTuple):
    """An invoice that stands: its number, and its amount less what was credited (US cents)."""

    number: str
    cents: int


@dataclass
class Booked:
    """By member: the invoices of the years asked about, reductions of the first, credit (cents)."""

    invoices: dict[int, dict[int, Invoiced]] = field(default_factory=dict)
    lowerings: dict[int, Lowering] = field(default_factory=dict)
    credit_cents: dict[int, int] = field(default_factory=dict)


class _Row(NamedTuple):
    sort: str
    year: int
    owner: int
    duplicates: bool
    number: str
    cents: int


def load_booked(year: int, *, besides: int) -> Booked:
    """What is booked of every member for a dues year, and its invoices of another year besides.

    An invoice that was voided does not count. What is a merged duplicate's counts as the member's
    it was merged into, and the member's own stands before it.
    """
    rows = [_Row(*row) for row in read_rows(year, besides)]
    booked = Booked(invoices={year: {}, besides: {}})
    chosen: dict[int, int] = {}
    # Own rows first.
    for row in sorted(rows, key=lambda row: row.duplicates):
        if row.sort == INVOICE:
            invoiced = Invoiced(row.number, row.cents)
            booked.invoices[row.year].setdefault(row.owner, invoiced)
        elif row.sort == REDUCTION:
            chosen.setdefault(row.owner, row.cents)
        else:
            booked.credit_cents[row.owner] = row.cents
    if chosen:
        held = Reduction.objects.in_bulk(chosen.values())
        booked.lowerings = {owner: lowering_of(held[pk]) for owner, pk in chosen.items()}
    return booked


def read_rows(year: int, besides: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Invoices, keys of reductions and credit on account as rows of one shape, in one query."""
    invoices = Invoice.objects.live().filter(dues_year__in=(year, besides))
    held = Reduction.objects.filter(
        ended_on__isnull=True, first_year__lte=year, last_year__gte=year
    )
    on_account = Entry.objects.filter(Q(debit=Account.CREDIT) | Q(credit=Account.CREDIT))
    no_number = Value("", CharField())
    parts = (
        shaped(
            invoices,
            INVOICE,
            year=F("dues_year"),
            number=F("number"),
            cents=F("amount_cents") - F("credited_cents"),
        ),
        shaped(held, REDUCTION, year=Value(year), number=no_number, cents=F("pk")),
        on_account.order_by()
        .annotate(
            row_sort=Value(CREDIT, CharField()),
            row_year=Value(year, IntegerField()),
            row_owner=OWNER,
            row_duplicates=Value(value=False),
            row_number=no_number,
        )
        .values_list("row_sort", "row_year", "row_owner", "row_duplicates", "row_number")
        .annotate(row_cents=Sum(ON_ACCOUNT))
        .exclude(row_cents=0),
    )
    return parts[0].union(*parts[1:], all=True)


def shaped(
    rows: QuerySet[Any], sort: str, **parts: Expression | F
) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows under the columns all share: sort, year, owner, whether a duplicate's, two facts."""
    found: QuerySet[Any, tuple[Any, ...]] = (
        rows.order_by()
        .annotate(
            row_sort=Value(sort, CharField()),
            row_year=parts["year"],
            row_owner=OWNER,
            row_duplicates=DUPLICATES,
            row_number=parts["number"],
            row_cents=Case(
                When(pk__isnull=False, then=parts["cents"]), output_field=BigIntegerField()
            ),
        )
        .values_list(
            "row_sort", "row_year", "row_owner", "row_duplicates", "row_number", "row_cents"
        )
    )
    return found
