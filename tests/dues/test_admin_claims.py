"""Announced payments: the queue of finance, the proof, the answer."""

import datetime as dt

import pytest
from django.conf import settings

from dues.claims import Claimed, close_claim, file_claim
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.dues.desk import page_of
from tests.dues.staff import text_of
from wego.models import AuditEntry
from wego.uploads import Upload

pytestmark = pytest.mark.django_db
LIST = "/admin/dues/paymentclaim/"
SAID_ON = dt.date(2020, 4, 2)


@pytest.fixture
def goyang(db):
    return city("Goyang", "고양시")


@pytest.fixture
def claim(goyang):
    proof = Upload("이체 확인증.pdf", one_page_pdf(), "application/pdf", ".pdf")
    claimed = Claimed(
        750_000, dt.date(2020, 4, 1), issued_invoice(goyang), "Sent by NongHyup.", proof
    )
    return file_claim(goyang, claimed, on=SAID_ON, by=None)


def test_the_queue_shows_what_waits(desk, goyang, claim):
    words = text_of(desk.get(LIST))

    assert "Waiting 1 Answered 0 All 1" in words
    assert "Goyang 2 Apr 2020 1 Apr 2020 7,500.00 WEGO-2020-0001 yes Waiting" in words


def test_one_says_what_the_member_said_and_leads_to_recording(desk, claim):
    page = desk.get(page_of(claim))

    words = text_of(page)
    assert "Message Sent by NongHyup." in words
    assert "Proof 이체 확인증.pdf" in words
    assert f'href="/admin/dues/payment/record/?claim={claim.pk}"' in page.content.decode()


def test_the_proof_is_saved_and_never_shown(desk, claim):
    response = desk.get(page_of(claim, "proof"))

    assert response.content == one_page_pdf()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_proof_that_was_altered_is_not_handed_out(desk, claim):
    (settings.DOCUMENTS_DIR / claim.file_path).write_bytes(b"%PDF-1.7 forged")

    assert desk.get(page_of(claim, "proof")).status_code == 404


def test_it_is_answered_with_a_payment_that_is_there_already(desk, finance, goyang, claim):
    payment = pay(goyang, "7500")

    answer = desk.post(page_of(claim), {"payment": payment.pk, "answer": ""})

    claim.refresh_from_db()
    assert answer.url == LIST
    assert (claim.payment, claim.closed_by) == (payment, finance)
    assert AuditEntry.objects.filter(act="claim.closed").count() == 1
    assert f"Payment found {payment.number}" in text_of(desk.get(page_of(claim)))


def test_a_payment_of_another_member_is_no_answer(desk, claim):
    other = pay(city("Almaty", "알마티", country_code="KZ"), "7500")

    answer = desk.post(page_of(claim), {"payment": other.pk, "answer": "Found"})

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert claim.closed_on is None


def test_without_a_payment_it_needs_words(desk, claim):
    answer = desk.post(page_of(claim), {"answer": " "})

    assert answer.status_code == 422
    assert "Write what the member should know" in str(answer.context["form"].errors["answer"])


def test_a_second_answer_is_told_of_the_first(desk, finance, claim):
    close_claim(claim, answer="Not here yet", on=SAID_ON, by=finance)

    answer = desk.post(page_of(claim), {"answer": "Found"})

    claim.refresh_from_db()
    assert answer.status_code == 409
    assert "Lee Ji-hoon answered this announced payment meanwhile." in text_of(answer)
    assert claim.answer == "Not here yet"


def test_the_secretariat_reads_and_finance_answers(client, secretariat, claim):
    client.force_login(secretariat)

    assert "Finance answers it." in text_of(client.get(page_of(claim)))
    assert client.post(page_of(claim), {"answer": "Found"}).status_code == 403
    assert client.get(page_of(claim, "proof")).status_code == 200
