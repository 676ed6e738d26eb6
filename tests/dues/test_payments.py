"""Payments at the amount received, oldest first; X05 to X08 by number."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from dues.models import Allocation, Entry, Invoice, NumberSeries, Payment
from dues.payments import (
    allocate_payment,
    apply_credit,
    move_payment,
    release_allocation,
    reverse_payment,
)
from dues.periods import lock_period
from tests.dues.books import TODAY, account_of, movements, open_cents, pay, trial_balance
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db
D = dt.date


def refused(act, *args, **kwargs):
    """The code of a refusal, after which nothing was written."""
    before = list(Entry.objects.values_list("pk", flat=True)), Payment.objects.count()
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    assert (list(Entry.objects.values_list("pk", flat=True)), Payment.objects.count()) == before
    return refusal.value.code


def test_payment_settles_the_invoice_on_the_day_it_arrived():
    goyang = city()
    invoice = issued_invoice(goyang)

    payment = pay(goyang, 7500)

    assert payment.number == "RC-2021-0001"
    assert open_cents(invoice) == [0]
    assert movements() == [
        ("invoice", "receivables", "income", 750_000, D(2020, 1, 15)),
        ("payment", "bank", "credit", 750_000, D(2020, 3, 20)),
        ("allocation", "credit", "receivables", 750_000, D(2020, 3, 20)),
    ]
    assert trial_balance() == {"bank": 750_000, "income": -750_000}


def test_x05_transfer_25_short_leaves_25_open():
    goyang = city()
    invoice = issued_invoice(goyang)

    payment = pay(goyang, 7475)

    assert payment.amount_cents == 747_500
    assert open_cents(invoice) == [2_500]
    assert account_of(goyang) == (2_500, 0)


def test_x06_overpayment_is_credit_and_offered_to_the_next_invoice():
    goyang = city()
    issued_invoice(goyang)
    pay(goyang, 7600)
    assert account_of(goyang) == (0, 10_000)

    following = issued_invoice(goyang, year=2021)
    assert open_cents(following) == [750_000]
    apply_credit(following, on=TODAY, by=None)

    assert open_cents(following) == [740_000]
    assert account_of(goyang) == (740_000, 0)
    assert refused(apply_credit, following, on=TODAY, by=None) == "no_credit"


def test_x07_one_payment_for_two_years_oldest_first():
    goyang = city()
    newer, older = issued_invoice(goyang, year=2021), issued_invoice(goyang, year=2020)

    payment = pay(goyang, 10_000, received_on=D(2021, 2, 1))

    rows = payment.allocations.values_list("invoice", "amount_cents", "allocated_on")
    assert list(rows) == [
        (older.pk, 750_000, D(2021, 2, 1)),
        (newer.pk, 250_000, D(2021, 2, 1)),
    ]
    assert open_cents(older, newer) == [0, 500_000]


def test_x07_the_member_said_otherwise():
    goyang = city()
    newer, older = issued_invoice(goyang, year=2021), issued_invoice(goyang, year=2020)

    pay(goyang, 7500, received_on=D(2021, 2, 1), parts={newer: 700_000})

    assert open_cents(older, newer) == [750_000, 50_000]
    assert account_of(goyang) == (800_000, 50_000)


def test_x08_same_bank_reference_is_booked_once():
    goyang, almaty = city(), city("Almaty", "알마티", country_code="KZ")
    first = pay(goyang, 100, bank_reference="FT20080-1")

    assert refused(pay, almaty, 100, bank_reference="FT20080-1") == "known_reference"

    reverse_payment(first, reason="Not our account", on=TODAY, by=None)
    assert pay(almaty, 100, bank_reference="FT20080-1").number == "RC-2021-0002"


@pytest.mark.parametrize(
    ("usd", "day", "code"),
    [
        (0, D(2020, 3, 20), "amount"),
        (-5, D(2020, 3, 20), "amount"),
        ("1000000000.01", D(2020, 3, 20), "amount"),
        (100, D(2021, 6, 2), "future"),
        (100, D(2009, 12, 31), "too_early"),
    ],
)
def test_money_that_cannot_be_is_refused(usd, day, code):
    goyang = city()

    assert refused(pay, goyang, usd, received_on=day) == code
    assert not NumberSeries.objects.exists()


def test_more_than_is_open_or_left_is_refused():
    goyang, almaty = city(), city("Almaty", "알마티", country_code="KZ")
    mine, theirs = issued_invoice(goyang), issued_invoice(almaty, sequence=2)
    payment = pay(goyang, 7600)

    assert refused(allocate_payment, payment, {mine: 1}, on=TODAY, by=None) == "too_much"
    assert refused(allocate_payment, payment, {theirs: 1}, on=TODAY, by=None) == "other_member"
    later = issued_invoice(goyang, year=2021)
    assert refused(allocate_payment, payment, {later: 10_001}, on=TODAY, by=None) == "too_much"
    assert refused(allocate_payment, payment, {later: 0}, on=TODAY, by=None) == "too_much"


def test_released_allocation_opens_the_invoice_from_that_day():
    goyang = city()
    invoice = issued_invoice(goyang)
    payment = pay(goyang, 7500)
    allocation = payment.allocations.get()

    release_allocation(allocation, reason="Meant for 2021", on=TODAY, by=None)

    assert account_of(goyang, D(2021, 5, 31)) == (0, 0)
    assert account_of(goyang, TODAY) == (750_000, 750_000)
    assert refused(release_allocation, allocation, reason="x", on=TODAY, by=None) == "reversed"
    assert open_cents(invoice) == [750_000]


def test_late_payment_never_overdraws_the_days_before():
    goyang = city()
    issued_invoice(goyang)
    first = pay(goyang, 7500)
    reverse_payment(first, reason="Bounced", on=TODAY, by=None)

    # Received in March as well, recorded after the other was taken back in June.
    second = pay(goyang, 7500, received_on=D(2020, 3, 21))

    assert second.allocations.get().allocated_on == TODAY
    assert account_of(goyang, D(2020, 3, 21)) == (0, 750_000)
    assert account_of(goyang, TODAY) == (0, 0)


def test_payment_of_another_member_is_moved_by_reversing_entries():
    goyang, almaty = city(), city("Almaty", "알마티", country_code="KZ")
    mine, theirs = issued_invoice(goyang), issued_invoice(almaty, sequence=2)
    payment = pay(goyang, 7500, bank_reference="FT1")

    moved = move_payment(payment, almaty, reason="Paid by Almaty", on=TODAY, by=None)

    assert (moved.member, moved.received_on) == (almaty, D(2020, 3, 20))
    assert moved.bank_reference == "FT1"
    assert open_cents(mine, theirs) == [750_000, 0]
    assert trial_balance() == {"bank": 750_000, "receivables": 750_000, "income": -1_500_000}
    assert refused(move_payment, moved, almaty, reason="x", on=TODAY, by=None) == "same_member"
    assert refused(reverse_payment, payment, reason="x", on=TODAY, by=None) == "reversed"
    assert Payment.objects.count() == 2


def test_duplicate_pays_and_owes_as_the_member_it_was_merged_into():
    goyang = city()
    twin = city("Goyang City", "고양", merged_into=goyang)
    invoice = issued_invoice(twin)

    payment = pay(twin, 8000)

    assert payment.member == goyang
    assert open_cents(invoice) == [0]
    assert account_of(goyang) == account_of(twin) == (0, 50_000)


def test_payment_received_in_a_locked_period_lands_after_it():
    goyang = city()
    issued_invoice(goyang)
    lock_period(D(2020, 12, 31), reason="Year closed", on=TODAY, by=None)

    payment = pay(goyang, 7500)

    assert payment.received_on == D(2020, 3, 20)
    days = Entry.objects.filter(payment=payment).values_list("posted_on", flat=True)
    assert set(days) == {D(2021, 1, 1)}


def test_nothing_is_left_of_a_payment_that_fails_half_way():
    goyang, almaty = city(), city("Almaty", "알마티", country_code="KZ")
    theirs = issued_invoice(almaty)

    assert refused(pay, goyang, 100, parts={theirs: 100}) == "other_member"

    assert not Payment.objects.exists()
    assert not Allocation.objects.exists()
    assert pay(goyang, 100).number == "RC-2021-0001"
    assert Invoice.objects.count() == 1
