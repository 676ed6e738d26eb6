"""What settled an invoice, as its member reads it: payments, credit notes, waivers, by day."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dues.models import Entry, EntryKind, Invoice, Payment


@dataclass(frozen=True)
class Settled:
    """One thing that took something (US cents) off an invoice; `payment` where money did."""

    day: dt.date
    what: str
    cents: int
    payment: Payment | None = None


def tell_settled(invoice: Invoice) -> list[Settled]:
    """What took something off an invoice and was not taken back, by day; one query."""
    entries = (
        Entry.objects.standing()
        .filter(invoice=invoice)
        .exclude(kind=EntryKind.INVOICE)
        .select_related("payment", "credit_note")
    )
    return [
        Settled(entry.posted_on, say_what(entry), entry.amount_cents, entry.payment)
        for entry in entries
    ]


def say_what(entry: Entry) -> str:
    """What an entry is, in words for the member."""
    note = entry.credit_note.number if entry.credit_note else ""
    payment = entry.payment.number if entry.payment else ""
    return {
        EntryKind.ALLOCATION: _("Payment, receipt %(payment)s"),
        EntryKind.CREDIT_NOTE: _("Credit note %(note)s"),
        EntryKind.BANK_CHARGE: _("Closed as bank charge"),
        EntryKind.WAIVER: _("Waived by decision"),
        EntryKind.WRITE_OFF: _("Written off by decision"),
    }[EntryKind(entry.kind)] % {"payment": payment, "note": note}
