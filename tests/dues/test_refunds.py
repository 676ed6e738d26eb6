"""Credit that goes back to its payer."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dues.payments import reverse_payment
from dues.refunds import pay_out_refund, refund_payment, reverse_payout, reverse_refund
from tests.dues.books import TODAY, account_of, pay, trial_balance
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def overpaid():
    goyang = city()
    issued_invoice(goyang)
    return pay(goyang, 7600)


def code_of(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def test_refund_waits_until_the_money_leaves_the_bank(overpaid):
    refund = refund_payment(overpaid, 10_000, reason="Paid twice", on=TODAY, by=None)
    assert account_of(overpaid.member) == (0, 0)
    assert trial_balance() == {"bank": 760_000, "income": -750_000, "refunds": -10_000}

    pay_out_refund(refund, paid_on=TODAY, on=TODAY, by=None)

    assert trial_balance() == {"bank": 750_000, "income": -750_000}
    assert code_of(pay_out_refund, refund, paid_on=TODAY, on=TODAY, by=None) == "paid_out"
    assert code_of(reverse_refund, refund, reason="x", on=TODAY, by=None) == "paid_out"


def test_only_what_is_left_is_refunded(overpaid):
    assert code_of(refund_payment, overpaid, 10_001, reason="x", on=TODAY, by=None) == "too_much"
    assert code_of(refund_payment, overpaid, 100, reason=" ", on=TODAY, by=None) == "reason"
    assert account_of(overpaid.member) == (0, 10_000)


def test_refunded_payment_is_not_reversed(overpaid):
    refund = refund_payment(overpaid, 10_000, reason="Paid twice", on=TODAY, by=None)

    assert code_of(reverse_payment, overpaid, reason="x", on=TODAY, by=None) == "refunded"

    reverse_refund(refund, reason="They keep it", on=TODAY, by=None)
    reverse_payment(overpaid, reason="Not ours", on=TODAY, by=None)
    assert account_of(overpaid.member) == (750_000, 0)


def test_returned_payout_waits_again(overpaid):
    refund = refund_payment(overpaid, 10_000, reason="Paid twice", on=TODAY, by=None)
    payout = pay_out_refund(refund, paid_on=TODAY, on=TODAY, by=None)

    reverse_payout(payout, reason="Account closed", on=TODAY, by=None)

    assert trial_balance() == {"bank": 760_000, "income": -750_000, "refunds": -10_000}
    before = TODAY - dt.timedelta(days=1)
    assert code_of(pay_out_refund, refund, paid_on=before, on=TODAY, by=None) == "day"
    pay_out_refund(refund, paid_on=TODAY, on=TODAY, by=None)
