"""What docs/safety.md says of ways in, links, secrets and the wire, tried on the house itself."""

import datetime as dt
import math
import re
import ssl
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.test import Client
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from events.awards import links as awards
from events.calendars import links as calendars
from members import invitations, persons, private_links
from members.accounts import recovery, urls
from members.models import User
from wego.api import bearer
from wego.models import Mail
from wego.smtp import EmailBackend
from wego.webhooks import outgoing
from wego.webhooks import signing as webhooks

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
SAFETY = (Path(__file__).resolve().parents[2] / "docs/safety.md").read_text()
# Ways to be let in, as they are told, and the addresses that belong to each.
WAYS = {
    "password": {"login", "account_login"},
    "mailed code": {"account_request_login_code", "account_confirm_login_code"},
    "passkey": {"mfa_login_webauthn"},
    "app code or recovery code": {"mfa_authenticate"},
    "invitation, 14 days": {"join"},
    "new password by a mailed link, 1 hour": {
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    },
}
# These let nobody in: they say no, or ask who is in already.
OTHERS = {"account_signup", "account_inactive", "logout", "account_logout"}


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")


def sign_in(user, password=PASSWORD):
    client = Client()
    client.post("/login/", {"login": user.email, "password": password})
    return client


def is_in(client):
    return client.get("/account/stay/").status_code == 204


def bits(choices, length):
    return math.log2(choices) * length


def test_every_way_in_is_told():
    told = SAFETY.split("\n## Ways in\n")[1].split("\nThere is no other way")[0]
    named = {each.name for each in urls.urlpatterns}
    open_ones = {
        name
        for name in named
        if name == "join" or Client().get(address_of(name)).status_code == 200
    }

    assert open_ones - {"join"} <= set().union(*WAYS.values()) | OTHERS
    assert set().union(*WAYS.values()) | OTHERS <= named
    for way in WAYS:
        assert f"\n| {way} |" in told
    assert not any("question" in name or "hint" in name for name in named)


def address_of(name):
    [pattern, *_others] = [each for each in urls.urlpatterns if each.name == name]
    return "/" + re.sub(r"<[^>]+>", "1", str(pattern.pattern))


def test_a_locked_account_still_opens_by_a_mailed_code(maya):
    for _try in range(6):
        refused = sign_in(maya, "wrong horse battery")
    assert not is_in(refused)
    assert not is_in(sign_in(maya))

    client = Client()
    client.post("/account/code/", {"email": maya.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.get(kind="sign_in_code").text)[0]
    client.post("/account/code/confirm/", {"code": code})

    assert is_in(client)


def test_a_new_house_has_no_account():
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("kept", "typed", "opens"),
    [
        ("  Correct Horse Battery ", "  Correct Horse Battery ", True),
        ("  Correct Horse Battery ", "Correct Horse Battery", False),
        ("Correct Horse Battery", "correct horse battery", False),
        ("x" * 99 + "y", "x" * 99 + "y", True),
        ("x" * 99 + "y", "x" * 99, False),
        ("정확한 말 배터리 하나", "정확한 말 배터리 하나", True),
    ],
)
def test_a_password_counts_as_it_was_typed(maya, kept, typed, opens):
    maya.set_password(kept)
    maya.save()

    assert is_in(sign_in(maya, typed)) is opens


def test_a_password_does_not_expire(maya, time_machine):
    time_machine.move_to(START + dt.timedelta(days=3650), tick=False)

    client = sign_in(maya)

    assert is_in(client)
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("old", ["", "wrong horse battery"])
def test_a_change_of_password_asks_for_the_old_one(maya, old):
    client = sign_in(maya)
    words = "five quiet green lakes"

    client.post("/account/password/", {"oldpassword": old, "password1": words, "password2": words})

    maya.refresh_from_db()
    assert maya.check_password(PASSWORD)


@pytest.mark.parametrize("path", ["/login/", "/account/password/", "/account/confirm/"])
def test_password_fields_are_masked_and_take_what_is_pasted(maya, path):
    client = Client() if path == "/login/" else sign_in(maya)

    page = client.get(path).content.decode()

    fields = re.findall(r'<input[^>]*name="(?:old)?password\d?"[^>]*>', page)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "onpaste" not in field
        assert "readonly" not in field


def test_whoever_may_not_sign_in_any_more_is_out(maya, administrator):
    phone, desk = sign_in(maya), sign_in(maya)

    persons.allow_sign_in(maya, allowed=False, by=administrator)

    assert (is_in(phone), is_in(desk)) == (False, False)


@pytest.mark.parametrize("path", ["/admin/", "/account/", "/directory/", "/history/"])
def test_every_page_of_signed_in_people_offers_to_sign_out(client, administrator, path):
    client.force_login(administrator)

    assert 'action="/logout/"' in client.get(path).content.decode()


def test_a_value_in_the_address_is_no_value_of_the_form(maya):
    client = Client()

    client.post(f"/login/?login={maya.email}&password={PASSWORD}", {})

    assert not is_in(client)


def test_codes_have_twenty_bits_at_least():
    mailed = {get_adapter().generate_login_code() for _code in range(200)}
    codes = recovery.draw_codes()

    assert len(mailed) == 200
    assert all(
        re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", each)
        for each in mailed
    )
    assert all(re.fullmatch(r"[0-9]{8}", each) for each in codes)
    assert (round(bits(20, 8)), round(bits(10, 8))) == (35, 27)


def test_session_numbers_have_128_bits():
    store = SessionStore()
    store.create()

    assert re.fullmatch(r"[a-z0-9]{32}", store.session_key)
    assert round(bits(36, 32)) == 165


def test_tokens_and_secrets_have_128_bits():
    token = bearer.make_secret()

    assert len(token.removeprefix(bearer.PREFIX)) == 43
    assert len(webhooks.derive("key", webhooks.new_nonce())) == 32
    assert len(webhooks.new_nonce()) == 64


SIGNERS = [private_links._signer(), awards._signer(), calendars._signer()]


def test_links_are_signed_with_one_algorithm(settings):
    assert {each.algorithm for each in SIGNERS} == {"sha256"}
    assert signing.TimestampSigner(salt=invitations.SALT).algorithm == "sha256"
    made = private_links._signer().sign_object([1, 1])
    settings.SECRET_KEY = "the key of another house, as long as chance would make it, or longer"

    with pytest.raises(signing.BadSignature):
        private_links._signer().unsign_object(made)


def test_a_link_of_one_kind_opens_no_other(maya):
    link = calendars.open_link(maya, on=START.date(), by=None)
    told = [link.user_id, link.version]

    assert calendars.find_user(calendars._signer().sign_object(told)) == maya
    for salt in (private_links.SALT, awards.SALT, invitations.SALT, "members.figures.upload"):
        assert calendars.find_user(signing.Signer(salt=salt, sep=".").sign_object(told)) is None
    assert len({each.salt for each in SIGNERS}) == 3


@pytest.mark.parametrize("path", ["/", "/api/", "/api/v1/members", "/login/", "/calendar/wego.ics"])
def test_no_other_origin_is_let_in(path):
    client = Client()
    for method in ("GET", "OPTIONS"):
        answer = client.generic(
            method,
            path,
            headers={"origin": "https://evil.example", "access-control-request-method": "POST"},
        )
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/wego/settings.py",
        "/static/../wego/settings.py",
        "/static/%2e%2e/wego/settings.py",
        "/requirements.lock",
        "/var/secret_key",
        "/static/",
        "/static/css/",
        "/uploads/",
        "/documents/",
    ],
)
def test_no_source_and_no_folder_is_served(path):
    assert Client().get(path).status_code == 404


TWICE = [
    "Content-Length: 4\r\nContent-Length: 5",
    "Content-Length: 4\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Content-Length: +4",
    "Transfer-Encoding: xchunked",
]


def read_request(headers):
    """The request gunicorn reads from the wire."""
    wire = f"POST /login/ HTTP/1.1\r\nHost: x.example\r\n{headers}\r\n\r\n1=23".encode()
    return next(RequestParser(Config(), iter([wire]), ("127.0.0.1", 1)))


@pytest.mark.parametrize("headers", TWICE)
def test_a_request_with_two_lengths_is_refused(headers):
    with pytest.raises((ParseException, NotImplementedError)):
        read_request(headers)
    assert read_request("Content-Length: 4").body.read() == b"1=23"


def test_own_connections_check_certificates_and_take_no_old_tls(monkeypatch):
    def refuse():
        raise ConnectionError("asked for the default context")

    monkeypatch.setattr(outgoing.ssl, "create_default_context", refuse)
    with pytest.raises(ConnectionError, match="default context"):
        outgoing.ask(None, outgoing.urlsplit("https://x.example/"), b"", {}, secure=True)
    monkeypatch.undo()

    for context in (EmailBackend(use_tls=True).ssl_context, ssl.create_default_context()):
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname is True
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
