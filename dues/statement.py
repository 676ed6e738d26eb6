"""The statement of account of one member: every document of a period, and the running balance.

The balance is what lies between the member and the organisation: what is receivable, less credit
on account and refunds still to be paid out. So allocations, which only say which invoice money is
for, do not appear; a refund does when it leaves the bank. Positive is owed by the member.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext as _

from dues.arrears import find_open_invoices
from dues.ledger import ON_ACCOUNT, by_day, entries_of, owner_of, signed, total_of
from dues.models import Account, Entry, EntryKind, Invoice
from members.models import Member
from wego.templatetags.ui import day

# The accounts a member has with the organisation.
BETWEEN_US: Final = (Account.RECEIVABLES, Account.CREDIT, Account.REFUNDS)
TO_THEM, FROM_THEM = Q(debit__in=BETWEEN_US), Q(credit__in=BETWEEN_US)
# What an entry adds to what the member owes (US cents).
OWED: Final = Case(
    When(TO_THEM & ~FROM_THEM, then=F("amount_cents")),
    When(FROM_THEM & ~TO_THEM, then=-F("amount_cents")),
    default=Value(0),
    output_field=BigIntegerField(),
)
REFUNDS_WAITING: Final = signed(Account.REFUNDS, as_debit=False)
REVERSED: Final = "reversal__reverses__"
FACTS: Final = (
    "posted_on",
    "kind",
    "invoice__number",
    "invoice__dues_year",
    "payment__number",
    "payment__received_on",
    "credit_note__number",
    "payout__refund__payment__number",
    f"{REVERSED}kind",
    f"{REVERSED}credit_note__number",
    f"{REVERSED}payout__refund__payment__number",
)


@dataclass(frozen=True)
class Line:
    """One document on the account, or one taken back (US cents).

    `kind` is that of the document, of the one taken back for a reversal. `number` names it,
    `invoice` the invoice it concerns, both "" where there is none.
    """

    on: dt.date
    kind: str
    taken_back: bool
    number: str
    invoice: str
    dues_year: int | None
    received_on: dt.date | None
    owed_cents: int
    balance_cents: int

    @property
    def debit_cents(self) -> int:
        """What the member owes more by it; 0 when it owes less."""
        return max(self.owed_cents, 0)

    @property
    def credit_cents(self) -> int:
        """What the member owes less by it; 0 when it owes more."""
        return max(-self.owed_cents, 0)

    @property
    def text(self) -> str:
        """The document in words, for the reader."""
        words = text_of(self)
        return _("Taken back: %(document)s") % {"document": words} if self.taken_back else words


@dataclass(frozen=True)
class Statement:
    """The account of a member in a period, both days included (US cents)."""

    member: Member
    first: dt.date
    last: dt.date
    opening_cents: int
    lines: Sequence[Line]
    open_invoices: Sequence[Invoice]
    credit_cents: int
    refunds_cents: int

    @property
    def debit_cents(self) -> int:
        """Everything charged in the period."""
        return sum(line.debit_cents for line in self.lines)

    @property
    def credits_cents(self) -> int:
        """Everything paid or credited in the period."""
        return sum(line.credit_cents for line in self.lines)

    @property
    def closing_cents(self) -> int:
        """The balance at the end of the last day."""
        return self.opening_cents + self.debit_cents - self.credits_cents

    @property
    def open_cents(self) -> int:
        """What is open on invoices at the end of the last day."""
        return sum(invoice.open_cents for invoice in self.open_invoices)


def read_statement(member: Member, *, first: dt.date, last: dt.date) -> Statement:
    """The account of a member, its merged duplicates among it, in a constant number of queries.

    Raises:
        ValidationError: the period ends before it begins.
    """
    if last < first:
        raise ValidationError(
            _("The period ends on %(last)s, before it begins on %(first)s.")
            % {"first": first.isoformat(), "last": last.isoformat()},
            code="period",
        )
    owner = owner_of(member)
    entries = entries_of(owner)
    opening = total_of(entries.filter(posted_on__lt=first), OWED)
    by_last = by_day(entries, last).order_by()
    held = by_last.aggregate(on_account=Sum(ON_ACCOUNT), set_aside=Sum(REFUNDS_WAITING))
    return Statement(
        member=owner,
        first=first,
        last=last,
        opening_cents=opening,
        lines=read_lines(entries.filter(posted_on__range=(first, last)), opening),
        open_invoices=list(find_open_invoices(owner, last).defer("snapshot")),
        credit_cents=int(held["on_account"] or 0),
        refunds_cents=int(held["set_aside"] or 0),
    )


def read_lines(entries: QuerySet[Entry], opening_cents: int) -> list[Line]:
    """What moved the balance, in the order of posting, in one query."""
    rows = entries.annotate(owed=OWED).exclude(owed=0).order_by("posted_on", "pk")
    lines, balance = [], opening_cents
    for row in rows.values("owed", *FACTS):
        balance += row["owed"]
        lines.append(line_of(row, balance))
    return lines


def line_of(row: dict[str, Any], balance_cents: int) -> Line:
    """An entry as a line of the statement."""
    taken_back = row["kind"] == EntryKind.REVERSAL
    kind = row[f"{REVERSED}kind"] if taken_back else row["kind"]
    before = REVERSED if taken_back else ""
    names = {
        EntryKind.INVOICE: row["invoice__number"],
        EntryKind.PAYMENT: row["payment__number"],
        EntryKind.CREDIT_NOTE: row[f"{before}credit_note__number"],
        EntryKind.PAYOUT: row[f"{before}payout__refund__payment__number"],
    }
    return Line(
        on=row["posted_on"],
        kind=kind,
        taken_back=taken_back,
        number=names.get(kind) or "",
        invoice=row["invoice__number"] or "",
        dues_year=row["invoice__dues_year"],
        received_on=row["payment__received_on"],
        owed_cents=row["owed"],
        balance_cents=balance_cents,
    )


def text_of(line: Line) -> str:
    """A document in words; its number stands beside."""
    sentences = {
        EntryKind.INVOICE: _("Dues %(year)s"),
        EntryKind.CREDIT_NOTE: _("Credit note to invoice %(invoice)s"),
        EntryKind.PAYMENT: _("Payment received on %(day)s"),
        EntryKind.BANK_CHARGE: _("Bank charges, invoice %(invoice)s"),
        EntryKind.WAIVER: _("Waived by decision, invoice %(invoice)s"),
        EntryKind.WRITE_OFF: _("Written off, invoice %(invoice)s"),
        EntryKind.PAYOUT: _("Refund paid out"),
    }
    facts = {"year": line.dues_year, "invoice": line.invoice, "day": day(line.received_on)}
    return sentences[EntryKind(line.kind)] % facts
