"""The list of payments and the page of one."""

import datetime as dt

import pytest

from dues.models import BankLine, BankStatement
from dues.payments import reverse_payment
from dues.refunds import refund_payment
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import PAYMENTS, page_of
from tests.dues.staff import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(db):
    """Goyang paid its invoice and 500 more; Almaty's cash was taken back."""
    goyang, almaty = city("Goyang", "고양시"), city("Almaty", "알마티", country_code="KZ")
    issued_invoice(goyang)
    first = pay(goyang, "8000", payer="CITY OF GOYANG", bank_reference="NB-7")
    second = pay(
        almaty, "300", received_on=dt.date(2021, 2, 3), method="cash", payer="Treasurer of Almaty"
    )
    reverse_payment(second, reason="It was counted twice", on=TODAY, by=None)
    return first, second


def numbers_of(page):
    return [payment.number for payment in page.context["listing"].page]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["second", "first"]),
        ("?year=2020", ["first"]),
        ("?year=2021", ["second"]),
        ("?way=cash", ["second"]),
        ("?state=left", ["first"]),
        ("?state=taken_back", ["second"]),
        ("?q=고양", ["first"]),
        ("?q=goyang", ["first"]),
        ("?q=treasurer", ["second"]),
        ("?q=nb-7", ["first"]),
        ("?q=NB-7+almaty", []),
        ("?year=2021&way=bank", []),
        ("?year=nothing&way=nothing&state=nothing&page=nothing", ["second", "first"]),
    ],
)
def test_payments_are_found_by_what_the_address_says(desk, money, query, found):
    by_name = {"first": money[0].number, "second": money[1].number}

    page = desk.get(f"{PAYMENTS}{query}")

    assert numbers_of(page) == [by_name[name] for name in found]


def test_they_are_found_by_their_receipt(desk, money):
    assert numbers_of(desk.get(f"{PAYMENTS}?q={money[0].number}")) == [money[0].number]


def test_what_was_taken_back_counts_as_nothing(desk, money):
    page = desk.get(PAYMENTS)

    assert (page.context["sums"].count, page.context["sums"].received) == (2, 800_000)
    assert page.context["sums"].left == 50_000
    words = text_of(page)
    assert "2 payments USD 8,000 received USD 500 of it credit on account" in words
    assert "Credit left" in words
    assert "Taken back" in words


def test_the_first_day_says_what_to_do(desk):
    words = text_of(desk.get(PAYMENTS))

    assert "No payment yet" in words
    assert "Record a payment" in words


def test_a_search_that_finds_nothing_says_so(desk, money):
    assert "Nothing matches" in text_of(desk.get(f"{PAYMENTS}?q=Atlantis"))


def test_one_payment_says_where_it_came_from_and_went(desk, finance, money):
    first, _second = money
    refund_payment(first, 20_000, reason="Paid twice", on=TODAY, by=finance)

    page = desk.get(page_of(first))

    words = text_of(page)
    assert f"Payment {first.number} USD 300.00 left" in words
    assert "Paid by CITY OF GOYANG" in words
    assert "Bank reference NB-7" in words
    assert "WEGO-2020-0001 USD 7,500.00" in words
    assert "Refund USD 200.00 to pay out" in words
    assert "Credit on account USD 300.00" in words
    assert "Paid twice" in words
    assert [step.left for step in page.context["steps"]] == [800_000, 50_000, 30_000]


def test_one_that_came_from_a_statement_names_its_line(desk):
    goyang = city()
    statement = BankStatement.objects.create(
        file_name="march.xml", file_sha256="0" * 64, format="camt.053", currency="USD"
    )
    line = BankLine.objects.create(
        statement=statement,
        position=3,
        identity="a" * 64,
        booked_on=dt.date(2020, 3, 20),
        amount=10_000,
        currency="USD",
    )

    words = text_of(desk.get(page_of(pay(goyang, "100", bank_line=line))))

    assert "Where it came from Statement march.xml, line 3, booked on 20 Mar 2020" in words


def test_one_that_was_taken_back_offers_nothing(desk, money):
    page = desk.get(page_of(money[1]))

    words = text_of(page)
    assert "It was counted twice" in words
    assert "Nothing: the payment was taken back." in words
    assert page.context["acts"] == []


def test_the_secretariat_reads_and_is_offered_nothing(client, secretariat, money):
    client.force_login(secretariat)

    page = client.get(page_of(money[0]))

    assert page.status_code == 200
    assert page.context["acts"] == []
    assert "/allocate/" not in page.content.decode()
    assert "Record a payment" not in text_of(client.get(PAYMENTS))


def test_a_missing_payment_is_not_found(desk):
    assert desk.get(f"{PAYMENTS}99/change/").status_code == 404
