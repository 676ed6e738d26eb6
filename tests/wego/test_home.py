"""The address without a path."""

import pytest

from members.models import Affiliation, User
from tests.register import add_member

pytestmark = pytest.mark.django_db


def test_stranger_reads_what_wego_is_and_where_to_go(client):
    add_member("Seoul")
    add_member("Kathmandu", "NP")
    add_member("Busan")

    page = client.get("/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "3 members · 2 countries" in " ".join(text.split())
    assert 'href="/apply/' in text
    assert 'href="/directory/"' in text
    assert 'href="/login/"' in text
    assert "max-age=300" in page.headers["Cache-Control"]


def test_front_page_of_an_empty_house_has_no_map(client):
    text = client.get("/").content.decode()

    assert 'class="map"' not in text
    assert 'href="/apply/' in text


def test_front_page_speaks_korean(client):
    client.cookies["django_language"] = "ko"

    assert '<html lang="ko">' in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_front_page_takes_one_query(client, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}")

    with django_assert_num_queries(1):
        client.get("/")


def test_staff_land_in_the_web_admin(client, finance):
    client.force_login(finance)

    assert client.get("/").headers["Location"] == "/admin/"


def test_member_lands_in_its_portal(client):
    person = User.objects.create_user("treasurer@kathmandu.example", "correct horse battery")
    Affiliation.objects.create(user=person, member=add_member("Kathmandu", "NP"), role="finance")
    client.force_login(person)

    assert client.get("/").headers["Location"] == "/portal/"


def test_front_page_is_only_read(client):
    assert client.post("/").status_code == 405
