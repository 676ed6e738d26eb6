"""Rests closed without money: bank charges in their limit, waivers and write-offs by decision."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dues.adjustments import (
    close_as_bank_charge,
    reverse_adjustment,
    waive_invoice,
    write_off_invoice,
)
from dues.credit_notes import Resolution
from dues.models import Adjustment, Entry
from dues.states import InvoiceState, state_of, with_state
from tests.dues.books import TODAY, open_cents, pay, trial_balance
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db
EXCOM = Resolution(dt.date(2020, 11, 17), "EXCOM", "EXCOM 2020, item 7")


def code_of(act, *args, **kwargs):
    before = Entry.objects.count()
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    assert Entry.objects.count() == before
    return refusal.value.code


def state(invoice, on=TODAY):
    return state_of(with_state(type(invoice).objects.filter(pk=invoice.pk)).get(), on)


def test_x05_rest_of_25_is_closed_as_a_bank_charge_with_a_reason():
    goyang = city()
    invoice = issued_invoice(goyang)
    pay(goyang, 7475)
    act = {"limit_cents": 5_000, "on": TODAY, "by": None}

    assert code_of(close_as_bank_charge, invoice, reason="", **act) == "reason"
    close_as_bank_charge(invoice, reason="Charges of the payer's bank", **act)

    assert open_cents(invoice) == [0]
    assert state(invoice) == InvoiceState.PAID
    assert trial_balance() == {"bank": 747_500, "bank_charges": 2_500, "income": -750_000}


def test_s21_rest_over_the_limit_stays_open():
    goyang = city()
    invoice = issued_invoice(goyang)
    pay(goyang, "7449.99")

    refused = code_of(
        close_as_bank_charge, invoice, limit_cents=5_000, reason="x", on=TODAY, by=None
    )

    assert refused == "over_limit"
    assert open_cents(invoice) == [5_001]


@pytest.mark.parametrize(
    ("act", "account", "word"),
    [
        (waive_invoice, "waivers", InvoiceState.WAIVED),
        (write_off_invoice, "write_offs", InvoiceState.WRITTEN_OFF),
    ],
)
def test_s17_only_a_recorded_decision_forgives(act, account, word):
    invoice = issued_invoice(city())
    how = {"reason": "Earthquake", "on": TODAY, "by": None}
    tomorrow = Resolution(TODAY + dt.timedelta(days=1), "EXCOM", "item 7")

    assert code_of(act, invoice, 1, resolution=Resolution(TODAY, "", ""), **how) == "decision"
    assert code_of(act, invoice, 1, resolution=tomorrow, **how) == "future"
    assert code_of(act, invoice, 750_001, resolution=EXCOM, **how) == "too_much"
    act(invoice, 750_000, resolution=EXCOM, **how)

    assert trial_balance() == {account: 750_000, "income": -750_000}
    assert state(invoice) == word


def test_adjustment_taken_back_opens_the_invoice_again():
    invoice = issued_invoice(city())
    made = waive_invoice(invoice, 750_000, resolution=EXCOM, reason="Earthquake", on=TODAY, by=None)

    reverse_adjustment(made, reason="Another city", on=TODAY, by=None)

    assert open_cents(invoice) == [750_000]
    assert state(invoice) == InvoiceState.OVERDUE
    assert Adjustment.objects.count() == 1
    assert code_of(reverse_adjustment, made, reason="x", on=TODAY, by=None) == "reversed"
