"""What addresses answer to whoever tries.

Files stay files (S17); lists sort and filter by what they offer and by nothing else (S20).
"""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import User
from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import ROWS, values_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READERS = (doors.ADMINISTRATOR, doors.HEAD, doors.JUROR, doors.ANONYMOUS)
FILES = re.compile(
    r"pdf|file|download|xlsx|csv|zip|attachment|proof|letter|receipt|paper|document|agreement"
    r"|memorand|picture|export|calendar|ballots|note|badge|visa|report|scan"
)
SHOWN_IN_PLACE = {
    *("application/pdf", "text/calendar", "image/png", "image/jpeg", "text/plain"),
    *("application/json", "application/vnd.oai.openapi+json"),
}
# Whatever a page makes of an order, a page's number, a year, words to look for: it answers.
HOSTILE = (
    {"o": "999.-998.0.x", "p": "-1", "page": "9" * 40, "year": "9" * 30, "cursor": "../..",
     "q": "%' OR 1=1 --\x00", "state": "'", "kind": "\\", "on": "0000-00", "status": "None"},
    {"o": "password", "order": "password", "ordering": "-member__note", "p": "9" * 30,
     "year": "2020; DROP TABLE", "q": "\u202e" * 300, "language": "../", "role": "{}"},
)  # fmt: skip


def visits(built):
    """(address, path, browser) for everything that somebody may look at."""
    browsers = {}
    for address in all_addresses():
        look = ROWS[address.name].look
        role = next((role for role in READERS if role in look), None)
        if role is None:
            continue
        if role not in browsers:
            browsers[role] = Client(raise_request_exception=False)
            if role in built["users"]:
                browsers[role].force_login(built["users"][role])
        yield address, address.path(values_for(address, built["own"])), browsers[role]


def read_whole(answer):
    """What was sent; reading a stream to its end closes it without closing the connection."""
    return b"".join(answer) if answer.streaming else answer.content


def faults_of(answer):
    """What is wrong with how a file is sent."""
    kind = answer["Content-Type"].partition(";")[0]
    how = answer.get("Content-Disposition", "")
    if answer.get("X-Content-Type-Options") != "nosniff":
        yield "may be taken for something else"
    if not how.startswith("attachment") and kind not in SHOWN_IN_PLACE:
        yield f"{kind} is shown in place"
    if kind in ("text/html", "image/svg+xml", "application/xhtml+xml"):
        yield f"{kind} runs"
    if re.search(r'[\r\n\x00]|\.\./|filename="[^"]*"[^;]', how):
        yield f"is called {how}"


def test_s17_files_are_sent_as_files():
    built, files, wrong, kept = world.build(), 0, {}, {}
    for address, path, browser in visits(built):
        if not FILES.search(address.pattern.lower() + address.name.lower()):
            continue
        answer = browser.get(path)
        read_whole(answer)
        is_page = answer["Content-Type"].startswith("text/html")
        if answer.status_code != 200 or (is_page and "Content-Disposition" not in answer):
            continue
        files += 1
        if faults := list(faults_of(answer)):
            wrong[path] = faults
        if "no-store" not in answer.get("Cache-Control", ""):
            kept[address.name] = answer.get("Cache-Control", "")
    print(f"downloads: {files} files, {len(wrong)} faults, kept {kept}")

    assert wrong == {}
    # What everybody may see, and nothing else, is kept on the way.
    assert {name for name, how in kept.items() if not how.startswith("public")} == set()
    assert files > 20


def passwords_near(model):
    """Ways to ask for the beginning of a password, from a row of this table."""
    if model is User:
        yield "password__startswith"
    for field in model._meta.get_fields():
        if field.related_model is User:
            yield f"{field.name}__password__startswith"


def test_s20_lists_sort_and_filter_by_what_they_offer():
    built, asked, wrong = world.build(), 0, []
    for address, path, browser in visits(built):
        is_list = address.name.endswith("changelist")
        if address.arguments or address.name.startswith(("account_", "mfa_", "usersessions")):
            continue
        for wish in HOSTILE if is_list else HOSTILE[:1]:
            asked += 1
            answer = browser.get(path, wish)
            read_whole(answer)
            if answer.status_code >= 500:
                wrong.append((path, wish))
    print(f"lists: {asked} questions, {len(wrong)} faults")

    assert wrong == []
    assert asked > 150


def test_s20_no_list_tells_how_a_password_begins(client, administrator):
    client.force_login(administrator)
    asked, wrong = 0, []
    for model in admin.site._registry:
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for name in passwords_near(model):
            asked += 1
            with CaptureQueriesContext(connection) as asked_for:
                client.get(path, {name: "argon2"})
            where = [query["sql"].partition("WHERE")[2] for query in asked_for]
            if any("password" in each for each in where):
                wrong.append((path, name))
    print(f"passwords: {asked} questions, {len(wrong)} faults")

    assert wrong == []
    assert asked > 10
