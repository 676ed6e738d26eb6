"""Money moved by lines of statements: by itself when certain, else by people, and back again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from dues.banking import find_waiting
from dues.booking import (
    accept_offer,
    book_certain,
    book_line,
    pay_out_line,
    undo_booking,
)
from dues.models import Adjustment, Entry, Payment
from dues.payments import reverse_payment
from dues.periods import lock_period
from dues.refunds import refund_payment, standing_payout
from dues.statements import Original
from tests.dues.bank import (
    DAY,
    TODAY,
    choose,
    line_in,
    movement,
    offers_of,
    statement,
    take_in,
    waiting,
)
from tests.dues.books import account_of, open_cents, pay, trial_balance
from tests.dues.builders import city, issued_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def goyang():
    return city()


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang, amount_cents=700_000)


def accept_first(line, **facts):
    return accept_offer(line, offers_of(line)[0], on=TODAY, by=None, **facts)


def test_certain_line_books_itself(goyang, invoice, finance):
    line = line_in("7000.00", invoice.reference, party="GOYANG CITY", bank="B-100001")

    (payment,) = book_certain(on=TODAY, by=finance)

    assert (payment.member, payment.amount_cents, payment.bank_line) == (goyang, 700_000, line)
    assert (payment.received_on, payment.payer) == (DAY, "GOYANG CITY")
    assert (payment.bank_reference, payment.recorded_by) == ("B-100001", finance)
    assert payment.note == (
        "The reference is that of invoice WEGO-2020-0001; The payer is called “Goyang”; "
        "The amount is exactly what is open"
    )
    assert open_cents(invoice) == [0]
    assert waiting() == []
    assert book_certain(on=TODAY, by=finance) == []


def test_nothing_books_itself_when_the_policy_says_so(invoice):
    choose("match_certain", "propose")
    line_in("7000.00", invoice.reference)

    assert book_certain(on=TODAY, by=None) == []
    assert waiting() == [invoice.reference]


@pytest.mark.parametrize(
    ("usd", "facts"),
    [
        ("6990.00", {}),
        ("7010.00", {}),
        ("7000.00", {"currency": "EUR"}),
        ("7000.00", {"party": "Kathmandu"}),
        ("7000.00", {"is_reversal": True}),
        ("-7000.00", {"is_reversal": True}),
    ],
)
def test_what_leaves_a_doubt_waits_for_a_person(invoice, usd, facts):
    city("Kathmandu", "카트만두", country_code="NP")
    line_in(usd, invoice.reference, **facts)

    assert book_certain(on=TODAY, by=None) == []
    assert len(waiting()) == 1
    assert Payment.objects.count() == 0


def test_same_invoice_paid_twice_books_one_and_leaves_one(goyang, invoice):
    take_in(
        statement(
            movement("7000.00", f"{invoice.number} A", bank="B-100001"),
            movement("7000.00", f"{invoice.number} B", bank="B-100002"),
        )
    )

    assert len(book_certain(on=TODAY, by=None)) == 1
    assert account_of(goyang) == (0, 0)
    assert len(waiting()) == 1


def test_two_years_in_two_lines_are_both_booked(goyang, invoice):
    older = issued_invoice(goyang, year=2019, amount_cents=650_000)
    take_in(
        statement(
            movement("7000.00", invoice.number, bank="B-100001"),
            movement("6500.00", older.number, bank="B-100002"),
        )
    )

    assert len(book_certain(on=TODAY, by=None)) == 2
    assert open_cents(invoice, older) == [0, 0]


def test_line_that_a_person_took_back_does_not_book_itself_again(goyang, invoice):
    line_in("7000.00", invoice.reference)
    (payment,) = book_certain(on=TODAY, by=None)

    reverse_payment(payment, reason="Not theirs", on=TODAY, by=None)

    assert book_certain(on=TODAY, by=None) == []
    assert waiting() == [invoice.reference]


def test_short_payment_closes_by_itself_within_the_switch_x05(goyang, invoice):
    choose("bank_charge_automatic", "25")
    line_in("6975.00", invoice.reference)

    (payment,) = book_certain(on=TODAY, by=None)

    assert payment.amount_cents == 697_500
    charge = Adjustment.objects.get()
    assert (charge.kind, charge.amount_cents) == ("bank_charge", 2500)
    assert charge.reason == f"Bank charges of {payment.number}"
    assert account_of(goyang) == (0, 0)


def test_person_closes_a_rest_up_to_the_limit(goyang, invoice):
    line = line_in("6960.00", invoice.reference)

    accept_first(line, charge_cents=4000)

    assert Adjustment.objects.get().amount_cents == 4000
    assert open_cents(invoice) == [0]


def test_rest_over_the_limit_stays_open(goyang, invoice):
    line = line_in("6900.00", invoice.reference)

    accept_first(line, charge_cents=100_000)

    assert Adjustment.objects.count() == 0
    assert open_cents(invoice) == [10_000]


def test_line_is_split_over_two_members(goyang, invoice):
    kathmandu = city("Kathmandu", "카트만두", country_code="NP")
    second = issued_invoice(kathmandu, amount_cents=150_000, sequence=2)
    line = line_in("8500.00", "TWO CITIES")

    book_line(line, goyang, {invoice: 700_000}, on=TODAY, by=None, usd_cents=700_000)
    book_line(line, kathmandu, {second: 150_000}, on=TODAY, by=None)

    assert open_cents(invoice, second) == [0, 0]
    assert waiting() == []
    with pytest.raises(ValidationError, match=r"USD 0\.00 is left"):
        book_line(line, goyang, {}, on=TODAY, by=None, usd_cents=1)


def test_other_currency_needs_the_amount_in_dollars_and_the_rate(goyang, invoice):
    line = line_in("6400.00", invoice.reference, currency="EUR")

    with pytest.raises(ValidationError, match=r"Enter the amount in US dollars .* EUR 6,400.00"):
        accept_first(line)
    with pytest.raises(ValidationError, match="from where the amount"):
        accept_first(line, usd_cents=700_000)
    assert Payment.objects.count() == 0

    payment = accept_first(line, usd_cents=698_000, rate_note="Advice of 20 March, 1.090625")

    assert (payment.amount_cents, payment.original_currency, payment.original_amount) == (
        698_000,
        "EUR",
        "6400.00",
    )
    assert payment.rate_note == "Advice of 20 March, 1.090625"
    assert open_cents(invoice) == [2000]
    assert waiting() == []


def test_exchange_by_the_bank_is_kept_with_the_payment(goyang, invoice):
    original = Original(amount=Decimal("6400.00"), currency="EUR", rate=Decimal("1.09375"))
    line_in("7000.00", invoice.reference, original=original)

    (payment,) = book_certain(on=TODAY, by=None)

    assert (payment.amount_cents, payment.original_currency, payment.original_amount) == (
        700_000,
        "EUR",
        "6400.00",
    )
    assert payment.rate_note == "EUR 6400.00 @ 1.09375"


def test_reversal_by_the_bank_is_never_booked_as_a_payment(goyang):
    line = line_in("7000.00", is_reversal=True)

    with pytest.raises(ValidationError, match="never booked"):
        book_line(line, goyang, None, on=TODAY, by=None)

    assert Entry.objects.count() == 0


def test_what_the_bank_took_back_goes_back_in_the_books(goyang, invoice):
    line_in("7000.00", invoice.reference, bank="B-100001")
    (payment,) = book_certain(on=TODAY, by=None)
    line = line_in("-7000.00", bank="B-100002", on=dt.date(2020, 3, 25), is_reversal=True)

    assert accept_first(line) is None

    assert account_of(goyang) == (700_000, 0)
    line.refresh_from_db()
    assert line.set_aside_why == f"Taken back by the bank on 2020-03-25: {payment.number}"
    # The money is on the statement twice, in and out, and waits no more than once.
    assert [row.amount for row in find_waiting()] == [700_000]


def test_refund_leaves_the_bank_with_a_line(goyang):
    payment = pay(goyang, "100.00")
    refund = refund_payment(payment, 10_000, reason="Twice", on=DAY, by=None)
    line = line_in("-100.00", on=dt.date(2020, 4, 1))

    payout = accept_first(line)

    assert (payout.refund, payout.bank_line, payout.paid_on) == (
        refund,
        line,
        dt.date(2020, 4, 1),
    )
    assert trial_balance() == {}
    assert waiting() == []
    assert standing_payout(refund) == payout


def test_line_of_another_amount_is_no_payout(goyang):
    payment = pay(goyang, "100.00")
    refund = refund_payment(payment, 10_000, reason="Twice", on=DAY, by=None)

    for line in (line_in("-99.00", "A"), line_in("100.00", "B")):
        with pytest.raises(ValidationError, match=r"not USD 100.00 paid out"):
            pay_out_line(line, refund, on=TODAY, by=None)

    assert standing_payout(refund) is None


def test_undo_takes_the_payment_and_its_bank_charge_back(goyang, invoice):
    choose("bank_charge_automatic", "25")
    line_in("6975.00", invoice.reference)
    (payment,) = book_certain(on=TODAY, by=None)

    undo_booking(payment, reason="Wrong line", on=TODAY, by=None)

    assert account_of(goyang) == (700_000, 0)
    assert waiting() == [invoice.reference]
    with pytest.raises(ValidationError, match="taken back already"):
        undo_booking(payment, reason="Wrong line", on=TODAY, by=None)


def test_money_of_a_closed_period_is_posted_after_it(goyang, invoice):
    line_in("7000.00", invoice.reference)
    lock_period(dt.date(2020, 3, 31), reason="Books of March", on=TODAY, by=None)

    (payment,) = book_certain(on=TODAY, by=None)

    assert payment.received_on == DAY
    assert Entry.objects.get(payment=payment, kind="payment").posted_on == dt.date(2020, 4, 1)
