"""What a search and a timeline say of money."""

import datetime as dt

import pytest
from django.urls import reverse

from dues.adjustments import close_as_bank_charge
from dues.credit_notes import void_invoice
from dues.finding import tell_happenings
from dues.models import CreditNote
from dues.payments import reverse_payment
from dues.refunds import refund_payment
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import page_of
from tests.dues.staff import text_of
from wego.finding import find_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang(db):
    return city("Goyang", "고양시")


@pytest.fixture
def payment(goyang):
    return pay(goyang, "4500", payer="TREASURER GYEONGGI", bank_reference="NB2020/0042")


@pytest.mark.parametrize("written", ["{0}", "rc {1} {2}", "RC{1}/{2}", "영수증 {1}-{2}"])
def test_a_receipt_is_found_in_any_writing(finance, payment, written):
    term = written.format(payment.number, payment.year, payment.sequence)

    assert find_all(term, finance).only == page_of(payment)


@pytest.mark.parametrize("term", ["NB2020/0042", "nb2020", "gyeonggi", "TREASURER"])
def test_a_payment_is_found_by_reference_and_payer(finance, payment, term):
    assert find_all(term, finance).only == page_of(payment)


def test_a_members_name_leads_to_the_member_all_the_same(finance, goyang):
    pay(goyang, "100", payer="GOYANG CITY HALL")

    found = find_all("Goyang", finance)

    assert found.only == reverse("admin:members_member_change", args=[goyang.pk])


def test_a_credit_note_is_found_and_read_on_its_invoice(finance, goyang):
    invoice = issued_invoice(goyang)
    void_invoice(invoice, reason="Wrong figure", on=TODAY, by=None)
    note = CreditNote.objects.get()

    assert find_all(note.number, finance).only == f"{page_of(invoice)}#account"
    assert find_all(f"cn {note.year} {note.sequence}", finance).only.endswith("#account")


def test_short_texts_and_strangers_find_nothing(finance, payment):
    from django.contrib.auth.models import AnonymousUser

    assert find_all("nb", finance).groups == []
    assert find_all(payment.number, AnonymousUser()).groups == []


def test_the_timeline_tells_money_once_each(finance, goyang, payment):
    invoice = issued_invoice(goyang)
    paid = pay(goyang, "7490")
    close_as_bank_charge(invoice, limit_cents=5_000, reason="Charges", on=TODAY, by=finance)
    refund_payment(payment, 1_000, reason="Paid twice", on=TODAY, by=finance)
    wrong = pay(goyang, "1", parts={})
    reverse_payment(wrong, reason="Not ours", on=TODAY, by=finance)

    told = {line.what: (line.who, line.why, line.url) for line in tell_happenings(goyang)}

    assert told == {
        f"Payment {payment.number}: USD 4,500": ("", "", page_of(payment)),
        "Invoice WEGO-2020-0001 issued: USD 7,500, due on 31 Mar 2020": (
            "",
            "Dues of 2020",
            page_of(invoice),
        ),
        f"Payment {paid.number}: USD 7,490": ("", "", page_of(paid)),
        "Rest of WEGO-2020-0001 closed as bank charge: USD 10": (
            "Lee Ji-hoon",
            "Charges",
            page_of(invoice),
        ),
        f"Refund out of {payment.number}: USD 10": (
            "Lee Ji-hoon",
            "Paid twice",
            page_of(payment),
        ),
        f"Payment {wrong.number}: USD 1": ("", "", page_of(wrong)),
        f"Taken back: Payment {wrong.number}: USD 1": (
            "Lee Ji-hoon",
            "Not ours",
            page_of(wrong),
        ),
    }


def test_the_file_says_what_is_open_and_came_in(client, finance, goyang):
    issued_invoice(goyang)
    payment = pay(goyang, "500", received_on=dt.date(2020, 2, 3), parts={})
    client.force_login(finance)

    page = client.get(reverse("admin:members_member_change", args=[goyang.pk]))

    words = text_of(page)
    assert "Open USD 7,500.00 Overdue USD 7,500.00 Credit on account USD 500.00" in words
    assert f"{payment.number} USD 500, received on 3 Feb 2020 USD 500 left" in words
    assert f"/admin/dues/payment/record/?member={goyang.pk}" in page.content.decode()
    assert words.count(f"Payment {payment.number}: USD 500") == 1
    assert "Payment recorded" not in words
