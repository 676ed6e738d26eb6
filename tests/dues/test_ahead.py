"""Several years ahead: each at today's figures, from its own series, paid at once (S19, X07)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dues.ahead import foresee_ahead, issue_ahead
from dues.credit_notes import Resolution
from dues.invoicing import issue_dues
from dues.models import Entry, Invoice, InvoiceSeries
from dues.preview import preview_dues
from dues.reductions import Grant, decide_reduction
from members.merging import merge_members
from members.models import StatusEntry
from tests.dues.books import account_of, open_cents, pay
from tests.dues.staff import messages_of, text_of
from tests.register import add_figure, add_gdp, add_member

pytestmark = pytest.mark.django_db
ON = dt.date(2020, 5, 4)


@pytest.fixture
def almaty():
    """Almaty, invoiced for 2020; nothing is known of 2021 and later."""
    member = add_member("Almaty", "KZ", name_ko="알마티", on=dt.date(2012, 9, 1))
    add_figure(member, 1_854_656)
    add_gdp("KZ", "26435")
    issue_dues(2020, by=None)
    return member


def facts_of(invoices):
    return [(each.number, each.dues_year, each.amount_cents, each.due_on) for each in invoices]


def code_of(member, count=3, **facts):
    """Why it is refused, and that nothing was written."""
    before = Invoice.objects.count(), Entry.objects.count()
    with pytest.raises(ValidationError) as refusal:
        issue_ahead(member, count, on=facts.pop("on", ON), by=None, **facts)
    assert (Invoice.objects.count(), Entry.objects.count()) == before
    return refusal.value.code


def test_s19_three_years_at_todays_figures_each_from_its_own_series(almaty):
    issued = issue_ahead(almaty, 3, on=ON, by=None)

    assert facts_of(issued) == [
        (f"WEGO-{year}-0001", year, 750_000, dt.date(year, 3, 31)) for year in (2021, 2022, 2023)
    ]
    assert {each.issued_on for each in issued} == {ON}
    assert account_of(almaty) == (3_000_000, 0)
    assert issued[2].snapshot["basis"]["column"]["value"] == "1854656"
    assert list(InvoiceSeries.objects.order_by("year").values_list("year", "last_number")) == [
        (year, 1) for year in (2020, 2021, 2022, 2023)
    ]


def test_the_yearly_run_finds_the_member_invoiced_and_numbers_go_on(almaty):
    goyang = add_member("Goyang", name_ko="고양시", on=dt.date(2012, 9, 1))
    issue_ahead(almaty, 1, on=ON, by=None)
    for member, country in ((almaty, "KZ"), (goyang, "KR")):
        add_figure(member, 100_000, year=2021)
        add_gdp(country, "42300", year=2021)

    result = issue_dues(2021, by=None)

    assert (result.issued, result.already_issued) == (1, 1)
    assert result.first_number == "WEGO-2021-0002"
    assert Invoice.objects.get(dues_year=2021, member=almaty).amount_cents == 750_000
    assert preview_dues(2021).total_cents == 750_000 + 600_000


def test_x07_one_transfer_settles_the_years_oldest_first(almaty):
    this_year = Invoice.objects.get()
    issued = issue_ahead(almaty, 3, on=ON, by=None)

    pay(almaty, 25_000, received_on=ON)

    assert open_cents(this_year, *issued) == [0, 0, 0, 500_000]


def test_figures_that_are_known_for_a_year_price_it(almaty):
    add_figure(almaty, 2_100_000, year=2021)

    issued = issue_ahead(almaty, 2, on=ON, by=None)

    assert [each.amount_cents for each in issued] == [800_000, 800_000]


def test_a_waived_year_is_passed_over_and_a_reduced_one_is_lower(almaty):
    excom = Resolution(dt.date(2020, 4, 1), "EXCOM", "EXCOM 2020, item 1")
    for year, percent in ((2021, 100), (2022, 50)):
        grant = Grant(year, year, "Flood", percent=percent)
        decide_reduction(almaty, grant, resolution=excom, on=ON, by=None)

    issued = issue_ahead(almaty, 2, on=ON, by=None)

    assert [(each.dues_year, each.amount_cents) for each in issued] == [
        (2022, 375_000),
        (2023, 750_000),
    ]


def test_a_new_member_begins_with_its_first_dues_year():
    astana = add_member("Astana", "KZ", on=dt.date(2020, 3, 2))
    add_figure(astana, 1_136_008)
    add_gdp("KZ", "26435")

    issued = issue_ahead(astana, 2, on=ON, by=None)

    assert [each.dues_year for each in issued] == [2021, 2022]


def test_this_year_is_among_them_while_it_is_not_invoiced():
    astana = add_member("Astana", "KZ", on=dt.date(2012, 3, 2))
    add_figure(astana, 1_136_008)
    add_gdp("KZ", "26435")

    issued = issue_ahead(astana, 2, on=ON, by=None)

    assert [(each.dues_year, each.due_on) for each in issued] == [
        (2020, ON + dt.timedelta(days=30)),
        (2021, dt.date(2021, 3, 31)),
    ]


@pytest.mark.parametrize("count", [0, 6])
def test_one_to_five_years(almaty, count):
    assert code_of(almaty, count) == "years"


def test_a_missing_figure_refuses_all_of_it():
    sardauna = add_member("Sardauna", "NG", region="africa", on=dt.date(2012, 3, 2))

    assert code_of(sardauna) == "unpriced"


def test_who_is_not_a_full_member_is_refused(almaty):
    associate = add_member("Dhaka North", "BD", status="associate")
    assert code_of(associate) == "not_full"
    StatusEntry.objects.create(
        member=almaty, status="withdrawn", effective_on=dt.date(2020, 12, 31), reason="Notice"
    )
    assert code_of(almaty, 1) == "unpriced"
    assert code_of(almaty, 1, on=dt.date(2021, 1, 1)) == "not_full"


def test_a_merged_duplicate_is_the_survivors_affair(almaty):
    twin = add_member("Alma-Ata", "KZ", on=dt.date(2012, 9, 1))
    merge_members(twin, almaty, on=ON, reason="One city", by=None)
    twin.refresh_from_db()

    assert code_of(twin) == "merged"


def test_days_and_what_was_seen_are_checked(almaty):
    day = dt.date(2021, 3, 31)

    assert code_of(almaty, 2, due_days=[day]) == "due_days"
    assert code_of(almaty, 2, due_days=[day, dt.date(2020, 5, 3)]) == "due_before_issue"
    seen = foresee_ahead(almaty, 2, on=ON).hash
    add_figure(almaty, 2_100_000, year=2021)
    assert code_of(almaty, 2, expected_hash=seen) == "world_changed"


def test_a_second_press_issues_nothing_more_than_was_seen(almaty):
    seen = foresee_ahead(almaty, 2, on=ON).hash
    issue_ahead(almaty, 2, on=ON, by=None, expected_hash=seen)

    assert code_of(almaty, 2, expected_hash=seen) == "world_changed"


def test_the_page_shows_amounts_and_reasons_then_issues(desk, almaty, time_machine):
    time_machine.move_to(dt.datetime(2020, 5, 4, 3, tzinfo=dt.UTC))
    address = reverse("admin:dues_ahead", args=[almaty.pk])
    file = desk.get(reverse("admin:members_member_change", args=[almaty.pk])).content.decode()
    assert f'href="{address}"' in file
    assert "Show the amounts" in text_of(desk.get(address))

    page = desk.get(f"{address}?years=2")
    words = text_of(page)
    assert "2 invoices to issue: USD 15,000.00" in words
    assert "Population 1,854,656 (band 1,000,000 to 1,999,999 persons)" in words
    check = page.context["check"]
    typed = {bound.html_name: bound.value() for bound in check}
    assert typed["due_2022"] == dt.date(2022, 3, 31)
    done = desk.post(f"{address}?years=2", typed | {"due_2022": "2022-01-31"}, follow=True)

    assert messages_of(done) == ["2 invoices issued, USD 15,000: WEGO-2021-0001, WEGO-2022-0001."]
    assert Invoice.objects.get(dues_year=2022).due_on == dt.date(2022, 1, 31)
    again = desk.post(f"{address}?years=2", typed)
    assert again.status_code == 422
    assert Invoice.objects.count() == 3


def test_the_page_says_what_is_missing(desk):
    sardauna = add_member("Sardauna", "NG", region="africa", on=dt.date(2012, 3, 2))

    page = desk.get(f"{reverse('admin:dues_ahead', args=[sardauna.pk])}?years=2")

    assert page.status_code == 422
    assert "cannot be invoiced: The population is missing." in text_of(page)
