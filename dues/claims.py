"""A member's word that it has paid, with a proof: finance looks for the money and answers.

What a member said never changes. While it waits, reminders of the member do (workflow 4.4).
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dues.ledger import owner_of
from dues.models import Invoice, Payment, PaymentClaim
from dues.payments import accounts_of
from dues.policies import load_policies
from dues.received import EARLIEST, MOST_CENTS
from members.models import Member, User
from wego import audit, money, storage
from wego.uploads import Upload

LONGEST_MESSAGE = 2000
LONGEST_ANSWER = 300
# An answered claim is news for as long as people are likely to come back to it.
NEWS_DAYS = 60


@dataclass(frozen=True)
class Claimed:
    """What a member says: how much (US cents), when, for which invoice, in its own words."""

    amount_cents: int
    paid_on: dt.date
    invoice: Invoice | None = None
    message: str = ""
    proof: Upload | None = None


@transaction.atomic
def file_claim(member: Member, claimed: Claimed, *, on: dt.date, by: User | None) -> PaymentClaim:
    """Keep a member's word that it paid, and its proof; a task of finance.

    Raises:
        ValidationError: no sensible amount or day, an invoice of somebody else, or the same was
            said before and still waits.
    """
    refuse_claimed(member, claimed, on)
    stored = {"file_name": "", "file_path": "", "file_sha256": ""}
    if proof := claimed.proof:
        file = storage.store_file(f"claims/{member.pk}/{on:%Y-%m-%d}{proof.suffix}", proof.content)
        stored = {
            "file_name": proof.name,
            "file_path": file.path,
            "file_sha256": file.sha256,
        }
    claim = PaymentClaim.objects.create(
        member=member,
        invoice=claimed.invoice,
        paid_on=claimed.paid_on,
        amount_cents=claimed.amount_cents,
        message=claimed.message.strip()[:LONGEST_MESSAGE],
        claimed_on=on,
        claimed_by=by,
        **stored,
    )
    facts = {
        "amount": money.display(claim.amount_cents),
        "paid_on": claim.paid_on.isoformat(),
        "invoice": claim.invoice.number if claim.invoice else "",
    }
    audit.record_act("claim.filed", by=by, subject=claim, file=member, facts=facts)
    return claim


def refuse_claimed(member: Member, claimed: Claimed, on: dt.date) -> None:
    """What is said can be true, and was not said before.

    Raises:
        ValidationError: it cannot, or it waits already.
    """
    if not 0 < claimed.amount_cents <= MOST_CENTS:
        raise ValidationError(_("Enter the amount you paid, more than zero."), code="amount")
    if not EARLIEST <= claimed.paid_on <= on:
        raise ValidationError(
            _("Enter the day on which you paid; %(day)s cannot be it.")
            % {"day": claimed.paid_on.isoformat()},
            code="future",
        )
    if claimed.invoice and owner_of(claimed.invoice.member) != owner_of(member):
        raise ValidationError(
            _("This invoice is not one of %(member)s.") % {"member": member}, code="other_member"
        )
    same = PaymentClaim.objects.filter(
        member=member,
        invoice=claimed.invoice,
        amount_cents=claimed.amount_cents,
        paid_on=claimed.paid_on,
        closed_on__isnull=True,
    )
    if same.exists():
        raise ValidationError(
            _("You told us about this payment already: finance is looking for it."),
            code="known_claim",
        )


@transaction.atomic
def close_claim(
    claim: PaymentClaim,
    *,
    answer: str = "",
    payment: Payment | None = None,
    on: dt.date,
    by: User | None,
) -> PaymentClaim:
    """Answer a member's word: with the payment that was found, or in words that it was not.

    Raises:
        ValidationError: it was answered already, or there is neither payment nor answer.
    """
    row = PaymentClaim.objects.select_for_update().get(pk=claim.pk)
    if row.closed_on:
        raise ValidationError(
            _("This announced payment was answered already. Nothing was changed."), code="closed"
        )
    if payment is None and not answer.strip():
        raise ValidationError(
            _("Write what the member should know: why no payment was found."), code="answer"
        )
    row.payment, row.answer = payment, answer.strip()[:LONGEST_ANSWER]
    row.closed_on, row.closed_by = on, by
    row.save(update_fields=["payment", "answer", "closed_on", "closed_by"])
    audit.record_act(
        "claim.closed",
        by=by,
        subject=row,
        file=row.member,
        why=row.answer,
        facts={"payment": payment.number if payment else ""},
    )
    return row


def waiting_claims() -> QuerySet[PaymentClaim]:
    """What finance has not answered yet, the longest waiting first."""
    return PaymentClaim.objects.filter(closed_on__isnull=True).order_by("claimed_on", "pk")


@dataclass(frozen=True)
class Told:
    """What a member said of a payment, and what became of it.

    `paused_until` is the first day on which reminders go on again while nobody answered (S8).
    """

    claim: PaymentClaim
    paused_until: dt.date

    @property
    def is_waiting(self) -> bool:
        """Whether finance has not answered yet."""
        return self.claim.closed_on is None

    def is_of(self, invoice: Invoice) -> bool:
        """Whether it was said of this invoice, or of no one in particular."""
        return self.claim.invoice_id in {None, invoice.pk}


def pauses(claim: PaymentClaim, *, pause_days: int, on: dt.date) -> bool:
    """Whether a claim still keeps reminders back on a day (S8)."""
    return claim.closed_on is None and on < claim.claimed_on + dt.timedelta(days=pause_days)


def claims_of(member: Member, *, on: dt.date) -> list[Told]:
    """What a member said that waits or was answered of late, the newest first; two queries."""
    days = dt.timedelta(days=load_policies().claim_pause_days)
    since = on - dt.timedelta(days=NEWS_DAYS)
    rows = PaymentClaim.objects.filter(member__in=accounts_of(owner_of(member)))
    shown = rows.filter(Q(closed_on=None) | Q(closed_on__gte=since))
    return [
        Told(claim, claim.claimed_on + days)
        for claim in shown.select_related("invoice", "payment").defer("invoice__snapshot")
    ]
