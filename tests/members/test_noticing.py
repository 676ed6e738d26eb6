"""Every try to prove who somebody is stands in the log: by what, how it ended, who by number."""

import datetime as dt
import json
import logging
import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from members.models import User
from wego import logs
from wego.models import Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _still(time_machine):
    time_machine.move_to(START, tick=False)


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")


@pytest.fixture
def told(caplog):
    """What was logged of signing in, as a program reads it."""
    caplog.set_level(logging.INFO, logger="wego.sign_in")

    def read():
        records = [each for each in caplog.records if each.name == "wego.sign_in"]
        lines = [json.loads(logs.JsonFormatter().format(each)) for each in records]
        assert not any("maya" in str(line).lower() for line in lines)
        return [(each["level"], each["outcome"], each["how"], each.get("person")) for each in lines]

    return read


def test_password_right_and_wrong_and_leaving(maya, told):
    client = Client()
    client.post("/login/", {"login": maya.email, "password": "wrong horse battery"})
    client.post("/login/", {"login": maya.email, "password": PASSWORD})
    client.post("/logout/")

    assert told() == [
        ("warning", "failed", "password", maya.pk),
        ("info", "signed in", "password", maya.pk),
        ("info", "signed out", "session", maya.pk),
    ]


def test_an_address_that_nobody_has(told):
    Client().post("/login/", {"login": "nobody@nowhere.example", "password": PASSWORD})

    assert told() == [("warning", "failed", "password", None)]


def test_mailed_code_right_and_wrong(maya, told):
    client = Client()
    client.post("/account/code/", {"email": maya.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get().text)[0]
    client.post("/account/code/confirm/", {"code": "AAAA-AAAA"})
    client.post("/account/code/confirm/", {"code": code})

    assert told() == [
        ("warning", "failed", "mailed code", None),
        ("info", "signed in", "code", maya.pk),
    ]


def test_second_factor_right_and_wrong(maya, told, time_machine):
    client = Client()
    client.post("/login/", {"login": maya.email, "password": PASSWORD})
    page = client.get("/account/app/").content.decode()
    secret = re.search(r'class="reference">([A-Z2-7]+)<', page)[1]
    step = int(START.timestamp()) // 30
    client.post("/account/app/", {"code": format_hotp_value(hotp_value(secret, step))})
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    before = len(told())

    other = Client()
    other.post("/login/", {"login": maya.email, "password": PASSWORD})
    other.post("/account/second/", {"code": "12"})
    other.post("/account/second/", {"code": format_hotp_value(hotp_value(secret, step + 2))})

    assert told()[before:] == [
        ("warning", "failed", "totp", maya.pk),
        ("info", "signed in", "password+totp", maya.pk),
    ]


def test_confirming_right_and_wrong(maya, told):
    client = Client()
    client.force_login(maya)
    client.post("/account/confirm/", {"password": "wrong horse battery"})
    client.post("/account/confirm/", {"password": PASSWORD})

    assert told()[1:] == [
        ("warning", "failed", "password", maya.pk),
        ("info", "confirmed", "password", maya.pk),
    ]


@pytest.mark.parametrize(
    "credential",
    [
        7,
        {"id": "x"},
        {"id": "eA", "rawId": "eA", "type": "public-key", "response": {}},
        {"id": "eA", "rawId": "eA", "type": "public-key", "response": None},
    ],
)
def test_a_passkey_that_proves_nothing_is_refused_and_told(told, credential):
    answer = Client().post("/account/passkey/", {"credential": json.dumps(credential)})

    assert answer.status_code in (200, 302)
    assert told() == [("warning", "failed", "webauthn", None)]


def test_a_refused_page_says_who_asked_by_number(secretariat, caplog):
    client = Client()
    client.force_login(secretariat)
    client.get("/admin/members/user/")
    Client().get("/api/v1/members")

    refused = [each for each in caplog.records if each.name == "django.request"]
    lines = [json.loads(logs.JsonFormatter().format(each)) for each in refused]
    assert [each["message"] for each in lines] == [
        "Forbidden (Permission denied): /admin/members/user/",
        "Unauthorized: /api/v1/members",
    ]
    assert [each.get("person") for each in lines] == [secretariat.pk, None]
