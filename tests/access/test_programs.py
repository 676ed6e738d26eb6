"""The matrix of the programming interface: addresses x tokens x methods, own and foreign rows.

A door is passed when the answer is neither 401, 403, 404 nor 405; what stands behind it is then
looked through for the other member's name and numbers.
"""

import json
import uuid

import pytest
from django.test import Client

from members.models import Member
from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import values_for
from tests.access.rows_api import RESOURCES
from tests.access.test_isolation import METHODS, ask_with
from tests.wego.api.callers import token_for
from wego.api.scopes import declared_scopes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REFUSED = (401, 403, 404, 405)
OWN, OTHER, SCOPELESS = "own member", "other member", "no scope"
FINANCE, SECRETARIAT, ADMINISTRATOR = doors.FINANCE, doors.SECRETARIAT, doors.ADMINISTRATOR
STAFF = frozenset({FINANCE, SECRETARIAT, ADMINISTRATOR})
OFFICERS = STAFF - {FINANCE}
MEMBERS = frozenset({OWN, OTHER})
CALLERS = (doors.ANONYMOUS, SCOPELESS, OWN, OTHER, FINANCE, SECRETARIAT, ADMINISTRATOR)
NOBODY = frozenset()
# Winners that were announced are everybody's to read.
PUBLIC = frozenset({"award"})

# Who may look, who may act and by which method, and whether the address is of one member.
TABLE = {
    "members": (STAFF | MEMBERS, NOBODY, "", False),
    "member": (STAFF | {OWN}, OFFICERS, "PATCH", True),
    "figures": (OFFICERS | MEMBERS, NOBODY, "", False),
    "country-figures": (OFFICERS | MEMBERS, NOBODY, "", False),
    "membership-report": (STAFF, NOBODY, "", False),
    "fee-schedules": (STAFF | MEMBERS, NOBODY, "", False),
    "quotes": (NOBODY, STAFF | MEMBERS, "POST", False),
    "invoices": (STAFF | MEMBERS, NOBODY, "", False),
    "invoice": (STAFF | {OWN}, NOBODY, "", True),
    "invoice-pdf": (STAFF | {OWN}, NOBODY, "", True),
    "payments": (STAFF | MEMBERS, frozenset({FINANCE, ADMINISTRATOR}), "POST", False),
    "payment": (STAFF | {OWN}, NOBODY, "", True),
    "standings": (STAFF | MEMBERS, NOBODY, "", False),
    "standing": (STAFF | {OWN}, NOBODY, "", True),
    "meetings": (OFFICERS | MEMBERS, NOBODY, "", False),
    "meeting": (OFFICERS | MEMBERS, NOBODY, "", False),
    "decisions": (OFFICERS | MEMBERS, NOBODY, "", False),
    "decision": (OFFICERS | MEMBERS, NOBODY, "", False),
    "awards": (OFFICERS | MEMBERS, NOBODY, "", False),
    "award": (OFFICERS | MEMBERS, NOBODY, "", False),
    "nowhere": (NOBODY, NOBODY, "", False),
}


def secret_of(caller, facts):
    """The token of a caller; nobody has none."""
    members = {OWN: "own", OTHER: "other"}
    if caller in members:
        return token_for(member=Member.objects.get(pk=facts[members[caller]]["member"])).secret
    if caller == SCOPELESS:
        return token_for(role="administrator", scopes=["reports:read"]).secret
    return token_for(role=caller, scopes=list(declared_scopes())).secret if caller in STAFF else ""


def body_of(name, facts):
    """What an act sends, so that only who asks can be wrong with it."""
    usd = {"amount": "1.00", "currency": "USD"}
    return {
        "quotes": {"kind": "company", "dues_year": 2020, "employees": 3},
        "payments": {"member": facts["own"]["member"], "amount": usd, "received_on": "2020-03-20"},
    }.get(name, {})


def swapped(passing):
    """Who passes a door of one member when the row is the other's."""
    exchange = {OWN: OTHER, OTHER: OWN}
    return frozenset(exchange.get(each, each) for each in passing)


def tries(facts):
    """Every address with who may pass it, by method; those of one member with both members'."""
    by_name = {each.name.removeprefix("api-"): each for each in all_addresses()}
    for name, (look, act, method, own) in TABLE.items():
        for whose in ("own", "other") if own else ("own",):
            path = by_name[name].path(values_for(by_name[name], facts[whose]))
            for each in METHODS:
                looks = each in ("GET", "HEAD")
                passing = look if looks else act if each == method else NOBODY
                if name == "membership-report" and looks:
                    passing = passing | {SCOPELESS}
                yield name, each, path, swapped(passing) if whose == "other" else passing


def strangers_words(caller, facts):
    """What an answer to a member's token may never hold."""
    other = {OWN: "other", OTHER: "own"}.get(caller)
    if other is None:
        return []
    member = Member.objects.get(pk=facts[other]["member"])
    return [member.name_en, facts[other]["number"], facts[other]["receipt"]]


def test_every_resource_is_in_the_table():
    assert set(TABLE) == set(RESOURCES)


@pytest.mark.slow
@pytest.mark.parametrize("caller", CALLERS)
def test_no_token_passes_a_door_that_is_not_its_own(caller):
    facts = world.build()
    secret, words = secret_of(caller, facts), strangers_words(caller, facts)
    wrong, cells = [], 0
    for name, method, path, passing in tries(facts):
        headers = {"Idempotency-Key": uuid.uuid4().hex, "If-Match": '"x"'}
        headers |= {"Authorization": f"Bearer {secret}"} if secret else {}
        sent = json.dumps(body_of(name, facts))
        response, body, writes = ask_with(
            Client(raise_request_exception=False), method, path, sent, headers
        )
        passed = response.status_code not in REFUSED
        if response.status_code >= 500 or passed != (caller in passing):
            wrong.append(f"{method} {path} {response.status_code}")
        if writes and not (passed and method == "POST" and name == "payments"):
            wrong.append(f"{method} {path} writes {writes[:1]}")
        # A problem repeats the path that was asked for.
        told = body.replace(path.encode(), b"")
        hidden = words if name not in PUBLIC else []
        wrong += [f"{method} {path} names {word}" for word in hidden if word.encode() in told]
        cells += 1
    print(f"isolation of programs: {caller}, {cells} cells, {len(wrong)} faults")

    assert "\n".join(wrong) == ""
    assert cells >= 170
