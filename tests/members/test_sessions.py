"""Sessions: idle and absolute limits, what was typed, other devices, grave acts."""

import datetime as dt
from urllib.parse import quote

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from members.middleware import limits_of
from members.models import User
from members.templatetags.devices import device
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")


def sign_in(user):
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    return client


def is_in(client):
    return client.get("/account/stay/").status_code == 204


@pytest.mark.parametrize(
    ("who", "idle", "absolute"), [("secretariat", 60, 12 * 60), ("maya", 120, 24 * 60)]
)
def test_idle_and_old_sessions_end(request, time_machine, who, idle, absolute):
    time_machine.move_to(START, tick=False)
    user = request.getfixturevalue(who)
    client = sign_in(user)

    def after(minutes):
        time_machine.move_to(START + dt.timedelta(minutes=minutes), tick=False)

    after(idle - 1)
    assert is_in(client)
    after(2 * idle - 2)
    assert is_in(client)
    after(3 * idle - 2)
    assert not is_in(client)

    time_machine.move_to(START, tick=False)
    client = sign_in(user)
    for minutes in range(30, absolute, 30):
        after(minutes)
        assert is_in(client)
    after(absolute)
    assert not is_in(client)


def test_ended_session_says_so_and_leads_back(secretariat, time_machine):
    time_machine.move_to(START, tick=False)
    client = sign_in(secretariat)
    time_machine.move_to(START + dt.timedelta(minutes=61), tick=False)

    response = client.get("/admin/members/member/?q=seoul", follow=True)

    assert response.redirect_chain[-1][0].startswith("/login/?next=/admin/members/member/")
    assert "You were signed out" in response.content.decode()
    assert not UserSession.objects.exists()


def test_typed_text_survives_the_next_sign_in(administrator, time_machine):
    time_machine.move_to(START, tick=False)
    client = sign_in(administrator)
    time_machine.move_to(START + dt.timedelta(minutes=61), tick=False)
    typed = {
        "full_name": "Park <b>Min-ji</b>",
        "email": "p@wego.example",
        "password1": "secret words",
    }

    ended = client.post("/admin/members/user/1/change/", typed)
    assert ended["Location"] == "/account/typed/"
    asked = client.get("/account/typed/")
    assert asked["Location"] == "/login/?next=/account/typed/"
    client.post(asked["Location"], {"login": administrator.email, "password": PASSWORD})
    page = client.get("/account/typed/").content.decode()

    assert 'action="/admin/members/user/1/change/"' in page
    assert 'name="full_name" value="Park &lt;b&gt;Min-ji&lt;/b&gt;"' in page
    assert "secret words" not in page
    left = client.post("/account/typed/")
    assert left["Location"] == "/admin/members/user/1/change/"
    assert client.get("/account/typed/")["Location"] == "/"


def test_typed_text_is_nobody_elses(administrator, secretariat, time_machine):
    time_machine.move_to(START, tick=False)
    client = sign_in(administrator)
    time_machine.move_to(START + dt.timedelta(minutes=61), tick=False)
    client.post("/admin/members/user/1/change/", {"full_name": "Park"})
    client.post("/login/", {"login": secretariat.email, "password": PASSWORD})

    assert client.get("/account/typed/")["Location"] == "/"
    assert client.get("/account/typed/")["Location"] == "/"


def test_page_knows_when_the_session_ends(maya):
    page = sign_in(maya).get("/account/").content.decode()
    assert 'data-session-ends="7200"' in page
    assert 'data-session-stay="/account/stay/"' in page
    assert "js/session.js" in page


def test_limits_of_staff_are_shorter(maya, secretariat):
    assert (limits_of(secretariat).idle, limits_of(maya).idle) == (3600, 7200)


def test_own_sessions_are_listed_and_the_others_ended(maya):
    phone, desk = sign_in(maya), sign_in(maya)
    page = desk.get("/account/sessions/").content.decode()
    assert page.count("<tr>") == 3
    assert "This device" in page

    desk.post("/account/sessions/")

    assert is_in(desk)
    assert not is_in(phone)


def test_new_password_ends_other_sessions_and_is_told(maya):
    phone, desk = sign_in(maya), sign_in(maya)
    words = "five quiet green lakes"

    response = desk.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": words, "password2": words}
    )

    assert response["Location"] == "/account/"
    assert is_in(desk)
    assert not is_in(phone)
    assert set(AuditEntry.objects.values_list("act", flat=True)) == {
        "user.password_changed",
        "user.sessions_ended",
    }
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email) == ("security_notice", maya.email)
    assert "Your password was changed." in mail.text


@pytest.mark.parametrize(
    "words",
    [
        "short",
        "wego-seoul-2026",
        "maya thapa maya",
        "password1234",
        "x" * 129,
        "maya@kathmandu.example",
    ],
)
def test_weak_passwords_are_refused(maya, words):
    client = sign_in(maya)
    response = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": words, "password2": words}
    )
    assert "Error:" in response.content.decode()
    maya.refresh_from_db()
    assert maya.check_password(PASSWORD)


@pytest.mark.parametrize(
    "words",
    [
        "lakes and hills",
        "네팔의 아름다운 호수 풍경 이야기",
        "y" + "xz" * 63 + "y",
        "            a b c d e f g h i",
    ],
)
def test_long_passwords_of_any_kind_are_taken(maya, words):
    client = sign_in(maya)
    client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": words, "password2": words}
    )
    maya.refresh_from_db()
    assert maya.check_password(words)


def test_person_without_password_confirms_a_grave_act_by_a_mailed_code(time_machine, maya):
    import re

    time_machine.move_to(START, tick=False)
    maya.set_unusable_password()
    maya.save()
    client = Client()
    client.force_login(maya)
    time_machine.move_to(START + dt.timedelta(minutes=20), tick=False)

    asked = client.get("/account/app/")
    assert asked["Location"] == f"/account/confirm/code/?next={quote('/account/app/', safe='')}"
    client.get(asked["Location"])
    client.get(asked["Location"])
    mail = Mail.objects.get()
    assert mail.kind == "sign_in_code"
    wrong = client.post(asked["Location"], {"code": "AAAA-AAAA"})
    assert "not correct" in wrong.content.decode()
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", mail.text)[0]
    assert client.post(asked["Location"], {"code": code})["Location"] == "/account/app/"
    assert client.get("/account/app/").status_code == 200


def test_wrong_codes_void_the_mailed_one(maya, time_machine):
    time_machine.move_to(START, tick=False)
    maya.set_unusable_password()
    maya.save()
    client = Client()
    client.force_login(maya)
    page = "/account/confirm/code/"
    client.get(page)
    for _number in range(2):
        client.post(page, {"code": "AAAA-AAAA"})
    assert client.post(page, {"code": "AAAA-AAAA"})["Location"] == page
    for _number in range(3):
        client.get(page)
        for _try in range(3):
            client.post(page, {"code": "AAAA-AAAA"})
    assert Mail.objects.count() == 3


@pytest.mark.slow
def test_cookies_are_strict_over_https():
    import os
    import subprocess
    import sys

    script = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        " s.CSRF_COOKIE_NAME, s.SECOND_FACTOR_REQUIRED, s.PASSWORD_HASHERS[0])"
    )
    environment = {
        **os.environ,
        "PUBLIC_URL": "https://members.example",
        "DJANGO_SETTINGS_MODULE": "wego.settings",
    }
    environment.pop("SECOND_FACTOR", None)
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == [
        "__Host-session",
        "True",
        "True",
        "__Host-csrftoken",
        "True",
        "members.accounts.passwords.Argon2Hasher",
    ]


def test_passwords_are_hashed_with_argon2id(settings):
    from django.contrib.auth.hashers import check_password, make_password

    settings.PASSWORD_HASHERS = ["members.accounts.passwords.Argon2Hasher"]
    made = make_password(PASSWORD)
    assert made.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, made)


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/142 Safari/537 Edg/142",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18) AppleWebKit/605 Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142 Mobile Safari/537", "Chrome, Android"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_browsers_are_named_in_two_words(agent, shown):
    assert device(agent) == shown
