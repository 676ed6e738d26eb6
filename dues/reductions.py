"""Reductions: lower dues of a member for some years, by recorded decision only (S17).

A reduction counts when a year is priced: in the preview, on the invoice as its own line, and in
what a member is told of its next invoice. What was issued before stays as it is; there the same
decision is carried out by a credit note, one invoice at a time and never by itself.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dues.credit_notes import Resolution, credit_reduction, credited_of, refuse_unresolved
from dues.ledger import lock_account, of_account
from dues.lowering import ALL, Lowering
from dues.models import CreditNote, Invoice, Reduction
from members.models import Member, User
from wego import audit, money


@dataclass(frozen=True)
class Grant:
    """What was granted: dues years, an amount a year (US cents) or per cent, and why."""

    first_year: int
    last_year: int
    reason: str
    cents: int | None = None
    percent: int | None = None


@transaction.atomic
def decide_reduction(
    member: Member, grant: Grant, *, resolution: Resolution, on: dt.date, by: User | None
) -> Reduction:
    """Record a reduction that was decided; issued invoices are not touched (S17).

    One of a duplicate is recorded for the member it was merged into.

    Raises:
        ValidationError: no decision or reason, no amount that lowers, years out of order, or years
            for which another reduction holds.
    """
    owner = lock_account(member)
    refuse_unresolved(resolution, on)
    refuse_odd_grant(grant)
    refuse_overlap(owner, grant)
    reduction = Reduction.objects.create(
        member=owner,
        first_year=grant.first_year,
        last_year=grant.last_year,
        amount_cents=grant.cents,
        percent=grant.percent,
        reason=grant.reason.strip(),
        recorded_by=by,
        **resolution.fields(),
    )
    facts = {
        "years": [grant.first_year, grant.last_year],
        "off": f"{grant.percent} %" if grant.percent else money.display(grant.cents or 0),
        "decision": resolution.reference.strip(),
    }
    audit.record_act(
        "reduction.decided", by=by, subject=reduction, file=owner, why=reduction.reason, facts=facts
    )
    return reduction


@transaction.atomic
def end_reduction(reduction: Reduction, *, reason: str, on: dt.date, by: User | None) -> Reduction:
    """Take a reduction back: it counts for no invoice issued from now on; issued ones stay.

    Raises:
        ValidationError: it was taken back already, or no reason is given.
    """
    lock_account(reduction.member)
    held = Reduction.objects.select_for_update().get(pk=reduction.pk)
    if held.ended_on:
        raise ValidationError(
            _("This reduction was taken back on %(day)s. Nothing was changed.")
            % {"day": held.ended_on.isoformat()},
            code="ended",
        )
    if not reason.strip():
        raise ValidationError(_("Say why the reduction is taken back."), code="reason")
    held.ended_on, held.ended_why = on, reason.strip()
    held.save(update_fields=["ended_on", "ended_why"])
    audit.record_act("reduction.ended", by=by, subject=held, file=held.member, why=held.ended_why)
    return held


def refuse_odd_grant(grant: Grant) -> None:
    """A reduction lowers the dues of some years, for a reason.

    Raises:
        ValidationError: it does not.
    """
    if grant.last_year < grant.first_year:
        raise ValidationError(_("The last dues year lies before the first one."), code="years")
    if (grant.cents is None) == (grant.percent is None):
        raise ValidationError(_("Enter an amount a year, or per cent: one of them."), code="off")
    if grant.percent is not None and not 1 <= grant.percent <= ALL:
        raise ValidationError(_("Enter 1 to 100 per cent."), code="percent")
    if grant.cents is not None and grant.cents <= 0:
        raise ValidationError(_("Enter an amount above zero."), code="amount")
    if not grant.reason.strip():
        raise ValidationError(
            _("Say why the dues are reduced: the invoice prints it."), code="reason"
        )


def refuse_overlap(member: Member, grant: Grant) -> None:
    """One reduction a year: a second one ends the first or names other years.

    Raises:
        ValidationError: one holds for some of these years.
    """
    held = reductions_of(member).filter(
        ended_on__isnull=True, first_year__lte=grant.last_year, last_year__gte=grant.first_year
    )
    if other := held.order_by("first_year").first():
        raise ValidationError(
            _(
                "A reduction for %(first)s to %(last)s holds already (%(reference)s): take it back "
                "first, or choose other years."
            )
            % {
                "first": other.first_year,
                "last": other.last_year,
                "reference": other.decision_reference,
            },
            code="overlap",
        )


def reductions_of(member: Member) -> QuerySet[Reduction]:
    """Everything granted to a member or to a duplicate merged into it, the newest first."""
    owner = member.merged_into_id or member.pk
    return Reduction.objects.filter(of_account(owner))


def load_lowerings(member: Member) -> dict[int, Lowering]:
    """What holds for a member by dues year, in one query; its own before a merged duplicate's."""
    owner = member.merged_into_id or member.pk
    held = reductions_of(member).filter(ended_on__isnull=True).order_by("pk")
    found: dict[int, Lowering] = {}
    for reduction in sorted(held, key=lambda each: each.member_id != owner):
        for year in range(reduction.first_year, reduction.last_year + 1):
            found.setdefault(year, lowering_of(reduction))
    return found


def lowering_of(reduction: Reduction) -> Lowering:
    """A recorded reduction as it prices; the database holds no one without its decision."""
    if reduction.decided_on is None:
        raise TypeError("A reduction without a decision prices nothing.")
    return Lowering(
        pk=reduction.pk,
        cents=reduction.amount_cents,
        percent=reduction.percent,
        reason=reduction.reason,
        decided_on=reduction.decided_on,
        decided_by=reduction.decided_by,
        reference=reduction.decision_reference,
    )


@dataclass(frozen=True)
class Unreduced:
    """An invoice issued before its reduction was decided; what the decision takes off (cents)."""

    invoice: Invoice
    cents: int


def find_unreduced(reduction: Reduction) -> list[Unreduced]:
    """Live invoices of the years of a reduction that were issued without it, the oldest first.

    What was credited to one already counts towards it.
    """
    if reduction.ended_on:
        return []
    owner = reduction.member.merged_into_id or reduction.member_id
    live = Invoice.objects.live().filter(
        of_account(owner),
        dues_year__range=(reduction.first_year, reduction.last_year),
    )
    lowering = lowering_of(reduction)
    found = []
    for invoice in live.order_by("dues_year", "sequence"):
        if "reduction" in invoice.snapshot:
            continue
        cents = lowering.off(invoice.amount_cents) - credited_of(invoice)
        if cents > 0:
            found.append(Unreduced(invoice, cents))
    return found


@transaction.atomic
def credit_unreduced(
    reduction: Reduction, invoice: Invoice, *, on: dt.date, by: User | None
) -> CreditNote:
    """Carry a reduction out on an invoice that was issued before it was decided (S17).

    Raises:
        ValidationError: the invoice carries it already, is of another year or void.
    """
    lock_account(reduction.member)
    held = Reduction.objects.get(pk=reduction.pk)
    cents = next((each.cents for each in find_unreduced(held) if each.invoice == invoice), 0)
    if not cents:
        raise ValidationError(
            _("%(number)s carries this reduction already, or it does not hold for it.")
            % {"number": invoice.number},
            code="reduced",
        )
    lowering = lowering_of(held)
    return credit_reduction(
        invoice,
        cents,
        resolution=Resolution(lowering.decided_on, lowering.decided_by, lowering.reference),
        reason=lowering.reason,
        on=on,
        by=by,
    )
