"""Many processes move the money of one member at once.

    python tests/harness/money_races.py pay|pay-unlocked|credit|reference

Speaks JSON on the last line. `pay-unlocked` is the negative control: without the account's lock and
the database's guard the same race must go wrong.
"""

import datetime as dt
import json
import random
import sys
import time
from functools import partial

from children import fresh_copy
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections

from dues import credit_notes, payments
from dues.credit_notes import Resolution
from dues.invoicing import issue_dues
from dues.ledger import credit_of, open_of, owner_of, receivable_of
from dues.models import Allocation, CreditNote, Invoice, NumberSeries, Payment
from dues.proof import verify_books
from dues.received import Received
from members.models import Member
from tests.harness.kill_points import together
from wego import guards

TODAY = dt.date(2020, 6, 1)
WORKERS, PAYMENTS, CENTS = 16, 50, 1_500
CREDITORS = 8


def seoul():
    return Member.objects.get(name_en="Seoul")


def prepare():
    """The year is issued: Seoul owes USD 8,500."""
    fresh_copy()
    issue_dues(2020, by=None)


def pay_often(number, *, locked=True):
    """Fifty payments, each under a bank reference of its own."""
    random.seed(number)
    if not locked:
        take_the_lock_off()
    member = seoul()
    for turn in range(PAYMENTS):
        received = Received(CENTS, TODAY, bank_reference=f"FT{number}-{turn}")
        if locked:
            until_free(partial(payments.record_payment, member, received, on=TODAY, by=None))
        else:
            payments.take_number = partial(own_number, number * PAYMENTS + turn + 1)
            payments.record_payment(member, received, on=TODAY, by=None)


def until_free(act):
    """A database that stayed busy refused and wrote nothing: whoever is told so tries again."""
    while True:
        try:
            return act()
        except OperationalError:
            time.sleep(random.random() / 10)


def own_number(sequence, _kind, _year):
    """A receipt number that nobody else waits for."""
    time.sleep(random.random() / 50)
    return f"RC-2020-{sequence:04d}", sequence


def take_the_lock_off():
    """Read first, write later, nobody waits: neither for the account nor for a number."""
    settings.DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
    connections["default"].transaction_mode = "DEFERRED"
    payments.lock_account = owner_of


def pay(*, locked=True):
    prepare()
    if not locked:
        for guard in guards.declared():
            guards.run_statements(connection, guard.remove(connection.vendor))
    statuses, _done = together(WORKERS, partial(pay_often, locked=locked))
    member = seoul()
    if not locked:
        guards.install()
    return {
        "failed": sum(status != 0 for status in statuses),
        "payments": Payment.objects.count(),
        "received": sum(Payment.objects.values_list("amount_cents", flat=True)),
        "allocated": sum(Allocation.objects.values_list("amount_cents", flat=True)),
        "owed": receivable_of(member),
        "credit": credit_of(member),
        "last_number": sum(NumberSeries.objects.values_list("last_number", flat=True)),
        "faults": dict(verify_books().found),
    }


def credit():
    """Eight workers void the same invoice, or take most of it off, as often as they can."""
    prepare()
    invoice = Invoice.objects.get(member__name_en="Seoul")
    decided = Resolution(TODAY, "EXCOM", "item 7")

    def act(number):
        for _turn in range(5):
            try:
                if number % 2:
                    credit_notes.void_invoice(invoice, reason="Wrong", on=TODAY, by=None)
                else:
                    credit_notes.credit_reduction(
                        invoice, 300_000, resolution=decided, reason="Flood", on=TODAY, by=None
                    )
            except ValidationError:
                continue

    statuses, _done = together(CREDITORS, act)
    return {
        "failed": sum(status != 0 for status in statuses),
        "amount": invoice.amount_cents,
        "credited": sum(CreditNote.objects.values_list("amount_cents", flat=True)),
        "open": open_of(invoice),
        "faults": dict(verify_books().found),
    }


def reference():
    """Sixteen workers book the same transfer."""
    prepare()

    def act(_number):
        received = Received(CENTS, TODAY, bank_reference="FT-THE-SAME")
        try:
            payments.record_payment(seoul(), received, on=TODAY, by=None)
        except ValidationError as refusal:
            return refusal.code
        return "booked"

    _statuses, became = together(WORKERS, act)
    return {
        "booked": became.count("booked"),
        "refused": became.count("known_reference"),
        "payments": Payment.objects.count(),
        "faults": dict(verify_books().found),
    }


if __name__ == "__main__":
    acts = {
        "pay": pay,
        "pay-unlocked": lambda: pay(locked=False),
        "credit": credit,
        "reference": reference,
    }
    print(json.dumps(acts[sys.argv[1]]()))
