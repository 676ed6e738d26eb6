"""The statement of account: exact lines, running balance, nothing that only moves inside."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from dues.adjustments import close_as_bank_charge
from dues.credit_notes import void_invoice
from dues.payments import reverse_payment
from dues.refunds import pay_out_refund, refund_payment, reverse_payout
from dues.statement import read_statement
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db
YEAR = {"first": dt.date(2020, 1, 1), "last": dt.date(2020, 12, 31)}


def lines_of(statement):
    return [
        (f"{line.on:%m-%d}", line.number or line.invoice, line.text, line.owed_cents)
        for line in statement.lines
    ]


def test_a_year_of_goyang_to_the_cent():
    goyang = city()
    issued_invoice(goyang, year=2019)
    invoice = issued_invoice(goyang)
    pay(goyang, 7475, received_on=dt.date(2020, 3, 20), parts={invoice: 747_500})
    close_as_bank_charge(
        invoice, limit_cents=5_000, reason="Charges", on=dt.date(2020, 3, 21), by=None
    )

    statement = read_statement(goyang, **YEAR)

    assert statement.opening_cents == 750_000
    assert lines_of(statement) == [
        ("01-15", "WEGO-2020-0001", "Dues 2020", 750_000),
        ("03-20", "RC-2021-0001", "Payment received on 20 Mar 2020", -747_500),
        ("03-21", "WEGO-2020-0001", "Bank charges, invoice WEGO-2020-0001", -2_500),
    ]
    assert [line.balance_cents for line in statement.lines] == [1_500_000, 752_500, 750_000]
    assert (statement.debit_cents, statement.credits_cents) == (750_000, 750_000)
    assert statement.closing_cents == statement.open_cents == 750_000
    assert [each.number for each in statement.open_invoices] == ["WEGO-2019-0001"]


def test_a_refund_shows_when_it_leaves_the_bank_and_when_it_comes_back():
    goyang = city()
    payment = pay(goyang, 100, received_on=dt.date(2020, 2, 1), parts={})
    facts = {"on": TODAY, "by": None}
    refund = refund_payment(payment, 10_000, reason="Paid twice", **facts)

    waiting = read_statement(goyang, first=YEAR["first"], last=TODAY)
    assert len(waiting.lines) == 1
    assert (waiting.closing_cents, waiting.refunds_cents, waiting.credit_cents) == (
        -10_000,
        10_000,
        0,
    )

    payout = pay_out_refund(refund, paid_on=TODAY, **facts)
    reverse_payout(payout, reason="Account closed", **facts)
    statement = read_statement(goyang, first=YEAR["first"], last=TODAY)

    assert lines_of(statement)[1:] == [
        ("06-01", "RC-2021-0001", "Refund paid out", 10_000),
        ("06-01", "RC-2021-0001", "Taken back: Refund paid out", -10_000),
    ]
    assert statement.closing_cents == -10_000


def test_what_was_taken_back_stays_with_its_opposite():
    goyang = city()
    invoice = issued_invoice(goyang)
    payment = pay(goyang, 7500)
    reverse_payment(payment, reason="Kathmandu's", on=dt.date(2020, 4, 2), by=None)
    void_invoice(invoice, reason="Wrong figure", on=dt.date(2020, 5, 4), by=None)

    statement = read_statement(goyang, **YEAR)

    assert lines_of(statement) == [
        ("01-15", "WEGO-2020-0001", "Dues 2020", 750_000),
        ("03-20", "RC-2021-0001", "Payment received on 20 Mar 2020", -750_000),
        ("04-02", "RC-2021-0001", "Taken back: Payment received on 20 Mar 2020", 750_000),
        ("05-04", "CN-2020-0001", "Credit note to invoice WEGO-2020-0001", -750_000),
    ]
    assert (statement.closing_cents, list(statement.open_invoices)) == (0, [])


def test_a_duplicates_documents_are_on_the_account_of_its_owner():
    goyang, twin = city(), city("Koyang", "")
    issued_invoice(twin)
    type(twin).objects.filter(pk=twin.pk).update(merged_into=goyang)
    twin.refresh_from_db()

    for member in (goyang, twin):
        statement = read_statement(member, **YEAR)
        assert (statement.member, statement.closing_cents) == (goyang, 750_000)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError) as refusal:
        read_statement(city(), first=YEAR["last"], last=YEAR["first"])

    assert refusal.value.code == "period"


@pytest.mark.parametrize("years", [1, 4])
def test_queries_do_not_grow_with_the_account(years, django_assert_num_queries):
    goyang = city()
    for year in range(2017, 2017 + years):
        invoice = issued_invoice(goyang, year=year)
        pay(goyang, 10, received_on=invoice.issued_on)

    with django_assert_num_queries(4):
        assert read_statement(goyang, first=dt.date(2017, 1, 1), last=TODAY).lines


def test_days_read_as_the_reader_writes_them():
    goyang = city()
    pay(goyang, 5, parts={})

    with override("ko"):
        assert "2020. 3. 20." in read_statement(goyang, **YEAR).lines[0].text
