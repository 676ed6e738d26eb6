"""The run before it is final: exact lines, reasons in words, a constant number of queries."""

import datetime as dt

import pytest
from django.utils import translation

from dues.models import Invoice, IssuerProfile
from dues.preview import as_data, preview_dues
from members.models import Member, StatusEntry
from tests.register import add_figure, add_gdp, add_member, add_small_roster
from wego.models import PolicyValue

pytestmark = pytest.mark.django_db


def test_preview_prices_blocks_and_exempts_with_reasons():
    roster = add_small_roster()

    data = as_data(preview_dues(2020))

    assert [(line["name_en"], line["amount"]) for line in data["priced"]] == [
        ("Kathmandu", "1250.00"),
        ("Seoul", "8500.00"),
    ]
    assert [(line["name_en"], line["reason"]) for line in data["blocked"]] == [
        ("Danfoss", "employees_missing"),
        ("Sardauna", "population_missing"),
    ]
    assert [(line["name_en"], line["reason"]) for line in data["not_due"]] == [
        ("Dhaka North", "associate"),
        ("Seoul Digital Foundation", "no_fee_schedule"),
    ]
    assert (data["year"], data["total"], data["currency"]) == (2020, "9750.00", "USD")
    assert data["priced"][1] == {
        "member": roster["Seoul"].pk,
        "name_en": "Seoul",
        "country_code": "KR",
        "kind": "city",
        "amount": "8500.00",
        "why": "Population 9,776,000 (band 7,000,000 to 9,999,999 persons) and GDP per capita "
        "(PPP) USD 42,300 (band USD 20,000 or more) give USD 8,500.00 in City dues 2020.",
    }
    assert Invoice.objects.count() == 0


def test_reasons_are_sentences():
    add_small_roster()

    preview = preview_dues(2020)

    assert [line.why for line in (*preview.blocked, *preview.not_due)] == [
        "The number of employees is missing. Ask the company for it.",
        "The population is missing. Enter it with its source and year.",
        "Associate since 31 Dec 2019: associates pay no dues before EXCOM approval.",
        "There is no fee table for this kind of member.",
    ]


def test_gdp_missing_blocks_a_city_whose_population_is_known():
    goyang = add_member("Goyang")
    add_figure(goyang, 1_066_351)

    [line] = preview_dues(2020).blocked

    assert line.assessment.reason == "gdp_missing"


def test_newest_figure_of_the_year_wins_and_other_years_do_not_count():
    goyang = add_member("Goyang")
    add_gdp("KR", "42300")
    add_figure(goyang, 200_000)
    add_figure(goyang, 1_066_351)
    add_figure(goyang, 11_000_000, year=2021)

    assert [line.amount_cents for line in preview_dues(2020).priced] == [750_000]


def test_member_that_left_is_not_due():
    almaty = add_member("Almaty", "KZ", on=dt.date(2015, 1, 1))
    StatusEntry.objects.create(
        member=almaty, status="withdrawn", effective_on=dt.date(2018, 12, 31), reason="notice"
    )

    [line] = preview_dues(2020).not_due

    assert (line.assessment.reason, line.why) == (
        "ended",
        "The membership ended on 31 Dec 2018.",
    )


def test_warnings_name_what_a_careful_person_checks():
    add_small_roster()
    Member.objects.filter(name_en__in=["Seoul", "Kathmandu"]).update(status_confirmed=False)

    assert preview_dues(2020).warnings() == [
        "2 members to be billed have a status nobody has confirmed: some may still be associates.",
        "The bank details are empty: invoices will ask the payer to write for them.",
    ]

    Member.objects.update(status_confirmed=True)
    IssuerProfile.objects.create(pk=1, bank_account="123-456")

    assert preview_dues(2020).warnings() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda roster: add_figure(roster["Seoul"], 10_000_000),
        lambda roster: add_figure(roster["Sardauna"], 224_357),
        lambda roster: add_gdp("NP", "3600", source="World Bank"),
        lambda roster: Member.objects.filter(name_en="Seoul").update(address="110 Sejong-daero"),
        lambda roster: IssuerProfile.objects.create(pk=1, bank_account="1"),
        lambda roster: StatusEntry.objects.create(
            member=roster["Dhaka North"],
            status="full",
            effective_on=dt.date(2019, 12, 31),
            reason="EXCOM",
        ),
    ],
)
def test_hash_moves_with_everything_that_decides_or_is_printed(change):
    roster = add_small_roster()
    before = preview_dues(2020).hash

    assert preview_dues(2020).hash == before
    change(roster)
    assert preview_dues(2020).hash != before


def test_hash_is_the_same_in_every_language():
    add_small_roster()
    before = preview_dues(2020).hash

    with translation.override("ko"):
        assert preview_dues(2020).hash == before


@pytest.mark.parametrize("extra", [0, 3, 40])
def test_queries_do_not_grow_with_the_roster(extra, django_assert_num_queries):
    add_small_roster()
    for number in range(extra):
        add_figure(add_member(f"Ward {number}", "NP"), 1000 + number)

    with django_assert_num_queries(8):
        preview = preview_dues(2020)

    assert len(preview.priced) == 2 + extra


def test_queries_stay_constant_when_notices_decide(django_assert_num_queries):
    PolicyValue.objects.create(key="leaving_year", value="cancelled")
    add_small_roster()

    with django_assert_num_queries(9):
        preview_dues(2020)


def test_first_dues_year_follows_its_switch():  # S5
    goyang = add_member("Goyang", on=dt.date(2020, 11, 17))
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")

    assert [line.why for line in preview_dues(2020).not_due] == [
        "Full member since 17 Nov 2020: dues begin with the year 2021."
    ]

    PolicyValue.objects.create(key="first_dues", value="pro_rata")
    [line] = preview_dues(2020).priced

    assert (line.amount_cents, line.assessment.months) == (100_000, 2)
    assert line.why.endswith("in City dues 2020. 2 of 12 months are owed: USD 1,000.00.")


def test_member_that_becomes_full_during_a_run_is_not_in_this_year():  # X02
    goyang = add_member("Goyang", status="associate", on=dt.date(2019, 3, 5))
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")
    StatusEntry.objects.create(
        member=goyang, status="full", effective_on=dt.date(2020, 1, 15), reason="EXCOM"
    )

    assert preview_dues(2020).to_issue == []
    assert [line.party.pk for line in preview_dues(2020).not_due] == [goyang.pk]


def test_merged_member_leaves_the_preview():
    goyang, twin = add_member("Goyang"), add_member("Goyang City")
    twin.merged_into = goyang
    twin.save()

    assert [line.party.pk for line in preview_dues(2020).lines] == [goyang.pk]
