"""The pages of money ask the database equally often of small books and of ten years of many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dues.models import Invoice, Payment
from tests.dues.desk import page_of
from tests.harness.books_crowd import fill_books

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_steady_session")]
MOST = 12
PAYMENTS, INVOICES = "/admin/dues/payment/", "/admin/dues/invoice/"


def addresses():
    """Every list of money, narrowed in every way, and the pages of one of a kind."""
    payment, invoice = Payment.objects.first(), Invoice.objects.first()
    yield from (
        PAYMENTS,
        f"{PAYMENTS}?year=2016&way=bank",
        f"{PAYMENTS}?state=left",
        f"{PAYMENTS}?state=taken_back",
        f"{PAYMENTS}?q=city+000&page=2",
        f"{PAYMENTS}record/?member={payment.member_id}",
        INVOICES,
        *(f"{INVOICES}?state={state}" for state in ("open", "overdue", "part_paid", "void")),
        "/admin/dues/refund/",
        "/admin/dues/paymentclaim/",
        "/admin/dues/periodlock/",
        f"/admin/search/?q={payment.bank_reference}",
        page_of(payment),
        page_of(payment, "reverse"),
        page_of(invoice, "waive"),
    )


def count_queries(client, address):
    """Statements of a page on a warm session."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code in (200, 302), address
    return len(captured)


def kinds(address):
    """An address without the keys in it."""
    return "".join("N" if sign.isdigit() else sign for sign in address)


def measure(client):
    return {kinds(address): count_queries(client, address) for address in addresses()}


@pytest.fixture
def few(client, administrator):
    """Queries by page at 20 members and one year."""
    client.force_login(administrator)
    fill_books(20, 2)
    return measure(client)


def test_pages_of_small_books_are_cheap(few):
    assert {page: number for page, number in few.items() if number > MOST} == {}


@pytest.mark.once
@pytest.mark.slow
def test_pages_of_ten_years_of_a_thousand_cost_the_same(client, administrator):
    client.force_login(administrator)
    fill_books(1_000, 10)

    many = measure(client)

    assert {page: number for page, number in many.items() if number > MOST} == {}
