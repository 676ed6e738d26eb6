"""Refunds: what waits to be paid out, what left the bank, what was taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.admin.act_page import Act, answer
from dues.admin.pages import task_page, typed
from dues.forms.money import DayForm, ReasonForm
from dues.ledger import owner_of
from dues.models import Entry, EntryKind, Payout, Refund
from dues.refunds import pay_out_refund, reverse_payout, reverse_refund
from members.access import person
from wego import seoul
from wego.admin.pages import PagesAdmin, address, list_page, show
from wego.grave import recently_signed_in
from wego.money import display
from wego.templatetags.ui import Chip, day

VIEW, CHANGE = "dues.view_refund", "dues.change_refund"
WAITING, PAID, TAKEN_BACK, ALL = "waiting", "paid", "taken_back", "all"
STATES: dict[str, Any] = {
    WAITING: gettext_lazy("To pay out"),
    PAID: gettext_lazy("Paid out"),
    TAKEN_BACK: gettext_lazy("Taken back"),
    ALL: gettext_lazy("All"),
}
WANTED: dict[str, Q] = {
    WAITING: Q(is_taken_back=False, payout_key__isnull=True),
    PAID: Q(is_taken_back=False, payout_key__isnull=False),
    TAKEN_BACK: Q(is_taken_back=True),
    ALL: Q(),
}


def with_state(refunds: QuerySet[Refund]) -> QuerySet[Refund]:
    """Adds whether each was taken back, and the key and day of the payout that stands."""
    reversed_entry = Entry.objects.filter(
        refund=OuterRef("pk"), kind=EntryKind.REFUND, reversal_of__isnull=False
    )
    payouts = Payout.objects.filter(refund=OuterRef("pk"), entry__reversal_of__isnull=True)
    return refunds.annotate(
        is_taken_back=Exists(reversed_entry),
        payout_key=Subquery(payouts.values("pk")[:1]),
        paid_on=Subquery(payouts.values("paid_on")[:1]),
    )


def show_refunds(request: HttpRequest) -> HttpResponse:
    """Refunds by how far they are, those to pay out first."""
    chosen = request.GET.get("state", WAITING)
    chosen = chosen if chosen in STATES else WAITING
    every = with_state(Refund.objects.all())
    rows = every.filter(WANTED[chosen]).select_related("payment__member__merged_into")
    counts: dict[str, Any] = every.order_by().aggregate(
        **{state: Count("pk", filter=wanted) for state, wanted in WANTED.items() if state != ALL},
        all=Count("pk"),
        to_pay=Sum("amount_cents", filter=WANTED[WAITING]),
    )
    return show(
        request,
        "admin/dues/refund/list.html",
        title=_("Refunds"),
        listing=list_page(rows.order_by("-pk"), request.GET),
        chosen=chosen,
        chips=[
            Chip(words, address(request.GET, state=state), counts[state], state == chosen)
            for state, words in STATES.items()
        ],
        to_pay=counts["to_pay"] or 0,
        may_act=request.user.has_perm(CHANGE),
    )


def find_refund(pk: int) -> Refund:
    """The refund a page is about; 404 without one."""
    rows = Refund.objects.select_related("payment__member__merged_into", "entry")
    return get_object_or_404(rows, pk=pk)


def act_on(request: HttpRequest, refund: Refund, **options: Any) -> Act:  # noqa: ANN401 the parts of an act
    """An act on one refund, and the way back to the list."""
    back = reverse("admin:dues_refund_changelist")
    member = owner_of(refund.payment.member)
    pairs: list[tuple[str, object]] = [
        (_("Amount"), display(refund.amount_cents)),
        (_("Member"), member),
        (_("Out of"), refund.payment.number),
        (_("Decided on"), day(refund.refunded_on)),
        (_("Reason"), refund.reason),
    ]
    if refund.pay_to:
        pairs.append((_("Pay to"), refund.pay_to))
    return Act(
        request=request,
        members=[member],
        payment=refund.payment,
        lead=f"{member} · {display(refund.amount_cents)}",
        pairs=pairs,
        back=back,
        back_words=_("Back to the refunds"),
        crumbs=[(back, _("Refunds"))],
        **options,
    )


def pay_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the money left the bank."""
    refund = find_refund(pk)
    form = DayForm(typed(request), initial={"paid_on": seoul.today()})
    facts = {"amount": display(refund.amount_cents), "member": owner_of(refund.payment.member)}
    return answer(
        act_on(
            request,
            refund,
            form=form,
            do=lambda: pay_out_refund(
                refund,
                paid_on=form.cleaned_data["paid_on"],
                on=seoul.today(),
                by=person(request),
            ),
            said=lambda _done: _("%(amount)s went back to %(member)s.") % facts,
            title=_("Pay out %(amount)s to %(member)s") % facts,
            button=_("%(amount)s left the bank") % facts,
        )
    )


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a refund back that was not paid out: the money is credit again."""
    refund = find_refund(pk)
    form = ReasonForm(typed(request))
    facts = {"amount": display(refund.amount_cents), "member": owner_of(refund.payment.member)}
    return answer(
        act_on(
            request,
            refund,
            form=form,
            do=lambda: reverse_refund(
                refund, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda _done: _("%(amount)s is credit of %(member)s on account again.") % facts,
            title=_("Take the refund of %(amount)s back") % facts,
            button=_("Take the refund back"),
        )
    )


def came_back(request: HttpRequest, pk: int, payout: int) -> HttpResponse:
    """The bank sent a payout back: the refund waits again."""
    refund = find_refund(pk)
    row = get_object_or_404(
        Payout.objects.select_related("entry", "refund__payment__member"), pk=payout, refund=refund
    )
    form = ReasonForm(typed(request))
    facts = {"amount": display(refund.amount_cents), "day": day(row.paid_on)}
    return answer(
        act_on(
            request,
            refund,
            form=form,
            do=lambda: reverse_payout(
                row, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda _done: _("%(amount)s came back: the refund waits again.") % facts,
            title=_("%(amount)s, paid out on %(day)s, came back") % facts,
            button=_("The money came back"),
        )
    )


@admin.register(Refund)
class RefundAdmin(PagesAdmin):
    """The list and the acts."""

    pages = (
        path("", task_page(show_refunds, permission=VIEW), name="dues_refund_changelist"),
        path(
            "<int:pk>/pay/",
            task_page(recently_signed_in(pay_out), permission=CHANGE),
            name="dues_refund_pay",
        ),
        path(
            "<int:pk>/take-back/",
            task_page(take_back, permission=CHANGE),
            name="dues_refund_take_back",
        ),
        path(
            "<int:pk>/came-back/<int:payout>/",
            task_page(came_back, permission=CHANGE),
            name="dues_refund_came_back",
        ),
    )
