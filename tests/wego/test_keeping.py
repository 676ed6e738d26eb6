"""What is kept on the way: nothing of signed-in people; programs come by https or not at all."""

import json

import pytest
from django.test import Client

from members.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def public(settings):
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/members/member/",
        "/admin/settings/",
        "/account/",
        "/directory/",
        "/history/",
    ],
)
def test_pages_of_signed_in_people_are_kept_by_nobody(client, administrator, path):
    client.force_login(administrator)

    page = client.get(path)

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/admin/", "/nowhere/", "/portal/"])
def test_refusals_and_ways_on_are_kept_by_nobody_either(client, path):
    client.force_login(User.objects.create_user("maya@kathmandu.example", PASSWORD))

    answer = client.get(path)

    assert answer.status_code != 500
    assert "no-store" in answer.headers["Cache-Control"]


def test_strangers_may_keep_what_is_public(client):
    assert "max-age=300" in client.get("/").headers["Cache-Control"]
    assert "max-age=300" in client.get("/directory/").headers["Cache-Control"]


def test_what_was_done_is_told_in_no_cookie(client):
    client.post("/login/", {"login": "nobody@nowhere.example", "password": "wrong"})
    User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")
    client.post("/login/", {"login": "maya@kathmandu.example", "password": PASSWORD})
    client.post("/logout/")

    assert "messages" not in client.cookies


@pytest.mark.parametrize(
    "path", ["/api/v1/members", "/api/v1/nowhere", "/calendar/wego.ics", "/calendar/x.y.ics"]
)
def test_a_program_without_tls_is_refused_and_not_led_on(public, path):
    answer = Client().get(path)

    assert answer.status_code == 403
    assert "Location" not in answer.headers
    told = json.loads(answer.content)
    assert (
        told["detail"] == "Ask again by https, and renew your key: it was sent without protection."
    )


def test_a_refused_program_changes_nothing_and_is_not_looked_at(public, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().post(
            "/api/v1/payments",
            b"{}",
            content_type="application/json",
            headers={"authorization": "Bearer wego_x"},
        )
    assert answer.status_code == 403


def test_with_tls_programs_and_people_are_served(public):
    client = Client()

    assert client.get("/api/v1/members", secure=True).status_code == 401
    assert client.get("/calendar/wego.ics", secure=True).status_code == 200
    assert client.get("/login/", secure=True).status_code == 200


@pytest.mark.parametrize("path", ["/", "/login/", "/api/", "/apply/"])
def test_people_are_led_on_to_https(public, path):
    answer = Client().get(path)

    assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{path}")


def test_without_https_at_all_programs_are_served(client):
    assert client.get("/api/v1/members").status_code == 401
