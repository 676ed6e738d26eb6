"""What is owed and past its due day; what a decision waived; what a duplicate was invoiced."""

import datetime as dt

import pytest

from dues.adjustments import follow_waiver
from dues.arrears import find_arrears, find_open_invoices, invoices_of
from members.answers import Arrear
from members.corrections import reverse_item
from members.models import Decision, DecisionItem
from tests.dues.builders import city, issued_invoice
from wego.questions import ask

pytestmark = pytest.mark.django_db
DUE = dt.date(2020, 3, 31)


def waive(member, on):
    decision = Decision.objects.create(
        body="excom", decided_on=on, meeting="EXCOM 2020", reference="7"
    )
    item = DecisionItem.objects.create(
        decision=decision,
        member=member,
        outcome="waive",
        effective_on=on,
        reason="Earthquake",
    )
    follow_waiver(item, on=dt.date(2022, 1, 1), by=None)
    return item


def test_invoice_is_in_arrears_from_the_day_after_its_due_day():
    goyang = city()
    issued_invoice(goyang)

    assert find_arrears(goyang, on=DUE) == []
    assert find_arrears(goyang, on=DUE + dt.timedelta(days=1)) == [
        Arrear("Dues 2020, invoice WEGO-2020-0001", 750_000, DUE)
    ]


def test_arrears_come_oldest_first_and_are_the_members_own():
    goyang, other = city(), city("Seongnam", "성남")
    issued_invoice(goyang, year=2021)
    issued_invoice(goyang, year=2020)
    issued_invoice(other, year=2020, sequence=2)

    found = find_arrears(goyang, on=dt.date(2022, 1, 1))

    assert [arrear.label for arrear in found] == [
        "Dues 2020, invoice WEGO-2020-0001",
        "Dues 2021, invoice WEGO-2021-0001",
    ]


def test_invoice_is_open_from_its_issue_on_and_not_before():
    goyang = city()
    invoice = issued_invoice(goyang)

    assert list(find_open_invoices(goyang, invoice.issued_on - dt.timedelta(days=1))) == []
    assert list(find_open_invoices(goyang, invoice.issued_on)) == [invoice]


def test_waiver_covers_what_was_issued_by_then():
    goyang = city()
    issued_invoice(goyang, year=2020)
    later = issued_invoice(goyang, year=2021)
    waive(goyang, dt.date(2020, 11, 17))

    assert list(find_open_invoices(goyang, dt.date(2022, 1, 1))) == [later]


def test_waiver_counts_from_the_day_it_was_decided():
    goyang = city()
    invoice = issued_invoice(goyang)
    waive(goyang, dt.date(2020, 11, 17))

    assert list(find_open_invoices(goyang, dt.date(2020, 11, 16))) == [invoice]
    assert list(find_open_invoices(goyang, dt.date(2020, 11, 17))) == []


def test_corrected_waiver_waives_nothing():
    goyang = city()
    invoice = issued_invoice(goyang)
    item = waive(goyang, dt.date(2020, 11, 17))

    reverse_item(
        item,
        body="excom",
        decided_on=dt.date(2020, 12, 1),
        meeting="EXCOM 2020",
        reference="9",
        reason="Another city was meant",
        by=None,
        on=dt.date(2020, 12, 2),
    )

    assert list(find_open_invoices(goyang, dt.date(2020, 11, 30))) == []
    assert list(find_open_invoices(goyang, dt.date(2020, 12, 1))) == [invoice]


def test_survivor_answers_for_what_its_duplicate_was_invoiced():
    goyang = city()
    twin = city("Goyang City", "고양", merged_into=goyang)
    own = issued_invoice(goyang, year=2021)
    twins = issued_invoice(twin, year=2020)

    assert list(invoices_of(goyang)) == [own, twins]
    assert [arrear.due_on for arrear in find_arrears(goyang, on=dt.date(2022, 1, 1))] == [
        dt.date(2020, 3, 31),
        dt.date(2021, 3, 31),
    ]
    waive(goyang, dt.date(2020, 11, 17))
    assert list(find_open_invoices(goyang, dt.date(2022, 1, 1))) == [own]


def test_question_is_answered_without_knowing_dues():
    goyang = city()
    issued_invoice(goyang)

    [answer] = ask("open arrears", goyang, on=dt.date(2021, 1, 1))

    assert [arrear.amount_cents for arrear in answer] == [750_000]
