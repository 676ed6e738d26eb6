"""The period lock holds for every rule and for raw SQL (R22)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from dues.adjustments import waive_invoice
from dues.credit_notes import Resolution
from dues.invoicing import issue_dues
from dues.ledger import locked_through
from dues.models import Entry, Invoice, PeriodLock
from dues.payments import reverse_payment
from dues.periods import lock_period, unlock_period
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db
YEAR_END = dt.date(2020, 12, 31)


def code_of(act, *args, **kwargs):
    before = Entry.objects.count(), PeriodLock.objects.count()
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    assert (Entry.objects.count(), PeriodLock.objects.count()) == before
    return refusal.value.code


def test_lock_and_named_unlock_are_rows(finance):
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=finance)
    unlock_period(dt.date(2020, 6, 30), reason="A late statement", on=TODAY, by=finance)
    assert locked_through() == dt.date(2020, 6, 30)
    unlock_period(None, reason="Trial", on=TODAY, by=finance)

    assert locked_through() is None
    rows = PeriodLock.objects.order_by("pk").values_list("through", "reason", "recorded_by")
    assert list(rows) == [
        (YEAR_END, "Year closed", finance.pk),
        (dt.date(2020, 6, 30), "A late statement", finance.pk),
        (None, "Trial", finance.pk),
    ]


def test_locks_that_make_no_sense_are_refused():
    assert code_of(lock_period, TODAY, reason="x", on=TODAY, by=None) == "future"
    assert code_of(lock_period, YEAR_END, reason=" ", on=TODAY, by=None) == "reason"
    assert code_of(unlock_period, None, reason="x", on=TODAY, by=None) == "not_locked"
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=None)
    assert code_of(lock_period, YEAR_END, reason="x", on=TODAY, by=None) == "already"
    assert code_of(unlock_period, YEAR_END, reason="x", on=TODAY, by=None) == "not_locked"


def test_reversal_lands_in_the_open_period():
    goyang = city()
    issued_invoice(goyang)
    payment = pay(goyang, 7500)
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=None)

    reverse_payment(payment, reason="Bounced", on=dt.date(2020, 12, 1), by=None)

    reversals = Entry.objects.filter(kind="reversal").values_list("posted_on", flat=True)
    assert set(reversals) == {dt.date(2021, 1, 1)}


def test_waiver_of_a_locked_day_lands_after_the_lock():
    invoice = issued_invoice(city())
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=None)
    decided = Resolution(dt.date(2020, 11, 17), "EXCOM", "item 7")

    made = waive_invoice(
        invoice, 100, resolution=decided, reason="Flood", on=dt.date(2020, 11, 17), by=None
    )

    assert made.entry.posted_on == dt.date(2021, 1, 1)


def test_no_invoice_is_issued_in_a_locked_period():
    goyang = add_member("Goyang", on=dt.date(2012, 9, 1))
    add_figure(goyang, 1_073_069)
    add_gdp("KR", "42300")
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=None)

    assert code_of(issue_dues, 2020, by=None) == "period_locked"
    assert not Invoice.objects.exists()


def test_raw_sql_posts_nothing_in_a_locked_period():
    issued_invoice(city())
    lock_period(YEAR_END, reason="Year closed", on=TODAY, by=None)
    columns = "kind, debit, credit, amount_cents, member_id, invoice_id, recorded_at"

    with (
        pytest.raises(DatabaseError, match="locked period"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO dues_entry ({columns}, posted_on) "
            f"SELECT {columns}, '2020-12-31' FROM dues_entry"
        )

    assert Entry.objects.count() == 1
