"""Every address x every role x every method: who may pass passes, nobody else, and nothing leaks.

The addresses come from the resolver. One without a row in `rows.py` fails, so does a row without
an address.
"""

import logging
import time
import zlib

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import ROWS, values_for
from tests.harness.extent import share
from tests.harness.headers import missing_headers

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Written whenever somebody looks: sessions live, limits count, a download leaves its trace.
NOT_COUNTED = (
    "django_session",
    "wego_cache",
    "usersessions_usersession",
    "wego_auditentry",
    "members_apitoken",
    "wego_idempotentrequest",
)
WRITING = ("INSERT", "UPDATE", "DELETE")
# Who may pass is the same on either database; that every page answers is asked of both.
WALKERS = {"sqlite": doors.ROLES, "postgresql": (doors.HEAD, doors.ADMINISTRATOR)}


def browser_of(role, users):
    """A browser in which somebody of this role is signed in, or nobody."""
    browser = Client(raise_request_exception=False)
    if role in users:
        browser.force_login(users[role])
        sign_in_now(browser)
    return browser


def sign_in_now(browser):
    """As if the password had just been typed: grave acts are not asked for it again."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


class Watch:
    """Counts the statements that write to a table that counts."""

    def __init__(self):
        self.writes = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITING) and not any(name in sql for name in NOT_COUNTED):
            self.writes.append(sql[:120])
        return execute(sql, params, many, context)


def ask(browser, method, path):
    """The answer and what was written, all of it undone again."""
    cookies = browser.cookies.copy()
    answer = ask_with(browser, method, path, "", {}, kind="application/x-www-form-urlencoded")
    browser.cookies = cookies
    return answer


def ask_with(browser, method, path, sent, headers, *, kind="application/json"):
    """The same with a body and headers."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        response = browser.generic(method, path, sent, content_type=kind, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return response, body, watch.writes


def verdict(response, body):
    """What an answer amounts to: passed, login, refused, or broken."""
    if response.status_code >= 500:
        return "broken"
    if response.status_code in (401, 403, 404, 405):
        return "refused"
    if response.status_code in (301, 302) and "/login/" in response.headers["Location"]:
        return "login"
    # The answer to OPTIONS names methods and nothing else.
    return "refused" if response.status_code == 200 and not body else "passed"


def for_others_thing(row, role):
    """A row as it holds for a thing of the other member: theirs is what was our own people's."""
    if role == doors.OTHER:
        look, act = ({role} if door else set() for door in (row.look, row.act))
        return row._replace(look=row.look | look, act=row.act | act)
    if role in doors.OWN or role == doors.JUROR:
        return row._replace(look=row.look - {role}, act=row.act - {role})
    return row


def find_fault(row, role, method, found, writes):
    """Why an answer is not what the row wants; "" when it is."""
    if found == "broken":
        return "is broken"
    if role not in row.look | row.act:
        return "leaks" if found == "passed" else "writes" if writes else ""
    if method == "GET" and role in row.look and found not in row.may_answer:
        return f"is {found}"
    return "writes" if writes and not (method == "POST" and role in row.act) else ""


def knows_too_much(role, body, facts):
    """Whether an answer names the mayor of a member that the reader does not act for."""
    strangers = {doors.ANONYMOUS: ("own", "other"), doors.OTHER: ("own",)}
    strangers |= {doors.JUROR: ("own", "other")}
    strangers |= dict.fromkeys(doors.OWN, ("other",))
    return any(facts[of]["secret"].encode() in body for of in strangers.get(role, ()))


def methods_for(role, path):
    """Every method; in a short run looking, acting and one more, another for each door and role."""
    others = [method for method in METHODS if method not in ("GET", "POST")]
    one = others[zlib.crc32(f"{role} {path}".encode()) % len(others)]
    return share(METHODS, ("GET", "POST", one))


def tries(facts):
    """Every path with its row; what belongs to one member is tried with the other's too."""
    for address in all_addresses():
        row = ROWS[address.name]
        yield address.path(values_for(address, facts["own"])), row, False
        if row.own:
            yield address.path(values_for(address, facts["other"])), row, True


def test_every_address_has_its_row_and_every_row_its_address():
    names = {address.name for address in all_addresses()}

    assert names - set(ROWS) == set()
    assert set(ROWS) - names == set()


@pytest.fixture
def quiet():
    """Thousands of refusals are expected here: nobody reads them in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.parametrize("role", WALKERS[connection.vendor])
def test_nobody_passes_a_door_that_is_not_theirs(role, quiet):
    facts = world.build()
    browser = browser_of(role, facts["users"])
    began, wrong, cells = time.monotonic(), [], 0
    for path, plain, foreign in list(tries(facts)):
        row = for_others_thing(plain, role) if foreign else plain
        for method in methods_for(role, path):
            response, body, writes = ask(browser, method, path)
            fault = find_fault(row, role, method, verdict(response, body), writes)
            if not fault and knows_too_much(role, body, facts):
                fault = "names a stranger"
            if not fault and (bare := missing_headers(response)):
                fault = f"lacks {bare}"
            if fault:
                wrong.append(f"{method} {path} {fault} ({response.status_code}) {writes[:1]}")
            cells += 1
    print(f"isolation: {role}, {cells} cells, {len(wrong)} faults")
    print(f"seconds: {time.monotonic() - began:.1f}")

    assert "\n".join(wrong) == ""
    assert cells > 1500
