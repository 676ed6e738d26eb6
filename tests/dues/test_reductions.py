"""Lower dues by recorded decision (S17), from the decision to the printed line."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from dues.answers import foresee_invoice
from dues.credit_notes import Resolution, void_invoice
from dues.invoicing import issue_dues
from dues.models import CreditNote, Entry, Invoice, Reduction
from dues.preview import as_data, preview_dues
from dues.reductions import (
    Grant,
    credit_unreduced,
    decide_reduction,
    end_reduction,
    find_unreduced,
)
from members.merging import merge_members
from tests.dues.books import TODAY, account_of, open_cents, pay
from tests.register import add_figure, add_gdp, add_member
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
EXCOM = Resolution(dt.date(2019, 11, 17), "EXCOM", "EXCOM 2019, item 7")


@pytest.fixture
def kathmandu():
    member = add_member("Kathmandu", "NP", name_ko="카트만두", on=dt.date(2012, 9, 1))
    add_figure(member, 1_442_271)
    add_gdp("NP", "3600")
    return member


def grant(first=2020, last=2020, **off):
    return Grant(first, last, "Earthquake", **(off or {"percent": 50}))


def decide(member, given=None, *, resolution=EXCOM, on=TODAY, by=None):
    return decide_reduction(member, given or grant(), resolution=resolution, on=on, by=by)


def line_of(member, year=2020):
    return next(line for line in preview_dues(year).lines if line.party.pk == member.pk)


def test_the_preview_shows_fee_reduction_and_net(kathmandu, django_assert_num_queries):
    decide(kathmandu)

    with django_assert_num_queries(9):
        data = as_data(preview_dues(2020))

    (line,) = data["priced"]
    assert (line["fee"], line["reduction"], line["amount"]) == ("1250.00", "625.00", "625.00")
    assert data["total"] == "625.00"
    assert line["why"].endswith(
        "give USD 1,250.00 in City dues 2020. Reduced by USD 625.00 (50 %) by decision of EXCOM of "
        "17 Nov 2019 (EXCOM 2019, item 7): USD 625.00 is due. Earthquake"
    )


def test_the_invoice_is_of_the_net_and_keeps_the_decision(kathmandu):
    reduction = decide(kathmandu, grant(cents=50_000))

    issue_dues(2020, by=None)

    invoice = Invoice.objects.get()
    assert invoice.amount_cents == invoice.snapshot["amount_cents"] == 75_000
    assert account_of(kathmandu) == (75_000, 0)
    assert invoice.run.total_cents == 75_000
    assert invoice.snapshot["reduction"] == {
        "id": reduction.pk,
        "fee_cents": 125_000,
        "cents": 50_000,
        "percent": None,
        "reason": "Earthquake",
        "decided_on": "2019-11-17",
        "decided_by": "EXCOM",
        "reference": "EXCOM 2019, item 7",
    }


def test_a_whole_waiver_is_not_due_and_never_an_invoice_of_zero(kathmandu):
    decide(kathmandu, grant(percent=100))

    assert issue_dues(2020, by=None).issued == 0
    line = line_of(kathmandu)
    assert (line.assessment.reason, line.amount_cents) == ("waived", 0)
    assert line.why == (
        "Nothing is due: waived by decision of EXCOM of 17 Nov 2019 (EXCOM 2019, item 7). "
        "Earthquake"
    )


def test_other_years_pay_the_fee(kathmandu):
    decide(kathmandu, grant(2021, 2022))

    assert line_of(kathmandu).amount_cents == 125_000
    issue_dues(2020, by=None)
    assert "reduction" not in Invoice.objects.get().snapshot


def test_a_decision_after_the_look_stops_the_run(kathmandu):
    seen = preview_dues(2020).hash
    decide(kathmandu)

    with pytest.raises(ValidationError) as refusal:
        issue_dues(2020, by=None, expected_hash=seen)

    assert refusal.value.code == "world_changed"
    assert not Invoice.objects.exists()


def test_taken_back_it_counts_no_more_and_issued_invoices_stay(kathmandu, finance):
    reduction = decide(kathmandu, grant(2020, 2021))
    add_figure(kathmandu, 1_442_271, year=2021)
    add_gdp("NP", "3600", year=2021)
    issue_dues(2020, by=None)

    end_reduction(reduction, reason="The city recovered", on=TODAY, by=finance)

    assert Invoice.objects.get().amount_cents == 62_500
    assert line_of(kathmandu, 2021).amount_cents == 125_000
    assert AuditEntry.objects.get(act="reduction.ended").why == "The city recovered"
    with pytest.raises(ValidationError, match="taken back on 2021-06-01"):
        end_reduction(reduction, reason="Again", on=TODAY, by=None)


@pytest.mark.parametrize(
    ("given", "resolution", "code"),
    [
        (grant(2021, 2020), EXCOM, "years"),
        (grant(percent=50, cents=100), EXCOM, "off"),
        (Grant(2020, 2020, "Earthquake"), EXCOM, "off"),
        (grant(percent=101), EXCOM, "percent"),
        (grant(cents=0), EXCOM, "amount"),
        (Grant(2020, 2020, " ", percent=50), EXCOM, "reason"),
        (grant(), Resolution(dt.date(2019, 11, 17), " ", "EXCOM 2019"), "decision"),
        (grant(), Resolution(dt.date(2021, 11, 17), "EXCOM", "EXCOM 2021"), "future"),
    ],
)
def test_what_is_no_decision_is_refused(kathmandu, given, resolution, code):
    with pytest.raises(ValidationError) as refusal:
        decide(kathmandu, given, resolution=resolution)

    assert refusal.value.code == code
    assert not Reduction.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_second_one_for_the_same_year_is_refused_until_the_first_is_taken_back(kathmandu):
    first = decide(kathmandu, grant(2020, 2021))

    with pytest.raises(ValidationError) as refusal:
        decide(kathmandu, grant(2021, 2023, percent=10))

    assert refusal.value.messages == [
        "A reduction for 2020 to 2021 holds already (EXCOM 2019, item 7): take it back first, or "
        "choose other years."
    ]
    decide(kathmandu, grant(2022, 2023, percent=10))
    end_reduction(first, reason="Wrong years", on=TODAY, by=None)
    decide(kathmandu, grant(2020, 2021, percent=20))
    assert line_of(kathmandu).amount_cents == 100_000


def test_the_survivors_reduction_counts_and_a_duplicates_where_it_has_none(kathmandu):
    twin = add_member("Kathmandu Metropolitan City", "NP", on=dt.date(2013, 1, 1))
    decide(twin, grant(2020, 2021, percent=10))
    decide(kathmandu, grant(2020, 2020, percent=50))
    merge_members(twin, kathmandu, on=TODAY, reason="One city", by=None)
    twin.refresh_from_db()

    assert line_of(kathmandu).assessment.off_cents == 62_500
    assert [line.party.name_en for line in preview_dues(2020).lines] == ["Kathmandu"]
    with pytest.raises(ValidationError) as refusal:
        decide(twin, grant(2021, 2021))
    assert refusal.value.code == "overlap"
    assert decide(twin, grant(2022, 2022)).member == kathmandu


def test_the_database_keeps_what_was_decided(kathmandu):
    reduction = decide(kathmandu)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Reduction.objects.filter(pk=reduction.pk).update(percent=60)


def test_an_invoice_issued_before_is_credited_when_asked_and_once(kathmandu, finance):
    issue_dues(2020, by=None)
    invoice = Invoice.objects.get()
    pay(kathmandu, 1250)
    reduction = decide(kathmandu)
    assert [(each.invoice, each.cents) for each in find_unreduced(reduction)] == [(invoice, 62_500)]
    assert account_of(kathmandu) == (0, 0)

    note = credit_unreduced(reduction, invoice, on=TODAY, by=finance)

    assert (note.kind, note.amount_cents, note.decision_reference) == (
        "reduction",
        62_500,
        "EXCOM 2019, item 7",
    )
    assert (account_of(kathmandu), open_cents(invoice)) == ((0, 62_500), [0])
    assert find_unreduced(reduction) == []
    assert line_of(kathmandu).amount_cents == 62_500
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match="carries this reduction already"):
        credit_unreduced(reduction, invoice, on=TODAY, by=finance)
    assert (Entry.objects.count(), CreditNote.objects.count()) == (before, 1)


def test_void_or_reduced_invoices_are_not_credited_again(kathmandu):
    issue_dues(2020, by=None)
    void_invoice(Invoice.objects.get(), reason="Wrong", on=TODAY, by=None)
    reduction = decide(kathmandu)
    issue_dues(2020, by=None)

    assert Invoice.objects.get(sequence=2).amount_cents == 62_500
    assert find_unreduced(reduction) == []


def test_the_member_hears_its_reduced_next_invoice(kathmandu):
    decide(kathmandu)

    coming = foresee_invoice(kathmandu, on=dt.date(2020, 1, 2))

    assert (coming.dues_year, coming.before_cents, coming.after_cents) == (2020, 62_500, 62_500)
    assert "Reduced by USD 625.00 (50 %)" in coming.why


def test_x06_credit_on_account_is_shown_and_printed_and_changes_no_amount(kathmandu):
    pay(kathmandu, 100, received_on=dt.date(2020, 1, 5))

    seen = as_data(preview_dues(2020))["priced"][0]
    issue_dues(2020, by=None)

    assert (seen["amount"], seen["credit_on_account"]) == ("1250.00", "100.00")
    invoice = Invoice.objects.get()
    assert (invoice.amount_cents, invoice.snapshot["credit_cents"]) == (125_000, 10_000)
    assert account_of(kathmandu) == (125_000, 10_000)


def test_credit_of_a_merged_duplicate_is_the_survivors(kathmandu):
    twin = add_member("Kathmandu Metropolitan City", "NP", on=dt.date(2013, 1, 1))
    pay(twin, 40)
    pay(kathmandu, 60)
    merge_members(twin, kathmandu, on=TODAY, reason="One city", by=None)

    assert line_of(kathmandu).credit_cents == 10_000


def test_money_that_comes_in_between_stops_no_run(kathmandu):
    seen = preview_dues(2020).hash
    pay(kathmandu, 100, received_on=dt.date(2020, 1, 5))

    assert issue_dues(2020, by=None, expected_hash=seen).issued == 1
