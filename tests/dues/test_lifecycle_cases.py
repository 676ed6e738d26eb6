"""The worked cases of a member's life, by their numbers, through real runs of the dues."""

import datetime as dt

import pytest

from dues.arrears import find_open_invoices
from dues.corrections import flag_invoices
from dues.invoicing import issue_dues
from dues.models import Invoice
from dues.preview import preview_dues
from members.changes import rename_member
from members.decisions import reverse_item
from members.leaving import acknowledge_notice, file_notice, propose_proceeding
from tests.members.bodies import add_associate, decide
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db
YEARS = range(2019, 2027)
FULL_SINCE = dt.date(2012, 11, 12)


def price(member, *, measure="population", value=278_548, gdp="42300"):
    """Figures for every year of these cases."""
    for year in YEARS:
        add_figure(member, value, year=year, measure=measure)
        add_gdp(member.country_code, gdp, year=year)
    return member


def run(year):
    """The year's run, issued; who is invoiced, in order of name."""
    issue_dues(year, by=None)
    rows = Invoice.objects.filter(dues_year=year).order_by("member__name_en")
    return list(rows.values_list("member__name_en", "amount_cents"))


def reason(year, member):
    """Why a member is not billed for a year, as the preview says."""
    preview = preview_dues(year)
    lines = [*preview.blocked, *preview.not_due]
    return {line.party.pk: line.assessment.reason for line in lines}.get(member.pk)


@pytest.fixture
def lisbon():
    return price(add_member("Lisbon", "PT", region="europe", on=FULL_SINCE))


def test_a11_first_dues_the_year_after_the_approval():
    city = price(add_associate(on=dt.date(2019, 3, 5)))
    decide((city, "approve"), on=dt.date(2019, 11, 15))

    assert run(2019) == []
    assert run(2020) == [("Suncheon", 600_000)]


def test_a12_carried_over_and_first_dues_two_years_on():
    city = price(add_associate(on=dt.date(2019, 12, 20)))
    decide((city, "approve"), on=dt.date(2020, 11, 17))

    assert reason(2020, city) == "not_yet_due"
    assert run(2020) == []
    assert run(2021) == [("Suncheon", 600_000)]


def test_a13_a_company_approved_on_the_last_day_of_the_year():
    company = add_associate(
        "Danfoss", kind="company", country_code="DK", on=dt.date(2020, 3, 5), figure_value=120
    )
    price(company, measure="employees", value=120)
    decide((company, "approve"), on=dt.date(2020, 12, 31))

    assert run(2020) == []
    assert run(2021) == [("Danfoss", 200_000)]


def test_a14_a_rejected_applicant_is_never_invoiced():
    city = price(add_associate())
    decide((city, "reject", "No address in the city"))

    assert [run(year) for year in (2019, 2020, 2021)] == [[], [], []]
    assert reason(2020, city) == "ended"


def test_a15_the_leaving_year_stays_owed(lisbon):
    assert run(2022) == [("Lisbon", 600_000)]
    notice = file_notice(
        lisbon, received_on=dt.date(2022, 10, 1), reason="Budget", by=None, on=dt.date(2022, 10, 1)
    )
    acknowledge_notice(notice, on=dt.date(2022, 10, 4), by=None)
    decide((lisbon, "note"), on=dt.date(2022, 11, 10))

    assert [each.number for each in find_open_invoices(lisbon, dt.date(2023, 6, 1))] == [
        "WEGO-2022-0001"
    ]
    assert flag_invoices() == []
    assert run(2023) == []
    assert reason(2023, lisbon) == "ended"


def test_a16_an_expelled_member_keeps_its_debts(lisbon):
    run(2023)
    run(2024)
    propose_proceeding(
        lisbon, "expel", on=dt.date(2024, 8, 1), reason="Dues of 2023 and 2024 open", by=None
    )
    decide((lisbon, "expel"), on=dt.date(2024, 9, 20))

    assert [each.number for each in find_open_invoices(lisbon, dt.date(2025, 1, 1))] == [
        "WEGO-2023-0001",
        "WEGO-2024-0001",
    ]
    assert flag_invoices() == []
    assert run(2025) == []


@pytest.mark.parametrize("population", [None, 0])
def test_a19_a_missing_population_blocks_one_and_nobody_else(lisbon, population):
    city = add_member("Porto", "PT", region="europe", on=FULL_SINCE)
    if population is not None:
        add_figure(city, population, year=2022)

    assert run(2022) == [("Lisbon", 600_000)]
    assert reason(2022, city) == "population_missing"


def test_a20_an_institution_has_no_fee_table(lisbon):
    institution = add_member("Metropolis", "PT", kind="institution", region="europe", on=FULL_SINCE)

    assert run(2022) == [("Lisbon", 600_000)]
    assert reason(2022, institution) == "no_fee_schedule"
    assert preview_dues(2022).total_cents == 600_000


def test_x02_full_during_the_run_owes_nothing_of_this_year(lisbon):
    city = price(add_associate(on=dt.date(2022, 1, 4)))
    before = preview_dues(2022)

    decide((city, "approve"), on=dt.date(2022, 1, 15))

    assert [line.party.name_en for line in before.priced] == ["Lisbon"]
    assert run(2022) == [("Lisbon", 600_000)]
    assert reason(2022, city) == "not_yet_due"
    assert run(2023) == [("Lisbon", 600_000), ("Suncheon", 600_000)]


def test_x09_an_invoice_of_a_corrected_approval_is_flagged_and_stays():
    city = price(add_associate())
    item = decide((city, "approve"), on=dt.date(2019, 11, 15)).items.get()
    assert run(2020) == [("Suncheon", 600_000)]

    reverse_item(
        item,
        body="excom",
        decided_on=dt.date(2020, 2, 10),
        meeting="EXCOM 2019, corrigendum",
        reference="letter 7",
        reason="Suncheon was item 4, deferred",
        by=None,
        on=dt.date(2020, 2, 10),
    )

    assert [flag.invoice.number for flag in flag_invoices()] == ["WEGO-2020-0001"]
    assert Invoice.objects.count() == 1
    assert run(2021) == []
    assert reason(2021, city) == "associate"


def test_x10_invoices_keep_the_name_they_print():
    city = price(add_member("Nur-Sultan", "KZ", name_ko="누르술탄", on=FULL_SINCE))
    run(2022)

    rename_member(
        city,
        name_en="Astana",
        name_ko="아스타나",
        on=dt.date(2022, 9, 20),
        used_from=dt.date(2022, 9, 17),
        reason="Decree of 17 September 2022",
        by=None,
    )
    run(2023)

    printed = Invoice.objects.order_by("dues_year").values_list(
        "snapshot__member__name_en", "snapshot__member__name_ko"
    )
    assert list(printed) == [("Nur-Sultan", "누르술탄"), ("Astana", "아스타나")]
