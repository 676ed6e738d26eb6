"""Payments: recorded as received, allocated to invoices, moved, refunded, taken back (X05-X08).

Money first becomes credit on the member's account; allocations then settle invoices with it. So an
overpayment is simply what was not allocated, and nothing is ever deleted or overwritten.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dues.arrears import find_unsettled
from dues.ledger import (
    find_invoice_day,
    find_open_day,
    find_payment_day,
    left_of,
    lock_account,
    of_account,
    open_of,
    owner_of,
    post_entry,
    refuse_reversed,
    reverse_entry,
)
from dues.models import (
    Allocation,
    Entry,
    EntryKind,
    Invoice,
    Payment,
    Reversal,
    Series,
)
from dues.numbering import take_number
from dues.receipts import write_receipt
from dues.received import Received, refuse_known_reference, refuse_received, refuse_used_line
from members.models import Member, User
from wego import audit, money
from wego.webhooks.announcing import announce


@transaction.atomic
def record_payment(
    member: Member,
    received: Received,
    *,
    on: dt.date,
    by: User | None,
    parts: Mapping[Invoice, int] | None = None,
) -> Payment:
    """Book money at the amount received and settle invoices with it (X05-X07).

    `parts` says how much of it (US cents) goes to which invoice; without it the oldest are settled
    first. What is left stays on the member's account as credit. The receipt is written with it.

    Raises:
        ValidationError: no sensible amount or day, a reference booked before (X08), a line of a
            statement that is used up, or parts that do not fit.
    """
    owner = lock_account(member)
    refuse_received(received, on)
    refuse_known_reference(received)
    refuse_used_line(received)
    payment = book_payment(owner, received, posted_on=received.received_on, on=on, by=by)
    if parts is None:
        settle_oldest(payment, wanted=received.received_on, by=by)
    else:
        for invoice, cents in parts.items():
            allocate(payment, invoice, cents, wanted=received.received_on, by=by)
    write_receipt(payment, on=on, by=by)
    return payment


def book_payment(
    owner: Member, received: Received, *, posted_on: dt.date, on: dt.date, by: User | None
) -> Payment:
    """The payment with its receipt number and its entry; a late one lands after a locked period."""
    number, sequence = take_number(Series.RECEIPT, on.year)
    payment = Payment.objects.create(
        number=number,
        year=on.year,
        sequence=sequence,
        member=owner,
        recorded_by=by,
        **{name: getattr(received, name) for name in Received.__dataclass_fields__},
    )
    post_entry(
        EntryKind.PAYMENT,
        cents=payment.amount_cents,
        member_id=owner.pk,
        on=find_open_day(posted_on),
        by=by,
        payment=payment,
    )
    facts = {
        "amount": money.display(payment.amount_cents),
        "received_on": payment.received_on.isoformat(),
    }
    audit.record_act("payment.recorded", by=by, subject=payment, file=owner, facts=facts)
    told = {
        "payment": payment.number,
        "member": owner.pk,
        "amount": {"amount": money.plain(payment.amount_cents), "currency": money.USD},
        "received_on": payment.received_on.isoformat(),
    }
    announce("payment.recorded", told, file=owner)
    return payment


def payments_of(member: Member) -> QuerySet[Payment]:
    """Everything a member paid, its merged duplicates too, newest first."""
    owner = owner_of(member)
    theirs = Payment.objects.filter(of_account(owner.pk))
    return theirs.order_by("-received_on", "-pk")


def settle_oldest(payment: Payment, *, wanted: dt.date, by: User | None) -> list[Allocation]:
    """Allocate what is left of a payment to the member's open invoices, the oldest first (X07)."""
    left, made = left_of(payment), []
    for invoice in find_unsettled(payment.member):
        cents = min(left, invoice.open_cents)
        if cents > 0:
            made.append(allocate(payment, invoice, cents, wanted=wanted, by=by))
            left -= cents
    return made


@transaction.atomic
def allocate_payment(
    payment: Payment, parts: Mapping[Invoice, int], *, on: dt.date, by: User | None
) -> list[Allocation]:
    """Settle invoices with what is left of a payment, as told (US cents each).

    Raises:
        ValidationError: more than is left or open, or an invoice of another member.
    """
    owner = lock_account(payment.member)
    made = [allocate(payment, invoice, cents, wanted=on, by=by) for invoice, cents in parts.items()]
    facts = {str(each.invoice): money.display(each.amount_cents) for each in made}
    audit.record_act("payment.allocated", by=by, subject=payment, file=owner, facts=facts)
    return made


@transaction.atomic
def apply_credit(invoice: Invoice, *, on: dt.date, by: User | None) -> list[Allocation]:
    """Settle an invoice with the member's credit on account, the oldest money first (X06).

    Raises:
        ValidationError: there is no credit, or nothing is open.
    """
    owner = lock_account(invoice.member)
    rest, made = open_of(invoice), []
    for payment in Payment.objects.filter(member__in=accounts_of(owner)).order_by(
        "received_on", "pk"
    ):
        cents = min(rest, left_of(payment))
        if cents > 0:
            made.append(allocate(payment, invoice, cents, wanted=on, by=by))
            rest -= cents
    if not made:
        raise ValidationError(
            _("%(member)s has no credit on account, or nothing is open on %(number)s.")
            % {"member": owner, "number": invoice.number},
            code="no_credit",
        )
    facts = {str(each.payment): money.display(each.amount_cents) for each in made}
    audit.record_act("credit.applied", by=by, subject=invoice, file=owner, facts=facts)
    return made


def accounts_of(owner: Member) -> Sequence[int]:
    """The member and the duplicates merged into it, as keys."""
    return [owner.pk, *owner.merged.values_list("pk", flat=True)]


def allocate(
    payment: Payment, invoice: Invoice, cents: int, *, wanted: dt.date, by: User | None
) -> Allocation:
    """One allocation and its entry; the account is locked by the caller.

    Raises:
        ValidationError: more than is left or open, or an invoice of another member.
    """
    if owner_of(invoice.member) != owner_of(payment.member):
        raise ValidationError(
            _("%(number)s is not an invoice of %(member)s: move the payment instead.")
            % {"number": invoice.number, "member": payment.member},
            code="other_member",
        )
    refuse_too_much(cents, open_of(invoice), _("open on %(name)s") % {"name": invoice.number})
    refuse_too_much(cents, left_of(payment), _("left of %(name)s") % {"name": payment.number})
    day = max(
        find_invoice_day(invoice, cents, wanted),
        find_payment_day(payment, cents, max(wanted, payment.received_on)),
    )
    allocation = Allocation.objects.create(
        payment=payment, invoice=invoice, amount_cents=cents, allocated_on=day, recorded_by=by
    )
    post_entry(
        EntryKind.ALLOCATION,
        cents=cents,
        member_id=invoice.member_id,
        on=day,
        by=by,
        invoice=invoice,
        payment=payment,
        allocation=allocation,
    )
    return allocation


def refuse_too_much(cents: int, most: int, where: str) -> None:
    """An amount is more than nothing and not more than there is.

    Raises:
        ValidationError: it is not.
    """
    if not 0 < cents <= most:
        raise ValidationError(
            _("%(amount)s is not possible: %(most)s is %(where)s.")
            % {"amount": money.display(cents), "most": money.display(most), "where": where},
            code="too_much",
        )


def standing_allocations(payment: Payment) -> list[Allocation]:
    """What a payment settles and was not taken back."""
    rows = payment.allocations.filter(entry__reversal_of__isnull=True)
    return list(rows.select_related("entry", "invoice"))


@transaction.atomic
def release_allocation(
    allocation: Allocation, *, reason: str, on: dt.date, by: User | None
) -> Reversal:
    """Take an allocation back: the money is credit on account again, the invoice open.

    Raises:
        ValidationError: it was taken back already, or no reason is given.
    """
    owner = lock_account(allocation.invoice.member)
    reversal = reverse_entry(allocation.entry, reason=reason, on=on, by=by)
    facts = {
        "invoice": allocation.invoice.number,
        "amount": money.display(allocation.amount_cents),
    }
    audit.record_act(
        "payment.released",
        by=by,
        subject=allocation.payment,
        file=owner,
        why=reason,
        facts=facts,
    )
    return reversal


def entry_of_payment(payment: Payment) -> Entry:
    """The entry that booked a payment."""
    return Entry.objects.get(kind=EntryKind.PAYMENT, payment=payment)


@transaction.atomic
def reverse_payment(payment: Payment, *, reason: str, on: dt.date, by: User | None) -> Reversal:
    """Take a payment back that never was, or was another's; its allocations go back with it.

    Raises:
        ValidationError: taken back already, part of it was refunded, or no reason is given.
    """
    owner = lock_account(payment.member)
    entry = entry_of_payment(payment)
    refuse_reversed(entry)
    refuse_refunded(payment)
    for allocation in standing_allocations(payment):
        reverse_entry(allocation.entry, reason=reason, on=on, by=by)
    reversal = reverse_entry(entry, reason=reason, on=on, by=by)
    facts = {"amount": money.display(payment.amount_cents)}
    audit.record_act(
        "payment.reversed", by=by, subject=payment, file=owner, why=reason, facts=facts
    )
    return reversal


def refuse_refunded(payment: Payment) -> None:
    """What was refunded is no longer ours to move.

    Raises:
        ValidationError: a refund of the payment stands.
    """
    standing = payment.refunds.filter(entry__reversal_of__isnull=True)
    if refund := standing.first():
        raise ValidationError(
            _("%(amount)s of %(number)s was refunded: take the refund back first.")
            % {"amount": money.display(refund.amount_cents), "number": payment.number},
            code="refunded",
        )


@transaction.atomic
def move_payment(
    payment: Payment, member: Member, *, reason: str, on: dt.date, by: User | None
) -> Payment:
    """Give a payment to the member that made it: one reversing entry, one new payment.

    The new one is posted on the day of the move, so that the bank is right on every day, and
    settles the oldest open invoices of its member.

    Raises:
        ValidationError: it is that member's already, or cannot be taken back.
    """
    if owner_of(member) == owner_of(payment.member):
        raise ValidationError(
            _("%(number)s is a payment of %(member)s already.")
            % {"number": payment.number, "member": member},
            code="same_member",
        )
    # Two accounts are locked in the order of their keys, so that two moves cannot wait in a ring.
    for each in sorted((owner_of(member), owner_of(payment.member)), key=lambda one: one.pk):
        lock_account(each)
    reverse_payment(payment, reason=reason, on=on, by=by)
    known = {name: getattr(payment, name) for name in Received.__dataclass_fields__}
    received = Received(**known)
    moved = book_payment(owner_of(member), received, posted_on=on, on=on, by=by)
    settle_oldest(moved, wanted=on, by=by)
    write_receipt(moved, on=on, by=by)
    audit.record_act(
        "payment.moved",
        by=by,
        subject=moved,
        file=moved.member,
        why=reason,
        facts={"from": [str(payment.member), payment.number]},
    )
    return moved
