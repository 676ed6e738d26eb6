"""The PDFs of issued invoices: made once, stored with their hash, never made again.

What is to be done is what the database says: issued, without a document, not parked. Sweeping it
twice, in two processes at once, or again after a kill ends the same: the same snapshot gives the
same bytes under the same name, and the row that names them is written once.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dues import invoice_page, papers
from dues.models import Invoice, InvoiceDocument, ParkedDocument
from members.models import User
from wego import pdf, press, stamping, storage
from wego.condition.lines import Waiting

BATCH = 200
logger = logging.getLogger(__name__)


@dataclass
class RenderReport:
    """What one sweep did: documents made, and the numbers it parked with their reasons."""

    rendered: int = 0
    parked: dict[str, str] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Invoices this sweep settled, one way or the other."""
        return self.rendered + len(self.parked)


@dataclass(frozen=True)
class Progress:
    """How far the documents of the issued invoices are."""

    total: int
    ready: int
    parked: int

    @property
    def pending(self) -> int:
        """Invoices a sweep will still take up."""
        return self.total - self.ready - self.parked


def render_invoice(snapshot: dict[str, Any]) -> bytes:
    """The PDF of a snapshot: same snapshot, same bytes. Raises wego.pdf.RenderError."""
    return stamping.print_page(
        invoice_page.invoice_html(snapshot),
        css=invoice_page.stylesheet(),
        identifier=snapshot["number"],
        assets=invoice_page.assets(),
        limits=invoice_page.LIMITS,
    )


def render_pending(*, part: int = 0, parts: int = 1, limit: int | None = None) -> RenderReport:
    """Make the documents that are missing, at most `limit` of them; returns what was done.

    Of several workers each takes its own share first (`part` of `parts`) and then helps with the
    rest from the other end. An invoice that cannot be printed is parked with the reason and stops
    nobody else. A store or database that fails does stop the sweep: no invoice is to blame.
    """
    report = RenderReport()
    for invoice in _sweep(part, parts):
        if limit is not None and report.done >= limit:
            break
        _settle(invoice, report)
    return report


def pending() -> QuerySet[Invoice]:
    """Invoices without a document that nobody parked."""
    return Invoice.objects.filter(document__isnull=True, parked__isnull=True)


def tell_waiting() -> list[Waiting]:
    """What dues answers the frame that asks which documents wait."""
    parked = ParkedDocument.objects.count()
    receipts = press.count_waiting(papers.PRESS)
    return [
        Waiting("invoices", _("Invoices"), pending().count(), parked, "admin:dues_years"),
        Waiting("papers", _("Papers of dues"), *receipts, "admin:dues_paper_changelist"),
    ]


def _sweep(part: int, parts: int) -> Iterator[Invoice]:
    own = pending().annotate(share=F("pk") % parts).filter(share=part)
    yield from _still_pending(own.order_by("pk"), step="pk__gt")
    if parts > 1:
        yield from _still_pending(pending().order_by("-pk"), step="pk__lt")


def _still_pending(wanted: QuerySet[Invoice], *, step: str) -> Iterator[Invoice]:
    """The wanted invoices, each looked at again just before its turn; keys come in batches."""
    rest = wanted
    while keys := list(rest.values_list("pk", flat=True)[:BATCH]):
        for key in keys:
            invoice = pending().only("number", "dues_year", "snapshot").filter(pk=key).first()
            if invoice:
                yield invoice
        rest = wanted.filter(**{step: keys[-1]})


def _settle(invoice: Invoice, report: RenderReport) -> None:
    """Print one invoice outside any transaction, then note it; or park it with the reason."""
    try:
        content = render_invoice(invoice.snapshot)
    except pdf.PrinterMissingError:
        raise
    except pdf.RenderError as error:
        _park(invoice, str(error), report)
    except Exception as error:
        logger.exception("Invoice %s cannot be printed", invoice.number)
        _park(invoice, f"{type(error).__name__}: {error}", report)
    else:
        stored = storage.store_file(f"{invoice.dues_year}/{invoice.number}.pdf", content)
        document = InvoiceDocument(
            invoice=invoice,
            path=stored.path,
            sha256=stored.sha256,
            size=stored.size,
            renderer=f"{invoice_page.LAYOUT}, {pdf.renderer()}",
        )
        # Somebody else's row for the same invoice stands: its bytes are the same.
        InvoiceDocument.objects.bulk_create([document], ignore_conflicts=True)
        report.rendered += 1


def _park(invoice: Invoice, reason: str, report: RenderReport) -> None:
    parked = ParkedDocument(invoice=invoice, reason=reason)
    ParkedDocument.objects.bulk_create([parked], ignore_conflicts=True)
    report.parked[invoice.number] = reason


def retry_parked(year: int, *, by: User | None) -> int:
    """Give the parked documents of a dues year another chance; returns how many.

    The next sweep takes them up: the caller asks for one when its transaction has ended.
    """
    count, _rows = ParkedDocument.objects.filter(invoice__dues_year=year).delete()
    who = by.pk if by else None
    logger.info("%s parked documents of %s tried again by person %s", count, year, who)
    return count


def progress(year: int | None = None) -> Progress:
    """How far a dues year is (every year without one), in one query."""
    invoices = Invoice.objects.all() if year is None else Invoice.objects.filter(dues_year=year)
    counts = invoices.aggregate(
        total=Count("pk"),
        ready=Count("document"),
        parked=Count("parked", filter=Q(document__isnull=True)),
    )
    return Progress(**counts)


def read_document(invoice: Invoice) -> bytes:
    """The stored PDF of an invoice, if it still is what was stored; nothing is rendered again.

    Raises:
        ValidationError: there is none yet (`document_missing`), or the file is gone, lies outside
            the store or was altered (`document_damaged`).
    """
    try:
        document = invoice.document
    except InvoiceDocument.DoesNotExist as error:
        message = _("The PDF of invoice %(number)s is not made yet.")
        raise ValidationError(
            message, code="document_missing", params={"number": invoice.number}
        ) from error
    return read_stored(document)


def read_stored(document: InvoiceDocument) -> bytes:
    """As `read_document`, for whoever holds the document's row."""
    try:
        return storage.read_file(document.path, sha256=document.sha256)
    except storage.StorageError as error:
        logger.exception("A stored document fails its proof")
        message = _("The stored file %(path)s is missing or was altered: restore it from a backup.")
        raise ValidationError(
            message, code="document_damaged", params={"path": document.path}
        ) from error
