"""Statements are taken in line by line, each line once, however often and by however many."""

import datetime as dt
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from dues.banking import (
    find_waiting,
    foresee_import,
    import_statements,
    set_aside_line,
    take_line_back,
)
from dues.models import BankLine, BankStatement, Entry
from dues.statements import Original
from dues.statements.identity import identify
from tests.dues.bank import ACCOUNT, DAY, TODAY, line_in, movement, statement, take_in, waiting
from tests.dues.books import pay
from tests.dues.builders import city
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
MARCH = (
    movement("7000.00", "GOYANG 2020", party="Goyang", bank="B-100001"),
    movement("1500.00", "KATHMANDU 2020", party="Kathmandu", bank="B-100002"),
    movement("-65.84", "CHARGES", bank="B-100003"),
)


def test_statement_is_kept_with_its_lines(finance):
    original = Original(amount=Decimal("6400.00"), currency="EUR", rate=Decimal("1.09375"))
    line = movement(
        "7000.00",
        "GOYANG 2020",
        party="Bank of Goyang",
        on_behalf_of="Goyang City",
        account="KR99 1",
        bank="B-100001",
        end_to_end_id="E-1",
        creditor_reference="RF18",
        original=original,
    )

    result = take_in(
        statement(line, opening=10_000, closing=710_000, number="12", warnings=("Look.",)),
        by=finance,
    )

    (row,) = result.stored
    assert (row.format, row.account, row.currency, row.reference) == (
        "camt.053",
        ACCOUNT,
        "USD",
        "12 S-1",
    )
    assert (row.opened_on, row.closed_on) == (DAY, DAY)
    assert (row.opening_amount, row.closing_amount) == (10_000, 710_000)
    assert (row.warnings, row.file_name, row.imported_by) == (["Look."], "march.xml", finance)
    kept = row.lines.get()
    assert (kept.amount, kept.currency, kept.booked_on) == (700_000, "USD", DAY)
    assert (kept.party, kept.party_account) == ("Bank of Goyang / Goyang City", "KR99 1")
    assert (kept.bank_reference, kept.end_to_end, kept.creditor_reference) == (
        "B-100001",
        "E-1",
        "RF18",
    )
    assert kept.original == "EUR 6400.00 @ 1.09375"
    entry = AuditEntry.objects.get(act="statement.imported")
    assert (entry.by, entry.facts) == (finance, {"file": "march.xml", "lines": 1})


def test_result_in_figures():
    result = take_in(statement(*MARCH, warnings=("One.",)))

    assert result.as_json() == {
        "format": "camt.053",
        "statements": 1,
        "entries": 3,
        "credits": 2,
        "debits": 1,
        "sum": "8434.16",
        "currency": "USD",
        "warnings": ["One."],
        "new": 3,
        "known": 0,
    }


def test_sum_of_two_currencies_names_both():
    result = take_in(
        statement(movement("10.00", "A")),
        statement(movement("-4.50", "B", currency="EUR"), currency="EUR", name="S-2"),
    )

    assert (result.as_json()["sum"], result.as_json()["currency"]) == (
        "10.00 USD, -4.50 EUR",
        "USD, EUR",
    )


def test_same_file_twice_adds_nothing_x08():
    take_in(statement(*MARCH, opening=0, closing=843_416))

    again = take_in(statement(*MARCH, opening=0, closing=843_416))

    assert (again.new, again.known, again.stored) == (0, 3, ())
    assert BankStatement.objects.count() == 1
    assert BankLine.objects.count() == 3
    assert AuditEntry.objects.filter(act="statement.imported").count() == 1


def test_overlapping_file_adds_only_what_is_new():
    take_in(statement(*MARCH[:2]))

    result = take_in(statement(*MARCH, name="month"))

    assert (result.new, result.known) == (1, 2)
    assert [line.text for line in result.stored[0].lines.all()] == ["CHARGES"]


def test_line_that_stands_twice_in_a_file_is_one():
    result = take_in(statement(MARCH[0], name="day"), statement(MARCH[0], name="month"))

    assert (result.new, result.known) == (1, 1)


def test_foresight_writes_nothing_and_says_the_same():
    take_in(statement(MARCH[0]))
    statements = identify([statement(*MARCH)])

    result = foresee_import(statements)

    assert (result.new, result.known) == (2, 1)
    assert BankLine.objects.count() == 1


def test_empty_statement_is_kept_once():
    for _time in range(2):
        take_in(statement(opening=500, closing=500))

    assert BankStatement.objects.get().closing_amount == 500


def test_line_of_tomorrow_is_refused():
    with pytest.raises(ValidationError, match="2020-06-02, which is still to come"):
        take_in(statement(MARCH[0], movement("1.00", on=dt.date(2020, 6, 2))))

    assert BankStatement.objects.count() == 0


def test_lines_wait_until_they_are_set_aside(finance):
    line = line_in("-65.84", "CHARGES")

    set_aside_line(line, reason=" Charges of the bank ", on=TODAY, by=finance)

    assert waiting() == []
    line.refresh_from_db()
    assert (line.set_aside_on, line.set_aside_why, line.set_aside_by) == (
        TODAY,
        "Charges of the bank",
        finance,
    )
    assert AuditEntry.objects.get(act="line.set_aside").why == "Charges of the bank"

    take_line_back(line, by=finance)

    assert waiting() == ["CHARGES"]
    assert AuditEntry.objects.get(act="line.taken_back").facts == {"reason": "Charges of the bank"}


def test_setting_aside_needs_a_reason_and_a_waiting_line():
    line = line_in("-65.84", "CHARGES")

    with pytest.raises(ValidationError, match="Say why"):
        set_aside_line(line, reason=" ", on=TODAY, by=None)
    with pytest.raises(ValidationError, match="not set aside"):
        take_line_back(line, by=None)
    set_aside_line(line, reason="Charges", on=TODAY, by=None)
    with pytest.raises(ValidationError, match="set aside already"):
        set_aside_line(line, reason="Charges", on=TODAY, by=None)

    assert AuditEntry.objects.filter(act="line.set_aside").count() == 1


def test_booked_line_cannot_be_set_aside():
    line = line_in("7000.00", "GOYANG")
    pay(city(), "7000.00", bank_line=line)

    with pytest.raises(ValidationError, match="This line is booked"):
        set_aside_line(line, reason="Not ours", on=TODAY, by=None)

    line.refresh_from_db()
    assert line.set_aside_on is None


def test_partly_booked_line_still_waits_with_its_rest():
    line = line_in("7000.00", "GOYANG")
    pay(city(), "6500.00", bank_line=line)

    (rest,) = find_waiting()

    assert (rest.pk, rest.used_cents) == (line.pk, 650_000)


def days_of(count):
    """A month whose days have one to four lines; some are alike in every word."""
    chance = random.Random(5)
    for day in range(1, count + 1):
        on = dt.date(2020, 3, day)
        yield [
            movement(
                f"{chance.choice((400, 1500, 7000))}.00",
                chance.choice(("DUES", "DUES 2020", "MEMBERSHIP")),
                on=on,
                bank=chance.choice(("", "NONREF", f"B-{day:03d}{number:04d}")),
            )
            for number in range(chance.randint(1, 4))
        ]


def test_fifty_random_splits_and_overlaps_double_nothing_r19():
    days = list(days_of(28))
    whole = [line for day in days for line in day]
    wanted = {line.identity for line in identify([statement(*whole)])[0].lines}
    chance = random.Random(7)

    for number in range(50):
        first = chance.randrange(len(days))
        last = chance.randrange(first, len(days)) + 1
        lines = [line for day in days[first:last] for line in day]
        chance.shuffle(lines)
        take_in(statement(*lines, name=f"part {number}"))
    take_in(statement(*whole, name="month"))

    assert set(BankLine.objects.values_list("identity", flat=True)) == wanted
    assert BankLine.objects.count() == len(whole)
    assert sum(BankLine.objects.values_list("amount", flat=True)) == sum(
        line.amount_cents for line in whole
    )
    assert Entry.objects.count() == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_add_every_line_once():
    statements = identify(
        [statement(*(movement("1.00", f"{n}", bank=f"B-9{n:05d}") for n in range(400)))]
    )
    start = Barrier(4)

    def import_once(_number):
        try:
            start.wait(timeout=30)
            return import_statements(
                statements, file_name="f", content_sha256="0" * 64, on=TODAY, by=None
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(import_once, range(4)))

    assert sorted(result.new for result in results) == [0, 0, 0, 400]
    assert BankLine.objects.count() == 400
    assert BankStatement.objects.count() == 1


def test_balances_may_be_negative_or_missing():
    row = take_in(statement(MARCH[0], opening=-500)).stored[0]

    assert (row.opening_amount, row.closing_amount) == (-500, None)
