"""Entries in words: every kind of document, its reason, its balance."""

import datetime as dt

import pytest

from dues.account_words import account_of_invoice, account_of_payment, tell_entries
from dues.adjustments import close_as_bank_charge, waive_invoice, write_off_invoice
from dues.credit_notes import Resolution, void_invoice
from dues.models import CreditNote, Entry
from dues.payments import release_allocation, standing_allocations
from dues.refunds import pay_out_refund, refund_payment, reverse_payout
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice
from tests.dues.desk import page_of

pytestmark = pytest.mark.django_db
DECIDED = Resolution(dt.date(2020, 11, 20), "EXCOM", "EXCOM 2020, item 3")


def told(entries=None):
    found = tell_entries((Entry.objects.all() if entries is None else entries).order_by("pk"))
    return [line.what for line in found]


def test_every_document_is_told_with_its_number(finance):
    invoice = issued_invoice(city())
    payment = pay(invoice.member, "7600")
    [allocation] = standing_allocations(payment)
    refund = refund_payment(payment, 10_000, reason="Paid twice", on=TODAY, by=finance)
    payout = pay_out_refund(refund, paid_on=TODAY, on=TODAY, by=finance)
    reverse_payout(payout, reason="Sent back", on=TODAY, by=finance)
    release_allocation(allocation, reason="Another year", on=TODAY, by=finance)
    void_invoice(invoice, reason="Wrong figure", on=TODAY, by=finance)

    number, note = payment.number, CreditNote.objects.get().number
    assert told() == [
        "Invoice WEGO-2020-0001",
        f"Payment {number}",
        f"{number} settles WEGO-2020-0001",
        f"Refund out of {number}",
        f"Refund out of {number} left the bank",
        f"Taken back: Refund out of {number} left the bank",
        f"Taken back: {number} settles WEGO-2020-0001",
        f"Credit note {note} on WEGO-2020-0001",
    ]


def test_what_closes_a_rest_is_told_with_its_decision():
    invoice = issued_invoice(city())
    waive_invoice(invoice, 1_000, resolution=DECIDED, reason="After the flood", on=TODAY, by=None)
    write_off_invoice(invoice, 2_000, resolution=DECIDED, reason="Dissolved", on=TODAY, by=None)
    close_as_bank_charge(invoice, limit_cents=10**9, reason="Charges", on=TODAY, by=None)

    lines = tell_entries(Entry.objects.order_by("pk"))

    assert [(line.what, line.why) for line in lines[1:]] == [
        (
            "WEGO-2020-0001 waived by decision",
            "After the flood\nDecided by EXCOM on 2020-11-20, EXCOM 2020, item 3",
        ),
        (
            "WEGO-2020-0001 written off by decision",
            "Dissolved\nDecided by EXCOM on 2020-11-20, EXCOM 2020, item 3",
        ),
        ("Rest of WEGO-2020-0001 closed as bank charge", "Charges"),
    ]


def test_each_step_says_what_is_left_after_it(finance):
    invoice = issued_invoice(city())
    payment = pay(invoice.member, "8000")
    [allocation] = standing_allocations(payment)
    release_allocation(allocation, reason="Another year", on=TODAY, by=finance)

    of_invoice, of_payment = account_of_invoice(invoice), account_of_payment(payment)

    assert [(step.moved, step.left) for step in of_invoice] == [
        (750_000, 750_000),
        (-750_000, 0),
        (750_000, 750_000),
    ]
    assert [step.left for step in of_payment] == [800_000, 50_000, 800_000]
    assert [step.line.taken_back for step in of_payment] == [False, True, False]
    assert of_payment[2].line.who == "Lee Ji-hoon"
    assert of_payment[2].line.why == "Another year"


def test_a_line_leads_to_its_payment_or_else_to_its_invoice():
    invoice = issued_invoice(city())
    payment = pay(invoice.member, "7500")

    urls = [line.url for line in tell_entries(Entry.objects.order_by("pk"))]

    assert urls == [page_of(invoice), page_of(payment), page_of(payment)]


def test_any_number_of_entries_is_one_query(django_assert_num_queries):
    invoice = issued_invoice(city())
    for _each in range(3):
        payment = pay(invoice.member, "100")
        refund_payment(pay(invoice.member, "1", parts={}), 100, reason="r", on=TODAY, by=None)
        [allocation] = standing_allocations(payment)
        release_allocation(allocation, reason="r", on=TODAY, by=None)

    with django_assert_num_queries(1):
        assert len(told()) == 1 + 3 * 5
