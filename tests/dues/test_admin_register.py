"""The year's invoices: found in both scripts, counted, taken away; constant queries."""

import csv
import io
import zipfile

import pikepdf
import pytest
from openpyxl import load_workbook

from dues.models import DuesRun, FeeSchedule, Invoice
from members.models import Member, MemberName
from tests.dues.builders import (
    city,
    issued_invoice,
    one_page_pdf,
    person_of,
    run_of,
    unsaved_invoice,
)
from tests.dues.crowd import add_crowd
from tests.dues.staff import REGISTER, YEAR, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(db):
    """Goyang ready, Kathmandu waiting, Danfoss parked."""
    goyang = city("Goyang", "고양시")
    MemberName.objects.create(member=goyang, name_en="Koyang", note="older spelling")
    issued_invoice(goyang, sequence=1, document=one_page_pdf("WEGO-2020-0001"))
    kathmandu = city("Kathmandu", "카트만두", country_code="NP")
    issued_invoice(kathmandu, sequence=2, size=1_442_271, gdp="3600")
    danfoss = city("Danfoss", "단포스", country_code="DK", region="europe", kind="company")
    issued_invoice(danfoss, sequence=3, size=28_000, parked="no font")
    return {"Goyang": goyang, "Kathmandu": kathmandu, "Danfoss": danfoss}


def numbers_of(response):
    return [invoice.number[-1] for invoice in response.context["page"]]


def test_board_shows_what_was_invoiced_by_region_and_kind(client, finance, register):
    client.force_login(finance)

    words = text_of(client.get(REGISTER))

    assert "3 invoices USD 16,750 invoiced" in words
    assert "Asia (2) USD 8,750 Europe (1) USD 8,000" in words
    assert "City (2) USD 8,750 Company (1) USD 8,000" in words
    assert "1 of 3 PDFs ready" in words
    assert "2 PDFs are not made yet: the downloads leave them out and say so." in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1", "2", "3"]),
        ("q=goyang", ["1"]),
        ("q=koyang", ["1"]),
        ("q=고양", ["1"]),
        ("q=카트만두", ["2"]),
        ("q=WEGO-2020-0003", ["3"]),
        ("q=RF", ["1", "2", "3"]),
        ("q=2020+0002", ["2"]),
        ("kind=company", ["3"]),
        ("region=asia", ["1", "2"]),
        ("document=ready", ["1"]),
        ("document=waiting", ["2"]),
        ("document=parked", ["3"]),
        ("region=asia&document=waiting", ["2"]),
        ("kind=town&document=lost", ["1", "2", "3"]),
    ],
)
def test_invoices_are_found_and_filtered(client, finance, register, query, found):
    client.force_login(finance)

    assert numbers_of(client.get(f"{REGISTER}?{query}")) == found


def test_a_printed_reference_with_its_spaces_is_found(client, finance, register):
    reference = Invoice.objects.get(sequence=2).reference
    client.force_login(finance)

    response = client.get(REGISTER, {"q": " ".join([reference[:4], reference[4:8], reference[8:]])})

    assert numbers_of(response) == ["2"]


def test_nothing_found_says_what_may_be_searched(client, finance, register):
    client.force_login(finance)

    response = client.get(f"{REGISTER}?q=Atlantis")

    assert "No invoice matches" in text_of(response)
    assert b"Clear all filters" in response.content


def test_an_empty_year_says_where_to_begin(client, finance):
    client.force_login(finance)

    assert "Nothing is issued yet" in text_of(client.get(REGISTER))


def test_zip_holds_the_ready_documents_and_an_index(client, finance, register):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/zip/")
    data = response.getvalue()

    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="wego-dues-2020-invoices.zip"'
    assert int(response["Content-Length"]) == len(data)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sorted(names) == ["WEGO-2020-0001-Goyang.pdf", "index.csv"]


def test_merged_holds_the_pages(client, finance, register):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/merged/")
    data = response.getvalue()

    assert response["Content-Type"] == "application/pdf"
    assert int(response["Content-Length"]) == len(data)
    assert len(pikepdf.open(io.BytesIO(data)).pages) == 1


@pytest.mark.parametrize("part", ["2", "0", "x"])
def test_a_part_that_is_not_there_is_refused(client, finance, register, part):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/merged/?part={part}")

    assert response.status_code == (404 if part == "x" else 409)


def test_csv_has_a_row_for_every_invoice(client, finance, register):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/csv/")
    data = response.getvalue()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    assert response["Content-Type"].startswith("text/csv")
    assert int(response["Content-Length"]) == len(data)
    assert [(row["number"], row["amount"]) for row in rows] == [
        ("WEGO-2020-0001", "7500.00"),
        ("WEGO-2020-0002", "1250.00"),
        ("WEGO-2020-0003", "8000.00"),
    ]


def test_xlsx_opens_and_has_its_name(client, finance, register):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/xlsx/")
    sheet = load_workbook(io.BytesIO(response.getvalue())).worksheets[0]

    assert "wego-dues-2020-register.xlsx" in response["Content-Disposition"]
    assert sheet["A2"].value == "WEGO-2020-0001"


@pytest.mark.parametrize("what", ["zip", "merged", "csv", "xlsx"])
def test_downloads_of_an_empty_year_say_why(client, finance, what):
    client.force_login(finance)

    response = client.get(f"{YEAR}downloads/{what}/")

    assert response.status_code == 409
    assert "No invoices have been issued for 2020." in text_of(response)


def test_an_unknown_download_is_not_found(client, finance, register):
    client.force_login(finance)

    assert client.get(f"{YEAR}downloads/exe/").status_code == 404


@pytest.mark.parametrize("what", ["zip", "merged", "csv", "xlsx"])
def test_downloads_are_for_staff(client, register, what):
    assert client.get(f"{YEAR}downloads/{what}/").status_code == 302

    client.force_login(person_of(register["Goyang"]))
    assert client.get(f"{YEAR}downloads/{what}/", follow=True).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_register_takes_six_queries(client, finance, django_assert_num_queries, count):
    for number in range(count):
        issued_invoice(city(f"City {number}"), sequence=number + 1)
    client.force_login(finance)

    with django_assert_num_queries(6):
        response = client.get(f"{REGISTER}?q=city&kind=city&document=waiting")

    assert len(numbers_of(response)) == count


def issue_crowd(count):
    add_crowd(count)
    run = run_of(2020)
    invoices = [
        unsaved_invoice(member, run=run, sequence=place, size=500_000)
        for place, member in enumerate(Member.objects.order_by("pk"), start=1)
    ]
    Invoice.objects.bulk_create(invoices, batch_size=200)


@pytest.mark.slow
@pytest.mark.parametrize("count", [200, 5000])
@pytest.mark.parametrize(
    ("page", "queries"), [(REGISTER, 6), ("/admin/dues/invoice/", 5), ("/admin/dues/year/", 4)]
)
def test_lists_take_as_many_queries_at_200_and_5000(
    desk, django_assert_num_queries, count, page, queries
):
    issue_crowd(count)

    with django_assert_num_queries(queries):
        response = desk.get(page)

    assert f"{count:,}" in text_of(response) or str(count) in text_of(response)
    assert DuesRun.objects.count() == 1
    assert FeeSchedule.objects.count() == 2
