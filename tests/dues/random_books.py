"""Books as the rules leave them after random acts: what is refused is simply not done."""

import contextlib
import datetime as dt
import random

from django.core.exceptions import ValidationError

from dues.adjustments import close_as_bank_charge, waive_invoice, write_off_invoice
from dues.credit_notes import Resolution, credit_reduction, void_invoice
from dues.ledger import left_of, open_of
from dues.models import BankLine, BankStatement, Invoice, Payment, Refund
from dues.payments import (
    allocate_payment,
    apply_credit,
    move_payment,
    record_payment,
    release_allocation,
    reverse_payment,
    standing_allocations,
)
from dues.periods import lock_period
from dues.received import Received
from dues.refunds import pay_out_refund, refund_payment
from members.models import Member
from tests.dues.builders import city, issued_invoice

EXCOM = Resolution(dt.date(2020, 11, 17), "EXCOM", "EXCOM 2020, item 7")
CITIES = (("Seoul", "서울"), ("Goyang", "고양시"), ("Seongnam", "성남시"))
YEARS = (2018, 2019, 2020)


def build_books(seed, acts=16):
    """Three cities with three years of invoices and so many random acts."""
    chance = random.Random(seed)
    members = [city(*names) for names in CITIES]
    for year in YEARS:
        for place, member in enumerate(members, start=1):
            issued_invoice(member, year=year, sequence=place)
    add_line(chance)
    today = dt.date(2021, 1, 10)
    for number in range(acts):
        today += dt.timedelta(days=chance.randrange(4))
        with contextlib.suppress(ValidationError):
            chance.choice(ACTS)(chance, today, number)
    return chance


def add_line(chance):
    """A line of a statement with money for somebody, booked."""
    statement = BankStatement.objects.create(
        file_name="march.xml", file_sha256="0" * 64, format="camt.053", currency="USD"
    )
    line = BankLine.objects.create(
        statement=statement,
        position=1,
        identity=f"{chance.random()}",
        booked_on=dt.date(2020, 3, 20),
        amount=500_000,
        currency="USD",
        party="Goyang City Hall",
    )
    received = Received(500_000, line.booked_on, bank_line=line)
    record_payment(a_member(chance), received, on=dt.date(2021, 1, 5), by=None)


def a_member(chance):
    return chance.choice(list(Member.objects.order_by("pk")))


def an_invoice(chance):
    return chance.choice(list(Invoice.objects.order_by("pk")))


def a_payment(chance):
    return chance.choice(list(Payment.objects.order_by("pk")))


def pay(chance, on, number):
    received = Received(
        chance.choice([100_000, 247_500, 750_000, 760_000, 1_500_000]),
        on - dt.timedelta(days=chance.randrange(400)),
        bank_reference=f"FT{number}",
    )
    record_payment(a_member(chance), received, on=on, by=None)


def allocate(chance, on, _number):
    payment, invoice = a_payment(chance), an_invoice(chance)
    cents = min(left_of(payment), open_of(invoice))
    allocate_payment(payment, {invoice: cents}, on=on, by=None)


def use_credit(chance, on, _number):
    apply_credit(an_invoice(chance), on=on, by=None)


def release(chance, on, _number):
    for allocation in standing_allocations(a_payment(chance))[:1]:
        release_allocation(allocation, reason="Meant for another year", on=on, by=None)


def reverse(chance, on, _number):
    reverse_payment(a_payment(chance), reason="Returned", on=on, by=None)


def move(chance, on, _number):
    move_payment(a_payment(chance), a_member(chance), reason="Theirs", on=on, by=None)


def refund(chance, on, _number):
    payment = a_payment(chance)
    refund_payment(payment, left_of(payment), reason="Paid twice", on=on, by=None)


def pay_out(_chance, on, _number):
    for waiting in Refund.objects.filter(payouts__isnull=True)[:1]:
        pay_out_refund(waiting, paid_on=on, on=on, by=None)


def void(chance, on, _number):
    void_invoice(an_invoice(chance), reason="Wrong figure", on=on, by=None)


def reduce(chance, on, _number):
    credit_reduction(an_invoice(chance), 50_000, resolution=EXCOM, reason="Flood", on=on, by=None)


def charge(chance, on, _number):
    close_as_bank_charge(an_invoice(chance), limit_cents=5_000, reason="Charges", on=on, by=None)


def waive(chance, on, _number):
    waive_invoice(an_invoice(chance), 30_000, resolution=EXCOM, reason="War", on=on, by=None)


def write_off(chance, on, _number):
    invoice = an_invoice(chance)
    write_off_invoice(invoice, open_of(invoice), resolution=EXCOM, reason="Lost", on=on, by=None)


def lock(chance, on, _number):
    if chance.random() < 0.2:
        lock_period(on - dt.timedelta(days=30), reason="Month closed", on=on, by=None)


ACTS = (pay, pay, pay, allocate, use_credit, release, reverse, move, refund, pay_out)
ACTS += (void, reduce, charge, waive, write_off, lock)
