"""Bidding to host: the call, our bid with its documents, until the deadline (R16, P12)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.forms.around import BidForm
from events.hosting.bids import Bidder, express_interest, hand_in_bid, withdraw_bid
from events.hosting.calls import state_of
from events.kept_files import read_kept
from events.models import BidDocument, HostBid, HostCall
from events.portal.pages import meeting_page, refuse, refuse_size, show, takes_files
from members.access import own_member, person
from members.correspondence import find_recipients
from members.mandate import Right
from members.models import Kind, Member
from members.rights import may
from wego import seoul
from wego.sending import as_file
from wego.uploads import SizeGuard


@takes_files
@meeting_page(right=Right.HOSTING, acts=True)
def bid(request: HttpRequest, code: str, *, guard: SizeGuard) -> HttpResponse:
    """The call and our bid: interest, the bid itself, or its withdrawal."""
    today, member = seoul.today(), own_member(request)
    rows = HostCall.objects.filter(published_on__lte=today).select_related("meeting")
    call = get_object_or_404(rows, code=code)
    own = member.host_bids.filter(call=call).first()
    posted = request.method == "POST"
    form = BidForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=filled_in(member, own),
    )
    if posted and form.is_valid() and not guard.refused:
        said = act(request, call, member, own, form)
        if said:
            messages.success(request, said)
            return redirect("meetings:host-bid", code)
    refuse_size(form, "documents", guard)
    return show(
        request,
        "host_bid",
        form,
        form=form,
        call=call,
        state=state_of(call, on=today),
        bid=own,
        documents=list(own.documents.all()) if own else [],
        is_city=member.kind == Kind.CITY,
        may_bid=may(request, Right.HOSTING),
        criteria=list(call.criteria.all()),
        today=today,
    )


def filled_in(member: Member, own: HostBid | None) -> dict[str, Any]:
    """What we said so far; else whom the secretariat writes to anyway."""
    if own:
        return {
            "proposal": own.proposal,
            "contact_name": own.contact_name,
            "contact_email": own.contact_email,
        }
    contact = next(iter(find_recipients(member)), None)
    return {
        "contact_name": contact.full_name if contact else "",
        "contact_email": contact.email if contact else "",
    }


def act(
    request: HttpRequest, call: HostCall, member: Member, own: HostBid | None, form: BidForm
) -> str:
    """Do what the button says, and say so; "" when a rule refused."""
    today, by, facts = seoul.today(), person(request), form.cleaned_data
    bidder = Bidder(facts["contact_name"], facts["contact_email"], member)
    step = request.POST.get("step", "")
    try:
        if step == "withdraw" and own:
            withdraw_bid(own, on=today, by=by)
            return _("Your bid is withdrawn. It stays on record.")
        if step == "interest":
            express_interest(call, bidder, on=today, by=by)
            return _("Thank you: we know that your city means to bid.")
        hand_in_bid(
            call,
            bidder,
            proposal=facts["proposal"],
            uploads=facts["documents"],
            on=today,
            by=by,
        )
    except ValidationError as error:
        refuse(form, error)
        return ""
    return _("Your bid is handed in. You can improve it until the deadline.")


@meeting_page()
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document of our own bid, as we handed it in."""
    rows = BidDocument.objects.filter(bid__in=own_member(request).host_bids.all())
    found = get_object_or_404(rows, pk=pk)
    return as_file(read_kept(found.path, found.sha256), found.content_type, found.name, saved=True)
