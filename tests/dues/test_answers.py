"""Fees foretold: to an applicant, and to who thinks of changing a member."""

import datetime as dt

import pytest

from members.answers import FeeQuote, NextInvoice
from members.models import Decision, StatusEntry
from tests.dues.builders import issued_invoice
from tests.register import add_figure, add_gdp, add_member
from wego.models import PolicyValue
from wego.questions import ask

pytestmark = pytest.mark.django_db
SUMMER = dt.date(2019, 6, 1)


def quote(kind="city", *, country_code="KR", value=280_000, on=SUMMER, **facts):
    [answer] = ask("fee quote", kind, country_code=country_code, value=value, on=on, **facts)
    return answer


def foresee(member, on, **change):
    [answer] = ask("next invoice", member, on=on, **change)
    return answer


def test_applicant_hears_its_fee_and_the_first_year_it_is_due():
    add_gdp("KR", "42300")

    assert quote() == FeeQuote(
        600_000,
        2020,
        "Population 280,000 (band 0 to 299,999 persons) and GDP per capita (PPP) USD 42,300 "
        "(band USD 20,000 or more) give USD 6,000.00 in City dues 2020.",
    )


def test_applicant_after_this_years_excom_waits_for_the_next():
    add_gdp("KR", "42300")
    Decision.objects.create(
        body="excom", decided_on=dt.date(2019, 11, 15), meeting="EXCOM 2019", reference="3"
    )

    assert quote(on=dt.date(2019, 11, 14)).first_dues_year == 2020
    assert quote(on=dt.date(2019, 12, 20)).first_dues_year == 2021


def test_company_is_quoted_by_its_employees_alone():
    assert quote("company", country_code="DK", value=499).amount_cents == 200_000
    assert quote("company", country_code="DK", value=500).amount_cents == 400_000


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"value": None}, "The population is missing. Enter it with its source and year."),
        (
            {"country_code": "NP"},
            "The GDP per capita of the country is missing. Load the GDP edition.",
        ),
        (
            {"kind": "institution"},
            "There is no fee table for this kind of member: nothing is invoiced.",
        ),
    ],
)
def test_nothing_is_quoted_that_cannot_be_priced(asked, why):
    add_gdp("KR", "42300")

    assert quote(**asked) == FeeQuote(None, 2020, why)


def test_quote_takes_the_gdp_of_its_year_before_a_newer_one():
    add_gdp("NP", "900", year=2019)
    add_gdp("NP", "3600", year=2020)
    add_gdp("NP", "42300", year=2021)

    assert quote(country_code="NP").amount_cents == 50_000


def test_quote_speaks_the_language_asked_for():
    english, korean = quote("company", value=499), quote("company", value=499, language="ko")

    assert "499 employees" in english.why
    assert "499 employees" not in korean.why
    assert "USD 2,000.00" in korean.why


def test_change_of_figure_moves_the_invoice_not_issued_yet():
    goyang = add_member("Goyang")
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")

    answer = foresee(goyang, dt.date(2020, 1, 10), value=300_000)

    assert answer[:3] == (2020, 600_000, 650_000)
    assert answer.why.startswith("Population 300,000 (band 300,000 to 599,999 persons)")


def test_next_invoice_is_next_years_once_this_years_is_issued():
    goyang = add_member("Goyang")
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")
    issued_invoice(goyang)

    answer = foresee(goyang, dt.date(2020, 6, 1), value=300_000)

    assert answer[:3] == (2021, 600_000, 650_000)
    assert answer.why.endswith("An estimate: not all figures of 2021 are known yet.")


def test_change_of_kind_is_priced_by_the_other_table():
    seoul = add_member("Seoul Digital Foundation", kind="institution")
    add_figure(seoul, 120, measure="employees")

    answer = foresee(seoul, dt.date(2020, 1, 10), kind="company")

    assert answer[:3] == (2020, None, 200_000)


def test_change_to_a_kind_whose_figure_is_missing_says_so():
    goyang = add_member("Goyang")
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")

    assert foresee(goyang, dt.date(2020, 1, 10), kind="company") == NextInvoice(
        2020, 600_000, None, "The number of employees is missing. Ask the company for it."
    )


def test_member_approved_this_year_has_its_next_invoice_next_year():
    goyang = add_member("Goyang", on=dt.date(2020, 11, 17))
    add_figure(goyang, 280_000)
    add_gdp("KR", "42300")

    assert foresee(goyang, dt.date(2020, 12, 1))[:3] == (2021, 600_000, 600_000)


def test_who_left_has_no_next_invoice():
    almaty = add_member("Almaty", "KZ", on=dt.date(2015, 1, 1))
    StatusEntry.objects.create(
        member=almaty, status="withdrawn", effective_on=dt.date(2018, 12, 31), reason="notice"
    )

    assert foresee(almaty, dt.date(2020, 1, 10)) == NextInvoice(
        2021, None, None, "The membership ended on 31 Dec 2018.", "ended"
    )


@pytest.mark.parametrize("count", [1, 30])
def test_many_are_quoted_in_as_many_queries_as_one(count, django_assert_num_queries):
    add_gdp("KR", "42300")
    asked = [("city", "KR", 280_000 + number) for number in range(count)]

    with django_assert_num_queries(5):
        [quotes] = ask("fee quotes", asked, on=SUMMER)

    assert [quote.amount_cents for quote in quotes] == [600_000] * count


def test_applicant_is_quoted_as_the_policy_says():  # S5
    add_gdp("KR", "42300")
    PolicyValue.objects.create(key="first_dues", value="same_year")

    assert quote().first_dues_year == 2019
