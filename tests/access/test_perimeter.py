"""Every address once more: forged forms, staff without a factor (S10, S19, S22)."""

import logging

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from members.middleware import WITHOUT_FACTOR
from tests.access.addresses import all_addresses
from tests.access.rows import VALUES
from tests.access.rows_api import API

pytestmark = pytest.mark.django_db
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# The interface reads tokens and no session: another site's form has none to send.
BY_TOKEN = frozenset(name for name in API if name.startswith("api-")) - {"api-docs"}


@pytest.fixture
def quiet():
    """Hundreds of refusals are expected here: nobody reads them in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def path_of(address):
    """A path to nothing in particular: what is asked here is asked before anything is looked up."""
    values = {name: VALUES.get(name, 1) for name in address.arguments}
    return address.path(values)


def refused_as_forged(response):
    return response.status_code == 403 and b"This form has expired" in response.content


def test_s19_no_form_of_another_site_is_taken_anywhere(administrator, quiet):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(administrator)
    taken, cells = set(), 0
    for address in all_addresses():
        for method in UNSAFE if address.name in BY_TOKEN else UNSAFE[:1]:
            cells += 1
            response = strict.generic(method, path_of(address))
            if not refused_as_forged(response):
                taken.add((address.name, response.status_code))

    by_token = {(name, status) for name, status in taken if name in BY_TOKEN}
    assert taken - by_token == set()
    assert {status for _name, status in by_token} <= {401, 404, 405}
    assert cells > 600


def test_s19_control_a_form_of_this_site_is_taken(administrator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    token = strict.get("/account/sessions/").context["csrf_token"]

    sent = {"csrfmiddlewaretoken": str(token), "language": "ko"}
    assert strict.post("/i18n/setlang/", sent).status_code in (204, 302)
    assert (
        strict.post("/i18n/setlang/", sent, headers={"origin": "https://evil.example"}).status_code
        == 403
    )


@pytest.mark.parametrize(("role", "method"), [("finance", "GET"), ("administrator", "POST")])
def test_s10_staff_without_a_second_factor_pass_no_door(request, settings, quiet, role, method):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Client(raise_request_exception=False)
    browser.force_login(request.getfixturevalue(role))
    passed = set()
    for address in all_addresses():
        if address.name in BY_TOKEN | WITHOUT_FACTOR:
            continue
        response = browser.generic(method, path_of(address))
        if (response.status_code, response.headers.get("Location")) != (302, "/account/"):
            passed.add(f"{address.name} {response.status_code}")

    assert passed == set()


def test_s22_nul_is_refused_in_one_sentence(client):
    for path in (
        "/directory/?q=a%00b",
        "/directory/%00/",
        "/login/?next=%00",
        "/api/v1/members?q=%00",
    ):
        assert client.get(path).status_code == 400, path
    assert client.post("/login/", {"login": "a\x00@b.example", "password": "x"}).status_code == 200


@pytest.mark.postgresql
def test_s22_a_query_without_end_is_ended():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        with pytest.raises(DatabaseError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(5)")
