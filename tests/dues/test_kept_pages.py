"""Pages whose large sums are kept say after every act what a page made anew says."""

import datetime as dt

import pytest

from dues.credit_notes import void_invoice
from dues.models import Invoice, Payment
from dues.payments import reverse_payment
from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import PAYMENTS
from tests.dues.staff import text_of
from wego import kept, seoul

pytestmark = pytest.mark.django_db
PAGES = (
    PAYMENTS,
    f"{PAYMENTS}?q=goyang",
    "/admin/dues/invoice/?state=open",
    "/admin/dues/books/aging/",
    "/admin/dues/books/aging/?kind=city&bucket=over-365",
    "/admin/dues/year/2020/board/",
    "/admin/",
)


@pytest.fixture
def towns(db):
    """Goyang paid half of its invoice, Almaty nothing."""
    goyang, almaty = city("Goyang", "고양시"), city("Almaty", "알마티", country_code="KZ")
    issued_invoice(goyang)
    issued_invoice(almaty, sequence=2)
    pay(goyang, "3250", payer="CITY OF GOYANG")
    return goyang, almaty


def void_of_almaty(_goyang, almaty):
    void_invoice(Invoice.objects.get(member=almaty), reason="Not due", on=seoul.today(), by=None)


ACTS = {
    "a payment": lambda goyang, _almaty: pay(goyang, "1000", received_on=dt.date(2020, 5, 4)),
    "a payment taken back": lambda _goyang, _almaty: reverse_payment(
        Payment.objects.get(), reason="Counted twice", on=seoul.today(), by=None
    ),
    "a credit note": void_of_almaty,
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("address", PAGES)
def test_a_kept_page_says_what_a_fresh_one_says(address, act, desk, towns, monkeypatch):
    monkeypatch.setattr(kept, "LARGE", 0)
    for _time in range(3):
        desk.get(address)
    held = [answer for answer in kept._kept.values() if answer]
    ACTS[act](*towns)

    told = text_of(desk.get(address))
    kept.forget()

    assert held
    assert told == text_of(desk.get(address))


def test_control_a_sum_is_kept_until_something_is_posted(desk, towns, monkeypatch):
    monkeypatch.setattr(kept, "LARGE", 0)
    said = [text_of(desk.get(PAYMENTS)) for _time in range(3)]
    # Behind the back of the rules: neither the ledger nor the audit trail knows of it.
    monkeypatch.setattr("dues.admin.payments.add_up", lambda _found: pytest.fail("asked anew"))

    assert {text_of(desk.get(PAYMENTS)), *said} == {said[0]}
    assert "3,250" in said[0]
