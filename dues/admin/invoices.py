"""Issued invoices: read, explained, opened; never added, changed or deleted here."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dues import documents
from dues.admin import documents as document_pages
from dues.admin import invoice_acts, register, single, year
from dues.admin.invoice_account import ADJUST, CREDIT_NOTE, read_standing
from dues.admin.invoice_facts import facts_of
from dues.admin.invoice_states import StateFilter
from dues.admin.pages import task_page
from dues.corrections import flag_invoices
from dues.credit_notes import is_void
from dues.credit_paper import credits_of
from dues.fees import find_band
from dues.ledger import owner_of
from dues.models import Invoice
from dues.register import recorded_state, state_labels
from dues.states import TONES, state_of, with_state
from wego import seoul
from wego.admin.pages import show
from wego.grave import recently_signed_in
from wego.kept import KeptPaginator
from wego.money import display

ISSUE, VOID = "dues.add_invoice", "dues.add_creditnote"

if TYPE_CHECKING:
    _InvoiceAdmin = admin.ModelAdmin[Invoice]
else:
    _InvoiceAdmin = admin.ModelAdmin


@admin.register(Invoice)
class InvoiceAdmin(_InvoiceAdmin):
    """A list and a page for every invoice; the dues year's task pages hang here too."""

    list_display = (
        "number",
        "member_name",
        "dues_year",
        "amount_figure",
        "open_figure",
        "state",
        "due_on",
        "pdf",
    )
    list_display_links = ("number",)
    list_filter = (StateFilter, "dues_year", "member__kind", "member__region")
    list_select_related = ("member", "document", "parked")
    list_per_page = 100
    paginator = KeptPaginator
    search_fields = (
        "number",
        "reference",
        "member__name_en",
        "member__name_ko",
        "member__other_names__name_en",
        "member__other_names__name_ko",
    )
    search_help_text = gettext_lazy("Member in either script, number or payment reference")
    actions = None
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Member"), ordering="member__name_en")
    def member_name(self, invoice: Invoice) -> str:
        """The member in the reader's language."""
        return str(invoice.member)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        """Every invoice with what is open of it and how it stands."""
        return with_state(super().get_queryset(request).defer("snapshot"))

    @admin.display(description=pgettext_lazy("invoice", "Open"), ordering="open_cents")
    def open_figure(self, invoice: Invoice) -> str | None:
        """What is still to be paid."""
        return display(invoice.open_cents) if invoice.open_cents else None

    @admin.display(description=gettext_lazy("State"))
    def state(self, invoice: Invoice) -> str:
        """Its state as a word with its mark."""
        state = state_of(invoice, seoul.today())
        return render_to_string("ui/badge.html", {"tone": TONES[state], "label": state.label})

    @admin.display(description=gettext_lazy("Amount"), ordering="amount_cents")
    def amount_figure(self, invoice: Invoice) -> str:
        """Code and figures."""
        return display(invoice.amount_cents, invoice.currency)

    @admin.display(description=gettext_lazy("PDF"))
    def pdf(self, invoice: Invoice) -> str:
        """Ready, not yet made, or parked."""
        return state_labels()[recorded_state(invoice)]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 Django's signature
        """Issuing a dues year is the only way an invoice comes to be."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Invoice | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Nobody changes an issued invoice."""
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 Django's signature
        obj: Invoice | None = None,  # noqa: ARG002 Django's signature
    ) -> bool:
        """Nobody deletes one either."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Our own page for one invoice, and its PDF."""
        page = path("<int:pk>/change/", task_page(show_invoice), name="dues_invoice_change")
        pdf = path("<int:pk>/pdf/", task_page(open_pdf), name="dues_invoice_pdf")
        return [page, pdf, *act_addresses(), *super().get_urls()]

    def get_task_urls(self) -> list[URLPattern]:
        """The dues year's pages."""
        pages = (
            ("", year.choose_year, "dues_years"),
            ("<int:year>/", year.show_preview, "dues_year"),
            ("<int:year>/why/<int:member>/", year.explain_line, "dues_year_why"),
            ("<int:year>/check/", recently_signed_in(year.check_year_page), "dues_year_check"),
            ("<int:year>/documents/", document_pages.show_documents, "dues_year_documents"),
            ("<int:year>/documents/progress/", document_pages.tell_progress, "dues_year_progress"),
            ("<int:year>/documents/retry/", document_pages.retry, "dues_year_retry"),
            ("<int:year>/invoices/", register.show_invoices, "dues_year_invoices"),
            ("<int:year>/downloads/<str:what>/", register.download, "dues_year_download"),
        )
        of_one = (
            ("invoice/<int:pk>/reissue/", single.reissue, "dues_invoice_reissue", VOID),
            ("ahead/<int:member>/", single.issue_ahead, "dues_ahead", ISSUE),
        )
        return [
            *(
                path(f"dues/year/{address}", task_page(view), name=name)
                for address, view, name in pages
            ),
            *(
                path(
                    f"dues/{address}",
                    task_page(recently_signed_in(view), permission=asked),
                    name=name,
                )
                for address, view, name, asked in of_one
            ),
        ]


def act_addresses() -> list[URLPattern]:
    """What may be done about an invoice; grave acts ask who one is."""
    acts = (
        ("use_credit", invoice_acts.use_credit, "dues.add_payment"),
        ("close_rest", invoice_acts.close_rest, ADJUST),
        ("waive", recently_signed_in(invoice_acts.waive), ADJUST),
        ("write_off", recently_signed_in(invoice_acts.write_off), ADJUST),
        ("lower", recently_signed_in(invoice_acts.lower), CREDIT_NOTE),
        ("void", recently_signed_in(invoice_acts.void), CREDIT_NOTE),
    )
    return [
        *(
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                task_page(view, permission=permission),
                name=f"dues_invoice_{name}",
            )
            for name, view, permission in acts
        ),
        path(
            "<int:pk>/take-back/<int:adjustment>/",
            task_page(invoice_acts.take_back, permission=ADJUST),
            name="dues_invoice_take_back",
        ),
    ]


def show_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice: the printed facts, the cell it was priced from, its document."""
    rows = Invoice.objects.select_related(
        "schedule", "run__issued_by", "document", "parked", "member__merged_into"
    )
    invoice = get_object_or_404(rows, pk=pk)
    return show(
        request,
        "admin/dues/invoice.html",
        title=_("Invoice %(number)s") % {"number": invoice.number},
        invoice=invoice,
        document=getattr(invoice, "document", None),
        parked=getattr(invoice, "parked", None),
        highlight=find_cell(invoice),
        standing=read_standing(invoice, request.user),
        owner=owner_of(invoice.member),
        flags=flag_invoices(Invoice.objects.filter(pk=pk)),
        credited=credits_of(invoice),
        void=is_void(invoice),
        **facts_of(invoice),
    )


def find_cell(invoice: Invoice) -> tuple[int, int]:
    """Row and column of the invoice's fee on its schedule; a schedule that priced is frozen."""
    basis, schedule = invoice.snapshot["basis"], invoice.schedule
    column = find_band(schedule.column_bounds, basis["column"]["band"][0])
    row = find_band(schedule.row_bounds, basis["row"]["band"][0]) if basis["row"] else 0
    return row, column


def open_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes, shown in the browser or, with ?download, saved."""
    invoice = get_object_or_404(Invoice.objects.select_related("document"), pk=pk)
    response = HttpResponse(documents.read_document(invoice), content_type="application/pdf")
    way = "attachment" if "download" in request.GET else "inline"
    response.headers["Content-Disposition"] = f'{way}; filename="{invoice.number}.pdf"'
    register.private(response)
    return response
