"""What strangers and members send: no column is taken that a form does not show (S2), and nothing
that they typed is logged, whatever fails (S16).

Every form they may send is sent as a person would, with the name of every column of every table
besides (what is written must be the same), and to a database that refuses and quotes the row.
"""

import itertools
import re
import time

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from dues.api.payments import PaymentReceived
from members.api.members import DetailsBody
from tests.access import doors, world
from tests.access.addresses import all_addresses
from tests.access.rows import ROWS, values_for
from tests.attacks.filling import fill, forms_of
from tests.dues.builders import issued_invoice
from tests.register import add_member
from tests.wego.api.callers import program_of
from tests.wego.test_logs import Kept

# What a form writes is compared statement by statement, and numbers of PostgreSQL's sequences stay
# taken when a try is rolled back: the forms are the same on either database.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
KEY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
PLANTED, NUMBER = "planted by a stranger", 987_654
# Where a person's own second factor, password and sessions are kept: allauth's forms.
NOT_OURS = ("account_", "mfa_", "usersessions_", "login", "logout", "admin:")
# Tokens, digests, references, the moment.
RANDOM = re.compile(r"[\w.+/=:-]{16,}|\d{4}-\d\d-\d\d.*|[A-Z]{2}-\d{4}-\w+|wego_[\w-]+")
# A key remembers the whole body, whatever is read of it; a token, when it was used.
NOTED = re.compile(r"idempotentrequest|members_apitoken")
UNCOUNTED = re.compile(r"django_session|wego_cache|usersessions|SAVEPOINT|sqlite_")


def columns_of_everything(other):
    """{name: value}: every column of every table, with what an attacker would like there."""
    wanted = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            wanted[field.name] = wanted[field.attname] = wish(field, other)
    wanted |= {"role": "administrator", "status": "full", "kind": "city", "state": "approved"}
    return wanted | {"fee": NUMBER, "member": other["member"], "member_id": other["member"]}


def wish(field, other):
    if field.is_relation:
        return other["member"]
    if field.choices:
        return str(list(dict(field.flatchoices))[-1])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2001-01-01"
    return NUMBER if isinstance(field, models.IntegerField) else PLANTED


class Written:
    """The statements that write, with what they write; random and current values left out."""

    def __init__(self):
        self.rows = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not UNCOUNTED.search(sql):
            self.rows.append((sql, tuple(map(steady, params or ()))))
        return execute(sql, params, many, context)


def steady(value):
    if isinstance(value, int) and connection.vendor == "postgresql" and value != NUMBER:
        return "a number"  # a sequence goes on where it was rolled back
    return RANDOM.sub("…", str(value))


def refuse(execute, sql, params, many, context):
    """A database that quotes the row it refuses, as PostgreSQL does."""
    if sql.startswith(("INSERT", "UPDATE")) and not UNCOUNTED.search(sql):
        row = ", ".join(map(str, params or ()))
        raise IntegrityError(
            f'duplicate key value violates unique constraint "x"\nDETAIL:  Key (a, b)=({row})'
            f" already exists.\nDETAIL:  Failing row contains ({row})."
        )
    return execute(sql, params, many, context)


def send(browser, path, data, database=None):
    """What a form writes, and whether it was taken; all of it undone."""
    written, cookies = database or Written(), browser.cookies.copy()
    with transaction.atomic(), connection.execute_wrapper(written):
        answer = browser.post(path, data)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer.status_code, getattr(written, "rows", [])


class Marks:
    """Texts of every kind that no log may hold."""

    def __init__(self):
        self.given, self.numbers = [], itertools.count(7001)

    def __call__(self, kind):
        number = next(self.numbers)
        made = {
            "email": f"zq{number}@city.example",
            "tel": f"+82 2 {number} {number}",
            "url": f"https://zq{number}.example/",
        }.get(kind, f"Zq{number} Seo-yeon, KR{number} 0000 {number}")
        self.given.append(made)
        return made

    def found_in(self, text):
        """The marks that a text names, whole or by their number."""
        names = {name for mark in self.given for name in re.findall(r"(?i)zq\d+|\+82 2 \d+", mark)}
        return sorted(name for name in names if name.lower() in text.lower())


def forms_offered(built, text_of):
    """(path, browser, data) for every form that strangers and a member's administrator may send."""
    for role in (doors.ANONYMOUS, doors.HEAD):
        browser = Client(raise_request_exception=False)
        if role in built["users"]:
            browser.force_login(built["users"][role])
            session = browser.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session.save()
        for address in all_addresses():
            row = ROWS[address.name]
            is_theirs = role in row.act and (
                role == doors.ANONYMOUS or doors.ANONYMOUS not in row.act
            )
            if not is_theirs or address.name.startswith(NOT_OURS):
                continue
            path = address.path(values_for(address, built["own"]))
            answer = browser.get(path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                for form in forms_of(answer.content.decode()):
                    yield form.action or path, browser, fill(form, text_of)


def test_s2_s16_forms_take_what_they_show_and_tell_nobody():
    built, marks = world.build(), Marks()
    wanted = columns_of_everything(built["other"])
    sent, failed, taken, wrong = 0, 0, [], []
    with time_machine.travel("2026-11-01T03:00:00+00:00", tick=False), Kept() as kept:
        for path, browser, data in forms_offered(built, marks):
            plain = send(browser, path, data)
            more = send(browser, path, wanted | data)
            failed += send(browser, path, data, refuse)[0] == 500
            sent += 1
            if plain[1]:
                taken.append(path)
            if more != plain:
                wrong.append((path, plain, more))
    print(f"forms: {len(wanted)} columns x {sent} forms, {len(taken)} taken, {failed} failures,")
    print(f"{len(marks.given)} marks in {len(kept.objects)} lines: {marks.found_in(kept.text)}")
    print(taken)

    for path, plain, more in wrong:
        print(path, plain[0], more[0], [row for row in more[1] if row not in plain[1]][:2])
    assert [path for path, *_rest in wrong] == []
    assert sent > 20
    assert len(taken) > 10
    assert failed > 10
    assert len(marks.given) > 30
    assert "IntegrityError" in kept.text
    assert marks.found_in(kept.text) == []


def test_s2_programs_change_what_the_api_says_and_nothing_else(client):
    own, other = add_member("Goyang"), add_member("Dhaka North", "BD")
    issued_invoice(own)
    known = {*PaymentReceived().fields, *DetailsBody().fields}
    wanted = columns_of_everything({"member": other.pk})
    wanted = {name: value for name, value in wanted.items() if name not in known}
    treasury, office = program_of(client, role="finance"), program_of(client, role="secretariat")
    received = {"amount": {"amount": "100.00", "currency": "USD"}, "received_on": "2020-03-20"}
    seen = office.get(f"/api/v1/members/{own.pk}")["ETag"]
    calls = [
        (
            treasury.post,
            "/api/v1/payments",
            received | {"member": own.pk},
            {"idempotency_key": KEY},
        ),
        (office.patch, f"/api/v1/members/{own.pk}", {"website": "http://x.kr"}, {"if_match": seen}),
    ]

    for ask, path, body, headers in calls:
        with time_machine.travel("2026-11-01T03:00:00+00:00", tick=False):
            plain = send_json(ask, path, body, headers)
            more = send_json(ask, path, wanted | body, headers)

        assert plain[0] in (200, 201), (path, plain)
        # Either nothing but what is known was read, or what is unknown was refused.
        assert more == plain or (more[0] == 422 and more[1] == []), (path, more)


def send_json(ask, path, body, headers):
    written = Written()
    with transaction.atomic(), connection.execute_wrapper(written):
        answer = ask(path, body, **headers)
        transaction.set_rollback(True)
    rows = [row for row in written.rows if not NOTED.search(row[0])]
    return answer.status_code, rows
