"""Issued invoices leave by mail once, with their PDF, to whoever handles money at the member."""

import pytest

from dues.mailing import find_unmailed, mail_invoice, mail_invoices
from dues.models import InvoiceMailing
from members.models import Contact
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice, one_page_pdf, store_document
from wego.models import Mail

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()


def add_contact(member, email="treasurer@goyang.example"):
    Contact.objects.create(member=member, role="finance", full_name="Choi Min-seo", email=email)


@pytest.fixture
def goyang():
    member = city(language="ko")
    add_contact(member)
    return member


def test_an_invoice_leaves_once_with_its_pdf(goyang):
    invoice = issued_invoice(goyang, document=PDF)

    assert [mail_invoices(), mail_invoices()] == [1, 0]

    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language, mail.file) == (
        "invoice_issued",
        "treasurer@goyang.example",
        "ko",
        f"member:{goyang.pk}",
    )
    assert mail.subject == "고양시 2020년도 회비 청구서 WEGO-2020-0001"
    assert "USD 7,500.00" in mail.text
    assert [(each["name"], each["sha256"]) for each in mail.attachments] == [
        ("WEGO-2020-0001-고양시.pdf", invoice.document.sha256)
    ]
    assert InvoiceMailing.objects.get().to_email == "treasurer@goyang.example"


def test_it_waits_for_its_pdf(goyang):
    invoice = issued_invoice(goyang)
    assert mail_invoices() == 0

    store_document(invoice, PDF)
    assert mail_invoices() == 1


def test_it_waits_for_somebody_to_write_to():
    seoul = city("Seoul", "서울시")
    issued_invoice(seoul, document=PDF)
    assert mail_invoices() == 0
    assert InvoiceMailing.objects.count() == 0

    add_contact(seoul, "finance@seoul.example")
    assert mail_invoices() == 1


def test_an_address_that_is_none_holds_up_nobody_else(goyang):
    seoul = city("Seoul", "서울시")
    add_contact(seoul, "mayor@seoul.example, other@seoul.example")
    issued_invoice(seoul, document=PDF)
    issued_invoice(goyang, sequence=2, document=PDF)

    assert mail_invoices() == 1

    assert Mail.objects.get().to_email == "treasurer@goyang.example"


def test_what_is_paid_is_not_asked_for(goyang):
    issued_invoice(goyang, document=PDF)
    pay(goyang, 7_500)

    assert mail_invoices() == 0


def test_a_duplicates_invoice_goes_to_its_member(goyang):
    twin = city("Goyang City", "")
    issued_invoice(twin, document=PDF)
    twin.merged_into = goyang
    twin.save()

    assert mail_invoices() == 1
    assert Mail.objects.get().to_email == "treasurer@goyang.example"


def test_two_sweeps_at_once_mail_it_once(goyang):
    issued_invoice(goyang, document=PDF)
    (seen,) = find_unmailed()
    assert mail_invoice(seen)

    assert not mail_invoice(seen)
    assert Mail.objects.count() == 1


def test_a_sweep_takes_a_bounded_number(goyang):
    for year in (2018, 2019, 2020):
        issued_invoice(goyang, year=year, document=PDF)

    assert [mail_invoices(limit=2), mail_invoices(limit=2)] == [2, 1]
