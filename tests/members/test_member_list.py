"""The list of members: who enters, what it shows, searches and costs."""

import datetime as dt

import pytest

from members.models import Member, MemberFigure, StatusEntry
from tests.register import add_figure, add_member

LIST = "/admin/members/member/"
PAGES = [
    LIST,
    "/admin/members/member/add/",
    "/admin/members/member/{pk}/change/",
    "/admin/members/member/{pk}/status/",
    "/admin/members/member/{pk}/facts/",
    "/admin/members/member/{pk}/figure/",
    "/admin/members/member/checklist/",
    "/admin/members/member/report/",
    "/admin/members/member/report/xlsx/",
    "/admin/members/memberfigure/",
    "/admin/members/memberfigure/upload/",
    "/admin/members/countryfigure/",
    "/admin/members/countryfigure/add/",
]
READ_BY_FINANCE = {
    LIST,
    "/admin/members/member/{pk}/change/",
    "/admin/members/member/report/",
    "/admin/members/member/report/xlsx/",
}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.mark.parametrize("address", PAGES)
def test_finance_reads_and_the_secretariat_does(client, register, staff, address):
    finance = 200 if address in READ_BY_FINANCE else 403
    address = address.format(pk=register["Seoul"].pk)

    assert client.get(address).url == f"/admin/login/?next={address}"
    for role, status in (("finance", finance), ("secretariat", 200), ("administrator", 200)):
        client.force_login(staff[role])
        assert client.get(address).status_code == status


@pytest.mark.parametrize("address", PAGES[1:6])
def test_a_city_contact_stays_outside(client, register, django_user_model, address):
    client.force_login(django_user_model.objects.create_user("mayor@seoul.example"))

    response = client.get(address.format(pk=register["Seoul"].pk), follow=True)

    assert response.status_code == 403


def names_on(page):
    return [member.name_en for member in page.context["cl"].result_list]


def test_list_shows_standing_and_figure_of_the_year_at_work(kim, register):
    page = kim.get(LIST)

    text = page.content.decode()
    assert names_on(page) == ["Berlin", "Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]
    assert "figures of dues year 2020" in text
    assert "9,776,000" in text
    assert "Withdrawn" in text
    assert "31 Dec 2019" in text
    assert text.count('<span class="quiet">to confirm</span>') == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Kathm", ["Kathmandu"]),
        ("q=카트만두", ["Kathmandu"]),
        ("q=astana", ["Nur-Sultan"]),
        ("q=아스타나", ["Nur-Sultan"]),
        ("q=nepal", ["Kathmandu"]),
        ("q=korea", ["Seoul"]),
        ("q=대한민국", ["Seoul"]),
        ("q=atlantis", []),
        ("kind__exact=company", ["Danfoss"]),
        ("region__exact=europe", ["Berlin", "Danfoss"]),
        ("country=NP", ["Kathmandu"]),
        ("level=city", ["Kathmandu"]),
        ("status=withdrawn", ["Berlin"]),
        ("status=roster", ["Danfoss", "Kathmandu", "Nur-Sultan", "Seoul"]),
        ("open=status", ["Kathmandu", "Nur-Sultan"]),
        ("open=population", ["Kathmandu", "Nur-Sultan"]),
        ("o=-1&kind__exact=city", ["Seoul", "Nur-Sultan", "Kathmandu", "Berlin"]),
    ],
)
def test_list_is_searched_in_both_scripts_and_filtered(kim, register, query, found):
    page = kim.get(f"{LIST}?{query}")

    assert names_on(page) == found


def test_list_speaks_korean(kim, register, secretariat):
    kim.cookies["django_language"] = "ko"

    text = kim.get(LIST).content.decode()

    assert "서울" in text
    assert "2019. 12. 31." in text


def add_many(count):
    for number in range(count):
        member = add_member(f"City {number:05d}", status_confirmed=number % 2 == 0)
        add_figure(member, 1000 + number)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_equally_often(kim, count, django_assert_num_queries):
    add_many(count)

    with django_assert_num_queries(7):
        page = kim.get(LIST)

    assert len(names_on(page)) == count


@pytest.mark.slow
@pytest.mark.parametrize("count", [200, 5000])
def test_list_asks_no_more_for_many_members(kim, count, django_assert_num_queries):
    members = Member.objects.bulk_create(
        Member(name_en=f"City {n:05d}", kind="city", country_code="KR", region="asia")
        for n in range(count)
    )
    StatusEntry.objects.bulk_create(
        StatusEntry(member=m, status="full", effective_on=dt.date(2019, 12, 31), reason="roster")
        for m in members
    )
    MemberFigure.objects.bulk_create(
        MemberFigure(member=m, measure="population", dues_year=2020, value=1000, source="x")
        for m in members
    )

    with django_assert_num_queries(7):
        page = kim.get(LIST)

    assert page.context["cl"].result_count == count
    assert len(names_on(page)) == 100


@pytest.mark.parametrize("address", ["{pk}/delete/", "{pk}/history/"])
def test_a_member_is_never_deleted(kim, register, address):
    response = kim.get(LIST + address.format(pk=register["Seoul"].pk))

    assert response.status_code == (403 if "delete" in address else 200)
    assert Member.objects.count() == 5


def test_today_has_the_register_for_those_who_may_see_it(client, register, secretariat, finance):
    client.force_login(secretariat)
    text = client.get("/admin/").content.decode()
    assert "statuses to confirm" in text
    assert "cities without population for 2020" in text
    assert "?open=population" in text

    client.force_login(finance)
    text = client.get("/admin/").content.decode()
    assert "members today" in text
    assert "statuses to confirm" not in text


def test_finance_is_offered_nothing_it_may_not_do(client, register, finance):
    client.force_login(finance)

    text = client.get(LIST).content.decode()

    assert "Statuses to confirm" not in text
    assert "/admin/members/member/add/" not in text
    assert "mark_associates" not in text
