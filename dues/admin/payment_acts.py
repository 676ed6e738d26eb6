"""What may be done with a payment: allocate, release, move, refund, take back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dues.admin.act_page import Act, answer
from dues.admin.pages import typed
from dues.admin.payment_page import find_payment
from dues.admin.whom import read_whom
from dues.arrears import find_unsettled
from dues.forms.money import ConfirmForm, PartsForm, ReasonForm, RefundForm
from dues.forms.recording import MoveForm
from dues.ledger import left_of, owner_of
from dues.models import Allocation, Invoice, Payment
from dues.payments import (
    allocate_payment,
    move_payment,
    release_allocation,
    reverse_payment,
)
from dues.refunds import refund_payment
from members.access import person
from wego import seoul
from wego.money import display
from wego.templatetags.ui import day


def act_on(request: HttpRequest, payment: Payment, **options: Any) -> Act:  # noqa: ANN401 the parts of an act
    """An act on one payment, and the way back to it."""
    facts = {
        "member": owner_of(payment.member),
        "amount": display(payment.amount_cents),
        "day": day(payment.received_on),
    }
    return Act(
        request=request,
        members=options.pop("members", [owner_of(payment.member)]),
        payment=payment,
        lead=_("%(amount)s of %(member)s, received on %(day)s") % facts,
        back=page_of(payment),
        back_words=_("Back to the payment"),
        crumbs=[
            (reverse("admin:dues_payment_changelist"), _("Payments")),
            (page_of(payment), payment.number),
        ],
        **options,
    )


def page_of(payment: Payment) -> str:
    """The page of a payment."""
    return reverse("admin:dues_payment_change", args=[payment.pk])


def propose_parts(invoices: list[Invoice], cents: int) -> dict[int, int]:
    """So much money (US cents) for the oldest first: what each invoice gets, by its key (X07)."""
    parts: dict[int, int] = {}
    for invoice in invoices:
        if part := min(cents, invoice.open_cents):
            parts[invoice.pk] = part
            cents -= part
    return parts


def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle invoices with what is left: the oldest first by one button, or as typed."""
    payment = find_payment(pk)
    left = left_of(payment)
    invoices = list(find_unsettled(payment.member).defer("snapshot"))
    proposed = propose_parts(invoices, left)
    oldest = request.POST.get("step") == "oldest"
    amounts = None if oldest else typed(request)
    form = ConfirmForm(typed(request))
    parts = PartsForm(invoices, amounts, proposed=proposed)
    by_key = {invoice.pk: invoice for invoice in invoices}

    def do() -> list[Allocation]:
        chosen = (
            {by_key[key]: cents for key, cents in proposed.items()} if oldest else parts.parts()
        )
        return allocate_payment(payment, chosen, on=seoul.today(), by=person(request))

    return answer(
        act_on(
            request,
            payment,
            form=form,
            parts=None if oldest else parts,
            do=do,
            said=say_allocated,
            title=_("Settle invoices with %(number)s") % {"number": payment.number},
            button=_("Settle these invoices") if proposed else "",
            pairs=[(_("Left of this payment"), display(left))],
            notices=[] if proposed else [("info", nothing_to_settle(payment, left))],
        )
    )


def nothing_to_settle(payment: Payment, left: int) -> str:
    """Why there is no button."""
    if not left:
        return _("Nothing is left of this payment.")
    return _("%(member)s has no open invoice: what is left stays on its account.") % {
        "member": owner_of(payment.member)
    }


def say_allocated(made: list[Allocation]) -> str:
    """What was settled."""
    if not made:
        return _("Nothing was allocated: no amount was entered.")
    parts = [f"{each.invoice.number} {display(each.amount_cents)}" for each in made]
    return _("Settled: %(parts)s.") % {"parts": ", ".join(parts)}


def release(request: HttpRequest, pk: int, allocation: int) -> HttpResponse:
    """Take one allocation back."""
    payment = find_payment(pk)
    row = get_object_or_404(
        Allocation.objects.select_related("entry", "invoice__member", "payment"),
        pk=allocation,
        payment=payment,
    )
    form = ReasonForm(typed(request))
    facts = {"number": row.invoice.number, "amount": display(row.amount_cents)}
    return answer(
        act_on(
            request,
            payment,
            form=form,
            invoice=row.invoice,
            do=lambda: release_allocation(
                row, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda _done: (
                _("%(number)s is open by %(amount)s again, which is credit on account.") % facts
            ),
            title=_("Take %(amount)s back from %(number)s") % facts,
            button=_("Take the allocation back"),
        )
    )


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a payment to the member that made it."""
    payment = find_payment(pk)
    whom = read_whom(request)
    form = MoveForm(typed(request), initial={"who": whom.typed})
    owner = owner_of(payment.member)
    others = [whom.member] if whom.member and whom.member != owner else []
    facts = {"number": payment.number, "amount": display(payment.amount_cents)}

    def do() -> Payment:
        if whom.member is None:
            raise TypeError("A payment is moved to a member.")
        reason = form.cleaned_data["reason"]
        return move_payment(
            payment, whom.member, reason=reason, on=seoul.today(), by=person(request)
        )

    return answer(
        act_on(
            request,
            payment,
            members=[owner, *others],
            form=form,
            whom=whom,
            checked=True,
            do=do,
            said=lambda moved: (
                _("%(number)s is taken back; %(member)s has the money as %(new)s.")
                % {"number": payment.number, "member": moved.member, "new": moved.number}
            ),
            after=page_of,
            title=_("Move %(number)s to another member") % facts,
            button=_("Move %(amount)s") % facts,
        )
    )


def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back what is left of a payment, or part of it."""
    payment = find_payment(pk)
    left = left_of(payment)
    initial = {"amount": left, "pay_to": payment.payer}
    form = RefundForm(typed(request), initial=initial)
    return answer(
        act_on(
            request,
            payment,
            form=form,
            checked=True,
            do=lambda: refund_payment(
                payment,
                form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                pay_to=form.cleaned_data["pay_to"],
                on=seoul.today(),
                by=person(request),
            ),
            said=lambda made: (
                _("%(amount)s is set aside: it waits among the refunds to pay out.")
                % {"amount": display(made.amount_cents)}
            ),
            after=lambda _made: reverse("admin:dues_refund_changelist"),
            title=_("Refund out of %(number)s") % {"number": payment.number},
            button=_("Refund"),
            pairs=[(_("Left of this payment"), display(left))],
        )
    )


def reverse_whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment back that never was."""
    payment = find_payment(pk)
    form = ReasonForm(typed(request))
    facts = {"number": payment.number, "amount": display(payment.amount_cents)}
    return answer(
        act_on(
            request,
            payment,
            form=form,
            checked=True,
            danger=True,
            do=lambda: reverse_payment(
                payment, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda _done: _("%(number)s is taken back.") % facts,
            title=_("Take %(number)s back") % facts,
            button=_("Take %(amount)s back") % facts,
            notices=[
                (
                    "info",
                    _(
                        "For money that never came or came back. When it is another member's, "
                        "move the payment instead. Its number is not given again."
                    ),
                )
            ],
        )
    )
