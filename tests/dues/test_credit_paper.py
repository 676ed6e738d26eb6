"""The paper of a credit note: written with it, printed in both languages, mailed and shown."""

import datetime as dt
import re
import subprocess

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dues.credit_notes import Resolution, credit_reduction, void_invoice
from dues.credit_paper import credits_of
from dues.models import CreditNote, Paper, PaperDocument
from dues.papers import make_pdf, render_papers
from members.merging import merge_members
from members.models import Contact
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice, person_of
from tests.dues.staff import text_of
from wego.models import Mail

pytestmark = pytest.mark.django_db
EXCOM = Resolution(dt.date(2020, 11, 17), "EXCOM", "EXCOM 2020, item 7")


@pytest.fixture
def goyang():
    return city(language="ko", address="10433 경기도 고양시 덕양구 고양시청로 10")


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang)


def reduce(invoice, cents=100_000, **facts):
    return credit_reduction(
        invoice, cents, resolution=EXCOM, **{"reason": "Flood", "on": TODAY, "by": None} | facts
    )


def contact(member, role, email, name="Choi Min-seo"):
    return Contact.objects.create(member=member, role=role, full_name=name, email=email)


def lines_of(paper, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(make_pdf(paper))
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return [re.sub(r"\s{2,}", " | ", line.strip()) for line in done.stdout.splitlines() if line]


def test_a_reduction_prints_invoice_sums_reason_and_decision(tmp_path):
    kathmandu = city("Kathmandu", "카트만두", country_code="NP", language="en")
    invoice = issued_invoice(kathmandu)
    pay(kathmandu, 7500)
    reduce(invoice)
    note = reduce(invoice, 50_000, reason="Earthquake")

    lines = lines_of(credits_of(invoice)[1].paper, tmp_path)

    text = "\n".join(lines)
    assert f"Credit note {note.number}" in text
    for line in (
        "This credit note lowers invoice WEGO-2020-0001 of 15 January 2020 by decision.",
        "Invoiced to | Kathmandu",
        "Reason | Earthquake",
        "Decision | EXCOM, 17 November 2020 (EXCOM 2020, item 7)",
        "Annual membership dues 2020, invoice WEGO-2020-0001 | USD 7,500.00",
        "Credited before | USD -1,000.00",
        "This credit note | USD -500.00",
        "What the invoice stands for now | USD 6,000.00",
        "What you have paid beyond that is credit on your account",
    ):
        assert line in text, text


def test_a_voided_invoice_in_korean_names_whom_it_named(goyang, invoice, tmp_path):
    note = void_invoice(invoice, reason="인구 수치 오류", on=TODAY, by=None)
    goyang.name_ko = "고양특례시"
    goyang.save()

    text = "\n".join(lines_of(Paper.objects.get(), tmp_path))

    assert f"감액 청구서 {note.number}" in text
    assert "2020년 1월 15일자 청구서 WEGO-2020-0001를 전액 취소합니다." in text
    assert "청구 대상 | 고양시" in text
    assert "사유 | 인구 수치 오류" in text
    assert "청구서 잔존 금액 | USD 0.00" in text
    assert "결정" not in text


def test_the_mail_waits_for_the_paper_and_goes_to_who_pays(goyang, invoice):
    contact(goyang, "head", "mayor@goyang.example")
    contact(goyang, "finance", "treasurer@goyang.example")

    note = void_invoice(invoice, reason="Wrong population", on=TODAY, by=None)

    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language) == (
        "credit_note",
        "treasurer@goyang.example",
        "ko",
    )
    assert mail.waits_for
    render_papers()
    mail.refresh_from_db()
    assert mail.waits_for == ""
    assert len(mail.attachments) == 1
    assert note.number in mail.subject
    for fact in ("WEGO-2020-0001", "USD 7,500.00", "USD 0.00", "Wrong population"):
        assert fact in mail.text


def test_without_a_finance_contact_it_goes_to_the_liaison_officer(goyang, invoice):
    contact(goyang, "head", "mayor@goyang.example")
    contact(goyang, "liaison", "liaison@goyang.example")
    contact(goyang, "liaison", "Liaison@goyang.example")

    reduce(invoice)

    assert [mail.to_email.lower() for mail in Mail.objects.all()] == ["liaison@goyang.example"]


def test_a_merged_duplicates_paper_goes_to_the_survivor(goyang, invoice):
    survivor = city("Goyang City", "고양특례시")
    contact(survivor, "finance", "finance@goyang.example")
    merge_members(goyang, survivor, on=TODAY, reason="One city", by=None)
    goyang.refresh_from_db()
    invoice.refresh_from_db()

    reduce(invoice)

    (credited,) = credits_of(invoice)
    assert credited.paper.member == survivor
    assert credited.paper.snapshot["facts"]["name_en"] == "Goyang"
    assert Mail.objects.get().to_email == "finance@goyang.example"


def test_what_is_refused_writes_no_paper_and_no_mail(goyang, invoice):
    contact(goyang, "finance", "treasurer@goyang.example")

    with pytest.raises(ValidationError, match="still stands for"):
        reduce(invoice, 750_001)
    with pytest.raises(ValidationError, match="Say why"):
        reduce(invoice, reason=" ")

    assert not CreditNote.objects.exists()
    assert not Paper.objects.exists()
    assert not Mail.objects.exists()


def test_staff_and_member_open_it_from_the_invoice(client, finance, goyang, invoice):
    note = void_invoice(invoice, reason="Wrong population", on=TODAY, by=None)
    own = reverse("dues:credit-note", args=[invoice.number, note.number])
    staff_page = reverse("admin:dues_invoice_change", args=[invoice.pk])
    client.force_login(person_of(goyang))
    waiting = client.get(own)
    assert (waiting.status_code, waiting.url) == (302, f"/portal/invoices/{invoice.number}/")
    render_papers()

    page = client.get(f"/portal/invoices/{invoice.number}/")
    pdf = client.get(own)
    client.force_login(finance)
    staff = client.get(staff_page)

    assert f'href="{own}"' in page.content.decode()
    assert pdf.content.startswith(b"%PDF")
    paper = PaperDocument.objects.get().paper
    assert reverse("admin:dues_paper_pdf", args=[paper.pk]) in staff.content.decode()
    words = text_of(staff)
    assert "This invoice is void. Its PDF stays as it was issued." in words
    assert f"{note.number} Void: the invoice was wrong" in words


def test_a_stranger_finds_no_credit_note(client, finance, goyang, invoice):
    note = reduce(invoice)
    own = reverse("dues:credit-note", args=[invoice.number, note.number])
    almaty = city("Almaty", "알마티", country_code="KZ")

    assert client.get(own).url == f"/login/?next={own}"
    for person in (finance, person_of(almaty, "mayor@almaty.example")):
        client.force_login(person)
        assert client.get(own).status_code == 404
    client.force_login(person_of(goyang))
    assert client.get(own.replace(note.number, "CN-2021-0099")).status_code == 404
    assert client.post(own).status_code == 405
