"""Acts that cost money or lead it astray ask for a fresh sign-in (S12)."""

import datetime as dt

import pytest

from dues.models import DuesRun, Invoice, IssuerProfile
from tests.dues.test_admin_issue import answers
from tests.register import add_small_roster

pytestmark = pytest.mark.django_db
START = dt.datetime(2020, 1, 15, 1, tzinfo=dt.UTC)
ISSUE = "/admin/dues/year/2020/check/"
BANK = "/admin/dues/issuerprofile/"


def sign_in(client, person, time_machine, *, minutes_ago):
    time_machine.move_to(START - dt.timedelta(minutes=minutes_ago), tick=False)
    client.force_login(person)
    time_machine.move_to(START, tick=False)


def asks_who_you_are(response):
    return response.status_code == 302 and response["Location"].startswith("/account/confirm/")


def test_a_year_is_issued_only_after_a_fresh_sign_in(client, finance, time_machine):
    add_small_roster()
    sign_in(client, finance, time_machine, minutes_ago=20)

    assert client.get(ISSUE).status_code == 200
    assert asks_who_you_are(client.post(ISSUE, answers()))
    assert (Invoice.objects.count(), DuesRun.objects.count()) == (0, 0)


def test_a_year_is_issued_within_minutes_of_signing_in(client, finance, time_machine):
    add_small_roster()
    sign_in(client, finance, time_machine, minutes_ago=14)

    assert not asks_who_you_are(client.post(ISSUE, answers()))
    assert Invoice.objects.count() == 2


def test_where_members_pay_to_is_changed_only_after_a_fresh_sign_in(client, finance, time_machine):
    sign_in(client, finance, time_machine, minutes_ago=20)
    page = client.get(BANK)

    assert page.status_code == 200
    changed = {"bank_account": "1006-000-123456", "seen": page.context["seen"]}
    assert asks_who_you_are(client.post(BANK, changed))
    assert not IssuerProfile.objects.filter(bank_account="1006-000-123456").exists()
