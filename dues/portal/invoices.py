"""The member's invoices in the portal: the list, one of them with its reasons, its PDF.

A person reaches invoices only through the organisation they act for, so another's invoice does not
exist for them. They stay open to a member that left: what it was invoiced remains its own.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dues.claims import claims_of
from dues.credit_paper import credits_of
from dues.documents import read_document
from dues.explained import explain_invoice, file_name, payment_of
from dues.ledger import credit_of, owner_of
from dues.papers import read_paper
from dues.portal.pages import own_invoice
from dues.receipts import receipts_of
from dues.settled import tell_settled
from dues.states import TONES, state_of
from dues.templatetags.dues_panel import read_stood
from members.access import own_member
from members.mandate import Right
from members.rights import may
from wego.sending import as_file
from wego.seoul import today


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def list_invoices(request: HttpRequest) -> HttpResponse:
    """Every invoice of the organisation, newest first, and what it told us of payments."""
    member = own_member(request)
    context = {
        "member": member,
        "stood": read_stood(member, today()),
        "credit_cents": credit_of(member),
        "claims": claims_of(member, on=today()),
        "receipts": receipts_of(owner_of(member)),
        "may_tell": may(request, Right.PAYMENTS),
    }
    return render(request, "portal/invoices.html", context)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def show_invoice(request: HttpRequest, number: str) -> HttpResponse:
    """One invoice and why it is this amount: the figures, the bands, the cell of the fee table."""
    return render(request, "portal/invoice.html", page_of(request, number))


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def download_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The stored PDF, shown in the browser, or saved with `?save`; its page while it is made."""
    invoice = own_invoice(request, number)
    try:
        content = read_document(invoice)
    except ValidationError as error:
        if error.code == "document_missing":
            return redirect("dues:invoice", invoice.number)
        context = page_of(request, number) | {"damaged": True}
        return render(request, "portal/invoice.html", context, status=503)
    return as_file(content, "application/pdf", file_name(invoice), saved="save" in request.GET)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def download_credit_note(request: HttpRequest, number: str, note: str) -> HttpResponse:
    """The PDF of a credit note of an own invoice; the invoice's page while it is made."""
    invoice = own_invoice(request, number)
    found = next((each for each in credits_of(invoice) if each.note.number == note), None)
    if found is None or found.paper is None:
        raise Http404
    try:
        content = read_paper(found.paper)
    except ValidationError:
        return redirect("dues:invoice", invoice.number)
    return as_file(
        content, "application/pdf", f"{found.note.number}.pdf", saved="save" in request.GET
    )


def page_of(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the page of one invoice shows."""
    invoice, day = own_invoice(request, number), today()
    state = state_of(invoice, day)
    return {
        "invoice": invoice,
        "state": state,
        "tone": TONES[state],
        "settled": tell_settled(invoice),
        "credited": credits_of(invoice),
        "claims": [each for each in claims_of(own_member(request), on=day) if each.is_of(invoice)],
        "may_tell": may(request, Right.PAYMENTS),
        **explain_invoice(invoice),
        **payment_of(invoice),
    }
