"""Refunds: credit on account goes back to who paid it, first as a decision, then over the bank."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dues.ledger import (
    find_payment_day,
    left_of,
    lock_account,
    post_entry,
    refuse_reversed,
    reverse_entry,
)
from dues.models import BankLine, EntryKind, Payment, Payout, Refund, Reversal
from dues.payments import refuse_too_much
from members.models import User
from wego import audit, money


@transaction.atomic
def refund_payment(
    payment: Payment,
    cents: int,
    *,
    reason: str,
    on: dt.date,
    by: User | None,
    pay_to: str = "",
) -> Refund:
    """Set credit on account (US cents) aside for its payer; finance then pays it out.

    Raises:
        ValidationError: more than is left of the payment, or no reason is given.
    """
    owner = lock_account(payment.member)
    if not reason.strip():
        raise ValidationError(_("Say why the money goes back."), code="reason")
    refuse_too_much(cents, left_of(payment), _("left of %(name)s") % {"name": payment.number})
    day = find_payment_day(payment, cents, on)
    refund = Refund.objects.create(
        payment=payment,
        amount_cents=cents,
        refunded_on=day,
        reason=reason.strip(),
        pay_to=pay_to.strip(),
        recorded_by=by,
    )
    post_entry(
        EntryKind.REFUND,
        cents=cents,
        member_id=payment.member_id,
        on=day,
        by=by,
        payment=payment,
        refund=refund,
    )
    facts = {"amount": money.display(cents)}
    audit.record_act(
        "refund.decided", by=by, subject=payment, file=owner, why=reason.strip(), facts=facts
    )
    return refund


def waiting_refunds() -> QuerySet[Refund]:
    """Refunds that stand and have not left the bank yet."""
    paid = Payout.objects.filter(refund=OuterRef("pk"), entry__reversal_of__isnull=True)
    return Refund.objects.filter(~Exists(paid), entry__reversal_of__isnull=True)


def standing_payout(refund: Refund) -> Payout | None:
    """The payout of a refund that left the bank and was not taken back."""
    return refund.payouts.filter(entry__reversal_of__isnull=True).first()


@transaction.atomic
def pay_out_refund(
    refund: Refund,
    *,
    paid_on: dt.date,
    on: dt.date,
    by: User | None,
    bank_line: BankLine | None = None,
) -> Payout:
    """Note that a refund left the bank, by hand or from a line of a statement.

    Raises:
        ValidationError: it was paid out or taken back, or on a day before it was decided.
    """
    owner = lock_account(refund.payment.member)
    refuse_reversed(refund.entry)
    if standing_payout(refund):
        raise ValidationError(_("This refund was paid out already."), code="paid_out")
    if not refund.entry.posted_on <= paid_on <= on:
        raise ValidationError(
            _("Enter the day on which the money left the bank: from %(first)s to %(last)s.")
            % {"first": refund.entry.posted_on.isoformat(), "last": on.isoformat()},
            code="day",
        )
    payout = Payout.objects.create(
        refund=refund, paid_on=paid_on, bank_line=bank_line, recorded_by=by
    )
    post_entry(
        EntryKind.PAYOUT,
        cents=refund.amount_cents,
        member_id=refund.payment.member_id,
        on=paid_on,
        by=by,
        payout=payout,
    )
    facts = {"amount": money.display(refund.amount_cents), "paid_on": paid_on.isoformat()}
    audit.record_act("refund.paid", by=by, subject=refund.payment, file=owner, facts=facts)
    return payout


@transaction.atomic
def reverse_refund(refund: Refund, *, reason: str, on: dt.date, by: User | None) -> Reversal:
    """Take a refund back that was not paid out, or whose payout came back.

    Raises:
        ValidationError: the money left the bank: take the payout back first.
    """
    owner = lock_account(refund.payment.member)
    if standing_payout(refund):
        raise ValidationError(
            _("This refund was paid out: take the payout back first."), code="paid_out"
        )
    reversal = reverse_entry(refund.entry, reason=reason, on=on, by=by)
    audit.record_act("refund.reversed", by=by, subject=refund.payment, file=owner, why=reason)
    return reversal


@transaction.atomic
def reverse_payout(payout: Payout, *, reason: str, on: dt.date, by: User | None) -> Reversal:
    """Take a payout back that the bank returned; the refund waits again.

    Raises:
        ValidationError: it was taken back already, or no reason is given.
    """
    owner = lock_account(payout.refund.payment.member)
    reversal = reverse_entry(payout.entry, reason=reason, on=on, by=by)
    audit.record_act(
        "payout.reversed", by=by, subject=payout.refund.payment, file=owner, why=reason
    )
    return reversal
