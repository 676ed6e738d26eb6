"""What must agree in any books on any day, made by random acts: every report says the same."""

import datetime as dt

import pytest
from django.db.models import Sum

from dues.aging import read_aging
from dues.board import read_held, read_year
from dues.cash import read_cash
from dues.gaps import report_numbers
from dues.journal import Sums, list_lines
from dues.ledger import (
    ON_ACCOUNT,
    RECEIVABLE,
    balances,
    credit_of,
    receivable_of,
    total_balance,
    with_open,
)
from dues.models import Account, Entry, EntryKind, Invoice, Payment
from dues.statement import read_statement
from members.models import Member
from tests.dues.random_books import YEARS, build_books

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST = dt.date(2018, 1, 1)
DAYS = (dt.date(2022, 12, 31) - FIRST).days
ACTS = 40


def day(chance):
    return FIRST + dt.timedelta(days=chance.randrange(DAYS))


@pytest.mark.parametrize("seed", range(4))
def test_aging_is_open_invoices_is_receivables_on_100_random_days(seed):
    chance = build_books(seed, acts=ACTS)
    assert Entry.objects.filter(kind=EntryKind.REVERSAL).exists()

    for _ in range(25):
        on = day(chance)
        aging = read_aging(on)
        issued = with_open(Invoice.objects.filter(issued_on__lte=on), on)
        cents = {invoice.pk: invoice.open_cents for invoice in issued if invoice.open_cents}
        assert {row.invoice_id: row.open_cents for row in aging.rows} == cents
        assert sum(aging.cents.values()) == total_balance(Account.RECEIVABLES, on)
        assert {m.member_id: m.total_cents for m in aging.members} == balances(RECEIVABLE, on)
        assert all(row.open_cents > 0 for row in aging.rows)


@pytest.mark.parametrize("seed", range(2))
def test_statements_boards_and_balances_say_the_same(seed):
    chance = build_books(seed, acts=ACTS)

    for _ in range(6):
        first, last = sorted((day(chance), day(chance)))
        for member in Member.objects.all():
            statement = read_statement(member, first=first, last=last)
            owed, credit = receivable_of(member, last), credit_of(member, last)
            assert statement.closing_cents == owed - credit - statement.refunds_cents
            assert (statement.open_cents, statement.credit_cents) == (owed, credit)
            before = read_statement(member, first=FIRST, last=first - dt.timedelta(days=1))
            assert before.closing_cents == statement.opening_cents
            balance = statement.opening_cents
            for line in statement.lines:
                balance += line.debit_cents - line.credit_cents
                assert line.balance_cents == balance
        held, aging = read_held(last, newest=chance.random()), read_aging(last)
        assert (held.open_cents, held.overdue_cents) == (aging.total_cents, aging.overdue_cents)
        assert held.credit_cents == sum(balances(ON_ACCOUNT, last).values())
        assert held.refunds_cents == -total_balance(Account.REFUNDS, last)
        years = [read_year(year, last) for year in YEARS]
        assert sum(year.open_cents for year in years) == aging.total_cents
        assert sum(year.overdue_cents for year in years) == aging.overdue_cents
        for year in years:
            assert year.due_cents == year.paid_cents + year.closed_cents + year.open_cents


@pytest.mark.parametrize("seed", range(2))
def test_the_export_balances_and_holds_every_entry(seed):
    chance = build_books(seed, acts=ACTS)
    first, last = sorted((day(chance), day(chance)))

    sums = Sums()
    lines = list(list_lines(first, last, sums))

    entries = Entry.objects.filter(posted_on__range=(first, last))
    assert len(lines) == 2 * entries.count() == 2 * sums.entries
    assert sums.debit_cents == sums.credit_cents
    assert sums.debit_cents == (entries.aggregate(cents=Sum("amount_cents"))["cents"] or 0)
    whole = Sums()
    balance = dict.fromkeys(Account.values, 0)
    for _day, _pk, _book, account, _no, _name, debit, credit, *_rest in list_lines(
        FIRST, dt.date(2023, 1, 1), whole
    ):
        balance[account] += (debit or 0) - (credit or 0)
    assert balance == {account: total_balance(account) for account in Account.values}


@pytest.mark.parametrize("seed", range(2))
def test_cash_is_every_payment_that_stands_and_no_number_is_missing(seed):
    build_books(seed, acts=ACTS)

    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT).values("payment")
    received = Payment.objects.filter(pk__in=standing)
    assert sum(read_cash(year).cents for year in range(2018, 2023)) == sum(
        received.values_list("amount_cents", flat=True)
    )
    reports = report_numbers()
    assert all(report.is_whole for report in reports)
    assert {report.kind for report in reports} >= {"invoice", "receipt"}
