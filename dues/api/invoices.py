"""Invoices as programs read them, and their PDFs as they were stored."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from dues.arrears import invoices_of
from dues.documents import read_document
from dues.explained import file_name
from dues.ledger import of_account
from dues.models import Invoice
from dues.states import InvoiceState, state_of, with_state
from wego import seoul
from wego.api.fields import MoneyField, money
from wego.api.paging import PageQuery, page_response, read_page
from wego.api.problems import Problem
from wego.api.queries import Query, YearField, read_query
from wego.api.views import Resource, member_of


class InvoiceBody(serializers.Serializer[Any]):
    """An issued invoice; it never changes, what was paid of it does."""

    number = serializers.CharField()
    dues_year = serializers.IntegerField()
    member = serializers.IntegerField()
    member_name_en = serializers.CharField(help_text="The member's present name.")
    amount = MoneyField()
    open = MoneyField(help_text="What is left to pay.")
    paid = MoneyField()
    credited = MoneyField(help_text="Taken back by credit notes.")
    waived = MoneyField()
    written_off = MoneyField()
    state = serializers.ChoiceField(InvoiceState.choices)
    issued_on = serializers.DateField()
    due_on = serializers.DateField()
    reference = serializers.CharField(help_text="ISO 11649, to be quoted with the payment.")
    replaces = serializers.CharField(allow_null=True)
    pdf = serializers.URLField()
    pdf_sha256 = serializers.CharField(allow_null=True, help_text="null while it is being made.")


class InvoicePage(serializers.Serializer[Any]):
    """A page of invoices."""

    results = InvoiceBody(many=True)
    next = serializers.URLField(allow_null=True)


class InvoiceQuery(PageQuery):
    """What invoices can be chosen by."""

    member = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    dues_year = YearField(required=False)
    open = serializers.BooleanField(required=False, help_text="Something is left to pay.")
    overdue = serializers.BooleanField(required=False, help_text="And its due day is over.")


class PDFRenderer(BaseRenderer):
    """Lets a caller ask for a PDF; the bytes are the stored ones."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ANN401 DRF's signature
        """As they are."""
        return data


def reached_invoices(request: Request) -> QuerySet[Invoice]:
    """The invoices a caller may see: a member's own, or all of them."""
    member = member_of(request)
    return Invoice.objects.all() if member is None else invoices_of(member)


def reached_invoice(request: Request, number: str) -> Invoice:
    """One of them, with its state.

    Raises:
        Http404: the caller reaches no such invoice.
    """
    rows = with_state(reached_invoices(request)).select_related("member", "document", "replaces")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def invoice_data(request: Request, invoice: Invoice) -> dict[str, Any]:
    """An invoice as it is sent."""
    document = getattr(invoice, "document", None)
    pdf = reverse("api-invoice-pdf", args=[invoice.number], request=request)
    return {
        "number": invoice.number,
        "dues_year": invoice.dues_year,
        "member": invoice.member_id,
        "member_name_en": invoice.member.name_en,
        "amount": money(invoice.amount_cents),
        "open": money(invoice.open_cents),
        "paid": money(invoice.paid_cents),
        "credited": money(invoice.credited_cents),
        "waived": money(invoice.waived_cents),
        "written_off": money(invoice.written_off_cents),
        "state": state_of(invoice, seoul.today()).value,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat(),
        "reference": invoice.reference,
        "replaces": invoice.replaces.number if invoice.replaces else None,
        "pdf": pdf,
        "pdf_sha256": document.sha256 if document else None,
    }


def chosen_by(query: dict[str, Any]) -> Q:
    """The invoices that the parameters ask for."""
    chosen = Q()
    if "member" in query:
        chosen &= of_account(query["member"])
    if "dues_year" in query:
        chosen &= Q(dues_year=query["dues_year"])
    is_open = Q(("open_cents__gt", 0))
    is_overdue = is_open & Q(due_on__lt=seoul.today())
    for name, condition in (("open", is_open), ("overdue", is_overdue)):
        if name in query:
            chosen &= condition if query[name] else ~condition
    return chosen


class Invoices(Resource):
    """Invoices."""

    scope, permission = "invoices", "dues.view_invoice"

    @extend_schema(operation_id="list_invoices", parameters=[InvoiceQuery], responses=InvoicePage)
    def get(self, request: Request) -> Response:
        """List invoices, the newest first; `overdue=true` are the arrears."""
        query = read_query(request, InvoiceQuery)
        rows = with_state(reached_invoices(request)).filter(chosen_by(query))
        rows = rows.select_related("member", "document", "replaces")
        page, cursor = read_page(rows, query, newest_first=True)
        return page_response(request, [invoice_data(request, each) for each in page], cursor)


class OneInvoice(Resource):
    """One invoice."""

    scope, permission = "invoices", "dues.view_invoice"

    @extend_schema(operation_id="read_invoice", responses=InvoiceBody)
    def get(self, request: Request, number: str) -> Response:
        """Read an invoice and what became of it."""
        read_query(request, Query)
        return Response(invoice_data(request, reached_invoice(request, number)))


class InvoicePDF(Resource):
    """The PDF of an invoice."""

    scope, permission = "invoices", "dues.view_invoice"
    renderer_classes = (PDFRenderer, JSONRenderer)
    problems = (409,)

    @extend_schema(
        operation_id="read_invoice_pdf",
        responses={
            (200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The stored bytes.")
        },
    )
    def get(self, request: Request, number: str) -> HttpResponse:
        """Read the PDF as it was stored when it was made; 409 while it is still being made."""
        read_query(request, Query)
        invoice = reached_invoice(request, number)
        try:
            content = read_document(invoice)
        except ValidationError as error:
            if error.code == "document_missing":
                raise Problem(409, error.messages[0], headers={"Retry-After": "30"}) from error
            raise Problem(503, error.messages[0]) from error
        name = content_disposition_header(True, file_name(invoice))  # noqa: FBT003 Django's signature
        headers = {
            "Content-Disposition": name or "attachment",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(content, content_type="application/pdf", headers=headers)
