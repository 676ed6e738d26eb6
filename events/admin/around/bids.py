"""Bids as the secretariat handles them: recorded from a letter, read, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.admin.around.pages import Act, answer, files, typed
from events.forms.hosting import StaffBidForm
from events.hosting.bids import express_interest, hand_in_bid, withdraw_bid
from events.kept_files import read_kept
from events.models import BidDocument, HostBid, HostCall
from members.access import person
from wego import seoul
from wego.admin.pages import tell
from wego.sending import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A bid, or an expression of interest, that came by letter or mail (P12)."""
    call = get_object_or_404(HostCall.objects.select_related("meeting"), pk=pk)
    today = seoul.today()
    form = StaffBidForm(typed(request), files(request), on=today, initial={"received_on": today})
    act = Act(
        title=_("Record a bid: %(meeting)s") % {"meeting": call.meeting},
        lead=_("Of a member city, or of another local government."),
        button=_("Record the bid"),
        back=reverse("admin:events_hostcall_change", args=[pk]),
        said=_("The bid is on record."),
    )

    def do(facts: dict[str, Any]) -> object:
        on, by = facts["received_on"], person(request)
        if not facts["proposal"].strip() and not facts["documents"]:
            return express_interest(call, form.bidder(), on=on, by=by)
        return hand_in_bid(
            call,
            form.bidder(),
            proposal=facts["proposal"],
            uploads=facts["documents"],
            on=on,
            by=by,
        )

    return answer(request, act, form, do)


@require_safe
def download(_request: HttpRequest, pk: int) -> HttpResponse:
    """A document that was handed in with a bid."""
    document = get_object_or_404(BidDocument, pk=pk)
    content = read_kept(document.path, document.sha256)
    return as_file(content, document.content_type, document.name, saved=True)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A city wrote that it bids no more."""
    bid = get_object_or_404(HostBid.objects.select_related("call"), pk=pk)
    said = _("The bid of %(city)s is withdrawn.") % {"city": bid}
    tell(request, lambda: withdraw_bid(bid, on=seoul.today(), by=person(request)), said)
    return redirect("admin:events_hostcall_change", bid.call_id)
