"""What every answer carries, however it came about, and what the gate refuses (S5, S6, S19)."""

import base64
import contextlib
import hashlib
import re

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client

from members.models import User
from tests.harness.headers import HEADERS, POLICY, missing_headers, policy_of
from wego.perimeter import METHODS
from wego.templatetags import scripts

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
SCRIPT = re.compile(r"<script\b[^>]*>")


@pytest.fixture
def public(settings):
    """A house under an https address, as far as answers tell."""
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    settings.LANGUAGE_COOKIE_NAME = "__Host-language"


def fail_with(monkeypatch, error):
    """A browser that gets the error page of this failure at the first page."""

    def fail(*_args, **_more):
        raise error

    monkeypatch.setattr("wego.home.render", fail)
    return Client(raise_request_exception=False)


def test_headers_are_told_from_missing_ones():
    bare = HttpResponse()

    assert missing_headers(bare)[:2] == ["Content-Security-Policy", "X-Content-Type-Options"]
    assert len(missing_headers(bare)) == 2 + len(HEADERS) + 5


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/login/", 200),
        ("/api/", 200),
        ("/api/schema/", 200),
        ("/healthz", 200),
        ("/static/css/base.css", 200),
        ("/static/js/frame.js", 200),
        ("/static/nowhere.js", 404),
        ("/nowhere/", 404),
        ("/api/v1/members", 401),
        ("/api/v1/nowhere", 404),
        ("/admin/", 302),
        ("/login", 301),
    ],
)
def test_s5_every_kind_of_answer_carries_them(client, path, status):
    response = client.get(path)
    response.close()

    assert response.status_code == status
    assert missing_headers(response) == []


def test_s5_pages_of_people_carry_them(client, administrator):
    client.force_login(administrator)

    for path in ("/admin/", "/admin/members/member/", "/admin/settings/", "/account/"):
        response = client.get(path)
        assert (response.status_code, missing_headers(response)) == (200, []), path


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("broken"), 500),
        (SuspiciousOperation("odd"), 400),
        (RequestDataTooBig("large"), 413),
        (PermissionError("no"), 500),
    ],
)
def test_s5_failures_carry_them(monkeypatch, error, status):
    response = fail_with(monkeypatch, error).get("/")

    assert response.status_code in (status, 400)
    assert missing_headers(response) == []


@pytest.mark.parametrize("secure", [True, False])
def test_s19_a_strange_host_is_refused_with_them(public, secure):
    response = Client().get("/login/", secure=secure, headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert missing_headers(response) == []
    assert ("Strict-Transport-Security" in response.headers) is secure


def test_s5_too_many_tries_and_old_forms_carry_them(client):
    for number in range(31):
        last = client.post("/login/", {"login": f"x{number}@nowhere.example", "password": "wrong"})
    old = Client(enforce_csrf_checks=True).post("/login/", {})

    assert (last.status_code, missing_headers(last)) == (429, [])
    assert (old.status_code, missing_headers(old)) == (403, [])


def test_s5_large_requests_of_programs_carry_them(client):
    response = client.post("/api/v1/payments", b"x" * 70_000, content_type="application/json")

    assert (response.status_code, missing_headers(response)) == (413, [])


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG"])
@pytest.mark.parametrize("path", ["/", "/login/", "/api/v1/members", "/static/css/base.css"])
def test_s19_methods_nobody_needs_are_refused(client, method, path):
    response = client.generic(method, path, headers={"x-secret": "echo me"})

    assert response.status_code == 405
    assert response.headers["Allow"] == ", ".join(METHODS)
    assert b"echo me" not in response.content
    assert missing_headers(response) == []


def test_s6_plain_address_leads_to_https_on_the_same_host(public):
    response = Client().get("/login/?next=/portal/")

    assert response.status_code == 301
    assert response["Location"] == "https://testserver/login/?next=/portal/"
    assert missing_headers(response) == []


@pytest.mark.parametrize("path", ["/", "/login/", "/nowhere/", "/static/css/base.css", "/healthz"])
def test_s6_browsers_are_told_to_come_by_https_for_a_year(public, path):
    response = Client().get(path, secure=True)
    response.close()

    told = response.headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"


def test_s6_without_https_nobody_is_told_so(client):
    assert "Strict-Transport-Security" not in client.get("/login/").headers


def test_s6_cookies_are_of_this_host_alone(public):
    User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")
    browser = Client()
    browser.get("/login/", secure=True)
    browser.post("/login/", {"login": "maya@kathmandu.example", "password": PASSWORD}, secure=True)
    browser.post("/i18n/setlang/", {"language": "ko"}, secure=True)

    assert set(browser.cookies) == {"__Host-session", "__Host-csrftoken", "__Host-language"}
    for name, cookie in browser.cookies.items():
        assert (bool(cookie["secure"]), bool(cookie["httponly"])) == (True, True), name
        assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", ""), name


def test_s5_policy_is_the_strict_one_and_has_no_unsafe_word(client):
    response = client.get("/")

    assert policy_of(response) == POLICY
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/login/", "/nowhere/", "/apply/", "/directory/", "/api/"])
def test_s6_own_scripts_are_told_by_their_digest(client, path):
    found = SCRIPT.findall(client.get(path).content.decode())

    assert found
    for element in found:
        name = re.search(r'src="/static/([^"]+)"', element)[1]
        with contextlib.closing(client.get(f"/static/{name}")) as served:
            found = hashlib.sha384(served.getvalue()).digest()
        digest = base64.b64encode(found).decode()
        assert f'integrity="sha384-{digest}"' in element


def test_s6_error_page_of_a_failure_has_them_too(monkeypatch):
    page = fail_with(monkeypatch, RuntimeError("broken")).get("/").content.decode()

    assert SCRIPT.findall(page)
    assert all("integrity=" in element for element in SCRIPT.findall(page))


def test_s6_digest_follows_the_file(tmp_path, monkeypatch):
    path = tmp_path / "x.js"
    monkeypatch.setattr(scripts, "path_of", lambda _name: path)
    path.write_text("one")
    before = scripts.digest(path, 1)
    path.write_text("two")

    assert scripts.digest(path, 2) != before
    assert scripts.digest_of("x.js").startswith("sha384-")


def test_s6_missing_script_breaks_no_page():
    assert scripts.digest_of("js/nowhere.js") == ""
