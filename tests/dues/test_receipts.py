"""Receipts: written with every payment, printed in the member's language, void when taken back."""

import datetime as dt
import subprocess

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dues.models import Paper, PaperDocument, Receipt
from dues.papers import render_papers
from dues.payments import move_payment, reverse_payment
from dues.receipts import receipts_of
from members.models import Contact
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice
from wego import storage
from wego.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang():
    member = city(language="ko", address="104 Goyangsicheong-ro\nGoyang 10460")
    Contact.objects.create(
        member=member, role="finance", full_name="Choi Min-seo", email="treasurer@goyang.example"
    )
    return member


def facts_of(payment):
    return payment.receipt.paper.snapshot["facts"]


def printed_words(paper, tmp_path):
    document = PaperDocument.objects.get(paper=paper)
    file = tmp_path / "receipt.pdf"
    file.write_bytes(storage.read_file(document.path, sha256=document.sha256))
    command = ["pdftotext", "-layout", str(file), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_x05_a_receipt_shows_what_arrived_and_what_stays_open(goyang):
    issued_invoice(goyang)

    payment = pay(goyang, 7_475, payer="고양시청", bank_reference="FT2020")

    assert facts_of(payment) == {
        "number": payment.number,
        "received_on": "2020-03-20",
        "amount_cents": 747_500,
        "payer": "고양시청",
        "bank_reference": "FT2020",
        "original": "",
        "rate_note": "",
        "settles": [
            {
                "number": "WEGO-2020-0001",
                "dues_year": 2020,
                "cents": 747_500,
                "open_cents": 2_500,
            }
        ],
        "left_cents": 0,
    }
    paper = payment.receipt.paper
    assert (paper.kind, paper.member, paper.language) == ("receipt", goyang, "ko")
    assert paper.issued_on == TODAY


def test_x06_what_is_too_much_is_on_account(goyang):
    issued_invoice(goyang)

    facts = facts_of(pay(goyang, 7_600))

    assert [row["open_cents"] for row in facts["settles"]] == [0]
    assert facts["left_cents"] == 10_000


def test_x07_one_receipt_for_two_years(goyang):
    issued_invoice(goyang, year=2019)
    issued_invoice(goyang)

    facts = facts_of(pay(goyang, 15_000))

    assert [(row["dues_year"], row["cents"], row["open_cents"]) for row in facts["settles"]] == [
        (2019, 750_000, 0),
        (2020, 750_000, 0),
    ]


def test_the_mail_waits_for_the_receipt_and_brings_it(goyang):
    issued_invoice(goyang)
    payment = pay(goyang, 7_475)

    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language) == (
        "payment_receipt",
        "treasurer@goyang.example",
        "ko",
    )
    assert mail.subject == f"영수증 {payment.number}: 고양시에서 보내신 USD 7,475.00을 받았습니다"
    assert mail.waits_for == f"paper:{payment.receipt.paper.pk}"
    render_papers()

    mail.refresh_from_db()
    assert mail.waits_for == ""
    assert [each["name"] for each in mail.attachments] == [f"{payment.receipt.paper.reference}.pdf"]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "en",
            [
                "Receipt",
                "USD 7,475.00",
                "US dollars seven thousand four hundred and seventy-five only",
                "20 March 2020",
                "USD 25.00",
                "NH Bank",
            ],
        ),
        (
            "ko",
            ["영수증", "USD 7,475.00", "미화 칠천사백칠십오 달러정", "2020년 3월 20일", "고양시"],
        ),
    ],
)
def test_what_the_paper_says(goyang, language, wanted, tmp_path):
    goyang.language = language
    goyang.save()
    issued_invoice(goyang)
    payment = pay(goyang, 7_475, payer="NH Bank")

    assert render_papers().parked == {}

    words = printed_words(payment.receipt.paper, tmp_path)
    for each in [*wanted, payment.number, "WEGO-2020-0001"]:
        assert each in words


def test_nobody_to_write_to_gets_no_mail_but_a_receipt():
    seoul = city("Seoul", "서울시")

    payment = pay(seoul, 10)

    assert Mail.objects.count() == 0
    assert facts_of(payment)["left_cents"] == 1_000


def test_a_payment_taken_back_voids_its_receipt(goyang):
    first, second = pay(goyang, 10), pay(goyang, 20)

    reverse_payment(first, reason="Twice in the list", on=TODAY, by=None)

    assert [(row.payment, row.is_void) for row in receipts_of(goyang)] == [
        (second, False),
        (first, True),
    ]


def test_a_moved_payment_gets_a_receipt_of_its_own(goyang):
    almaty = city("Almaty", "", country_code="KZ")
    payment = pay(goyang, 100)

    moved = move_payment(payment, almaty, reason="Was Almaty's", on=TODAY, by=None)

    assert [row.is_void for row in receipts_of(goyang)] == [True]
    assert [(row.payment, row.is_void) for row in receipts_of(almaty)] == [(moved, False)]


def test_a_refused_payment_leaves_no_receipt(goyang):
    with pytest.raises(ValidationError):
        pay(goyang, 0)

    assert Receipt.objects.count() == Paper.objects.count() == Mail.objects.count() == 0


def test_a_receipt_never_changes(goyang):
    receipt = pay(goyang, 10).receipt

    for change in (
        lambda: Receipt.objects.update(paper=receipt.paper),
        lambda: Receipt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
            change()


def test_original_money_is_printed_as_it_was_sent(goyang):
    payment = pay(
        goyang,
        "1088.20",
        original_currency="EUR",
        original_amount="1,000.00",
        rate_note="1 EUR = 1.0882 USD",
    )

    facts = facts_of(payment)
    assert (facts["original"], facts["rate_note"]) == ("EUR 1,000.00", "1 EUR = 1.0882 USD")
    assert payment.received_on == dt.date(2020, 3, 20)
