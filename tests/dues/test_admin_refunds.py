"""Refunds: the list, paying one out, taking it back, money that the bank sent back."""

import pytest

from dues.models import Payout
from dues.refunds import refund_payment, standing_payout
from tests.dues.books import TODAY, account_of, pay, trial_balance
from tests.dues.builders import city
from tests.dues.desk import act, page_of
from tests.dues.staff import text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
LIST = "/admin/dues/refund/"


@pytest.fixture
def goyang(db):
    return city("Goyang", "고양시")


@pytest.fixture
def refund(goyang):
    payment = pay(goyang, "500")
    return refund_payment(payment, 20_000, reason="Paid twice", pay_to="IBAN 1", on=TODAY, by=None)


def test_what_waits_stands_first_with_its_sum(desk, refund):
    words = text_of(desk.get(LIST))

    assert "USD 200.00 waits to be paid out." in words
    assert "To pay out 1 Paid out 0 Taken back 0 All 1" in words
    assert "Goyang Paid twice 200.00" in words
    assert "IBAN 1" in words


def test_it_is_paid_out_and_leaves_the_bank(desk, finance, refund):
    act(desk, page_of(refund, "pay"), paid_on="2021. 6. 2.")

    assert standing_payout(refund).paid_on.isoformat() == "2021-06-02"
    assert trial_balance() == {"bank": 30_000, "credit": -30_000}
    assert AuditEntry.objects.get(act="refund.paid").by == finance
    assert "Paid out on 2 Jun 2021" in text_of(desk.get(f"{LIST}?state=paid"))


def test_a_day_before_it_was_decided_is_refused_at_its_field(desk, refund):
    answer = act(desk, page_of(refund, "pay"), paid_on="2021-05-31")

    assert answer.status_code == 422
    assert "from 2021-06-01" in str(answer.context["form"].errors["paid_on"])
    assert not Payout.objects.exists()


def test_two_who_pay_out_at_once_pay_once(desk, refund):
    address = page_of(refund, "pay")
    first, second = desk.get(address), desk.get(address)

    done = desk.post(address, {"paid_on": "2021-06-02", "seen": first.context["seen"]})
    again = desk.post(address, {"paid_on": "2021-06-02", "seen": second.context["seen"]})

    assert done.status_code == 302
    assert again.status_code in (409, 422)
    assert Payout.objects.count() == 1


def test_it_is_taken_back_before_it_is_paid(desk, goyang, refund):
    act(desk, page_of(refund, "take_back"), reason="Keep it for 2021")

    assert account_of(goyang) == (0, 50_000)
    assert "Taken back 1" in text_of(desk.get(LIST))


def test_what_was_paid_out_is_not_taken_back_before_the_payout(desk, goyang, refund):
    act(desk, page_of(refund, "pay"), paid_on="2021-06-02")

    answer = act(desk, page_of(refund, "take_back"), reason="Keep it")

    assert answer.status_code == 422
    assert "take the payout back first" in text_of(answer)
    assert account_of(goyang) == (0, 30_000)


def test_money_that_came_back_waits_again(desk, refund):
    act(desk, page_of(refund, "pay"), paid_on="2021-06-02")
    payout = Payout.objects.get()
    address = page_of(refund, "came_back", payout.pk)
    assert address in desk.get(f"{LIST}?state=paid").content.decode()

    act(desk, address, reason="The account was closed")

    assert standing_payout(refund) is None
    assert "To pay out 1" in text_of(desk.get(LIST))
    assert AuditEntry.objects.get(act="payout.reversed").why == "The account was closed"


def test_the_secretariat_reads_without_buttons(client, secretariat, refund):
    client.force_login(secretariat)

    assert page_of(refund, "pay") not in client.get(LIST).content.decode()
    assert client.post(page_of(refund, "pay"), {"paid_on": "2021-06-02"}).status_code == 403
    assert not Payout.objects.exists()


def test_nothing_to_show_says_where_a_refund_begins(desk):
    assert "A refund begins on the page of a payment" in text_of(desk.get(LIST))
