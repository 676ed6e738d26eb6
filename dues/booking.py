"""Money moved by lines of bank statements: booked by themselves when certain, else by a person.

Every act here ends in the rules of payments and refunds; what is special to a bank line is decided
here: how much of it is left, what it is worth in US dollars, and that it is used once.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.adjustments import close_as_bank_charge, reverse_adjustment
from dues.banking import find_waiting, set_aside_line
from dues.ledger import open_of
from dues.matching import Confidence
from dues.models import (
    Adjustment,
    AdjustmentKind,
    BankLine,
    Invoice,
    Payment,
    Payout,
    Refund,
)
from dues.payments import (
    record_payment,
    reverse_payment,
    standing_allocations,
)
from dues.policies import DuesPolicies, load_policies
from dues.proposals import Offer, Way, propose_for
from dues.received import Received, used_of_line
from dues.refunds import pay_out_refund, reverse_payout
from dues.switches import MatchCertain
from members.models import Member, User
from wego.money import USD, display, plain

# So many lines are looked at in one go.
BATCH = 500


@transaction.atomic
def book_line(
    line: BankLine,
    member: Member,
    parts: Mapping[Invoice, int] | None,
    *,
    on: dt.date,
    by: User | None,
    usd_cents: int | None = None,
    rate_note: str = "",
    charge_cents: int = 0,
    note: str = "",
) -> Payment:
    """Book what is left of a line, or `usd_cents` of it, as a payment of a member.

    `parts` is what of it goes to which invoice; None settles the oldest. A rest of these invoices
    up to `charge_cents`, or up to the switch S21, is closed as bank charge. A line in another
    currency needs the amount that the bank credited in US dollars and a note on the rate.

    Raises:
        ValidationError: the bank took the money back, the line is used up, the amount in US dollars
            is missing, or a rule of payments refuses.
    """
    if line.is_reversal:
        raise ValidationError(
            _("The bank marked this line as a reversal: it is never booked as a payment."),
            code="reversal",
        )
    received = receive(line, usd_cents, rate_note.strip(), note)
    policies = load_policies()
    payment = record_payment(member, received, on=on, by=by, parts=parts)
    most = min(charge_cents, policies.bank_charge_limit_cents)
    close_rests(payment, max(most, policies.bank_charge_automatic_cents), by)
    return payment


def receive(line: BankLine, usd_cents: int | None, rate_note: str, note: str) -> Received:
    """What is known of the money of a line.

    Raises:
        ValidationError: another currency without the amount in US dollars, or without the rate.
    """
    sent = read_original(line)
    if line.currency != USD:
        if usd_cents is None:
            raise ValidationError(
                _("Enter the amount in US dollars that the bank credited for %(amount)s.")
                % {"amount": display(line.amount, line.currency)},
                code="usd",
            )
        if not rate_note:
            raise ValidationError(
                _("Say from where the amount in US dollars is: the bank's advice, or the rate."),
                code="rate",
            )
        sent = line.currency, plain(line.amount)
    rest = line.amount - used_of_line(line)
    return Received(
        amount_cents=rest if usd_cents is None else usd_cents,
        received_on=line.booked_on,
        payer=line.party,
        bank_reference=line.bank_reference or line.end_to_end,
        bank_line=line,
        original_currency=sent[0],
        original_amount=sent[1],
        rate_note=(rate_note or line.original)[:200],
        note=note,
    )


def read_original(line: BankLine) -> tuple[str, str]:
    """Currency and amount that were sent, when the bank exchanged them."""
    currency, _blank, amount = line.original.partition(" @ ")[0].partition(" ")
    return (currency[:3], amount[:24]) if amount else ("", "")


def close_rests(payment: Payment, most: int, by: User | None) -> list[Adjustment]:
    """Close what a payment leaves open on its invoices as bank charge, up to so much each."""
    made = []
    for allocation in standing_allocations(payment):
        rest = open_of(allocation.invoice)
        if 0 < rest <= most:
            made.append(
                close_as_bank_charge(
                    allocation.invoice,
                    limit_cents=most,
                    reason=_("Bank charges of %(number)s") % {"number": payment.number},
                    on=allocation.allocated_on,
                    by=by,
                )
            )
    return made


@transaction.atomic
def pay_out_line(line: BankLine, refund: Refund, *, on: dt.date, by: User | None) -> Payout:
    """Note that a refund left the bank with this line.

    Raises:
        ValidationError: the line is used, no money out, or of another amount.
    """
    row = BankLine.objects.select_for_update().get(pk=line.pk)
    is_waiting = find_waiting(BankLine.objects.filter(pk=row.pk)).exists()
    if (
        row.is_reversal
        or not is_waiting
        or (row.currency, -row.amount)
        != (
            USD,
            refund.amount_cents,
        )
    ):
        raise ValidationError(
            _("This line is not %(amount)s paid out, or it is used already.")
            % {"amount": display(refund.amount_cents)},
            code="line",
        )
    return pay_out_refund(refund, paid_on=row.booked_on, on=on, by=by, bank_line=row)


@transaction.atomic
def take_returned(line: BankLine, offer: Offer, *, on: dt.date, by: User | None) -> None:
    """What the bank took back goes back in the books, because a person says it is the same money.

    Raises:
        ValidationError: it was taken back already, or the line is set aside.
    """
    if offer.way == Way.RETURNED:
        payment = Payment.objects.get(pk=offer.target)
        reason = _("Taken back by the bank on %(day)s") % {"day": line.booked_on.isoformat()}
        reverse_payment(payment, reason=reason, on=on, by=by)
        about = payment.number
    else:
        payout = Payout.objects.select_related("refund__payment").get(pk=offer.target)
        reason = _("Came back on %(day)s") % {"day": line.booked_on.isoformat()}
        reverse_payout(payout, reason=reason, on=on, by=by)
        about = payout.refund.payment.number
    set_aside_line(line, reason=f"{reason}: {about}", on=on, by=by)


def accept_offer(
    line: BankLine,
    offer: Offer,
    *,
    on: dt.date,
    by: User | None,
    usd_cents: int | None = None,
    rate_note: str = "",
    charge_cents: int = 0,
) -> Payment | Payout | None:
    """Do with a line what was offered; None for what the bank took back.

    Raises:
        ValidationError: the rules refuse; nothing was changed.
    """
    if offer.way == Way.PAYOUT:
        return pay_out_line(line, Refund.objects.get(pk=offer.target), on=on, by=by)
    if offer.way != Way.PAYMENT:
        take_returned(line, offer, on=on, by=by)
        return None
    cents = line.amount - used_of_line(line) if line.currency == USD else usd_cents or 0
    return book_line(
        line,
        Member.objects.get(pk=offer.target),
        fit_parts(offer.parts, cents),
        on=on,
        by=by,
        usd_cents=usd_cents,
        rate_note=rate_note,
        charge_cents=charge_cents,
        note="; ".join(offer.reasons),
    )


def fit_parts(parts: Sequence[tuple[int, int]], cents: int) -> dict[Invoice, int]:
    """Invoices and amounts of an offer, as far as the money goes."""
    invoices = Invoice.objects.select_related("member").in_bulk([pk for pk, _cents in parts])
    fitted: dict[Invoice, int] = {}
    for pk, wanted in parts:
        if part := min(wanted, cents):
            fitted[invoices[pk]] = part
            cents -= part
    return fitted


def book_certain(*, on: dt.date, by: User | None) -> list[Payment]:
    """Book every waiting line that matches with certainty, when the policy says so (4.4).

    Each is booked by itself. One that a person took back is left to people, and so is one that a
    rule refuses. What was booked is found done the next time.
    """
    policies = load_policies()
    booked: list[Payment] = []
    if policies.match_certain != MatchCertain.POST:
        return booked
    untouched = BankLine.objects.filter(payments__isnull=True, amount__gt=0, is_reversal=False)
    waiting = list(find_waiting(untouched))
    for first in range(0, len(waiting), BATCH):
        booked += book_batch(waiting[first : first + BATCH], policies, on=on, by=by)
    return booked


def book_batch(
    lines: Sequence[BankLine], policies: DuesPolicies, *, on: dt.date, by: User | None
) -> list[Payment]:
    """Book what is certain of some lines; a second line for one member is looked at anew."""
    booked: list[Payment] = []
    left = list(lines)
    while left:
        offers = propose_for(left, policies)
        again, touched = [], set()
        for line in left:
            best = next(iter(offers[line.pk]), None)
            if best is None or best.confidence != Confidence.CERTAIN:
                continue
            if best.target in touched:
                again.append(line)
                continue
            touched.add(best.target)
            booked += book_one(line, best, on=on, by=by)
        left = again
    return booked


def book_one(line: BankLine, offer: Offer, *, on: dt.date, by: User | None) -> list[Payment]:
    """The payment of a certain line; none when a rule refuses, and then it waits for a person."""
    try:
        payment = accept_offer(line, offer, on=on, by=by)
    except ValidationError:
        return []
    return [payment] if isinstance(payment, Payment) else []


@transaction.atomic
def undo_booking(payment: Payment, *, reason: str, on: dt.date, by: User | None) -> None:
    """Take back what was booked from a line, the bank charges closed with it too; it waits again.

    Raises:
        ValidationError: taken back already, refunded since, or no reason is given.
    """
    invoices = [each.invoice_id for each in standing_allocations(payment)]
    closed = Adjustment.objects.filter(
        kind=AdjustmentKind.BANK_CHARGE,
        invoice__in=invoices,
        reason__contains=payment.number,
        entry__reversal_of__isnull=True,
    )
    for each in closed.select_related("entry", "invoice__member"):
        reverse_adjustment(each, reason=reason, on=on, by=by)
    reverse_payment(payment, reason=reason, on=on, by=by)
