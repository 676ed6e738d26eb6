"""Pages of tokens: administrators make any, a member's administrator makes reading ones."""

import re
import time

import pytest
from django.urls import reverse

from members.models import ApiToken
from tests.members.portal import acting, kathmandu, said, words_of
from tests.wego.api.callers import Program, token_for

pytestmark = pytest.mark.django_db
LIST = "/admin/members/apitoken/"
TYPED = {"name": "Website", "role": "secretariat", "scopes": ["members:read"], "days": "30"}
ASKED = {"name": "Accounting", "scopes": ["invoices:read", "payments:read"], "days": "90"}


def secret_in(response):
    """The one token a page shows."""
    found = re.findall(r"wego_[A-Za-z0-9_-]{43}", response.content.decode())
    assert len(found) == 1
    return found[0]


def test_an_administrator_makes_a_token_that_is_shown_once(client, administrator):
    client.force_login(administrator)

    made = client.post(f"{LIST}add/", TYPED)
    secret = secret_in(made)
    token = ApiToken.objects.get()

    assert "no-store" in made.headers["Cache-Control"]
    assert Program(client, secret).get("/api/v1/members").status_code == 200
    for page in (LIST, f"{LIST}{token.pk}/"):
        shown = client.get(page)
        assert "Website" in words_of(shown)
        assert secret not in shown.content.decode()


def test_a_token_taken_back_opens_nothing(client, administrator):
    made = token_for(role="secretariat")
    client.force_login(administrator)

    answer = client.post(f"{LIST}{made.token.pk}/revoke/", follow=True)

    assert said(answer) == ["“tests” is taken back and opens nothing."]
    assert Program(client, made.secret).get("/api/v1/members").status_code == 401


@pytest.mark.parametrize("wrong", [{"role": ""}, {"scopes": []}, {"days": "0"}, {"name": ""}])
def test_what_makes_no_token_is_said_and_kept(client, administrator, wrong):
    client.force_login(administrator)

    page = client.post(f"{LIST}add/", TYPED | wrong)

    assert page.status_code == 422
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("role", ["secretariat", "finance"])
def test_only_administrators_see_tokens(client, request, role):
    client.force_login(request.getfixturevalue(role))

    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}add/", TYPED).status_code == 403
    assert not ApiToken.objects.exists()


def test_s12_an_old_session_makes_no_token(client, administrator):
    client.force_login(administrator)
    session = client.session
    session["session_began"] = time.time() - 20 * 60
    session.save()

    answer = client.post(f"{LIST}add/", TYPED)

    assert answer.headers["Location"].startswith("/account/confirm/")
    assert not ApiToken.objects.exists()


def test_a_citys_administrator_makes_a_token_that_reads(client):
    member = kathmandu()
    client.force_login(acting(member, "administrator"))

    made = client.post(reverse("portal:token-add"), ASKED)
    program = Program(client, secret_in(made))

    token = ApiToken.objects.get()
    assert (token.member, token.scopes) == (member, ["invoices:read", "payments:read"])
    assert program.get("/api/v1/invoices").status_code == 200
    assert program.get("/api/v1/members").status_code == 403
    listed = client.get(reverse("portal:tokens"))
    assert "Accounting" in words_of(listed)


def test_a_city_is_offered_no_scope_that_writes(client):
    client.force_login(acting(kathmandu(), "administrator"))

    page = client.get(reverse("portal:token-add"))
    refused = client.post(reverse("portal:token-add"), ASKED | {"scopes": ["payments:write"]})

    assert "payments:write" not in page.content.decode()
    assert refused.status_code == 422
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("role", ["finance", "delegate", "reader"])
def test_others_at_the_city_look_on(client, role):
    member = kathmandu()
    made = token_for(member=member)
    client.force_login(acting(member, role))

    assert client.get(reverse("portal:tokens")).status_code == 200
    assert client.post(reverse("portal:token-add"), ASKED).status_code == 403
    assert client.post(reverse("portal:token", args=[made.token.pk])).status_code == 403
    assert ApiToken.objects.filter(revoked_at=None).count() == 1


def test_a_city_takes_its_token_back(client):
    member = kathmandu()
    made = token_for(member=member)
    client.force_login(acting(member, "administrator"))

    client.post(reverse("portal:token", args=[made.token.pk]))

    assert Program(client, made.secret).get("/api/v1/invoices").status_code == 401
