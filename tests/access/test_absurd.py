"""Absurd values in every parameter of every page, and old sign-ins at every act (S12, S20, S22)."""

import logging
import re
import time

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.db import DatabaseError
from django.utils.http import urlencode

from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import ROWS, values_for
from tests.access.rows_api import API
from tests.access.test_isolation import ask, browser_of, sign_in_now
from tests.harness.extent import share
from wego.grave import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BY_TOKEN = frozenset(name for name in API if name.startswith("api-")) - {"api-docs"}
CONFIRM = re.compile(r"^/account/(confirm|reauthenticate)")
ABSURD = (
    "9" * 40,
    "x" * 100,
    "-1",
    "NaN",
    "\u2019\"';--%",
    "\uc11c\uc6b8" * 5,
    "\ud7ff\u202e[]",
    "99999-13-45",
)
# The web server takes an address of 4,094 bytes at most.
LONGEST = ("x" * 3900, "9" * 3900, "\uc11c" * 430)
NAMES = [
    "q",
    "p",
    "page",
    "o",
    "all",
    "e",
    "year",
    "on",
    "from",
    "to",
    "by",
    "state",
    "status",
    "kind",
    "show",
    "region",
    "bucket",
    "member",
    "open",
    "sort",
    "limit",
    "cursor",
    "ot",
    "language",
    "id__exact",
    "pk__in",
    "member__user__password",
    "role",
    "user",
    "act",
    "file",
    "next",
]
LISTS = re.compile(r"changelist|search|directory|history|books|aging|cash|board|:list|standing")
MOST_BYTES = 2_000_000
# What moves rights or bank data, makes dues final, or carries everything out of the house.
GRAVE = frozenset(
    {
        "admin:dues_issuerprofile_changelist",
        "admin:dues_year_check",
        "admin:members_apitoken_add",
        "admin:members_decision_record",
        "admin:members_invitation_add",
        "admin:members_user_change",
        "admin:wego_auditentry_export",
        "admin:wego_policyvalue_change",
        "admin:wego_webhookendpoint_add",
    }
)


@pytest.fixture
def quiet():
    """Thousands of refusals are expected here: nobody reads them in the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def asked_once_more(browser, things, *, among=None):
    """The names of acts that ask who one is before they do anything."""
    found = set()
    for address in all_addresses():
        if among is not None and address.name not in among:
            continue
        if doors.ADMINISTRATOR not in ROWS[address.name].act or address.name in BY_TOKEN:
            continue
        cache.clear()
        response, _body, _writes = ask(browser, "POST", address.path(values_for(address, things)))
        if response.status_code == 302 and CONFIRM.match(response["Location"]):
            found.add(address.name)
    return found


def test_s12_grave_acts_ask_an_old_sign_in_again_and_a_new_one_not(quiet):
    facts = world.build()
    browser = browser_of(doors.ADMINISTRATOR, facts["users"])
    session = browser.session
    session[BEGAN] = time.time() - settings.GRAVE_ACT_SECONDS - 60
    session.pop("account_authentication_methods", None)
    session.save()

    asked = asked_once_more(browser, facts["own"])
    print(f"grave acts that ask again: {len(asked)}: {sorted(asked)}")

    assert GRAVE - asked == set()
    just_now = browser_of(doors.ADMINISTRATOR, facts["users"])
    sign_in_now(just_now)
    assert asked_once_more(just_now, facts["own"], among=GRAVE) == set()


def queries(turn):
    """Absurd values for every parameter at once, and for some that are counted with, alone.

    In a short run one value a list, another for each.
    """
    one = ABSURD[turn % len(ABSURD)]
    for value in share(ABSURD, (one,)):
        yield dict.fromkeys(NAMES, value)
    for value in share(LONGEST, LONGEST[turn % 3 :][:1]):
        yield {"q": value}
    for name in ("page", "o", "year"):
        yield {name: ABSURD[0]}


def is_list(name):
    tables = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    }
    return name in tables or bool(LISTS.search(name))


def test_s22_absurd_parameters_break_no_page(quiet):
    facts = world.build()
    browser = browser_of(doors.ADMINISTRATOR, facts["users"])
    broken, cells = [], 0
    for turn, address in enumerate(all_addresses()):
        if not ROWS[address.name].look or address.name in BY_TOKEN:
            continue
        path = address.path(values_for(address, facts["own"]))
        # A page that is no list is asked once, with everything.
        asked = queries(turn) if is_list(address.name) else [dict.fromkeys(NAMES, ABSURD[0])]
        for query in asked:
            cells += 1
            if fault := fault_of(browser, f"{path}?{urlencode(query)}"):
                broken.append(f"{path} {next(iter(query.items()))!r:.60} of {len(query)}: {fault}")
    print(f"absurd parameters: {cells} requests, {len(broken)} faults")

    assert "\n".join(broken) == ""
    assert cells > 500


def fault_of(browser, address):
    """Why an answer is none; "" when it is one."""
    try:
        response, body, _writes = ask(browser, "GET", address)
    except DatabaseError as error:
        return repr(error)
    if response.status_code >= 500:
        return str(response.status_code)
    return f"{len(body)} bytes" if len(body) > MOST_BYTES else ""
