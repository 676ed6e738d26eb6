"""The entries of an account in words: what moved, by whom and why, and where it can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from dues.models import Account, Entry, EntryKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dues.models import Invoice, Payment

# What a line reads, in one query.
READ = (
    "recorded_by",
    "invoice",
    "payment",
    "credit_note",
    "adjustment",
    "refund",
    "payout__refund__payment",
    "reversal__reverses__payout__refund__payment",
    "reversal__reverses__credit_note",
    "reversal_of",
)
UNREAD = ("invoice__snapshot", "invoice__reference")


@dataclass(frozen=True)
class Line:
    """One entry: its kind and day, what it is in words, US cents, who did it and why.

    `owed` and `on_account` are what it adds to the receivables and to credit on account.
    """

    kind: str
    posted_on: dt.date
    recorded_at: dt.datetime
    what: str
    cents: int
    owed: int
    on_account: int
    who: str
    why: str
    url: str
    taken_back: bool


def tell_entries(entries: QuerySet[Entry]) -> list[Line]:
    """Entries as lines, in the order they are asked for; one query."""
    return [tell_entry(entry) for entry in entries.select_related(*READ).defer(*UNREAD)]


def tell_entry(entry: Entry) -> Line:
    """One entry as a line."""
    return Line(
        kind=entry.kind,
        posted_on=entry.posted_on,
        recorded_at=entry.recorded_at,
        what=say_what(entry),
        cents=entry.amount_cents,
        owed=moved(entry, Account.RECEIVABLES, debit=1),
        on_account=moved(entry, Account.CREDIT, debit=-1),
        who=str(entry.recorded_by or ""),
        why=say_why(entry),
        url=page_of(entry),
        taken_back=hasattr(entry, "reversal_of"),
    )


def moved(entry: Entry, account: str, *, debit: int) -> int:
    """What an entry adds to an account, in US cents; `debit` is the sign of its debits."""
    if entry.debit == account:
        return debit * entry.amount_cents
    return -debit * entry.amount_cents if entry.credit == account else 0


def say_what(entry: Entry) -> str:
    """What an entry is, with the numbers of its documents."""
    reversed_entry = entry.reversal.reverses if entry.reversal else None
    told = reversed_entry or entry
    words = {
        EntryKind.INVOICE: _("Invoice %(invoice)s"),
        EntryKind.CREDIT_NOTE: _("Credit note %(note)s on %(invoice)s"),
        EntryKind.PAYMENT: _("Payment %(payment)s"),
        EntryKind.ALLOCATION: _("%(payment)s settles %(invoice)s"),
        EntryKind.BANK_CHARGE: _("Rest of %(invoice)s closed as bank charge"),
        EntryKind.WAIVER: _("%(invoice)s waived by decision"),
        EntryKind.WRITE_OFF: _("%(invoice)s written off by decision"),
        EntryKind.REFUND: _("Refund out of %(payment)s"),
        EntryKind.PAYOUT: _("Refund out of %(payment)s left the bank"),
    }[EntryKind(told.kind)] % {
        "invoice": entry.invoice.number if entry.invoice else "",
        "payment": number_of(payment_of(entry)),
        "note": number_of(told.credit_note),
    }
    return _("Taken back: %(what)s") % {"what": words} if reversed_entry else words


def number_of(document: object) -> str:
    """The number of a document; "" without one."""
    return str(getattr(document, "number", ""))


def payment_of(entry: Entry) -> Payment | None:
    """The payment an entry is about; that of its refund where money leaves the bank."""
    payout = entry.payout or (entry.reversal.reverses.payout if entry.reversal else None)
    return payout.refund.payment if payout else entry.payment


def say_why(entry: Entry) -> str:
    """The reason given, and the decision it rests on."""
    document = entry.credit_note or entry.adjustment or entry.refund or entry.reversal
    parts = [getattr(document, "reason", "")]
    if decided_on := getattr(document, "decided_on", None):
        parts.append(
            _("Decided by %(body)s on %(day)s, %(reference)s")
            % {
                "body": getattr(document, "decided_by", ""),
                "day": decided_on.isoformat(),
                "reference": getattr(document, "decision_reference", ""),
            }
        )
    return "\n".join(filter(None, parts))


def page_of(entry: Entry) -> str:
    """The page of staff on which an entry can be read: of its payment, else of its invoice."""
    if payment := payment_of(entry):
        return reverse("admin:dues_payment_change", args=[payment.pk])
    return reverse("admin:dues_invoice_change", args=[entry.invoice_id])


@dataclass(frozen=True)
class Step:
    """A line of an account, what it moved, and what is left after it (US cents)."""

    line: Line
    moved: int
    left: int


def account_of_invoice(invoice: Invoice) -> list[Step]:
    """Everything that moved an invoice's receivable, in the order of days, with what stays open."""
    lines = tell_entries(invoice.entries.order_by("posted_on", "pk"))
    return add_up((line, line.owed) for line in lines)


def account_of_payment(payment: Payment) -> list[Step]:
    """Everything that moved a payment's credit, in the order of days, with what is left of it."""
    lines = tell_entries(payment.entries.order_by("posted_on", "pk"))
    return add_up((line, line.on_account) for line in lines)


def add_up(moves: Iterable[tuple[Line, int]]) -> list[Step]:
    """Lines with the balance after each."""
    steps, left = [], 0
    for line, cents in moves:
        left += cents
        steps.append(Step(line, cents, left))
    return steps
