"""A city with invoices and money, and what its account says, for tests of the ledger."""

import datetime as dt

from dues.ledger import credit_of, open_of, receivable_of
from dues.models import Account, Entry
from dues.payments import record_payment
from dues.received import Received
from wego.money import cents_of

TODAY = dt.date(2021, 6, 1)


def pay(member, usd, *, received_on=dt.date(2020, 3, 20), on=TODAY, parts=None, **facts):
    """A payment in dollars, as finance records it."""
    received = Received(amount_cents=cents_of(usd), received_on=received_on, **facts)
    return record_payment(member, received, on=on, by=None, parts=parts)


def account_of(member, on=None):
    """What a member owes and has on account, US cents."""
    return receivable_of(member, on), credit_of(member, on)


def open_cents(*invoices):
    """What is open on invoices, US cents."""
    return [open_of(invoice) for invoice in invoices]


def movements():
    """Every entry in the order of posting: kind, debit, credit, cents, day."""
    rows = Entry.objects.order_by("pk")
    return list(rows.values_list("kind", "debit", "credit", "amount_cents", "posted_on"))


def trial_balance():
    """The balance of every account that moved, debits positive."""
    totals = dict.fromkeys(Account.values, 0)
    for _kind, debit, credit, cents, _day in movements():
        totals[debit] += cents
        totals[credit] -= cents
    return {account: cents for account, cents in totals.items() if cents}
