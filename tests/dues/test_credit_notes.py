"""Invoices corrected by credit notes; X03 and X04 by number."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dues.adjustments import write_off_invoice
from dues.credit_notes import Resolution, credit_reduction, is_void, void_invoice
from dues.invoicing import issue_dues
from dues.models import CreditNote, Entry, Invoice
from members.models import CountryFigure
from tests.dues.books import TODAY, account_of, open_cents, pay, trial_balance
from tests.dues.builders import city, issued_invoice
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db
EXCOM = Resolution(dt.date(2020, 11, 17), "EXCOM", "EXCOM 2020, item 7")


def code_of(act, *args, **kwargs):
    before = Entry.objects.count(), CreditNote.objects.count()
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    assert (Entry.objects.count(), CreditNote.objects.count()) == before
    return refusal.value.code


def test_x04_void_keeps_the_number_and_reissue_takes_the_next():
    goyang = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 9, 1))
    add_figure(goyang, 1_073_069)
    add_gdp("KR", "42300")
    issue_dues(2020, by=None)
    wrong = Invoice.objects.get()

    note = void_invoice(wrong, reason="Population was wrong", on=TODAY, by=None)

    assert (note.number, note.invoice, note.amount_cents) == ("CN-2021-0001", wrong, 750_000)
    assert is_void(wrong)
    assert account_of(goyang) == (0, 0)
    assert trial_balance() == {}
    add_figure(goyang, 250_000)
    issue_dues(2020, by=None)
    numbers = Invoice.objects.order_by("sequence").values_list("number", "amount_cents")
    assert list(numbers) == [("WEGO-2020-0001", 750_000), ("WEGO-2020-0002", 600_000)]
    assert Invoice.objects.get(sequence=2).replaces == wrong
    assert issue_dues(2020, by=None).issued == 0


def test_x03_another_gdp_edition_changes_no_issued_invoice():
    goyang = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 9, 1))
    add_figure(goyang, 1_073_069)
    add_gdp("KR", "42300")
    issue_dues(2020, by=None)
    before = Invoice.objects.values().get()

    add_gdp("KR", "900", source="IMF WEO April 2020")

    assert Invoice.objects.values().get() == before
    assert CountryFigure.objects.count() == 2
    void_invoice(Invoice.objects.get(), reason="New edition decided", on=TODAY, by=None)
    issue_dues(2020, by=None)
    assert Invoice.objects.get(sequence=2).amount_cents == 50_000


def test_live_invoice_cannot_be_replaced_even_by_the_database():
    goyang = city()
    first = issued_invoice(goyang)
    twin = Invoice.objects.get()
    twin.pk, twin.number, twin.sequence, twin.reference = None, "WEGO-2020-0002", 2, "RF2"
    twin.replaces = first

    with pytest.raises(DatabaseError, match="not voided"), transaction.atomic():
        twin.save(force_insert=True)


def test_voiding_a_paid_invoice_leaves_the_money_on_account():
    goyang = city()
    invoice = issued_invoice(goyang)
    pay(goyang, 5000)

    void_invoice(invoice, reason="Left in 2019", on=TODAY, by=None)

    assert account_of(goyang) == (0, 500_000)
    assert open_cents(invoice) == [0]
    assert code_of(void_invoice, invoice, reason="x", on=TODAY, by=None) == "void"


def test_reduction_by_decision_lowers_an_issued_invoice():
    goyang = city()
    invoice = issued_invoice(goyang)

    note = credit_reduction(invoice, 250_000, resolution=EXCOM, reason="Flood", on=TODAY, by=None)

    assert (note.kind, note.decided_by) == ("reduction", "EXCOM")
    assert open_cents(invoice) == [500_000]


def test_reduction_of_a_paid_invoice_gives_the_difference_back():
    goyang = city()
    invoice = issued_invoice(goyang)
    pay(goyang, 4000)
    pay(goyang, 3500, received_on=dt.date(2020, 4, 1))

    credit_reduction(invoice, 400_000, resolution=EXCOM, reason="Flood", on=TODAY, by=None)

    assert open_cents(invoice) == [0]
    assert account_of(goyang) == (0, 400_000)


def test_reduction_after_a_write_off_takes_the_write_off_down():
    goyang = city()
    invoice = issued_invoice(goyang)
    write_off_invoice(invoice, 750_000, resolution=EXCOM, reason="Lost", on=TODAY, by=None)

    credit_reduction(invoice, 250_000, resolution=EXCOM, reason="Flood", on=TODAY, by=None)

    assert trial_balance() == {"write_offs": 500_000, "income": -500_000}
    assert open_cents(invoice) == [0]


def test_no_more_is_credited_than_the_invoice_stands_for():
    invoice = issued_invoice(city())
    credit_reduction(invoice, 700_000, resolution=EXCOM, reason="Flood", on=TODAY, by=None)

    again = {"resolution": EXCOM, "reason": "x", "on": TODAY, "by": None}
    assert code_of(credit_reduction, invoice, 50_001, **again) == "too_much"
    assert code_of(credit_reduction, invoice, 0, **again) == "too_much"
    nobody = Resolution(EXCOM.decided_on, "", "item 7")
    assert code_of(credit_reduction, invoice, 1, **{**again, "resolution": nobody}) == "decision"
    void_invoice(invoice, reason="All of it", on=TODAY, by=None)
    amounts = CreditNote.objects.order_by("sequence").values_list("amount_cents", flat=True)
    assert list(amounts) == [700_000, 50_000]
