"""One payment: what is known of it, what it settles, what is left, and every entry in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dues.account_words import Step, account_of_payment
from dues.arrears import find_unsettled
from dues.ledger import owner_of
from dues.meanwhile import stamp_of
from dues.models import Allocation, EntryKind, Payment, Receipt
from wego.admin.pages import show
from wego.money import display
from wego.templatetags.ui import day, moment

CHANGE = "dues.change_payment"


def find_payment(pk: int) -> Payment:
    """The payment a page is about; 404 without one."""
    rows = Payment.objects.select_related(
        "member__merged_into", "bank_line__statement", "recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


def show_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one payment, and what may be done with it."""
    payment = find_payment(pk)
    steps = account_of_payment(payment)
    left = steps[-1].left if steps else 0
    taken_back = is_taken_back(steps)
    member = owner_of(payment.member)
    may = request.user.has_perm(CHANGE) and not taken_back
    unsettled = list(find_unsettled(payment.member).defer("snapshot")) if left else []
    return show(
        request,
        "admin/dues/payment/page.html",
        title=_("Payment %(number)s") % {"number": payment.number},
        payment=payment,
        member=member,
        left=left,
        state=state_of(payment, left, taken_back=taken_back),
        facts=list(facts_of(payment)),
        receipt=find_receipt(payment),
        settles=settled_by(payment),
        refunds=refunds_of(payment),
        steps=steps,
        acts=acts_on(payment, left) if may else [],
        unsettled=unsettled if may else [],
        may_release=may,
        seen=stamp_of(member),
    )


def find_receipt(payment: Payment) -> int | None:
    """The key of its receipt's paper, once that is printed."""
    printed = Receipt.objects.filter(payment=payment, paper__document__isnull=False)
    return printed.values_list("paper", flat=True).first()


def is_taken_back(steps: list[Step]) -> bool:
    """Whether the payment's own entry was reversed."""
    return any(step.line.kind == EntryKind.PAYMENT and step.line.taken_back for step in steps)


def state_of(payment: Payment, left: int, *, taken_back: bool) -> tuple[str, str]:
    """Tone and words for how a payment stands."""
    if taken_back:
        return "quiet", _("Taken back")
    if not left:
        return "ok", _("Used in full")
    if left == payment.amount_cents:
        return "warn", _("Not used yet")
    return "info", _("%(amount)s left") % {"amount": display(left)}


def facts_of(payment: Payment) -> Iterator[tuple[str, object]]:
    """What is known of it; what is empty is left out."""
    yield _("Amount"), display(payment.amount_cents)
    yield _("Arrived on"), day(payment.received_on)
    yield _("Way"), payment.get_method_display()
    if payment.payer:
        yield _("Paid by"), payment.payer
    if payment.bank_reference:
        yield _("Bank reference"), payment.bank_reference
    if line := payment.bank_line:
        yield (
            _("Where it came from"),
            _("Statement %(statement)s, line %(line)s, booked on %(day)s")
            % {"statement": line.statement, "line": line.position, "day": day(line.booked_on)},
        )
    if payment.original_currency:
        yield _("Sent"), f"{payment.original_currency} {payment.original_amount}"
    if payment.rate_note:
        yield _("Rate"), payment.rate_note
    if payment.note:
        yield _("Note"), payment.note
    yield (
        _("Recorded"),
        _("%(moment)s by %(who)s")
        % {
            "moment": moment(payment.recorded_at),
            "who": payment.recorded_by or _("the command line"),
        },
    )


def settled_by(payment: Payment) -> list[Allocation]:
    """What it settles and was not taken back, by dues year."""
    rows = payment.allocations.filter(entry__reversal_of__isnull=True)
    found = rows.select_related("invoice").defer("invoice__snapshot")
    return list(found.order_by("invoice__dues_year", "pk"))


def refunds_of(payment: Payment) -> list[dict[str, object]]:
    """Money of it that went back or is to go back."""
    rows = payment.refunds.filter(entry__reversal_of__isnull=True).prefetch_related(
        "payouts__entry__reversal_of"
    )
    return [{"refund": refund, "paid_on": paid_on_of(refund.payouts.all())} for refund in rows]


def paid_on_of(payouts: object) -> object:
    """The day of the payout that stands; None while the refund waits."""
    standing = [each for each in payouts if not hasattr(each.entry, "reversal_of")]  # type: ignore[attr-defined]  # a queryset
    return standing[0].paid_on if standing else None


def acts_on(payment: Payment, left: int) -> list[tuple[str, str]]:
    """Address and words of what may be done."""
    acts: list[tuple[str, str]] = []
    if left:
        acts += [("allocate", _("Settle invoices with it")), ("refund", _("Refund what is left"))]
    acts += [
        ("move", _("Move it to another member")),
        ("reverse", _("Take the payment back")),
    ]
    return [
        (reverse(f"admin:dues_payment_{name}", args=[payment.pk]), words) for name, words in acts
    ]
