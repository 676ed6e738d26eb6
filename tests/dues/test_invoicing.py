"""Issuing: numbered, gapless, whole or not at all, and never a second time."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from dues.invoicing import default_days, invoice_number, issue_dues, payment_reference
from dues.models import DuesRun, FeeSchedule, Invoice, InvoiceSeries, IssuerProfile
from dues.preview import preview_dues
from members.models import Member
from tests.register import add_figure, add_gdp, add_member, add_small_roster
from wego.models import PolicyValue

pytestmark = pytest.mark.django_db


def test_issue_numbers_priced_members_by_name(secretariat):
    add_small_roster()

    result = issue_dues(2020, by=secretariat)

    assert (result.issued, result.already_issued) == (2, 0)
    assert (result.first_number, result.last_number) == ("WEGO-2020-0001", "WEGO-2020-0002")
    assert list(
        Invoice.objects.order_by("sequence").values_list(
            "number", "member__name_en", "amount_cents", "currency", "issued_on", "due_on"
        )
    ) == [
        ("WEGO-2020-0001", "Kathmandu", 125_000, "USD", dt.date(2020, 1, 15), dt.date(2020, 3, 31)),
        ("WEGO-2020-0002", "Seoul", 850_000, "USD", dt.date(2020, 1, 15), dt.date(2020, 3, 31)),
    ]
    run = DuesRun.objects.get()
    assert (run.invoice_count, run.total_cents, run.issued_by) == (2, 975_000, secretariat)


def test_snapshot_holds_every_printed_fact(settings):
    settings.PUBLIC_URL = "https://members.example"
    add_small_roster()
    Member.objects.filter(name_en="Seoul").update(address="110 Sejong-daero\nJung-gu")
    IssuerProfile.objects.create(
        pk=1, email="dues@wego.example", bank_account="123-456", bank_swift="ABCDKRSE", note="Line"
    )

    issue_dues(2020, by=None)

    invoice = Invoice.objects.get(member__name_en="Seoul")
    assert invoice.snapshot == {
        "schema": 1,
        "language": "ko",
        "number": "WEGO-2020-0002",
        "reference": invoice.reference,
        "dues_year": 2020,
        "issued_on": "2020-01-15",
        "due_on": "2020-03-31",
        "amount_cents": 850_000,
        "currency": "USD",
        "issuer": {
            "name_en": "World Smart Sustainable Cities Organization",
            "name_ko": "세계스마트시티기구",
            "address_en": [
                "WeGO Secretariat",
                "7F, Seoul Global Center, 38 Jongno, Jongno-gu",
                "Seoul 03188, Republic of Korea",
            ],
            "address_ko": ["WeGO 사무국", "03188 서울특별시 종로구 종로 38", "서울글로벌센터 7층"],
            "email": "dues@wego.example",
            "phone": "",
            "website": "we-gov.org",
        },
        "member": {
            "name_en": "Seoul",
            "name_ko": "서울",
            "kind": "city",
            "country_code": "KR",
            "country_en": "South Korea",
            "country_ko": "대한민국",
            "address": ["110 Sejong-daero", "Jung-gu"],
            "attention": "",
        },
        "basis": {
            "schedule": {
                "id": invoice.schedule_id,
                "name_en": "City dues 2020",
                "name_ko": "2020년 도시 연회비",
                "source": FeeSchedule.objects.get(kind="city").source,
                "first_dues_year": 2020,
            },
            "column": {
                "measure": "population",
                "value": "9776000",
                "band": [7_000_000, 10_000_000],
                "source": "declared",
                "source_year": 2019,
                "definition": "",
            },
            "row": {
                "measure": "gdp_ppp_per_capita",
                "value": "42300.00",
                "band": [20_000, None],
                "source": "IMF WEO October 2019",
                "source_year": 2018,
                "definition": "",
            },
        },
        "bank": {
            "beneficiary": "",
            "bank_name": "",
            "bank_address": "",
            "account": "123-456",
            "swift": "ABCDKRSE",
        },
        "note": "Line",
        "demo": False,
        "portal_url": "https://members.example/portal/invoices/WEGO-2020-0002/",
    }


def test_second_issue_changes_nothing():  # X01
    add_small_roster()
    issue_dues(2020, by=None)
    before = list(Invoice.objects.values())

    again = issue_dues(2020, by=None)

    assert (again.issued, again.already_issued) == (0, 2)
    assert (again.first_number, again.last_number) == ("", "")
    assert list(Invoice.objects.values()) == before
    assert DuesRun.objects.count() == 1
    assert InvoiceSeries.objects.get(year=2020).last_number == 2


def test_later_figure_issues_the_next_number_only():
    roster = add_small_roster()
    issue_dues(2020, by=None)
    add_figure(roster["Danfoss"], 28_000, measure="employees")

    result = issue_dues(2020, by=None)

    assert (result.issued, result.already_issued) == (1, 2)
    assert result.first_number == result.last_number == "WEGO-2020-0003"
    assert Invoice.objects.get(number="WEGO-2020-0003").amount_cents == 800_000


def test_changed_world_refuses_and_issues_nothing():
    roster = add_small_roster()
    seen = preview_dues(2020).hash
    add_figure(roster["Seoul"], 10_000_000)

    with pytest.raises(ValidationError) as refusal:
        issue_dues(2020, by=None, expected_hash=seen)

    assert refusal.value.code == "world_changed"
    assert (Invoice.objects.count(), DuesRun.objects.count()) == (0, 0)
    assert not InvoiceSeries.objects.filter(last_number__gt=0).exists()


def test_seen_preview_is_what_is_issued():
    add_small_roster()
    preview = preview_dues(2020)

    result = issue_dues(2020, by=None, expected_hash=preview.hash)

    assert result.issued == 2
    assert DuesRun.objects.get().preview_hash == preview.hash


def test_due_day_before_issue_day_is_refused():
    add_small_roster()

    with pytest.raises(ValidationError) as refusal:
        issue_dues(2020, by=None, issued_on=dt.date(2020, 4, 1), due_on=dt.date(2020, 3, 31))

    assert refusal.value.messages == [
        "The due day 2020-03-31 lies before the issue day 2020-04-01."
    ]
    assert Invoice.objects.count() == 0


@pytest.mark.parametrize("year", [-1, 0, 1999, 2009, 2200, 99999])
def test_impossible_year_is_refused(year):
    with pytest.raises(ValidationError) as refusal:
        issue_dues(year, by=None)

    assert refusal.value.messages == [f"{year} is no dues year: enter a year from 2010 to 2199."]


def test_years_number_apart():
    roster = add_small_roster()
    add_figure(roster["Seoul"], 9_700_000, year=2021)
    issue_dues(2020, by=None)

    from tests.register import add_gdp

    add_gdp("KR", "43000", year=2021)
    result = issue_dues(2021, by=None)

    assert (result.issued, result.first_number) == (1, "WEGO-2021-0001")
    assert [line.change_cents for line in preview_dues(2021).priced] == [0]


def test_later_changes_leave_issued_invoices_alone():  # X03
    roster = add_small_roster()
    issue_dues(2020, by=None)
    before = list(Invoice.objects.order_by("pk").values())

    add_figure(roster["Seoul"], 50_000_000)
    Member.objects.filter(name_en="Seoul").update(name_en="Seoul Metropolitan Government")
    IssuerProfile.objects.create(pk=1, bank_account="999")

    assert list(Invoice.objects.order_by("pk").values()) == before
    assert [line.amount_cents for line in preview_dues(2020).priced] == [125_000, 850_000]


@pytest.mark.parametrize("members", [3, 60])
def test_issue_takes_few_queries(members, django_assert_max_num_queries):
    add_small_roster()
    for number in range(members):
        add_figure(add_member(f"Ward {number}", "NP"), 1000 + number)

    with django_assert_max_num_queries(20):
        assert issue_dues(2020, by=None).issued == 2 + members


def test_days_follow_the_settings():  # S7
    issuer = IssuerProfile(issue_month=2, issue_day=1, due_month=4, due_day=30)

    assert default_days(2027, issuer) == (dt.date(2027, 2, 1), dt.date(2027, 4, 30))


@given(st.integers(2010, 2199), st.integers(1, 99_999))
def test_reference_is_a_valid_creditor_reference(year, sequence):
    number = invoice_number(year, sequence)
    reference = payment_reference(number)

    assert iso11649.validate(reference) == reference
    assert reference[4:] == number.replace("-", "")
    assert number == f"WEGO-{year}-{sequence:04d}"


def test_part_of_a_year_is_issued_with_its_months():  # S5, S15
    PolicyValue.objects.create(key="first_dues", value="pro_rata")
    goyang = add_member("Goyang", on=dt.date(2020, 11, 17))
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")

    issue_dues(2020, by=None)

    invoice = Invoice.objects.get()
    assert (invoice.amount_cents, invoice.snapshot["basis"]["months"]) == (100_000, 2)


def test_merged_member_is_not_invoiced():
    goyang, twin = add_member("Goyang"), add_member("Goyang City")
    for member in (goyang, twin):
        add_figure(member, 280_000)
    add_gdp("KR", "42300")
    Member.objects.filter(pk=twin.pk).update(merged_into=goyang)

    issue_dues(2020, by=None)

    assert [invoice.member for invoice in Invoice.objects.all()] == [goyang]
    assert "months" not in Invoice.objects.get().snapshot["basis"]
