"""How an invoice stands on a day, in one word: computed from the ledger, never stored."""

import datetime as dt

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dues.ledger import by_day, signed, with_open
from dues.models import Account, Entry, EntryKind, Invoice

# What was paid, waived and written off of an invoice: the other side of what its receivable lost.
PAID = signed(Account.CREDIT)
WAIVED = signed(Account.WAIVERS)
WRITTEN_OFF = signed(Account.WRITE_OFFS)


class InvoiceState(TextChoices):
    """One word for an invoice."""

    OPEN = "open", pgettext_lazy("invoice", "Open")
    PART_PAID = "part_paid", _("Part paid")
    OVERDUE = "overdue", _("Overdue")
    PAID = "paid", _("Paid")
    WAIVED = "waived", _("Waived")
    WRITTEN_OFF = "written_off", _("Written off")
    VOID = "void", _("Void")


# Tones of the stylesheet.
TONES: dict[str, str] = {
    InvoiceState.OPEN: "info",
    InvoiceState.PART_PAID: "info",
    InvoiceState.OVERDUE: "bad",
    InvoiceState.PAID: "ok",
    InvoiceState.WAIVED: "quiet",
    InvoiceState.WRITTEN_OFF: "quiet",
    InvoiceState.VOID: "quiet",
}


def sum_of(amount: Case, on: dt.date | None) -> Coalesce:
    """What the entries of an invoice add to an account, by a day."""
    entries = by_day(Entry.objects.filter(invoice=OuterRef("pk")), on).order_by()
    total = entries.values("invoice").annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(total), 0)


def with_state(invoices: QuerySet[Invoice], on: dt.date | None = None) -> QuerySet[Invoice]:
    """Adds what `state_of` asks: open, credited, paid, waived and written off, in US cents."""
    added = {
        "paid_cents": sum_of(PAID, on),
        "waived_cents": sum_of(WAIVED, on),
        "written_off_cents": sum_of(WRITTEN_OFF, on),
    }
    found = with_open(invoices, on).annotate(**added)
    return found.with_credited()  # type: ignore[attr-defined,no-any-return]  # of the same class


def state_of(invoice: Invoice, on: dt.date) -> InvoiceState:
    """How an invoice read by `with_state` stands on a day; on its due day it is still in time."""
    if invoice.credited_cents >= invoice.amount_cents:
        return InvoiceState.VOID
    if invoice.open_cents > 0:
        if invoice.due_on < on:
            return InvoiceState.OVERDUE
        return InvoiceState.PART_PAID if invoice.paid_cents else InvoiceState.OPEN
    if invoice.waived_cents:
        return InvoiceState.WAIVED
    return InvoiceState.WRITTEN_OFF if invoice.written_off_cents else InvoiceState.PAID


def is_taken_back() -> Exists:
    """Whether a payment, read by a query, was taken back."""
    return Exists(
        Entry.objects.filter(
            payment=OuterRef("pk"), kind=EntryKind.PAYMENT, reversal_of__isnull=False
        )
    )
