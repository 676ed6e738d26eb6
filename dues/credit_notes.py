"""Credit notes: an issued invoice is corrected by a numbered document that refers to it (X04).

The original is untouched and its number never given again. What is credited in all never exceeds
the invoice, however many try at once.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from dues.credit_paper import write_credit_paper
from dues.ledger import (
    find_invoice_day,
    lock_account,
    open_of,
    post_entry,
    reverse_entry,
)
from dues.models import (
    Adjustment,
    Allocation,
    CreditKind,
    CreditNote,
    Entry,
    EntryKind,
    Invoice,
    Series,
)
from dues.numbering import take_number
from members.models import User
from wego import audit, money

TAKEN_OFF = (
    EntryKind.ALLOCATION,
    EntryKind.BANK_CHARGE,
    EntryKind.WAIVER,
    EntryKind.WRITE_OFF,
)


@dataclass(frozen=True)
class Resolution:
    """The decision something rests on (S17): when, by which body or person, where it is written."""

    decided_on: dt.date
    decided_by: str
    reference: str

    def fields(self) -> dict[str, object]:
        """As the rows keep it."""
        return {
            "decided_on": self.decided_on,
            "decided_by": self.decided_by.strip(),
            "decision_reference": self.reference.strip(),
        }


def refuse_unresolved(resolution: Resolution, on: dt.date) -> None:
    """A decision has a day that has been, a body, and a reference (S17).

    Raises:
        ValidationError: something is missing, or the day is still to come.
    """
    if not resolution.decided_by.strip() or not resolution.reference.strip():
        raise ValidationError(
            _("Enter who decided and where the decision is recorded (S17)."), code="decision"
        )
    if resolution.decided_on > on:
        raise ValidationError(
            _("%(day)s is still to come: record what was decided, afterwards.")
            % {"day": resolution.decided_on.isoformat()},
            code="future",
        )


def credited_of(invoice: Invoice) -> int:
    """What of an invoice was credited (US cents)."""
    found = invoice.credit_notes.order_by().aggregate(total=Sum("amount_cents"))["total"]
    return int(found or 0)


def is_void(invoice: Invoice) -> bool:
    """Whether an invoice was credited in full."""
    return credited_of(invoice) >= invoice.amount_cents


@transaction.atomic
def void_invoice(invoice: Invoice, *, reason: str, on: dt.date, by: User | None) -> CreditNote:
    """Credit the whole of an invoice that was wrong; payments become credit on account again.

    Raises:
        ValidationError: it is void already, or no reason is given.
    """
    lock_account(invoice.member)
    cents = invoice.amount_cents - credited_of(invoice)
    if cents <= 0:
        raise ValidationError(
            _("%(number)s is void already. Nothing was changed.") % {"number": invoice.number},
            code="void",
        )
    for entry in Entry.objects.standing().filter(invoice=invoice, kind__in=TAKEN_OFF):
        reverse_entry(entry, reason=reason, on=on, by=by)
    return write_credit_note(invoice, cents, kind=CreditKind.VOID, reason=reason, on=on, by=by)


@transaction.atomic
def credit_reduction(
    invoice: Invoice,
    cents: int,
    *,
    resolution: Resolution,
    reason: str,
    on: dt.date,
    by: User | None,
) -> CreditNote:
    """Lower an issued invoice by so much (US cents), by decision (S17).

    What the member has paid too much by then becomes credit on its account.

    Raises:
        ValidationError: no decision, or more than the invoice still stands for.
    """
    lock_account(invoice.member)
    refuse_unresolved(resolution, on)
    rest = invoice.amount_cents - credited_of(invoice)
    if not 0 < cents <= rest:
        raise ValidationError(
            _("%(amount)s cannot be credited: %(number)s still stands for %(rest)s.")
            % {
                "amount": money.display(cents),
                "number": invoice.number,
                "rest": money.display(rest),
            },
            code="too_much",
        )
    release_paid(invoice, cents, reason=reason, on=on, by=by)
    return write_credit_note(
        invoice,
        cents,
        kind=CreditKind.REDUCTION,
        reason=reason,
        on=on,
        by=by,
        resolution=resolution,
    )


def release_paid(
    invoice: Invoice, cents: int, *, reason: str, on: dt.date, by: User | None
) -> None:
    """Take back allocations, the newest first, until so much is open; the rest is given again."""
    entries = Entry.objects.standing().filter(invoice=invoice, kind__in=TAKEN_OFF)
    for entry in entries.select_related("allocation", "payment", "adjustment").order_by("-pk"):
        short = cents - open_of(invoice)
        if short <= 0:
            return
        reverse_entry(entry, reason=reason, on=on, by=by)
        if entry.amount_cents > short:
            take_off_again(entry, entry.amount_cents - short, on=on, by=by)


def take_off_again(entry: Entry, cents: int, *, on: dt.date, by: User | None) -> None:
    """The part of an allocation or adjustment that still holds, as a document of its own."""
    invoice = entry.invoice
    if invoice is None:
        raise TypeError("An entry without an invoice takes nothing off one.")
    day = find_invoice_day(invoice, cents, on)
    document: dict[str, Allocation | Adjustment] = {}
    if entry.allocation:
        document["allocation"] = Allocation.objects.create(
            payment=entry.allocation.payment,
            invoice=invoice,
            amount_cents=cents,
            allocated_on=day,
            recorded_by=by,
        )
    elif entry.adjustment:
        again = Adjustment.objects.get(pk=entry.adjustment.pk)
        again.pk, again.amount_cents, again.adjusted_on = None, cents, day
        again.save(force_insert=True)
        document["adjustment"] = again
    post_entry(
        entry.kind,
        cents=cents,
        member_id=entry.member_id,
        on=day,
        by=by,
        invoice=invoice,
        payment=entry.payment,
        **document,
    )


def write_credit_note(
    invoice: Invoice,
    cents: int,
    *,
    kind: str,
    reason: str,
    on: dt.date,
    by: User | None,
    resolution: Resolution | None = None,
) -> CreditNote:
    """The numbered document, its entry and its paper; the caller checked the amount, locked."""
    if not reason.strip():
        raise ValidationError(_("Say why the invoice is credited."), code="reason")
    day, before = find_invoice_day(invoice, cents, on), credited_of(invoice)
    number, sequence = take_number(Series.CREDIT_NOTE, on.year)
    note = CreditNote.objects.create(
        number=number,
        year=on.year,
        sequence=sequence,
        kind=kind,
        invoice=invoice,
        amount_cents=cents,
        issued_on=day,
        reason=reason.strip(),
        recorded_by=by,
        **(resolution.fields() if resolution else {}),
    )
    post_entry(
        EntryKind.CREDIT_NOTE,
        cents=cents,
        member_id=invoice.member_id,
        on=day,
        by=by,
        invoice=invoice,
        credit_note=note,
    )
    write_credit_paper(note, before_cents=before, by=by)
    facts = {"invoice": invoice.number, "amount": money.display(cents)}
    act = "invoice.voided" if kind == CreditKind.VOID else "invoice.reduced"
    audit.record_act(act, by=by, subject=note, file=invoice.member, why=reason.strip(), facts=facts)
    return note
