"""What costs much is counted by whoever asks, in every process alike (S13)."""

import pytest
from django.core.cache import cache
from django.test import Client

from members.models import User
from tests.harness.instances import Instance, environment_of
from wego import budgets
from wego.budgets import EXPORTS, FILES, INVITATIONS, SEARCHES, Asked, budget_of
from wego.limits import Limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch, settings):
    """Budgets of two, so that a third try is one too many."""
    settings.BUDGETS = True
    for name in ("SEARCHES", "FILES", "EXPORTS", "INVITATIONS"):
        monkeypatch.setattr(budgets, name, Limit(name.lower(), most=2, seconds=900))


def statuses(browser, path, times=3, **more):
    return [browser.get(path, **more).status_code for _time in range(times)]


@pytest.mark.once
@pytest.mark.parametrize(
    ("view", "path", "reading", "searches", "budget"),
    [
        ("admin:search", "/admin/search/", True, True, SEARCHES),
        ("admin:autocomplete", "/admin/autocomplete/", True, False, SEARCHES),
        ("directory:list", "/directory/", True, True, SEARCHES),
        ("directory:list", "/directory/", True, False, None),
        ("admin:dues_invoice_pdf", "/admin/dues/invoice/1/pdf/", True, False, FILES),
        ("apply:form-pdf", "/apply/x/form/pdf/", True, False, FILES),
        ("meetings:badge", "/portal/meetings/delegates/1/badge/", True, False, FILES),
        ("admin:dues_year_download", "/admin/dues/year/2020/downloads/csv/", True, False, EXPORTS),
        ("admin:wego_auditentry_export", "/admin/wego/auditentry/export/", False, False, EXPORTS),
        (
            "admin:members_invitation_add",
            "/admin/members/invitation/add/",
            False,
            False,
            INVITATIONS,
        ),
        ("admin:members_invitation_add", "/admin/members/invitation/add/", True, False, None),
        ("admin:members_member_changelist", "/admin/members/member/", True, False, None),
        ("api-invoice-pdf", "/api/v1/invoices/X/pdf/", True, False, None),
    ],
)
def test_s13_what_costs_has_its_budget(view, path, reading, searches, budget):
    assert budget_of(Asked(view, path, reading=reading, searches=searches)) == budget


def test_s13_third_search_is_refused_with_when_to_come_back(client, small, secretariat):
    client.force_login(secretariat)
    assert statuses(client, "/admin/search/?q=seoul") == [200, 200, 429]

    refused = client.get("/admin/members/member/?q=seoul")

    assert refused.headers["Retry-After"] == "900"
    assert "Please wait 15 minutes" in refused.content.decode()
    assert client.get("/admin/members/member/").status_code == 200


def test_s13_people_are_counted_by_who_they_are(small, secretariat, finance):
    for user in (secretariat, finance):
        browser = Client(REMOTE_ADDR="10.0.0.1")
        browser.force_login(user)
        assert statuses(browser, "/directory/?q=seoul") == [200, 200, 429]
        elsewhere = Client(REMOTE_ADDR="10.0.0.2")
        elsewhere.force_login(user)
        assert elsewhere.get("/directory/?q=seoul").status_code == 429


def test_s13_strangers_are_counted_by_address(client, small):
    assert statuses(client, "/directory/?q=seoul", REMOTE_ADDR="10.0.0.1") == [200, 200, 429]
    assert statuses(client, "/directory/?q=seoul", REMOTE_ADDR="10.0.0.2") == [200, 200, 429]


def test_s13_what_a_stranger_says_of_a_proxy_changes_nothing(client, small):
    said = [
        client.get("/directory/?q=seoul", headers={"x-forwarded-for": f"10.0.0.{number}"})
        for number in range(3)
    ]
    assert [each.status_code for each in said] == [200, 200, 429]


def test_s13_exports_and_files_are_counted_apart(client, small, administrator):
    client.force_login(administrator)

    assert statuses(client, "/admin/members/member/report/xlsx/") == [200, 200, 429]
    assert statuses(client, "/admin/members/member/report/") == [200, 200, 429]


def test_s13_invitations_are_counted(client, small, secretariat):
    client.force_login(secretariat)
    said = [client.post("/admin/members/invitation/add/", {}).status_code for _time in range(3)]

    assert said[2] == 429
    assert 429 not in said[:2]
    assert not User.objects.exclude(pk=secretariat.pk).exists()


def test_s13_control_without_a_shared_count_nothing_is_refused(client, small, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_args, **_more: True)

    assert statuses(client, "/directory/?q=seoul") == [200, 200, 200]


@pytest.mark.once
def test_s13_a_house_counts_unless_it_is_told_not_to(tmp_path):
    code = "from django.conf import settings as s; print(s.BUDGETS)"
    said = [
        Instance(environment_of(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", **more)).run(
            "-c", code
        )
        for more in ({}, {"WEGO_BUDGETS": "0"})
    ]

    assert [each.stdout.strip() for each in said] == ["True", "False"]
