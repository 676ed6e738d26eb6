"""The frame: who sees which way, one login, error pages with a reference."""

import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from wego import errors
from wego.nav import NavItem, declared_items, links_for
from wego.site import FRAME_ITEMS, StaffSite


def asked_at(path, *, permissions=(), **user):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(has_perm=lambda name: name in permissions, **user)
    return request


def entries(links):
    return [(str(link.label), link.current) for link in links]


ITEMS = (
    NavItem("Today", "admin:index", "", 0),
    NavItem("Password", "admin:password_change", "x.view_word", 20, also=("logout",)),
    NavItem("Settings", "admin:settings", "", 900),
)


@pytest.fixture
def only_these(monkeypatch):
    """The entries of this module and of no app."""
    configs = [SimpleNamespace(nav=ITEMS[::-1]), SimpleNamespace()]
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)


@pytest.fixture
def member_person(db):
    """Sita of Kathmandu: signs in, but has no staff role."""
    return get_user_model().objects.create_user("sita@wego.example", "correct horse battery")


@pytest.mark.usefixtures("only_these")
def test_entries_come_from_apps_in_order():
    assert declared_items() == list(ITEMS)


def test_entries_stand_under_the_heading_of_their_app(monkeypatch):
    own = NavItem("People", "admin:index", "", 5, group="House")
    configs = [SimpleNamespace(nav=(own, ITEMS[0]), nav_group="Register")]
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)

    links = links_for(asked_at("/admin/"))

    assert [(link.label, link.group) for link in links] == [
        ("Today", "Register"),
        ("People", "House"),
    ]


def test_the_navigation_names_its_groups_in_order(client, administrator):
    client.force_login(administrator)

    page = client.get("/admin/").content.decode()

    headings = re.findall(r'class="nav-group" id="nav-group-\d+">([^<]+)<', page)
    assert headings == ["Membership", "Governance", "Dues", "House"]
    assert page.count('aria-labelledby="nav-group-') == 4


@pytest.mark.usefixtures("only_these")
@pytest.mark.parametrize(
    ("permissions", "labels"),
    [((), ["Today", "Settings"]), (("x.view_word",), ["Today", "Password", "Settings"])],
)
def test_entries_one_may_not_use_are_left_out(permissions, labels):
    links = links_for(asked_at("/admin/", permissions=permissions))

    assert [link.label for link in links] == labels


@pytest.mark.usefixtures("only_these")
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/admin/", "Today"),
        ("/admin/settings/", "Settings"),
        ("/admin/settings/deep/er/", "Settings"),
        ("/logout/", "Password"),
        ("/admin/unknown/", None),
    ],
)
def test_the_longest_matching_entry_is_current(path, current):
    links = links_for(asked_at(path, permissions=["x.view_word"]))

    assert [label for label, is_current in entries(links) if is_current] == [
        label for label in [current] if label
    ]


def test_an_entry_without_a_page_is_named(monkeypatch):
    configs = [SimpleNamespace(nav=(NavItem("Lost", "admin:lost"),))]
    monkeypatch.setattr(apps, "get_app_configs", lambda: configs)

    with pytest.raises(NoReverseMatch, match="'admin:lost', which does not exist"):
        links_for(asked_at("/admin/"))


def test_the_admin_is_our_site():
    assert isinstance(
        admin.site._wrapped if hasattr(admin.site, "_wrapped") else admin.site, StaffSite
    )
    assert [item.order for item in FRAME_ITEMS] == [0, 900]


@pytest.mark.parametrize(
    ("active", "staff", "welcome"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_only_active_staff_is_let_in(active, staff, welcome):
    request = asked_at("/admin/", is_active=active, is_staff=staff)

    assert StaffSite().has_permission(request) is welcome


def test_strangers_go_to_the_one_login_page(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == "/login/?next=/admin/"


def test_login_page_greets_in_both_languages(client):
    english = client.get("/login/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ko"
    korean = client.get("/login/").content.decode()

    assert '<html lang="en">' in english
    assert 'value="ko" lang="ko">한국어<' in english
    assert '<html lang="ko">' in korean
    assert 'value="en" lang="en">English<' in korean


def test_language_switch_keeps_the_page(client):
    html = client.get("/login/?next=/admin/dues/").content.decode()
    kept = re.search(r'name="next" value="([^"]*)"', html)[1]

    response = client.post(reverse("set_language"), {"language": "ko", "next": kept})

    assert response.url == "/login/?next=/admin/dues/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ko"


@pytest.mark.django_db
def test_wrong_password_is_said_on_top(client):
    response = client.post("/login/", {"login": "kim@wego.example", "password": "wrong"})

    html = response.content.decode()
    assert "<title>Error:" in html
    assert 'class="error-summary"' in html
    assert 'value="kim@wego.example"' in html


def test_staff_see_today(client, secretariat):
    client.force_login(secretariat)

    html = client.get("/admin/").content.decode()

    assert "<h1>Today</h1>" in html
    assert re.search(r'<a href="/admin/" aria-current="page">Today</a>', html)
    assert "Kim Seo-yeon" in html


def test_settings_list_what_one_may_open(client, administrator):
    client.force_login(administrator)

    html = client.get("/admin/settings/").content.decode()

    assert re.search(r'<a href="/admin/settings/" aria-current="page">', html)


def test_people_without_a_role_are_told_so(client, member_person):
    client.force_login(member_person)

    response = client.get("/admin/", follow=True)

    html = response.content.decode()
    assert response.status_code == 403
    assert "These pages are for staff" in html
    assert "no staff role" in html
    assert "An administrator can give you access." in html
    assert re.search(r'class="reference">[0-9A-F]{8}<', html)


def test_missing_page_is_said_without_a_reference(client):
    response = client.get("/nothing/here/")

    html = response.content.decode()
    assert response.status_code == 404
    assert "Page not found" in html
    assert 'class="reference"' not in html


def test_reference_of_an_error_page_is_in_the_log(caplog):
    request = RequestFactory().get("/admin/x/")
    request.user = AnonymousUser()

    html = errors.permission_denied(request, PermissionDenied("Only finance.")).content.decode()

    reference = re.search(r'class="reference">(\w+)<', html)[1]
    assert f"error page 403 {reference} at /admin/(?P<url>.*)$: Only finance." in caplog.text
    assert "Only finance." in html
    assert "You are not logged in." in html


def test_server_error_asks_nobody_again(caplog, django_assert_num_queries):
    request = RequestFactory().get("/admin/x/")

    response = errors.server_error(request)  # the request has no user and no session

    html = response.content.decode()
    assert response.status_code == 500
    reference = re.search(r'class="reference">(\w+)<', html)[1]
    assert reference in caplog.text


@pytest.mark.parametrize("handler", [errors.bad_request, errors.page_not_found])
def test_error_text_is_escaped(handler):
    request = RequestFactory().get("/<script>/")
    request.user = AnonymousUser()

    assert "<script>/" not in handler(request, Http404("<script>x</script>")).content.decode()


def test_expired_form_is_explained(rf):
    request = rf.post("/login/")
    request.user = AnonymousUser()

    response = errors.csrf_failure(request, reason="CSRF token missing.")

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert settings.CSRF_FAILURE_VIEW == "wego.errors.csrf_failure"
