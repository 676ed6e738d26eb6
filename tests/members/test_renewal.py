"""The session itself: a new key for whoever confirmed who they are, nothing left at its end."""

import datetime as dt
import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from members.models import User
from wego.models import Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _still(time_machine):
    time_machine.move_to(START, tick=False)


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")


def sign_in(user):
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    return client


def with_key(key):
    client = Client()
    client.cookies["session"] = key
    return client


def is_in(client):
    return client.get("/account/stay/").status_code == 204


def later(time_machine, **more):
    time_machine.move_to(START + dt.timedelta(**more), tick=False)


def test_confirming_by_password_renews_the_key(maya, time_machine):
    client = sign_in(maya)
    later(time_machine, minutes=16)
    old = client.session.session_key

    client.post("/account/confirm/", {"password": PASSWORD})

    assert client.session.session_key != old
    assert is_in(client)
    assert not is_in(with_key(old))
    assert UserSession.objects.get(user=maya).session_key == client.session.session_key


def test_a_wrong_password_renews_nothing(maya, time_machine):
    client = sign_in(maya)
    later(time_machine, minutes=16)
    old = client.session.session_key

    client.post("/account/confirm/", {"password": "wrong"})
    client.get("/account/confirm/")

    assert client.session.session_key == old
    assert is_in(with_key(old))


def test_confirming_by_a_mailed_code_renews_the_key(maya, time_machine):
    maya.set_unusable_password()
    maya.save()
    client = Client()
    client.force_login(maya)
    later(time_machine, minutes=16)
    client.get("/account/confirm/code/")
    old = client.session.session_key
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get().text)[0]

    client.post("/account/confirm/code/", {"code": code})

    assert client.session.session_key != old
    assert is_in(client)
    assert not is_in(with_key(old))


@pytest.mark.parametrize(("seconds", "opens"), [(599, True), (600, False)])
def test_the_code_that_confirms_lasts_ten_minutes(maya, time_machine, seconds, opens):
    maya.set_unusable_password()
    maya.save()
    client = Client()
    client.force_login(maya)
    client.get("/account/confirm/code/")
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get().text)[0]
    old = client.session.session_key
    later(time_machine, seconds=seconds)

    client.post("/account/confirm/code/", {"code": code})

    assert (client.session.session_key != old) is opens


@pytest.mark.parametrize(("seconds", "opens"), [(599, True), (601, False)])
def test_the_code_that_signs_in_lasts_ten_minutes(maya, time_machine, seconds, opens):
    client = Client()
    client.post("/account/code/", {"email": maya.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get().text)[0]
    later(time_machine, seconds=seconds)

    client.post("/account/code/confirm/", {"code": code})

    assert is_in(client) is opens


def test_a_mailed_code_opens_the_browser_that_asked_for_it_alone(maya):
    asked, other = Client(), Client()
    asked.post("/account/code/", {"email": maya.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get().text)[0]

    other.post("/account/code/confirm/", {"code": code})
    assert not is_in(other)

    asked.post("/account/code/confirm/", {"code": code})
    assert is_in(asked)


def test_an_old_sign_in_confirms_before_it_ends_other_sessions(maya, time_machine):
    phone, desk = sign_in(maya), sign_in(maya)
    later(time_machine, minutes=16)

    assert desk.get("/account/sessions/").status_code == 200
    asked = desk.post("/account/sessions/")
    assert asked["Location"].startswith("/account/confirm/")
    assert is_in(phone)

    desk.post(asked["Location"], {"password": PASSWORD})
    assert is_in(desk)
    assert not is_in(phone)


def test_signing_out_ends_the_key_and_what_the_browser_kept(maya):
    client = sign_in(maya)
    key = client.session.session_key

    asked = client.get("/logout/")
    assert "Clear-Site-Data" not in asked.headers
    left = client.post("/logout/")

    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert left.headers["Cache-Control"].startswith("no-store")
    assert not is_in(with_key(key))


def test_whoever_is_not_signed_in_is_told_to_forget_nothing():
    assert "Clear-Site-Data" not in Client().post("/logout/").headers
