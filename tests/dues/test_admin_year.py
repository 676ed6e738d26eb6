"""The preview of a dues year in the browser: exact lines, reasons, filters, constant queries."""

import datetime as dt

import pytest
import time_machine

from dues.models import FeeSchedule, Invoice
from members.access import APPS_OF_ROLE
from members.models import Member, MemberName, User
from tests.dues.builders import issued_invoice, person_of
from tests.dues.staff import YEAR, rows_of, text_of
from tests.register import add_figure, add_gdp, add_member, add_small_roster

pytestmark = pytest.mark.django_db

PAGES = (
    "/admin/dues/year/",
    YEAR,
    f"{YEAR}check/",
    f"{YEAR}documents/",
    f"{YEAR}documents/progress/",
    f"{YEAR}invoices/",
    "/admin/dues/invoice/",
    "/admin/dues/feeschedule/",
    "/admin/dues/feeschedule/add/",
    "/admin/dues/issuerprofile/",
)


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
@pytest.mark.parametrize("page", PAGES)
def test_every_role_of_staff_sees_all_of_dues(client, request, role, page):
    client.force_login(request.getfixturevalue(role))

    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_login_page(client, page):
    response = client.get(page, follow=True)

    assert response.redirect_chain[-1] == (f"/login/?next={page}", 302)


@pytest.mark.parametrize("page", PAGES)
def test_people_of_a_member_are_told_it_is_for_staff(client, page):
    client.force_login(person_of(add_member("Kathmandu", "NP")))

    response = client.get(page, follow=True)

    assert response.status_code == 403
    assert "These pages are for staff of the secretariat and finance." in text_of(response)


def test_staff_without_dues_in_their_role_get_a_sentence(client, monkeypatch):
    monkeypatch.setitem(APPS_OF_ROLE, "finance", frozenset())
    client.force_login(User.objects.create_user("x@wego.example", full_name="X", role="finance"))

    response = client.get(YEAR)

    assert response.status_code == 403
    assert "The pages of dues are for finance and the secretariat." in text_of(response)


def test_preview_says_who_pays_how_much_and_why(client, secretariat):
    add_small_roster()
    client.force_login(secretariat)

    response = client.get(YEAR)

    assert rows_of(response, "priced") == ["Kathmandu", "Seoul"]
    assert rows_of(response, "blocked") == ["Danfoss", "Sardauna"]
    assert rows_of(response, "not-due") == ["Dhaka North", "Seoul Digital Foundation"]
    words = text_of(response)
    assert "2 to bill USD 9,750" in words
    assert "2 members owe dues: USD 9,750" in words
    assert "1,442,271 persons × USD 3,600 a head Band 1,000~1,999 × 2,000~3,999" in words
    assert "9,776,000 persons × USD 42,300 a head Band 7,000~9,999 × 20,000~" in words
    assert "The number of employees is missing. Ask the company for it." in words
    assert "There is no fee table for this kind of member." in words
    assert "1 city: Population missing" in words
    assert "1 company: Number of employees missing" in words
    assert "The bank details are empty" in words


def test_preview_writes_nothing(client, finance):
    add_small_roster()
    client.force_login(finance)

    client.get(YEAR)
    client.get(f"{YEAR}check/")

    assert Invoice.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "priced", "blocked", "not_due"),
    [
        ("kind=company", [], ["Danfoss"], []),
        ("region=africa", [], ["Sardauna"], []),
        ("region=asia&kind=city", ["Kathmandu", "Seoul"], [], ["Dhaka North"]),
        ("q=카트만두", ["Kathmandu"], [], []),
        ("q=SEOUL", ["Seoul"], [], ["Seoul Digital Foundation"]),
        ("q=seoul+digital", [], [], ["Seoul Digital Foundation"]),
        ("kind=town", ["Kathmandu", "Seoul"], ["Danfoss", "Sardauna"], None),
        ("q=nobody", [], [], []),
    ],
)
def test_filters_live_in_the_address(desk, query, priced, blocked, not_due):
    add_small_roster()

    response = desk.get(f"{YEAR}?{query}")

    assert rows_of(response, "priced") == priced
    assert rows_of(response, "blocked") == blocked
    if not_due is not None:
        assert rows_of(response, "not-due") == not_due


def test_totals_stay_whole_under_a_filter(client, finance):
    add_small_roster()
    client.force_login(finance)

    words = text_of(client.get(f"{YEAR}?q=Kathmandu"))

    assert "2 to bill USD 9,750" in words
    assert "1 member owes dues: USD 1,250" in words


def test_table_is_ordered_by_amount_and_says_so(client, finance):
    add_small_roster()
    client.force_login(finance)

    falling = client.get(f"{YEAR}?sort=-amount")
    rising = client.get(f"{YEAR}?sort=amount")

    assert rows_of(falling, "priced") == ["Seoul", "Kathmandu"]
    assert rows_of(rising, "priced") == ["Kathmandu", "Seoul"]
    assert b'aria-sort="descending"' in falling.content
    assert b'aria-sort="ascending"' in rising.content


def test_change_to_last_year_is_shown_and_filtered(client, finance):
    roster = add_small_roster()
    seoul_before, kathmandu_before = 800_000, 125_000
    issued_invoice(roster["Seoul"], year=2019, sequence=1, amount_cents=seoul_before)
    issued_invoice(roster["Kathmandu"], year=2019, sequence=2, amount_cents=kathmandu_before)
    client.force_login(finance)

    response = client.get(YEAR)
    more = client.get(f"{YEAR}?change=up")

    words = text_of(response)
    assert "8,500.00 +500.00" in words
    assert "1,250.00 0.00" in words
    assert "USD 9,250 invoiced for 2019, +5.4%" in words
    assert "Pays more 1" in words
    assert rows_of(more, "priced") == ["Seoul"]


def test_a_figure_near_a_band_edge_is_flagged(client, finance):
    goyang = add_member("Goyang")
    add_figure(goyang, 1_010_000)
    add_gdp("KR", "42300")
    client.force_login(finance)

    assert "7,500.00 near a band edge" in text_of(client.get(YEAR))


def test_an_issued_line_leads_to_its_invoice(client, finance):
    roster = add_small_roster()
    issued_invoice(roster["Seoul"], year=2020, size=9_776_000)
    client.force_login(finance)

    response = client.get(YEAR)

    words = text_of(response)
    assert "1 to bill USD 1,250" in words
    assert "1 issued USD 8,500" in words
    assert b'href="/admin/dues/year/2020/invoices/?q=WEGO-2020-0001"' in response.content


def test_why_shows_the_cell_on_the_fee_table_with_its_sources(client, finance):
    roster = add_small_roster()
    client.force_login(finance)

    response = client.get(f"{YEAR}why/{roster['Seoul'].pk}/")

    words = text_of(response)
    assert "USD 8,500.00" in words
    assert "This fee: 8,500" in words
    assert response.content.count(b"band-hit") == 1
    assert "declared, 2019" in words
    assert "IMF WEO October 2019, 2018" in words
    assert "introduction paper, January 2020" in words


def test_why_of_a_blocked_member_says_what_is_missing(client, finance):
    roster = add_small_roster()
    client.force_login(finance)

    response = client.get(f"{YEAR}why/{roster['Danfoss'].pk}/")

    assert "The number of employees is missing. Ask the company for it." in text_of(response)
    assert b"band-hit" not in response.content


def test_why_of_nobody_is_not_found(client, finance):
    client.force_login(finance)

    assert client.get(f"{YEAR}why/4711/").status_code == 404


@pytest.mark.parametrize("year", [1999, 2200, 99999])
def test_a_year_that_cannot_be_a_dues_year_is_not_found(client, finance, year):
    client.force_login(finance)

    assert client.get(f"/admin/dues/year/{year}/").status_code == 404


def test_finance_reads_who_a_debtor_is(client, finance, secretariat):
    roster = add_small_roster()
    link = f'href="/admin/members/member/{roster["Seoul"].pk}/change/"'.encode()

    client.force_login(finance)
    assert link in client.get(YEAR).content
    client.force_login(secretariat)
    assert link in client.get(YEAR).content


def test_a_broken_schedule_in_force_is_named_instead_of_an_error_page(client, finance):
    FeeSchedule.objects.filter(kind="company").update(column_bounds=[0, 500, 500])
    client.force_login(finance)

    response = client.get(YEAR)

    assert response.status_code == 409
    assert "The columns overlap: 500 follows 500. Lower bounds must ascend." in text_of(response)


def test_years_with_figures_or_schedules_or_invoices_are_offered(client, finance):
    roster = add_small_roster()
    issued_invoice(roster["Seoul"], year=2019)
    client.force_login(finance)

    with time_machine.travel(dt.datetime(2021, 3, 1, tzinfo=dt.UTC), tick=False):
        response = client.get("/admin/dues/year/")

    words = text_of(response)
    assert "2020 in work 4 0 – – Preview" in words
    assert "2019 0 1 USD 7,500 0 of 1 Documents" in words
    assert b'value="2021"' in response.content


def test_another_year_is_typed(client, finance):
    client.force_login(finance)

    good = client.get("/admin/dues/year/?year=2027")
    bad = client.get("/admin/dues/year/?year=1066")

    assert (good.status_code, good["Location"]) == (302, "/admin/dues/year/2027/")
    assert "Ensure this value is greater than or equal to 2010." in text_of(bad)


def test_korean_readers_see_korean_names_first(client, finance):
    add_small_roster()
    client.force_login(finance)

    response = client.get(YEAR, headers={"accept-language": "ko"})

    assert rows_of(response, "priced") == ["서울", "카트만두"]


def add_priced(count):
    add_gdp("KR", "42300")
    for number in range(count):
        member = add_member(f"City {number:04d}")
        MemberName.objects.create(member=member, name_en=f"Old {number}")
        add_figure(member, 500_000)
        add_member(f"Company {number:04d}", kind="company")
        add_member(f"Institute {number:04d}", kind="institution")


@pytest.mark.parametrize("count", [1, 3])
def test_preview_takes_eleven_queries(client, finance, django_assert_num_queries, count):
    add_priced(count)
    client.force_login(finance)
    client.get(YEAR)

    with django_assert_num_queries(11):
        response = client.get(YEAR)

    assert len(rows_of(response, "priced")) == count


@pytest.mark.slow
def test_preview_of_5000_members_takes_the_same_eleven_queries_and_pages(
    client, finance, django_assert_num_queries
):
    from tests.dues.crowd import add_crowd

    add_crowd(5000)
    client.force_login(finance)
    client.get(YEAR)

    with django_assert_num_queries(11):
        response = client.get(YEAR)

    words = text_of(response)
    assert Member.objects.count() == 5000
    assert len(rows_of(response, "priced")) == 100
    assert "1 to 100 of 5,000" in words
    assert "5,000 to bill USD 32,500,000" in words
    assert rows_of(client.get(f"{YEAR}?page=50"), "priced")[-1] == "City 4999"
