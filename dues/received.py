"""Money as it came in, and why some of it cannot be booked (X05, X08)."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from dues.models import BankLine, Entry, EntryKind, Method, Payment
from wego import money

EARLIEST = dt.date(2010, 1, 1)
MOST_CENTS = 10**11


@dataclass(frozen=True)
class Received:
    """What is known of money that came in; amounts in US cents, as credited by the bank."""

    amount_cents: int
    received_on: dt.date
    method: str = Method.BANK
    payer: str = ""
    bank_reference: str = ""
    bank_line: BankLine | None = None
    original_currency: str = ""
    original_amount: str = ""
    rate_note: str = ""
    note: str = ""


def refuse_received(received: Received, on: dt.date) -> None:
    """Money has an amount and came on a day that has been.

    Raises:
        ValidationError: it has not.
    """
    if not 0 < received.amount_cents <= MOST_CENTS:
        raise ValidationError(_("Enter the amount received, more than zero."), code="amount")
    if received.received_on > on:
        raise ValidationError(
            _("%(day)s is still to come: enter the day on which the money arrived.")
            % {"day": received.received_on.isoformat()},
            code="future",
        )
    if received.received_on < EARLIEST:
        raise ValidationError(
            _("%(day)s is before the organisation was founded: check the year.")
            % {"day": received.received_on.isoformat()},
            code="too_early",
        )


def refuse_known_reference(received: Received) -> None:
    """One bank reference is booked once (X08), unless its payment was taken back.

    Raises:
        ValidationError: a payment with this reference stands.
    """
    if not received.bank_reference or received.bank_line is not None:
        return
    same = Payment.objects.filter(bank_reference=received.bank_reference)
    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT, payment__in=same)
    if known := standing.select_related("payment__member").first():
        payment = known.payment
        raise ValidationError(
            _(
                "The bank reference %(reference)s is booked already: %(number)s, %(amount)s of "
                "%(member)s. Nothing was booked a second time."
            )
            % {
                "reference": received.bank_reference,
                "number": payment,
                "amount": money.display(payment.amount_cents) if payment else "",
                "member": payment.member if payment else "",
            },
            code="known_reference",
        )


def used_of_line(line: BankLine) -> int:
    """How much of a line of a statement standing payments have used (US cents)."""
    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT, payment__bank_line=line)
    found = standing.order_by().aggregate(total=Sum("amount_cents"))["total"]
    return int(found or 0)


def refuse_used_line(received: Received) -> None:
    """A line of a statement in US dollars is booked up to its amount, and no further.

    A line in another currency is booked once, at the amount in US dollars that the bank credited.

    Raises:
        ValidationError: it is used up, set aside, or no money that came in.
    """
    if received.bank_line is None:
        return
    line = BankLine.objects.select_for_update().get(pk=received.bank_line.pk)
    if line.set_aside_on or line.amount <= 0:
        raise ValidationError(
            _("This line of the statement is set aside or no money received: it cannot be booked."),
            code="line",
        )
    used = used_of_line(line)
    rest = line.amount - used if line.currency == money.USD else 0 if used else MOST_CENTS
    if received.amount_cents > rest:
        raise ValidationError(
            _("Of this line of the statement %(rest)s is left to book: it was booked before.")
            % {"rest": money.display(rest)},
            code="line_used",
        )
