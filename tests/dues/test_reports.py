import csv
import datetime as dt
import hashlib
import io
import zipfile
from copy import deepcopy

import openpyxl
import pikepdf
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from dues import reports
from dues.models import Invoice, InvoiceDocument
from dues.register import Tally
from members.models import Member
from tests.dues.builders import (
    city,
    issued_invoice,
    one_page_pdf,
    run_of,
    unsaved_invoice,
)

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()


def csv_of(year=2020):
    stream = io.BytesIO()
    tally = reports.write_csv(year, stream)
    return tally, read_csv(stream.getvalue())


def read_csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def xlsx_of(year=2020):
    stream = io.BytesIO()
    tally = reports.write_xlsx(year, stream)
    return tally, openpyxl.load_workbook(stream)


def zip_of(year=2020):
    archive = reports.zip_stream(year)
    return archive, zipfile.ZipFile(io.BytesIO(b"".join(archive)))


def invoices_in_bulk(count):
    """`count` members with an invoice and the row of a stored document each."""
    first = unsaved_invoice(city(), run=run_of())
    members = Member.objects.bulk_create(
        Member(kind="city", name_en=f"City {n}", country_code="KR", region="asia")
        for n in range(count)
    )
    rows = []
    for sequence, member in enumerate(members, start=1):
        row = deepcopy(first)
        row.member, row.sequence = member, sequence
        row.number, row.reference = f"WEGO-2020-{sequence:04d}", f"RF{sequence}"
        rows.append(row)
    Invoice.objects.bulk_create(rows)
    InvoiceDocument.objects.bulk_create(
        InvoiceDocument(invoice=row, path=f"{row.number}.pdf", sha256="0" * 64, size=1, renderer="")
        for row in rows
    )


@pytest.fixture
def goyang():
    return issued_invoice(city(), document=PDF)


@pytest.fixture
def mixed_year(goyang):
    """Goyang's PDF is ready, Almaty's waits, Danfoss's could not be made."""
    almaty = city("Almaty", "알마티시", country_code="KZ")
    danfoss = city(
        "Danfoss", "댄포스", country_code="DK", region="europe", kind="company", language="ko"
    )
    issued_invoice(almaty, sequence=2, size=1_977_258, gdp="27830.00")
    issued_invoice(danfoss, sequence=3, size=28_000, parked="A box instead of a letter.")
    return goyang


def test_register_row_holds_every_fact(goyang):
    tally, [row] = csv_of()

    assert row == {
        "number": "WEGO-2020-0001",
        "dues_year": "2020",
        "member_id": str(goyang.member_id),
        "member_name_en": "Goyang",
        "member_name_ko": "고양시",
        "kind": "city",
        "country_code": "KR",
        "country": "South Korea",
        "region": "asia",
        "amount": "7500.00",
        "currency": "USD",
        "fee": "7500.00",
        "reduction": "0.00",
        "standing": "stands",
        "credited": "0.00",
        "net": "7500.00",
        "issued_on": "2020-01-15",
        "due_on": "2020-03-31",
        "payment_reference": goyang.reference,
        "population": "1073069",
        "employees": "",
        "size_band": "1,000,000 to 1,999,999 persons",
        "gdp_per_capita": "42300.00",
        "gdp_band": "USD 20,000 or more",
        "fee_schedule": "City dues 2020",
        "run": str(goyang.run_id),
        "document": "ready",
        "document_sha256": hashlib.sha256(PDF).hexdigest(),
    }
    assert tally == Tally(2020, invoices=1, total_cents=750_000, states={"ready": 1})


def test_register_of_a_company_has_employees_and_no_gdp(mixed_year):
    row = csv_of()[1][2]

    assert (row["kind"], row["population"], row["employees"]) == ("company", "", "28000")
    assert (row["size_band"], row["gdp_per_capita"], row["gdp_band"]) == (
        "2,000 employees or more",
        "",
        "",
    )


def test_register_keeps_the_printed_name(goyang):
    goyang.member.name_en = "Goyang Special City"
    goyang.member.save()

    assert csv_of()[1][0]["member_name_en"] == "Goyang"


def test_register_is_in_the_order_of_numbers(mixed_year):
    assert [row["number"][-4:] for row in csv_of()[1]] == ["0001", "0002", "0003"]


def test_register_holds_one_year_only(goyang):
    issued_invoice(goyang.member, year=2021)

    assert [row["number"] for row in csv_of(2021)[1]] == ["WEGO-2021-0001"]


def test_csv_is_the_same_whatever_the_reader_speaks(mixed_year):
    with translation.override("ko"):
        korean = csv_of()[1]

    assert korean == csv_of()[1]


def test_csv_guards_names_of_members():
    issued_invoice(city("=HYPERLINK(0)", "@고양"))
    _, [row] = csv_of()

    assert (row["member_name_en"], row["member_name_ko"]) == ("'=HYPERLINK(0)", "'@고양")


def test_xlsx_is_typed_and_totalled(mixed_year):
    tally, book = xlsx_of()
    sheet = book["Register"]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}

    assert sheet.max_row == 5
    assert [cell.value for cell in sheet[headings["Amount"]]] == ["Amount", 7500, 7500, 8000, 23000]
    assert sheet[f"{headings['Issued on']}2"].value == dt.datetime(2020, 1, 15)  # noqa: DTZ001
    assert sheet[f"{headings['Population (persons)']}2"].value == 1_073_069
    assert sheet[f"{headings['Dues year']}2"].number_format == "0"
    assert [cell.value for cell in sheet[headings["PDF"]]][1:4] == [
        "Ready",
        "Not yet made",
        "Could not be made",
    ]
    assert tally.total_cents == 2_300_000


def test_xlsx_summary_says_what_is_missing(mixed_year):
    _, book = xlsx_of()

    assert list(book["Summary"].values) == [
        ("What", "Value"),
        ("Dues year", "2020"),
        ("Invoices", "3"),
        ("Total", "USD 23,000.00"),
        ("Void, credited in full", "0"),
        ("Credited in all", "USD 0.00"),
        ("Total less credited", "USD 23,000.00"),
        ("PDF: Ready", "1"),
        ("PDF: Not yet made", "1"),
        ("PDF: Could not be made", "1"),
        ("PDF: Missing or altered", "0"),
    ]


def test_xlsx_same_year_same_bytes(mixed_year):
    first, second = io.BytesIO(), io.BytesIO()
    reports.write_xlsx(2020, first)
    reports.write_xlsx(2020, second)

    assert first.getvalue() == second.getvalue()


def test_tally_says_what_is_missing_in_words():
    tally = Tally(2020, invoices=7, states={"ready": 1, "waiting": 3, "parked": 1, "damaged": 2})

    assert tally.sentence == (
        "3 PDFs are not yet made. 1 PDF could not be made. "
        "2 stored PDFs are missing or were altered."
    )
    assert not tally.complete


def test_zip_holds_the_documents_and_an_index(goyang):
    archive, opened = zip_of()
    [row] = read_csv(opened.read("index.csv"))

    assert archive.name == "wego-dues-2020-invoices.zip"
    assert opened.namelist() == ["index.csv", "WEGO-2020-0001-Goyang.pdf"]
    assert opened.read("WEGO-2020-0001-Goyang.pdf") == PDF
    assert (row["file"], row["size"]) == ("WEGO-2020-0001-Goyang.pdf", str(len(PDF)))
    assert row["document_sha256"] == hashlib.sha256(PDF).hexdigest()
    assert archive.tally.complete


def test_zip_length_is_known_beforehand(mixed_year):
    archive = reports.zip_stream(2020)

    assert archive.length == len(b"".join(archive))


def test_zip_same_year_same_bytes(mixed_year):
    assert b"".join(reports.zip_stream(2020)) == b"".join(reports.zip_stream(2020))


def test_zip_index_names_what_is_missing(mixed_year):
    archive, opened = zip_of()
    rows = read_csv(opened.read("index.csv"))

    assert [(row["document"], row["file"]) for row in rows] == [
        ("ready", "WEGO-2020-0001-Goyang.pdf"),
        ("waiting", ""),
        ("parked", ""),
    ]
    assert len(opened.namelist()) == 2
    assert archive.tally.sentence == "1 PDF is not yet made. 1 PDF could not be made."


@pytest.mark.parametrize("harm", ["removed", "altered"])
def test_zip_leaves_out_a_damaged_document_and_says_so(mixed_year, harm):
    file = settings.DOCUMENTS_DIR / mixed_year.document.path
    if harm == "removed":
        file.unlink()
    else:
        file.write_bytes(PDF.replace(b"0001", b"0002"))
    archive, opened = zip_of()

    assert opened.namelist() == ["index.csv"]
    assert read_csv(opened.read("index.csv"))[0]["document"] == "damaged"
    assert "1 stored PDF is missing or was altered." in archive.tally.sentence


def test_zip_stops_when_a_document_changes_while_it_is_sent(goyang):
    archive = reports.zip_stream(2020)
    (settings.DOCUMENTS_DIR / goyang.document.path).write_bytes(b"x" * len(PDF))

    with pytest.raises(ValidationError, match="missing or was altered"):
        list(archive)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Goyang", "WEGO-2020-0001-Goyang.pdf"),
        ("São Paulo", "WEGO-2020-0001-Sao-Paulo.pdf"),
        ("../../etc/passwd", "WEGO-2020-0001-etc-passwd.pdf"),
        ("고양", "WEGO-2020-0001.pdf"),
        ("a\u202efdp.exe\x00", "WEGO-2020-0001-afdp-exe.pdf"),
        ('Sant"; rm -rf', "WEGO-2020-0001-Sant-rm-rf.pdf"),
        ("x" * 200, f"WEGO-2020-0001-{'x' * 60}.pdf"),
    ],
)
def test_document_name_suits_every_file_system(name, file):
    invoice = Invoice(number="WEGO-2020-0001", snapshot={"member": {"name_en": name}})

    assert reports.document_name(invoice) == file


def test_merged_holds_every_document_with_a_bookmark(mixed_year, tmp_path):
    issued_invoice(city("Seoul", "서울"), sequence=4, document=one_page_pdf("WEGO-2020-0004"))
    merged = reports.write_merged(2020, tmp_path / "all.pdf")

    assert (merged.part, merged.parts, merged.documents, merged.pages) == (1, 1, 2, 2)
    assert merged.tally.sentence == "1 PDF is not yet made. 1 PDF could not be made."
    with pikepdf.open(tmp_path / "all.pdf") as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "WEGO-2020-0001 Goyang",
            "WEGO-2020-0004 Seoul",
        ]
        assert b"WEGO-2020-0004" in pdf.pages[1].Contents.read_bytes()
        assert str(pdf.docinfo["/Title"]) == "WeGO dues invoices 2020"
        assert pdf.check_pdf_syntax() == []


def test_merged_same_year_same_bytes(goyang, tmp_path):
    reports.write_merged(2020, tmp_path / "one.pdf")
    reports.write_merged(2020, tmp_path / "two.pdf")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "one.pdf", "two.pdf"]


def test_merged_comes_in_parts_when_there_are_many(monkeypatch, tmp_path):
    monkeypatch.setattr(reports, "MOST_MERGED", 3)
    monkeypatch.setattr(reports, "STACK", 2)
    for sequence in range(1, 6):
        issued_invoice(city(f"City {sequence}"), sequence=sequence, document=PDF)

    parts = [reports.write_merged(2020, tmp_path / f"{n}.pdf", part=n) for n in (1, 2)]

    assert [(part.parts, part.documents) for part in parts] == [(2, 3), (2, 2)]
    with pikepdf.open(tmp_path / "2.pdf") as pdf, pdf.open_outline() as outline:
        assert [item.title[:14] for item in outline.root] == ["WEGO-2020-0004", "WEGO-2020-0005"]


@pytest.mark.parametrize("part", [0, 2])
def test_merged_refuses_a_part_that_is_not_there(goyang, tmp_path, part):
    with pytest.raises(ValidationError, match=rf"no part {part}"):
        reports.write_merged(2020, tmp_path / "all.pdf", part=part)
    assert not (tmp_path / "all.pdf").exists()


def test_merged_without_any_document_says_why(tmp_path):
    issued_invoice(city())

    with pytest.raises(ValidationError, match=r"nothing to merge\. 1 PDF is not yet made\."):
        reports.write_merged(2020, tmp_path / "all.pdf")
    assert not (tmp_path / "all.pdf").exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: reports.write_xlsx(2019, io.BytesIO()),
        lambda: reports.write_csv(2019, io.BytesIO()),
        lambda: reports.zip_stream(2019),
        lambda: reports.write_merged(2019, "never"),
    ],
    ids=["xlsx", "csv", "zip", "merged"],
)
def test_year_without_invoices_is_refused(goyang, write):
    with pytest.raises(ValidationError, match="No invoices have been issued for 2019"):
        write()


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize(
    "write",
    [
        lambda path: reports.write_xlsx(2020, io.BytesIO()),
        lambda path: reports.write_csv(2020, io.BytesIO()),
        lambda path: reports.zip_stream(2020),
    ],
    ids=["xlsx", "csv", "zip"],
)
def test_reports_take_two_queries_however_many_invoices(
    django_assert_num_queries, tmp_path, write, count
):
    invoices_in_bulk(count)

    with django_assert_num_queries(2):
        write(tmp_path)


@pytest.mark.slow
def test_register_of_5000_invoices_takes_two_queries(django_assert_num_queries):
    invoices_in_bulk(5000)

    with django_assert_num_queries(2):
        tally = reports.write_xlsx(2020, io.BytesIO())

    assert (tally.invoices, tally.total_cents) == (5000, 5000 * 750_000)
