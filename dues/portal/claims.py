"""“We paid”: a member says so with a proof, finance looks for the money, reminders wait (S8)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from dues.arrears import find_open_invoices
from dues.claims import claims_of, file_claim
from dues.forms.claim import ClaimForm
from dues.models import Invoice
from dues.policies import load_policies
from members.access import own_member, person
from members.mandate import Right
from members.models import Member
from members.rights import may, refuse_without
from wego.limits import Limit, take_place
from wego.money import display
from wego.seoul import today
from wego.uploads import SizeGuard, refusal

CLAIMS = Limit("payment-claim", 20, 60 * 60)
REFUSED, TOO_MANY = 422, 429


@csrf_exempt  # only until the guard stands: the inner view is protected
def tell_payment(request: HttpRequest) -> HttpResponseBase:
    """Watch the size of what arrives before anything reads it."""
    guard = SizeGuard(request)
    request.upload_handlers = [guard, *request.upload_handlers]
    return take_claim(request, guard=guard)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def take_claim(request: HttpRequest, *, guard: SizeGuard) -> HttpResponse:
    """Ask what was paid, and keep it."""
    member, posted = own_member(request), request.method == "POST"
    if posted:
        refuse_without(request, Right.PAYMENTS)
    invoices = list(find_open_invoices(member, today()).defer("snapshot"))
    form = ClaimForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        invoices=invoices,
        initial=filled_in(request, invoices),
    )
    status = 200
    if posted and not take_place(CLAIMS, str(member.pk)):
        form.add_error(None, _("This was asked for too often. Please wait an hour and try again."))
        status = TOO_MANY
    elif posted and keep_claim(request, member, form, guard):
        messages.success(
            request, _("Thank you. Finance looks for your payment and answers you here.")
        )
        return redirect("dues:invoices")
    context = {
        "member": member,
        "form": form,
        "may_tell": may(request, Right.PAYMENTS),
        "pause_days": load_policies().claim_pause_days,
        "claims": [each for each in claims_of(member, on=today()) if each.is_waiting],
    }
    status = REFUSED if form.errors and status == 200 else status  # noqa: PLR2004 HTTP's own number
    return render(request, "portal/claim.html", context, status=status)


def filled_in(request: HttpRequest, invoices: list[Invoice]) -> dict[str, Any]:
    """The invoice the reader comes from, else the oldest open one, with what is open."""
    wanted = request.GET.get("invoice")
    chosen = next((each for each in invoices if each.number == wanted), next(iter(invoices), None))
    if chosen is None:
        return {"invoice": ""}
    return {"invoice": chosen.number, "amount": display(chosen.open_cents, "").strip()}


def keep_claim(request: HttpRequest, member: Member, form: ClaimForm, guard: SizeGuard) -> bool:
    """File what was said; otherwise the form says why not."""
    if guard.refused:
        form.errors["proof"] = form.error_class(refusal("large").messages)
    elif form.is_valid():
        try:
            file_claim(member, form.claimed(), on=today(), by=person(request))
        except ValidationError as error:
            fields = {"amount": "amount", "future": "paid_on", "other_member": "invoice"}
            form.add_error(fields.get(error.code or ""), error)
    return not form.errors
