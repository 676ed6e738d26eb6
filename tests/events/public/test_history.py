import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from events.history.entering import import_own_history
from events.templatetags.history import year_of
from tests.events.cities import add_history_cities

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(db):
    cities = add_history_cities()
    import_own_history()
    return cities


def read(client, language="en"):
    client.cookies["django_language"] = language
    response = client.get(reverse("history:page"))
    assert response.status_code == 200
    return response.content.decode()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_everybody_reads_the_assemblies_with_their_hosts(history, client):
    text = words(read(client))

    for line in (
        "1st General Assembly · Seoul",
        "2nd General Assembly · Barcelona",
        "3rd General Assembly · Chengdu",
        "4th General Assembly · Ulyanovsk",
        "5th General Assembly · Seoul",
        "6th General Assembly · Seoul",
    ):
        assert line in text
    assert "Planned: Makati, 6 Sep 2020 – 9 Sep 2020" in text


def test_the_page_is_korean_for_readers_of_korean(history, client):
    text = words(read(client, "ko"))

    assert "제2차 총회 · 바르셀로나" in text
    assert "제4차 총회 · 울라놉스크" in text
    assert "48개국 125개 도시" in text
    assert "2010년 9월" in text
    assert "고양" in text


def test_growth_is_a_picture_and_a_table_with_sources(history, client):
    page = read(client)

    assert page.count('class="past-dot"') == 11  # ten snapshots of cities and the key
    assert page.count('class="past-total"') == 5
    assert "191 members, 144 cities, 7 associates, 17 institutions, 30 companies" in words(page)
    assert "http://wego.ulregion.ru/news/53.html" in page


def test_pictures_carry_no_style_and_no_script(history, client):
    page = read(client)
    main = page[page.index("<main") : page.index("</main>")]

    assert "<script" not in main
    assert "style=" not in main
    assert main.count('<svg viewBox="0 0 1000') == 2


def test_c12_numbers_that_disagree_stand_side_by_side(history, client):
    text = words(read(client))

    assert "48 countries 125 cities ~110 cities 300+ people" in text


def test_c10_what_nobody_knows_is_not_written(history, client):
    text = words(read(client))

    assert "Sejong" in text
    assert " ?" not in text
    assert "Sustainable City Smart waste collection management service" in text


def test_c23_what_is_known_to_the_year_stands_in_its_middle(history):
    from datetime import date

    assert year_of(date(2014, 1, 1), "year") == 2014.5
    assert year_of(date(2014, 1, 1)) == 2014


def test_an_empty_history_says_what_would_be_here(client, db):
    assert "No history yet" in read(client)


def test_the_page_asks_equally_often_of_a_long_history(client, db):
    def count():
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    empty = count()
    add_history_cities()
    import_own_history()

    assert empty <= 5
    assert count() <= 7


def test_the_front_page_leads_to_the_history(client, db):
    assert reverse("history:page") in client.get("/").content.decode()


def test_goyangs_file_tells_its_gold_and_its_seat(history, client, administrator):
    client.force_login(administrator)
    page = client.get(reverse("admin:members_member_change", args=[history["Goyang"].pk]))
    text = words(page.content.decode())

    assert "In the history of WeGO" in text
    assert "WeGO Awards 3, Gold, Sustainable City" in text
    assert "EXCOM 29 Jun 2017" in text
    with translation.override("ko"):
        assert history["Goyang"].history_facts.count() == 3
