import pytest
from django.conf import settings

from tests.dues.builders import city, issued_invoice, one_page_pdf, person_of, store_document

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()
INVOICE = "/portal/invoices/WEGO-2020-0001/"
INVOICE_PDF = f"{INVOICE}pdf/"


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def signed_in(client, goyang):
    client.force_login(person_of(goyang))
    return client


def test_pdf_is_the_stored_document(signed_in, goyang):
    issued_invoice(goyang, document=PDF)
    response = signed_in.get(INVOICE_PDF)

    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(len(PDF))
    assert response.headers["Content-Disposition"] == 'inline; filename="WEGO-2020-0001-Goyang.pdf"'


def test_pdf_is_saved_when_asked(signed_in, goyang):
    issued_invoice(goyang, document=PDF)
    disposition = signed_in.get(INVOICE_PDF, {"save": ""}).headers["Content-Disposition"]

    assert disposition == 'attachment; filename="WEGO-2020-0001-Goyang.pdf"'


@pytest.mark.parametrize(
    ("name_en", "name_ko", "language", "disposition"),
    [
        (
            "Goyang",
            "고양시",
            "ko",
            "inline; filename*=utf-8''WEGO-2020-0001-%EA%B3%A0%EC%96%91%EC%8B%9C.pdf",
        ),
        ("../../etc/passwd", "", "en", 'inline; filename="WEGO-2020-0001-....etcpasswd.pdf"'),
        ('a"; filename=b.exe', "", "en", 'inline; filename="WEGO-2020-0001-a_filenameb.exe.pdf"'),
        ("fdp\u202e.exe 🏙", "", "en", 'inline; filename="WEGO-2020-0001-fdp.exe_.pdf"'),
        ("line\r\nbreak", "", "en", 'inline; filename="WEGO-2020-0001-linebreak.pdf"'),
    ],
)
def test_pdf_name_is_harmless(client, name_en, name_ko, language, disposition):
    member = city(name_en, name_ko, language=language)
    issued_invoice(member, document=PDF)
    client.force_login(person_of(member))

    assert client.get(INVOICE_PDF).headers["Content-Disposition"] == disposition


def test_pdf_that_is_not_made_yet_leads_to_its_page(signed_in, goyang):
    issued_invoice(goyang)
    response = signed_in.get(INVOICE_PDF, follow=True)

    assert response.redirect_chain == [(INVOICE, 302)]
    assert "The PDF is being prepared: please look again later." in response.content.decode()


@pytest.mark.parametrize("harm", ["removed", "altered"])
def test_pdf_that_was_damaged_is_not_shown(signed_in, goyang, harm):
    invoice = issued_invoice(goyang)
    file = settings.DOCUMENTS_DIR / store_document(invoice, PDF).path
    if harm == "removed":
        file.unlink()
    else:
        file.write_bytes(b"%PDF-forged")
    response = signed_in.get(INVOICE_PDF)

    assert response.status_code == 503
    assert "The stored PDF cannot be shown just now." in response.content.decode()
    assert b"forged" not in response.content


def test_pdf_head_has_no_body(signed_in, goyang):
    issued_invoice(goyang, document=PDF)
    response = signed_in.head(INVOICE_PDF)

    assert (response.status_code, response.content) == (200, b"")
