"""Documents of invoices: made once, proved, parked when they cannot be printed."""

import hashlib
import os
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dues import documents, invoice_page
from dues.documents import Progress, RenderReport
from dues.models import Invoice, InvoiceDocument, ParkedDocument
from tests.dues.builders import issued_invoice
from tests.dues.printing import issue
from wego import pdf


def files(settings) -> list[str]:
    root = Path(settings.DOCUMENTS_DIR)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_render_pending_makes_and_stores_every_missing_document(db, settings) -> None:
    invoices = issue(3)

    report = documents.render_pending()

    assert report == RenderReport(rendered=3)
    for invoice in invoices:
        document = InvoiceDocument.objects.get(invoice=invoice)
        content = (settings.DOCUMENTS_DIR / document.path).read_bytes()
        assert content.startswith(b"%PDF-1.7")
        assert hashlib.sha256(content).hexdigest() == document.sha256
        assert document.path == f"2020/{invoice.number}-{document.sha256[:16]}.pdf"
        assert document.size == len(content)
        assert document.renderer == f"{invoice_page.LAYOUT}, {pdf.renderer()}"
        assert documents.read_document(invoice) == content
    assert len(files(settings)) == 3


def test_render_pending_again_makes_nothing(db, quick, settings) -> None:
    issue(3)
    documents.render_pending()
    before = files(settings)

    assert documents.render_pending() == RenderReport()
    assert quick == ["WEGO-2020-0001", "WEGO-2020-0002", "WEGO-2020-0003"]
    assert files(settings) == before


def test_render_pending_stops_at_its_limit(db, quick) -> None:
    issue(3)

    assert documents.render_pending(limit=2) == RenderReport(rendered=2)
    assert documents.progress(2020) == Progress(total=3, ready=2, parked=0)


def test_a_worker_takes_its_share_first_and_then_helps(db, quick) -> None:
    issue(6)

    report = documents.render_pending(part=1, parts=2)

    assert report == RenderReport(rendered=6)
    places = [int(number[-4:]) for number in quick]
    offset = Invoice.objects.order_by("pk").values_list("pk", flat=True)[0] - 1
    own = [place for place in range(1, 7) if (place + offset) % 2 == 1]
    others = [place for place in range(6, 0, -1) if (place + offset) % 2 == 0]
    assert places == own + others


def test_what_somebody_else_made_meanwhile_is_not_printed(db, monkeypatch) -> None:
    issue(3)
    printed = []

    def render(snapshot):
        if not printed:
            # While the first is printed, another worker settles the other two.
            printed.append("first")
            documents.render_pending(part=0, parts=1)
        printed.append(snapshot["number"])
        return b"%PDF-1.7 " + snapshot["number"].encode()

    monkeypatch.setattr(documents, "render_invoice", render)

    documents.render_pending()

    assert printed.count("WEGO-2020-0002") == printed.count("WEGO-2020-0003") == 1
    assert printed.count("WEGO-2020-0001") == 2
    assert InvoiceDocument.objects.count() == 3
    assert documents.progress() == Progress(total=3, ready=3, parked=0)


def test_one_that_cannot_be_printed_is_parked_and_stops_nobody(db, refused) -> None:
    issue(3)
    refused.add("WEGO-2020-0002")

    report = documents.render_pending()

    reason = "The text needs 2 pages and has one."
    assert report == RenderReport(rendered=2, parked={"WEGO-2020-0002": reason})
    assert ParkedDocument.objects.get().reason == reason
    assert documents.progress(2020) == Progress(total=3, ready=2, parked=1)
    assert documents.progress(2020).pending == 0
    assert documents.render_pending() == RenderReport()


def test_a_damaged_snapshot_is_parked_with_its_reason(db, caplog) -> None:
    (invoice,) = issue(1)
    snapshot = {name: value for name, value in invoice.snapshot.items() if name != "bank"}
    other = Invoice.objects.get(pk=invoice.pk)
    other.snapshot = snapshot
    report = RenderReport()

    documents._settle(other, report)

    assert report.parked == {"WEGO-2020-0001": "KeyError: 'bank'"}
    assert "Invoice WEGO-2020-0001 cannot be printed" in caplog.text


def test_missing_fonts_park_nobody(db, monkeypatch) -> None:
    issue(2)

    def refuse(_snapshot):
        raise pdf.PrinterMissingError("Missing to print documents: Pango.")

    monkeypatch.setattr(documents, "render_invoice", refuse)

    with pytest.raises(pdf.PrinterMissingError):
        documents.render_pending()
    assert documents.progress() == Progress(total=2, ready=0, parked=0)


def test_a_full_disk_parks_nobody(db, quick, monkeypatch, settings) -> None:
    issue(2)

    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            documents.render_pending()

    assert documents.progress() == Progress(total=2, ready=0, parked=0)
    assert files(settings) == []
    assert documents.render_pending() == RenderReport(rendered=2)


def test_retry_parked_gives_that_year_another_chance(db, refused, finance) -> None:
    invoices = issue(2)
    issued_invoice(invoices[0].member, year=2021, parked="Earlier")
    refused.update(invoice.number for invoice in invoices)
    documents.render_pending()
    refused.clear()

    assert documents.retry_parked(2020, by=finance) == 2
    assert documents.progress(2020) == Progress(total=2, ready=0, parked=0)
    assert documents.progress(2021) == Progress(total=1, ready=0, parked=1)
    assert documents.render_pending() == RenderReport(rendered=2)


@pytest.mark.parametrize("count", [1, 6])
def test_progress_takes_one_query(db, quick, count, django_assert_num_queries) -> None:
    issue(count)
    documents.render_pending(limit=1)

    with django_assert_num_queries(1):
        assert documents.progress(2020) == Progress(total=count, ready=1, parked=0)


def test_a_sweep_takes_two_queries_an_invoice_and_two_in_all(db, quick) -> None:
    issue(4)

    with CaptureQueriesContext(connection) as queries:
        documents.render_pending()

    statements = [query["sql"] for query in queries]
    work = [sql for sql in statements if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert len(work) == 2 * 4 + 2


def test_read_document_says_when_there_is_none_yet(db) -> None:
    (invoice,) = issue(1)

    with pytest.raises(ValidationError) as refusal:
        documents.read_document(invoice)

    assert refusal.value.code == "document_missing"
    assert refusal.value.messages == ["The PDF of invoice WEGO-2020-0001 is not made yet."]


@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_read_document_refuses_what_is_not_what_was_stored(db, quick, settings, damage) -> None:
    issue(1)
    documents.render_pending()
    document = InvoiceDocument.objects.get()
    file = settings.DOCUMENTS_DIR / document.path
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b" ")

    with pytest.raises(ValidationError) as refusal:
        documents.read_document(Invoice.objects.get())

    assert refusal.value.code == "document_damaged"
    assert document.path in refusal.value.messages[0]
    assert documents.render_pending() == RenderReport()
    assert file.exists() is (damage == "altered")


def test_a_stored_document_can_be_proved_by_printing_it_again(db) -> None:
    invoices = issue(2)
    documents.render_pending()
    member = invoices[0].member
    member.name_en = "Renamed"
    member.save()

    for invoice in Invoice.objects.select_related("document"):
        again = documents.render_invoice(invoice.snapshot)
        assert hashlib.sha256(again).hexdigest() == invoice.document.sha256
        assert again == documents.read_document(invoice)


# Threads cannot share the SQLite test database, which lives in memory.
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_document_each(
    monkeypatch, settings, serialized_schedules
) -> None:
    issue(6)
    together = threading.Barrier(2, timeout=20)
    printed = []

    def render(snapshot):
        # Both look at the first invoice before either has stored it.
        if snapshot["number"] == "WEGO-2020-0001":
            together.wait()
        printed.append(snapshot["number"])
        return b"%PDF-1.7 " + snapshot["number"].encode()

    def work():
        try:
            documents.render_pending()
        finally:
            connections.close_all()

    monkeypatch.setattr(documents, "render_invoice", render)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert printed.count("WEGO-2020-0001") == 2
    assert InvoiceDocument.objects.count() == 6
    assert len(files(settings)) == 6
    for invoice in Invoice.objects.select_related("document"):
        assert documents.read_document(invoice) == b"%PDF-1.7 " + invoice.number.encode()


BOUNDARIES = ["print", "fsync", "rename", "renamed", "row", "rowed"]


class Killed(BaseException):
    """Stands for SIGKILL: nothing may catch it, nothing is tidied after it."""


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_sweep_cut_off_anywhere_ends_right_when_run_again(
    db, quick, settings, monkeypatch, boundary
) -> None:
    invoices = issue(3)
    documents.render_pending(limit=1)
    replace, create = Path.replace, type(InvoiceDocument.objects).bulk_create

    def die(*_args, **_kwargs):
        raise Killed

    def after(function):
        def wrapped(*args, **kwargs):
            function(*args, **kwargs)
            raise Killed

        return wrapped

    target = {
        "print": (documents, "render_invoice", die),
        "fsync": (os, "fsync", die),
        "rename": (Path, "replace", die),
        "renamed": (Path, "replace", after(replace)),
        "row": (type(InvoiceDocument.objects), "bulk_create", die),
        "rowed": (type(InvoiceDocument.objects), "bulk_create", after(create)),
    }[boundary]
    with monkeypatch.context() as patch:
        patch.setattr(*target)
        if boundary in {"fsync", "rename"}:
            # A killed process does not tidy its hidden file away.
            patch.setattr(Path, "unlink", lambda *_args, **_kwargs: None)
        with pytest.raises(Killed):
            documents.render_pending()

    documents.render_pending()

    assert documents.progress(2020) == Progress(total=3, ready=3, parked=0)
    assert [documents.read_document(invoice) for invoice in Invoice.objects.order_by("pk")] == [
        f"%PDF-1.7 {invoice.number}".encode() for invoice in invoices
    ]
    assert len([name for name in files(settings) if not Path(name).name.startswith(".")]) == 3
