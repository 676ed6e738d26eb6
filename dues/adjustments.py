"""What closes an invoice's rest without money: bank charges, waivers, write-offs (S17, S21)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.arrears import find_open_invoices
from dues.credit_notes import Resolution, refuse_unresolved
from dues.ledger import (
    find_invoice_day,
    lock_account,
    open_of,
    post_entry,
    reverse_entry,
)
from dues.models import Adjustment, AdjustmentKind, Invoice, Reversal
from members.models import Body, DecisionItem, Outcome, User
from wego import audit, money


@transaction.atomic
def close_as_bank_charge(
    invoice: Invoice, *, limit_cents: int, reason: str, on: dt.date, by: User | None
) -> Adjustment:
    """Close what is open of an invoice as a bank charge, up to a limit in US cents (S21, X05).

    Raises:
        ValidationError: nothing is open, more than the limit is, or no reason is given.
    """
    lock_account(invoice.member)
    rest = open_of(invoice)
    if rest > limit_cents:
        raise ValidationError(
            _(
                "%(rest)s is open on %(number)s: as a bank charge at most %(limit)s may be closed "
                "(S21)."
            )
            % {
                "rest": money.display(rest),
                "number": invoice.number,
                "limit": money.display(limit_cents),
            },
            code="over_limit",
        )
    return adjust(invoice, rest, kind=AdjustmentKind.BANK_CHARGE, reason=reason, on=on, by=by)


@transaction.atomic
def waive_invoice(
    invoice: Invoice,
    cents: int,
    *,
    resolution: Resolution,
    reason: str,
    on: dt.date,
    by: User | None,
) -> Adjustment:
    """Waive so much (US cents) of what is open on an invoice, by recorded decision (S17).

    Raises:
        ValidationError: no decision, no reason, or more than is open.
    """
    lock_account(invoice.member)
    refuse_unresolved(resolution, on)
    kind = AdjustmentKind.WAIVER
    return adjust(invoice, cents, kind=kind, reason=reason, on=on, by=by, resolution=resolution)


@transaction.atomic
def write_off_invoice(
    invoice: Invoice,
    cents: int,
    *,
    resolution: Resolution,
    reason: str,
    on: dt.date,
    by: User | None,
) -> Adjustment:
    """Write off so much (US cents) of an invoice that will not be paid, by recorded decision.

    Raises:
        ValidationError: no decision, no reason, or more than is open.
    """
    lock_account(invoice.member)
    refuse_unresolved(resolution, on)
    kind = AdjustmentKind.WRITE_OFF
    return adjust(invoice, cents, kind=kind, reason=reason, on=on, by=by, resolution=resolution)


def adjust(
    invoice: Invoice,
    cents: int,
    *,
    kind: str,
    reason: str,
    on: dt.date,
    by: User | None,
    resolution: Resolution | None = None,
    item: DecisionItem | None = None,
) -> Adjustment:
    """The document and its entry; the account is locked by the caller."""
    rest = open_of(invoice)
    if not 0 < cents <= rest:
        raise ValidationError(
            _("%(amount)s cannot be closed: %(rest)s is open on %(number)s.")
            % {
                "amount": money.display(cents),
                "rest": money.display(rest),
                "number": invoice.number,
            },
            code="too_much",
        )
    if not reason.strip():
        raise ValidationError(_("Say why this is closed without money."), code="reason")
    day = find_invoice_day(invoice, cents, on)
    adjustment = Adjustment.objects.create(
        kind=kind,
        invoice=invoice,
        amount_cents=cents,
        adjusted_on=day,
        reason=reason.strip(),
        decision_item=item,
        recorded_by=by,
        **(resolution.fields() if resolution else {}),
    )
    post_entry(
        kind,
        cents=cents,
        member_id=invoice.member_id,
        on=day,
        by=by,
        invoice=invoice,
        adjustment=adjustment,
    )
    audit.record_act(
        f"invoice.{kind}",
        by=by,
        subject=invoice,
        file=invoice.member,
        why=reason.strip(),
        facts={"amount": money.display(cents)},
    )
    return adjustment


@transaction.atomic
def reverse_adjustment(
    adjustment: Adjustment, *, reason: str, on: dt.date, by: User | None
) -> Reversal:
    """Take a bank charge, waiver or write-off back: the invoice is open by so much again.

    Raises:
        ValidationError: it was taken back already, or no reason is given.
    """
    lock_account(adjustment.invoice.member)
    reversal = reverse_entry(adjustment.entry, reason=reason, on=on, by=by)
    audit.record_act(
        "adjustment.reversed",
        by=by,
        subject=adjustment.invoice,
        file=adjustment.invoice.member,
        why=reason,
        facts={"amount": money.display(adjustment.amount_cents), "kind": adjustment.kind},
    )
    return reversal


@transaction.atomic
def follow_waiver(item: DecisionItem, *, on: dt.date, by: User | None) -> list[Adjustment]:
    """Carry out a recorded waiver of a member's arrears: of what had been issued by then (S17).

    Posted on the day of the decision; `on` is the day on which it is carried out.
    """
    lock_account(item.member)
    decision = item.decision
    resolution = Resolution(
        decision.decided_on,
        str(Body(decision.body).label),
        f"{decision.meeting}, {decision.reference}",
    )
    return [
        adjust(
            invoice,
            open_of(invoice),
            kind=AdjustmentKind.WAIVER,
            reason=item.reason,
            on=decision.decided_on,
            by=by,
            resolution=resolution,
            item=item,
        )
        for invoice in list(find_open_invoices(item.member, min(decision.decided_on, on)))
        if open_of(invoice)
    ]


@transaction.atomic
def take_waiver_back(
    item: DecisionItem, *, reason: str, on: dt.date, by: User | None
) -> list[Reversal]:
    """A waiver that was recorded wrongly: its invoices are open again (X09)."""
    lock_account(item.member)
    standing = item.adjustments.filter(entry__reversal_of__isnull=True)
    return [
        reverse_adjustment(each, reason=reason, on=on, by=by)
        for each in standing.select_related("entry", "invoice__member")
    ]


@transaction.atomic
def book_waivers(*, on: dt.date, by: User | None) -> int:
    """Carry out waivers that were recorded before there was a ledger; returns how many."""
    waiting = DecisionItem.objects.standing().filter(
        outcome=Outcome.WAIVE, adjustments__isnull=True, decision__decided_on__lte=on
    )
    done = [follow_waiver(item, on=on, by=by) for item in waiting.select_related("decision")]
    return sum(map(bool, done))
