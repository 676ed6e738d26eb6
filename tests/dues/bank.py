"""Statements as the readers hand them over, and lines of them taken in, for tests of the bank."""

import datetime as dt

from dues.banking import find_waiting, import_statements
from dues.models import BankLine
from dues.policies import load_policies
from dues.proposals import propose_for
from dues.statements import Balance, Statement, StatementLine
from dues.statements.identity import identify
from wego.models import PolicyValue
from wego.money import cents_of

ACCOUNT = "100-032-020201"
DAY = dt.date(2020, 3, 20)
TODAY = dt.date(2020, 6, 1)


def movement(usd, text="", *, on=DAY, currency="USD", party="", account="", bank="", **facts):
    """One line of a statement, in dollars or whatever the currency is."""
    return StatementLine(
        booked_on=on,
        value_on=on,
        amount_cents=cents_of(usd),
        currency=currency,
        position=facts.pop("position", 1),
        counterparty_name=party,
        counterparty_account=account,
        bank_reference=bank,
        text=text,
        **facts,
    )


def statement(*lines, opening=None, closing=None, name="S-1", currency="USD", **facts):
    """A statement of our account with these lines; balances in cents."""
    return Statement(
        format="camt.053",
        account=ACCOUNT,
        currency=currency,
        statement_id=name,
        opening=None if opening is None else Balance(opening, DAY),
        closing=None if closing is None else Balance(closing, DAY),
        lines=lines,
        **facts,
    )


def take_in(*statements, on=TODAY, by=None):
    """Import statements as one file."""
    return import_statements(
        identify(statements), file_name="march.xml", content_sha256="0" * 64, on=on, by=by
    )


def line_in(usd, text="", **facts):
    """One line, imported and waiting."""
    take_in(statement(movement(usd, text, **facts)))
    return find_waiting().order_by("-pk").first() or BankLine.objects.latest("pk")


def offers_of(line):
    """What may be done with a waiting line."""
    row = find_waiting(BankLine.objects.filter(pk=line.pk)).get()
    return propose_for([row], load_policies())[row.pk]


def waiting():
    """The texts of the lines that wait, the oldest first."""
    return [line.text for line in find_waiting()]


def choose(key, value):
    """A policy switch as an administrator sets it."""
    PolicyValue.objects.update_or_create(key=key, defaults={"value": value})
