"""An issued invoice on its page: everything printed, why, the document; nothing to change."""

import pytest
from django.conf import settings

from dues.models import Invoice
from tests.dues.builders import city, issued_invoice, one_page_pdf, person_of
from tests.dues.snapshots import NO_BANK
from tests.dues.staff import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/dues/invoice/"


@pytest.fixture
def goyang(db):
    return issued_invoice(city("Goyang", "고양시"), document=one_page_pdf())


def page_of(invoice):
    return f"{LIST}{invoice.pk}/change/"


def pdf_of(invoice):
    return f"{LIST}{invoice.pk}/pdf/"


def test_the_page_says_everything_the_invoice_says(client, finance, goyang):
    client.force_login(finance)

    words = text_of(client.get(page_of(goyang)))

    assert "Number WEGO-2020-0001" in words
    assert "Amount USD 7,500.00" in words
    assert "Issued on 15 Jan 2020" in words
    assert "Due on 31 Mar 2020" in words
    assert f"Payment reference {goyang.reference[:4]} WEGO 2020 0001" in words
    assert "Name in Korean 고양시" in words
    assert "Country South Korea" in words
    assert "Account number 1006-000-123456" in words
    assert "SWIFT/BIC DEMOKRSE001" in words
    assert goyang.document.sha256 in words
    assert "Issued by the command line" in words


def test_the_page_explains_the_amount_on_the_fee_table(client, finance, goyang):
    client.force_login(finance)

    response = client.get(page_of(goyang))

    words = text_of(response)
    assert "Population 1,073,069 band 1,000,000 to 1,999,999 persons" in words
    assert "GDP per capita (PPP) USD 42,300.00 band USD 20,000 or more" in words
    assert "This fee: 7,500" in words
    assert response.content.count(b"band-hit") == 1
    assert "In force from dues year 2020." in words


def test_a_company_is_explained_on_its_one_row(client, finance):
    danfoss = city("Danfoss", "단포스", country_code="DK", region="europe", kind="company")
    invoice = issued_invoice(danfoss, size=1_999)
    client.force_login(finance)

    words = text_of(client.get(page_of(invoice)))

    assert "1,999 employees band 500 to 1,999 employees" in words
    assert "This fee: 4,000" in words


def test_missing_bank_details_are_said(client, finance):
    invoice = issued_invoice(city(), bank=NO_BANK)
    client.force_login(finance)

    words = text_of(client.get(page_of(invoice)))

    assert "Bank details none: the invoice asks the payer to write for them" in words


def test_a_parked_invoice_says_why_and_where_to_try_again(client, finance):
    invoice = issued_invoice(city(), parked="A glyph is missing")
    client.force_login(finance)

    response = client.get(page_of(invoice))

    assert "Its PDF could not be made: A glyph is missing" in text_of(response)
    assert b'href="/admin/dues/year/2020/documents/"' in response.content
    assert pdf_of(invoice).encode() not in response.content


def test_the_pdf_is_the_stored_bytes(client, finance, goyang):
    client.force_login(finance)

    inline, saved = client.get(pdf_of(goyang)), client.get(f"{pdf_of(goyang)}?download")

    assert inline.content == saved.content == one_page_pdf()
    assert inline["Content-Type"] == "application/pdf"
    assert inline["Content-Disposition"] == 'inline; filename="WEGO-2020-0001.pdf"'
    assert saved["Content-Disposition"] == 'attachment; filename="WEGO-2020-0001.pdf"'
    assert "no-store" in inline["Cache-Control"]
    assert inline["X-Content-Type-Options"] == "nosniff"


def test_a_document_that_was_altered_is_not_handed_out(client, finance, goyang):
    (settings.DOCUMENTS_DIR / goyang.document.path).write_bytes(b"%PDF-1.7 forged")
    client.force_login(finance)

    response = client.get(pdf_of(goyang))

    assert response.status_code == 409
    assert "is missing or was altered: restore it from a backup." in text_of(response)


def test_a_document_not_yet_made_says_so(client, finance):
    invoice = issued_invoice(city())
    client.force_login(finance)

    response = client.get(pdf_of(invoice))

    assert response.status_code == 409
    assert "The PDF of invoice WEGO-2020-0001 is not made yet." in text_of(response)


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
def test_nobody_adds_changes_or_deletes_an_invoice(client, request, role, goyang):
    client.force_login(request.getfixturevalue(role))

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}add/", {"number": "X"}).status_code == 403
    assert client.post(f"{LIST}{goyang.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(page_of(goyang), {"amount_cents": "1"})
    client.post(LIST, {"action": "delete_selected", "_selected_action": str(goyang.pk)})
    assert list(Invoice.objects.values_list("number", "amount_cents")) == [
        ("WEGO-2020-0001", 750_000)
    ]


def test_the_page_and_the_pdf_are_for_staff(client, goyang):
    for address in (page_of(goyang), pdf_of(goyang)):
        assert client.get(address).status_code == 302

    client.force_login(person_of(goyang.member))
    for address in (page_of(goyang), pdf_of(goyang)):
        assert client.get(address, follow=True).status_code == 403


def test_an_invoice_that_is_not_there_is_not_found(client, finance):
    client.force_login(finance)

    assert client.get(f"{LIST}4711/change/").status_code == 404
    assert client.get(f"{LIST}4711/pdf/").status_code == 404


@pytest.mark.parametrize("search", ["goyang", "고양", "WEGO-2020-0001", "RF"])
def test_the_list_finds_either_script_number_and_reference(client, finance, goyang, search):
    client.force_login(finance)

    words = text_of(client.get(LIST, {"q": search}))

    assert "WEGO-2020-0001 Goyang 2020 USD 7,500.00 USD 7,500.00 Overdue 31 Mar 2020 Ready" in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_five_queries(client, finance, django_assert_num_queries, count):
    for number in range(count):
        issued_invoice(city(f"City {number}"), sequence=number + 1)
    client.force_login(finance)
    client.get(LIST)

    with django_assert_num_queries(5):
        response = client.get(LIST)

    assert response.content.count(b"WEGO-2020-000") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_eleven_queries(client, finance, django_assert_num_queries, count):
    invoices = [
        issued_invoice(city(f"City {number}"), sequence=number + 1) for number in range(count)
    ]
    client.force_login(finance)
    client.get(page_of(invoices[0]))

    with django_assert_num_queries(11):
        client.get(page_of(invoices[0]))
