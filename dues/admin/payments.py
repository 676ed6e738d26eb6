"""Payments: the list, found and filtered by its address, and where each page of one is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.admin import payment_acts, payment_page, recording
from dues.admin.pages import task_page
from dues.ledger import with_left
from dues.models import Method, Payment
from dues.states import is_taken_back
from members.models import Member, MemberName
from wego.admin.pages import PagesAdmin, address, list_page, show
from wego.finding import tidy_term
from wego.grave import recently_signed_in
from wego.kept import LARGE, keep, words_of
from wego.templatetags.ui import Chip

VIEW, ADD, CHANGE = "dues.view_payment", "dues.add_payment", "dues.change_payment"
LEFT, TAKEN_BACK = "left", "taken_back"
FILTERS = ("year", "way", "state")
STATES = {
    LEFT: gettext_lazy("With credit left"),
    TAKEN_BACK: gettext_lazy("Taken back"),
}


@dataclass(frozen=True)
class Sums:
    """How many payments an address finds, and what they come to (US cents)."""

    count: int
    received: int
    left: int


def show_payments(request: HttpRequest) -> HttpResponse:
    """Payments, newest first, with what they come to."""
    query = request.GET
    found = find_payments(query)
    sums = sum_up(found)
    rows = found.select_related("member__merged_into")
    listing = list_page(rows, query, count=sums.count)
    return show(
        request,
        "admin/dues/payment/list.html",
        title=_("Payments"),
        listing=listing,
        sums=sums,
        filters=filter_rows(query),
        narrowed=any(query.get(name) for name in ("q", *FILTERS)),
        kept={name: query[name] for name in FILTERS if query.get(name)},
        term=query.get("q", ""),
        may_record=request.user.has_perm(ADD),
    )


def find_payments(query: QueryDict) -> QuerySet[Payment]:
    """The payments an address asks for, with `left_cents` and `is_taken_back`."""
    found = with_left(Payment.objects.annotate(is_taken_back=is_taken_back()))
    if (year := query.get("year", "")).isdecimal():
        found = found.filter(received_on__year=int(year[:4]))
    if (way := query.get("way", "")) in Method.values:
        found = found.filter(method=way)
    if query.get("state") == LEFT:
        found = found.filter(Q(("left_cents__gt", 0)))
    elif query.get("state") == TAKEN_BACK:
        found = found.filter(Q(("is_taken_back", True)))
    for word in tidy_term(query.get("q", "")).split():
        found = found.filter(mentions(word))
    return found


def mentions(word: str) -> Q:
    """Whether a word stands in a number, a reference, the payer's name or the member's names."""
    named = Q(name_en__icontains=word) | Q(name_ko__icontains=word)
    return (
        Q(number__icontains=word)
        | Q(bank_reference__icontains=word)
        | Q(payer__icontains=word)
        # By their keys: names are compared once a member, not once a payment.
        | Q(member__in=Member.objects.filter(named).order_by().values("pk"))
        | Q(member__in=MemberName.objects.filter(named).order_by().values("member"))
    )


def sum_up(found: QuerySet[Payment]) -> Sums:
    """What payments come to; one that was taken back counts as nothing."""
    return keep(
        ("payments", words_of(found)),
        lambda: add_up(found),
        # Few may be found and all were read for them.
        size=lambda _sums: LARGE,
    )


def add_up(found: QuerySet[Payment]) -> Sums:
    """The same, asked of the database in one query."""
    standing = Q(("is_taken_back", False))
    sums: dict[str, Any] = found.order_by().aggregate(
        count=Count("pk"), received=Sum("amount_cents", filter=standing), left=Sum("left_cents")
    )
    return Sums(sums["count"], sums["received"] or 0, sums["left"] or 0)


def filter_rows(query: QueryDict) -> list[dict[str, Any]]:
    """The filters as rows of links."""
    return [
        chip_row(_("Year"), "year", query, [(str(year), str(year)) for year in read_years()]),
        chip_row(_("Way"), "way", query, list(Method.choices)),
        chip_row(_("State"), "state", query, list(STATES.items())),
    ]


def read_years() -> Iterator[int]:
    """From the last year in which money came back to the first, by the ends of an index."""
    days = Payment.objects.order_by("received_on").values_list("received_on", flat=True)
    first, last = days.first(), days.last()
    if first and last:
        yield from range(last.year, first.year - 1, -1)


def chip_row(
    label: str, name: str, query: QueryDict, choices: list[tuple[str, Any]]
) -> dict[str, Any]:
    """One filter of the list."""
    chosen = query.get(name, "")
    chips = [Chip(_("All"), address(query, **{name: None}), None, not chosen)]
    chips += [
        Chip(words, address(query, **{name: value}), None, value == chosen)
        for value, words in choices
    ]
    return {"label": label, "chips": chips}


@admin.register(Payment)
class PaymentAdmin(PagesAdmin):
    """The list, the page of a payment, and its acts."""

    pages = (
        path("", task_page(show_payments, permission=VIEW), name="dues_payment_changelist"),
        path("record/", task_page(recording.record, permission=ADD), name="dues_payment_record"),
        path(
            "<int:pk>/change/",
            task_page(payment_page.show_payment, permission=VIEW),
            name="dues_payment_change",
        ),
        *(
            path(
                f"<int:pk>/{name}/",
                task_page(view, permission=CHANGE),
                name=f"dues_payment_{name}",
            )
            for name, view in (
                ("allocate", payment_acts.allocate),
                ("move", recently_signed_in(payment_acts.move)),
                ("refund", recently_signed_in(payment_acts.refund)),
                ("reverse", recently_signed_in(payment_acts.reverse_whole)),
            )
        ),
        path(
            "<int:pk>/release/<int:allocation>/",
            task_page(payment_acts.release, permission=CHANGE),
            name="dues_payment_release",
        ),
    )
