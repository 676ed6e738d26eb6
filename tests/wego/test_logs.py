"""Log lines carry their request and nobody's data (S16), for people and for programs."""

import io
import json
import logging
import runpy
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import values_for
from wego import errors, gunicorn, health, logs
from wego.logs import JsonFormatter, LineFormatter
from wego.middleware import number_of


def record(message, *arguments, level=logging.WARNING, **extra):
    made = logging.LogRecord("dues.x", level, "x.py", 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


@pytest.mark.once
def test_a_program_reads_one_object_a_line():
    token = logs.current.set("abc12345")
    try:
        line = JsonFormatter().format(record("Line one\nline two of %s", "WEGO-2020-0001"))
    finally:
        logs.current.reset(token)

    told = json.loads(line)
    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "warning",
        "logger": "dues.x",
        "message": "Line one\\nline two of WEGO-2020-0001",
        "request_id": "abc12345",
    }


@pytest.mark.once
def test_a_person_reads_one_line():
    line = LineFormatter().format(record("%s is late", "WEGO-2020-0001"))

    assert line.endswith(" WARNING dues.x: WEGO-2020-0001 is late")


@pytest.mark.once
@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("to kim.seo-yeon@goyang.go.kr, failed", "to …@…, failed"),
        ("<lee@wego.example>: 550 unknown", "<…@…>: 550 unknown"),
        ("at /join/?key=abc&next=/ now", "at /join/?… now"),
        ("link Zx9-kq3x9kq3x9kq3x9kq3x9kq3x9 ends", "link … ends"),
        ("Key (email)=(kim) already exists.", "Key (email)=(…) already exists."),
        ("Failing row contains (1, Kim, 010).", "Failing row contains (…)."),
        ("one\r\n2026 ERROR forged", "one\\r\\n2026 ERROR forged"),
        ("one\x85two\u2028three\x1b[2J", "one\\x85two\\u2028three\\x1b[2J"),
        ("WEGO-2020-0001 costs USD 7,500.00", "WEGO-2020-0001 costs USD 7,500.00"),
    ],
)
def test_s16_what_names_or_opens_is_masked(typed, logged):
    assert logs.masked(typed) == logged


@pytest.mark.once
def test_s16_an_exception_keeps_its_place_and_loses_its_values():
    try:
        int("Kim Seo-yeon")
    except ValueError:
        made = record("It failed", exc_info=sys.exc_info())

    trace = json.loads(JsonFormatter().format(made))["trace"]

    assert trace[-1] == "ValueError: invalid literal for int() with base 10: '…'"
    assert any("test_logs.py" in line for line in trace)
    assert "Kim Seo-yeon" not in trace[-1]
    assert LineFormatter().format(made).endswith(trace[-1])


@pytest.mark.once
def test_s16_what_is_typed_in_several_lines_is_no_line_of_code():
    words = "several lines\n    typed by 'Kim\n    Seo-yeon'"
    made = record("It failed", exc_info=(ValueError, ValueError(words), None))

    trace = json.loads(JsonFormatter().format(made))["trace"]

    assert trace == ["ValueError: several lines\\n    typed by '…'"]


class Kept:
    """Everything logged while it is open, in both forms."""

    def __init__(self):
        self.streams = [io.StringIO(), io.StringIO()]
        self.handlers = []
        for stream, formatter in zip(self.streams, (LineFormatter(), JsonFormatter()), strict=True):
            handler = logging.StreamHandler(stream)
            handler.setFormatter(formatter)
            self.handlers.append(handler)

    def __enter__(self):
        self.level = logging.getLogger("wego.requests").level
        logging.getLogger("wego.requests").setLevel(logging.INFO)
        for handler in self.handlers:
            logging.getLogger().addHandler(handler)
        return self

    def __exit__(self, *_error):
        logging.getLogger("wego.requests").setLevel(self.level)
        for handler in self.handlers:
            logging.getLogger().removeHandler(handler)

    @property
    def text(self):
        return "".join(stream.getvalue() for stream in self.streams)

    @property
    def objects(self):
        return [json.loads(line) for line in self.streams[1].getvalue().splitlines()]


@pytest.mark.django_db
def test_every_request_has_a_number_in_its_lines_and_its_answer(client, settings):
    settings.BEHIND_PROXY = False

    with Kept() as kept:
        first = client.get("/login/?next=/portal/", headers={"x-request-id": "from-outside-1"})
        second = client.get("/nothing/at/김서연/")

    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert first["X-Request-ID"] != "from-outside-1"
    lines = [line for line in kept.objects if line["logger"] == "wego.requests"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/login/", 200),
        ("GET", "(no such address)", 404),
    ]
    assert [line["request_id"] for line in lines] == [
        first["X-Request-ID"],
        second["X-Request-ID"],
    ]
    assert all(line["milliseconds"] >= 0 for line in lines)
    [refused] = [line for line in kept.objects if line["logger"] == "django.request"]
    assert refused["request_id"] == second["X-Request-ID"]
    assert "김서연" not in kept.text
    assert "uae40" not in kept.text


@pytest.mark.once
def test_s16_the_server_below_logs_no_request(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "json")
    loggers = runpy.run_path(gunicorn.__file__)["logconfig_dict"]["loggers"]

    assert loggers["gunicorn.access"] == {"level": "CRITICAL", "handlers": [], "propagate": False}
    assert loggers["gunicorn.error"]["propagate"] is False


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "trusted", "kept"),
    [
        ("req-2020-12-31.7", True, True),
        ("req-2020-12-31.7", False, False),
        ("short", True, False),
        ("x" * 65, True, False),
        ("two words and more", True, False),
        ("a\r\nb-c-d-e-f", True, False),
    ],
)
def test_only_a_trusted_proxy_may_number_a_request(rf, settings, given, trusted, kept):
    settings.BEHIND_PROXY = trusted

    number = number_of(rf.get("/", headers={"x-request-id": given}))

    assert (number == given) is kept
    assert len(number) >= 8


@pytest.mark.django_db
def test_whether_one_lives_is_not_worth_a_line(client):
    with Kept() as kept:
        client.get("/healthz")
        client.get("/readyz")

    assert kept.text == ""


@pytest.mark.once
def test_error_pages_log_the_pattern_of_the_address(rf, settings):
    request = rf.get("/join/abc-secret-token/")

    with Kept() as kept:
        errors.server_error(request)

    assert "/join/<" in kept.text or "/join/" in kept.text
    assert "abc-secret-token" not in kept.text


def secrets_of(users, *everybody):
    """What must never be in a log: who people are, and what opens something."""
    from allauth.account.models import EmailAddress

    from members.models import Contact, Invitation

    found = {user.email for user in users.values()} | {user.full_name for user in users.values()}
    found |= set(Contact.objects.values_list("email", flat=True))
    found |= set(Contact.objects.values_list("full_name", flat=True))
    found |= set(Invitation.objects.values_list("email", flat=True))
    found |= set(EmailAddress.objects.values_list("email", flat=True))
    for things in everybody:
        found |= {str(value) for word, value in things.items() if "token" in word}
    # "Finance" is a person here, and a word in many sentences.
    return {each for each in found if "@" in each or " " in each or len(each) > 20}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.once
def test_s16_a_walk_of_every_page_logs_nobody(settings):
    built = world.build()
    users = built["users"]
    hidden = secrets_of(users, built["own"], built["other"])
    pages = 0

    with Kept() as kept:
        for role in (doors.ANONYMOUS, doors.HEAD, doors.FINANCE, doors.ADMINISTRATOR):
            browser = Client(raise_request_exception=False)
            if role in users:
                browser.force_login(users[role])
            for address in all_addresses():
                path = address.path(values_for(address, built["own"]))
                browser.get(f"{path}?q=kim@goyang.go.kr&name=Kim+Seo-yeon").close()
                pages += 1
        browser.post("/login/", {"login": "kim@goyang.go.kr", "password": "Kim Seo-yeon"})

    assert pages > 1000
    assert len(kept.objects) > 1000
    text = kept.text
    assert [each for each in hidden if each in text] == []
    for typed in ("kim@goyang", "Kim Seo", "Kim+Seo", "?q="):
        assert typed not in text


@pytest.mark.django_db
@pytest.mark.parametrize("error", [RuntimeError, PermissionDenied])
def test_s16_a_failure_of_ours_logs_nobody(client, monkeypatch, error):
    def fail():
        raise error("'kim@goyang.go.kr' of \"Kim Seo-yeon\" may not")

    monkeypatch.setattr(health, "reasons_not_ready", fail)
    client.raise_request_exception = False

    with Kept() as kept:
        client.get("/readyz?email=kim@goyang.go.kr")

    assert {line["request_id"] for line in kept.objects} != {None}
    assert "/readyz" in kept.text
    assert "kim@goyang" not in kept.text
    assert "?email" not in kept.text
    if error is RuntimeError:
        assert "RuntimeError: '…' of '…' may not" in kept.text
