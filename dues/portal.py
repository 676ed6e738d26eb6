"""The member's portal: what their organisation owes, until when, to which account, and why.

A person reaches invoices only through the organisation they act for, so another's invoice does not
exist for them.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dues.documents import read_document
from dues.invoice_page import in_fours
from dues.models import Invoice
from dues.wording import band_words, figure_words
from members.access import find_member_of
from members.models import Member, User
from wego import reader
from wego.seoul import today

BANK_LABELS = {
    "beneficiary": gettext_lazy("Account holder"),
    "bank_name": gettext_lazy("Bank"),
    "bank_address": gettext_lazy("Bank address"),
    "account": gettext_lazy("Account number"),
    "swift": gettext_lazy("SWIFT/BIC"),
}
LONGEST_NAME = 80


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def show_home(request: HttpRequest) -> HttpResponse:
    """The first answer: what is owed and until when, and where to pay it."""
    member = own_member(request)
    if member is None:
        if getattr(request.user, "is_staff", False):
            return redirect("admin:index")
        return render(request, "portal/home.html", {"member": None})
    on = today()
    invoices = list(member.invoices.select_related("document"))
    latest = invoices[0] if invoices else None
    context = {
        "member": member,
        "standing": member.status_entries.filter(effective_on__lte=on).last(),
        "latest": latest,
        "earlier": invoices[1:],
        "today": on,
        **(payment_of(latest) if latest else {}),
    }
    return render(request, "portal/home.html", context)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def show_invoice(request: HttpRequest, number: str) -> HttpResponse:
    """One invoice and why it is this amount: the figures, the bands, the cell of the fee table."""
    return render(request, "portal/invoice.html", explained(own_invoice(request, number)))


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
            return redirect("portal:invoice", invoice.number)
        context = explained(invoice) | {"damaged": True}
        return render(request, "portal/invoice.html", context, status=503)
    name = content_disposition_header("save" in request.GET, file_name(invoice))
    headers = {"Content-Disposition": name or "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def own_member(request: HttpRequest) -> Member | None:
    """The organisation the reader acts for."""
    return find_member_of(request.user) if isinstance(request.user, User) else None


def own_invoice(request: HttpRequest, number: str) -> Invoice:
    """An invoice of the reader's own organisation; another's is not found, as if there were none.

    Raises:
        Http404: theirs is no such invoice.
    """
    member = own_member(request)
    if member is None:
        raise Http404
    invoice: Invoice = get_object_or_404(
        member.invoices.select_related("document", "schedule"), number=number
    )
    return invoice


def file_name(invoice: Invoice) -> str:
    """`WEGO-2020-0001-고양시.pdf`: the number and the name printed on it."""
    party = invoice.snapshot["member"]
    korean = invoice.snapshot["language"] == "ko"
    name = (party["name_ko"] if korean else "") or party["name_en"]
    return get_valid_filename(f"{invoice.number}-{name[:LONGEST_NAME]}.pdf")


def payment_of(invoice: Invoice) -> dict[str, Any]:
    """Where to pay and what to quote, as printed on the invoice."""
    bank = [(label, invoice.snapshot["bank"][name]) for name, label in BANK_LABELS.items()]
    known = [(label, value) for label, value in bank if value]
    reference = (_("Payment reference"), in_fours(invoice.reference))
    return {
        "bank": known,
        "payment": [*known, reference],
        "contact": invoice.snapshot["issuer"]["email"],
    }


def explained(invoice: Invoice) -> dict[str, Any]:
    """An invoice with the working of its amount, read from its own snapshot and fee table."""
    basis, schedule = invoice.snapshot["basis"], invoice.schedule
    figures = [figure for figure in (basis["column"], basis["row"]) if figure]
    column = schedule.column_bounds.index(basis["column"]["band"][0])
    row = schedule.row_bounds.index(basis["row"]["band"][0]) if basis["row"] else 0
    return {
        "invoice": invoice,
        "name": in_readers_language(invoice.snapshot["member"]),
        "schedule": schedule,
        "schedule_name": in_readers_language(basis["schedule"]),
        "highlight": (row, column),
        "figures": [
            {
                "shown": shown_figure(figure),
                "band": band_words(figure["measure"], (figure["band"][0], figure["band"][1])),
                "source": figure["source"],
                "source_year": figure["source_year"],
                "definition": figure["definition"],
            }
            for figure in figures
        ],
        "today": today(),
        **payment_of(invoice),
    }


def in_readers_language(names: dict[str, Any]) -> str:
    """The Korean name for a Korean reader where there is one, else the English."""
    return reader.choose(names["name_en"], names["name_ko"])


def shown_figure(figure: dict[str, Any]) -> str:
    """A figure of a snapshot in words: `Population 1,073,069`."""
    whole, _point, places = figure["value"].partition(".")
    value = int(whole) if not places.strip("0") else float(figure["value"])
    return figure_words(figure["measure"], value)
