"""Whoever asks cannot tell a known address from an unknown one: answer and work alike (S13)."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import User
from wego.models import Mail

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "maya@kathmandu.example", "nobody@kathmandu.example"
DOORS = {
    "login": ("/login/", lambda email: {"login": email, "password": "wrong horse battery"}),
    "code": ("/account/code/", lambda email: {"email": email}),
    "reset": ("/account/password/forgotten/", lambda email: {"email": email}),
}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
# What one sort of address may cost more than the other: a look at who it is.
SLACK = 2


@pytest.fixture(autouse=True)
def maya(db):
    return User.objects.create_user(KNOWN, "correct horse battery", full_name="Maya Thapa")


@pytest.fixture
def hashings(monkeypatch):
    """How often a password was hashed, which is what a sign-in costs."""
    done = Counter()
    encode = MD5PasswordHasher.encode

    def count(self, password, salt):
        done["hashings"] += 1
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return done


def work_of(door, email, hashings):
    """What an answer is, and what it took: hashings, queries, mails."""
    path, fields = DOORS[door]
    browser = Client()
    browser.get(path)
    hashings.clear()
    mails = Mail.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = browser.post(path, fields(email))
    page = TOKEN.sub("", response.content.decode()).replace(email, "")
    answer = (response.status_code, response.headers.get("Location"), page)
    return answer, hashings["hashings"], len(asked), Mail.objects.count() - mails


@pytest.mark.parametrize("door", DOORS)
def test_s13_known_and_unknown_cost_the_same(door, hashings):
    # What is looked up once a process is looked up before.
    work_of(door, "first@kathmandu.example", hashings)
    known, unknown = (work_of(door, email, hashings) for email in (KNOWN, UNKNOWN))

    assert known[0] == unknown[0]
    assert known[1] == unknown[1]
    assert known[3] == unknown[3]
    assert abs(known[2] - unknown[2]) <= SLACK, (known[2], unknown[2])


def test_s13_a_password_is_hashed_once_whoever_asks(hashings):
    costs = [work_of("login", email, hashings)[1] for email in (KNOWN, UNKNOWN)]

    assert costs == [1, 1]


def test_s13_people_who_have_no_password_or_left_cost_the_same(hashings, maya):
    maya.set_unusable_password()
    maya.save()
    without = work_of("login", KNOWN, hashings)
    maya.set_password("correct horse battery")
    maya.is_active = False
    maya.save()
    left, unknown = (work_of("login", email, hashings) for email in (KNOWN, UNKNOWN))

    assert without[0] == left[0] == unknown[0]
    assert without[1] == left[1] == unknown[1] == 1


def test_s13_a_tenth_of_the_tries_of_a_locked_account_look_alike(hashings):
    for email in (KNOWN, UNKNOWN):
        said = [work_of("login", email, hashings) for _try in range(7)]
        assert [cost for _answer, cost, _queries, _mails in said] == [1, 1, 1, 1, 1, 0, 0], email
        assert all("Too many tries" in answer[2] for answer, *_rest in said[5:])


def test_s13_mailed_links_name_this_house_whatever_host_was_asked(settings):
    Client().post("/account/password/forgotten/", {"email": KNOWN}, headers={"host": "localhost"})

    text = Mail.objects.get().text
    assert f"{settings.PUBLIC_URL}/account/password/new/" in text
    assert "localhost/" not in text


EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    r"/\evil.example",
    r"\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "\t//evil.example",
    "/\t/evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//testserver:80@evil.example",
    "ftp://testserver/",
    "%2f%2fevil.example",
    " //evil.example",
)


def goes_elsewhere(location):
    """Whether a browser would leave this house for it."""
    tidy = location.strip().replace("\\", "/").replace("\t", "")
    led = urlsplit(urljoin("http://testserver/login/", tidy))
    return (led.scheme, led.netloc) != ("http", "testserver")


@pytest.mark.parametrize("evil", EVIL)
def test_s19_nobody_is_led_out_of_the_house(evil, maya):
    signing_in = Client().post(
        "/login/", {"login": KNOWN, "password": "correct horse battery", "next": evil}
    )
    signed_in = Client()
    signed_in.force_login(maya)
    answers = [
        signing_in,
        signed_in.get("/login/", {"next": evil}),
        signed_in.get("/admin/login/", {"next": evil}),
        signed_in.post("/account/confirm/", {"password": "correct horse battery", "next": evil}),
        Client().post("/i18n/setlang/", {"language": "ko", "next": evil}),
        Client().post("/i18n/setlang/", {"language": "ko"}, headers={"referer": evil}),
        signed_in.post("/logout/", {"next": evil}),
    ]

    # The web admin is not this person's: there they are refused.
    assert [each.status_code for each in answers] == [302, 302, 403, 302, 302, 302, 302]
    led = [each["Location"] for each in answers if each.status_code == 302]
    assert [location for location in led if goes_elsewhere(location)] == []


def test_s19_control_a_page_of_the_house_is_led_to(maya):
    answer = Client().post(
        "/login/", {"login": KNOWN, "password": "correct horse battery", "next": "/portal/data/"}
    )
    assert answer["Location"] == "/portal/data/"
    assert goes_elsewhere("//evil.example")
