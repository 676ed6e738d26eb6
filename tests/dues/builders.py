"""Members with issued invoices and stored documents, as tests of every edge want them."""

import datetime as dt
import io
from decimal import Decimal

import pikepdf

from dues.invoicing import invoice_number, payment_reference
from dues.ledger import entry_of_invoice
from dues.models import (
    DuesRun,
    FeeSchedule,
    Invoice,
    InvoiceDocument,
    InvoiceSeries,
    ParkedDocument,
)
from dues.schedules import read_schedule
from members.models import Affiliation, Member, StatusEntry, User, country_name
from tests.dues.snapshots import BANK, ISSUER
from wego import storage

ISSUED_ON = dt.date(2020, 1, 15)
DUE_ON = dt.date(2020, 3, 31)
PASSWORD = "correct horse battery"


def city(name_en="Goyang", name_ko="고양시", *, country_code="KR", region="asia", **facts):
    """A full member since 2012."""
    member = Member.objects.create(
        kind=facts.pop("kind", "city"),
        name_en=name_en,
        name_ko=name_ko,
        country_code=country_code,
        region=region,
        **facts,
    )
    StatusEntry.objects.create(
        member=member, status="full", effective_on=dt.date(2012, 9, 1), reason="Approved"
    )
    return member


def person_of(member, email="treasurer@goyang.example", **facts):
    """A finance contact who signs in for a member."""
    user = User.objects.create_user(
        email, PASSWORD, full_name=facts.pop("full_name", "Choi Min-seo"), **facts
    )
    Affiliation.objects.create(user=user, member=member, role="finance")
    return user


def run_of(year=2020, *, issued_on=None, due_on=None):
    """The year's one run, made on first use."""
    run = DuesRun.objects.filter(dues_year=year).first()
    return run or DuesRun.objects.create(
        dues_year=year,
        issued_on=issued_on or ISSUED_ON.replace(year=year),
        due_on=due_on or DUE_ON.replace(year=year),
        preview_hash="0" * 64,
        invoice_count=1,
        total_cents=1,
    )


def basis_of(member, schedule, *, size, gdp):
    """The pricing part of a snapshot and the amount, by the real fee table."""
    gdp = Decimal(gdp) if schedule.row_measure else None
    cell = read_schedule(schedule).table.price(size, gdp)
    figure = {"source": "UN Demographic Yearbook 2018", "source_year": 2018, "definition": ""}
    return {
        "schedule": {
            "id": schedule.pk,
            "name_en": schedule.name_en,
            "name_ko": schedule.name_ko,
            "source": schedule.source,
            "first_dues_year": schedule.first_dues_year,
        },
        "column": {
            "measure": schedule.column_measure,
            "value": str(size),
            "band": list(cell.column_band),
            **figure,
        },
        "row": {
            "measure": schedule.row_measure,
            "value": f"{gdp:.2f}",
            "band": list(cell.row_band),
            **figure,
        }
        if gdp is not None
        else None,
    }, cell.amount_cents


def unsaved_invoice(
    member,
    *,
    run,
    sequence=1,
    amount_cents=None,
    size=1_073_069,
    gdp="42300.00",
    bank=BANK,
    demo=False,
):
    """An invoice row whose snapshot keeps the contract; nothing is written."""
    schedule = FeeSchedule.objects.get(
        kind="company" if member.kind == "company" else "city", first_dues_year=2020
    )
    basis, priced_cents = basis_of(member, schedule, size=size, gdp=gdp)
    year, number = run.dues_year, invoice_number(run.dues_year, sequence)
    cents = priced_cents if amount_cents is None else amount_cents
    return Invoice(
        number=number,
        dues_year=year,
        sequence=sequence,
        member=member,
        run=run,
        schedule=schedule,
        amount_cents=cents,
        currency="USD",
        reference=payment_reference(number),
        issued_on=run.issued_on,
        due_on=run.due_on,
        snapshot={
            "schema": 1,
            "language": member.language,
            "number": number,
            "reference": payment_reference(number),
            "dues_year": year,
            "issued_on": run.issued_on.isoformat(),
            "due_on": run.due_on.isoformat(),
            "amount_cents": cents,
            "currency": "USD",
            "issuer": ISSUER,
            "member": {
                "name_en": member.name_en,
                "name_ko": member.name_ko,
                "kind": member.kind,
                "country_code": member.country_code,
                "country_en": country_name(member.country_code, "en"),
                "country_ko": country_name(member.country_code, "ko"),
                "address": member.address.splitlines(),
                "attention": "",
            },
            "basis": basis,
            "bank": bank,
            "note": "",
            "demo": demo,
            "portal_url": f"http://127.0.0.1:8000/portal/invoices/{number}/",
        },
    )


def issued_invoice(member, *, year=2020, sequence=1, document=None, parked="", **facts):
    """An issued invoice; with `document` bytes stored, or parked with a reason."""
    run = run_of(year, due_on=facts.pop("due_on", None))
    invoice = unsaved_invoice(member, run=run, sequence=sequence, **facts)
    invoice.save()
    entry_of_invoice(invoice, by=None).save()
    InvoiceSeries.objects.update_or_create(year=year, defaults={"last_number": sequence})
    if document is not None:
        store_document(invoice, document)
    if parked:
        ParkedDocument.objects.create(invoice=invoice, reason=parked)
    return invoice


def store_document(invoice, data):
    """Bytes in the documents folder and their row, as rendering leaves them."""
    stored = storage.store_file(f"{invoice.dues_year}/{invoice.number}.pdf", data)
    return InvoiceDocument.objects.create(
        invoice=invoice,
        path=stored.path,
        sha256=stored.sha256,
        size=stored.size,
        renderer="tests",
    )


def one_page_pdf(text="WEGO-2020-0001"):
    """A valid PDF whose one page shows an ASCII text."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[0].Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
            )
        )
    )
    pdf.pages[0].Contents = pdf.make_stream(f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode())
    stream = io.BytesIO()
    pdf.save(stream, deterministic_id=True)
    return stream.getvalue()
