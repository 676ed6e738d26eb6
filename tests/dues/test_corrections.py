"""Issued invoices whose ground is gone: named with the reason, and left as they are."""

import datetime as dt

import pytest

from dues.corrections import flag_invoices
from dues.models import Invoice
from dues.preview import preview_dues
from members.models import Decision, DecisionItem, StatusEntry, WithdrawalNotice
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import text_of
from tests.register import add_figure, add_gdp, add_member
from wego.models import PolicyValue

pytestmark = pytest.mark.django_db


def record(member, status, on, **facts):
    """A line written now, after whatever was issued."""
    return StatusEntry.objects.create(
        member=member, status=status, effective_on=on, reason="recorded later", **facts
    )


def decide(member, outcome, on, **facts):
    decision = Decision.objects.create(
        body="excom", decided_on=on, meeting="EXCOM 2019", reference="3"
    )
    return DecisionItem.objects.create(
        decision=decision, member=member, outcome=outcome, effective_on=on, **facts
    )


def choose(key, value):
    PolicyValue.objects.create(key=key, value=value)


def flags():
    return [(flag.invoice.number, flag.months, flag.why) for flag in flag_invoices()]


def suncheon():
    """Approved on 15 November 2019 and invoiced for 2020."""
    member = add_member("Suncheon", status="associate", on=dt.date(2019, 3, 5))
    approval = decide(member, "approve", dt.date(2019, 11, 15))
    record(member, "full", dt.date(2019, 11, 15), decision_item=approval)
    issued_invoice(member)
    return member, approval


def test_invoice_of_a_standing_approval_is_not_flagged():
    suncheon()

    assert flags() == []


def test_corrected_approval_flags_the_invoice_it_led_to():  # X09
    member, approval = suncheon()
    before = Invoice.objects.values().get()
    item = decide(member, "reverse", dt.date(2020, 2, 20), reverses=approval)
    record(member, "associate", dt.date(2019, 11, 15), decision_item=item)

    assert flags() == [
        (
            "WEGO-2020-0001",
            0,
            "To void: the approval of 15 Nov 2019 was corrected on 20 Feb 2020.",
        )
    ]
    assert Invoice.objects.values().get() == before


def test_approved_again_from_the_same_day_takes_the_flag_off():
    member, approval = suncheon()
    item = decide(member, "reverse", dt.date(2020, 2, 20), reverses=approval)
    record(member, "associate", dt.date(2019, 11, 15), decision_item=item)
    record(member, "full", dt.date(2019, 11, 15))

    assert flags() == []


def test_status_settled_as_associate_after_the_issue_flags_too():  # C3
    member = add_member("Ulaanbaatar", "MN")
    issued_invoice(member)
    record(member, "associate", dt.date(2019, 12, 31))

    assert flags() == [
        (
            "WEGO-2020-0001",
            0,
            "To void: by its corrected status the member owes nothing for 2020.",
        )
    ]


def test_leaving_learned_of_after_the_issue_flags_the_year_after_it():
    member = city()
    issued_invoice(member)
    record(member, "withdrawn", dt.date(2019, 12, 31))

    assert flags() == [("WEGO-2020-0001", 0, "To void: the membership ended on 31 Dec 2019.")]


def test_withdrawal_leaves_the_years_invoice_payable_by_default():  # A15
    member = city()
    issued_invoice(member)
    record(member, "withdrawn", dt.date(2020, 12, 31))

    assert flags() == []


def test_expulsion_leaves_every_invoice_a_debt():  # A16
    member = city()
    for year in (2023, 2024):
        issued_invoice(member, year=year)
    record(member, "expelled", dt.date(2024, 9, 20))

    assert flags() == []


def test_leaving_year_by_months_says_what_is_owed():  # S15
    choose("leaving_year", "pro_rata")
    member = city()
    issued_invoice(member)
    record(member, "withdrawn", dt.date(2020, 5, 31))

    assert flags() == [
        ("WEGO-2020-0001", 5, "To lower: the member left on 31 May 2020 and owes 5 of 12 months.")
    ]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (
            dt.date(2020, 3, 30),
            [("WEGO-2020-0001", 0, "To void: the notice of withdrawal came before the due day.")],
        ),
        (dt.date(2020, 3, 31), []),
    ],
)
def test_notice_before_the_due_day_cancels_the_leaving_year(received, expected):  # S15
    choose("leaving_year", "cancelled")
    member = city()
    issued_invoice(member)
    WithdrawalNotice.objects.create(
        member=member, received_on=received, effective_on=dt.date(2020, 12, 31)
    )
    record(member, "withdrawn", dt.date(2020, 12, 31))

    assert flags() == expected


def test_two_invoices_of_one_organisation_flag_the_duplicates():
    goyang = city()
    twin = city("Goyang City", "고양")
    issued_invoice(goyang)
    issued_invoice(twin, sequence=2)
    twin.merged_into = goyang
    twin.save()

    assert flags() == [
        (
            "WEGO-2020-0002",
            0,
            "To void: Goyang, into which this member was merged, has an invoice of 2020.",
        )
    ]


def test_survivor_is_not_billed_for_what_its_duplicate_was():
    goyang = add_member("Goyang")
    twin = add_member("Goyang City")
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")
    issued_invoice(twin)
    twin.merged_into = goyang
    twin.save()

    preview = preview_dues(2020)

    assert [(line.party.name_en, line.invoice) for line in preview.lines] == [
        ("Goyang", "WEGO-2020-0001")
    ]
    assert (preview.to_issue, flags()) == ([], [])


@pytest.mark.parametrize("count", [1, 10, 40])
def test_queries_do_not_grow_with_the_flags(count, django_assert_num_queries):
    for number in range(count):
        member = city(f"Ward {number}", "", country_code="NP")
        issued_invoice(member, sequence=number + 1)
        record(member, "withdrawn", dt.date(2019, 12, 31))

    with django_assert_num_queries(4):
        assert len(flags()) == count


def test_nothing_flagged_costs_one_query(django_assert_num_queries):
    issued_invoice(city())

    with django_assert_num_queries(1):
        assert flags() == []


def test_pages_of_dues_and_today_name_the_invoice(desk):
    member, approval = suncheon()
    item = decide(member, "reverse", dt.date(2020, 2, 20), reverses=approval)
    record(member, "associate", dt.date(2019, 11, 15), decision_item=item)
    invoice = Invoice.objects.get()
    why = "To void: the approval of 15 Nov 2019 was corrected on 20 Feb 2020."

    assert why in text_of(desk.get("/admin/dues/year/2020/"))
    assert why in text_of(desk.get(f"/admin/dues/invoice/{invoice.pk}/change/"))
    assert "Dues year 2020: 1 invoice to void or lower" in text_of(desk.get("/admin/"))
