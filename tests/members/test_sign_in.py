"""Signing in: by password, by mailed code; what is refused, counted and told."""

import re

import pytest
from django.conf import settings

from members.models import User
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def maya(db):
    """Kathmandu's treasurer."""
    return User.objects.create_user(
        "maya@kathmandu.example", PASSWORD, full_name="Maya Thapa", language="en"
    )


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/login/", {"login": email, "password": password, **more})


def code_mailed():
    return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.latest("pk").text)[0]


@pytest.mark.parametrize(
    "path",
    [
        "/login/",
        "/account/code/",
        "/account/password/forgotten/",
        "/account/signup/",
        "/account/inactive/",
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_pages_before_sign_in(client, path, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_password_opens_and_leads_to_the_page_asked_for(client, maya):
    response = sign_in(client, "Maya@Kathmandu.example", next="/portal/?x=1")

    assert response.status_code == 302
    assert response["Location"] == "/portal/?x=1"
    assert client.get("/portal/").status_code == 200


def test_nobody_is_led_elsewhere(client, maya):
    assert sign_in(client, maya.email, next="https://evil.example/")["Location"] == "/"


def test_session_key_changes_at_sign_in(client, maya):
    session = client.session
    session["seen"] = "before"
    session.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    sign_in(client, maya.email)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_known_and_unknown_address_get_the_same_answer(client, maya):
    def answer(email):
        html = sign_in(client, email, "not this one").content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html).replace(email, "")

    known, unknown = answer("maya@kathmandu.example"), answer("nobody@nowhere.example")

    assert "do not belong together" in known
    assert known == unknown


def test_sixth_try_is_refused_and_noted_once(client, maya):
    for _number in range(5):
        assert "do not belong" in sign_in(client, maya.email, "wrong").content.decode()

    for _number in range(3):
        assert "Too many tries" in sign_in(client, maya.email).content.decode()

    assert AuditEntry.objects.filter(act="user.sign_in_locked").count() == 1
    assert AuditEntry.objects.get(act="user.sign_in_locked").subject == f"user:{maya.pk}"
    assert "_auth_user_id" not in client.session


def test_tries_are_counted_by_account_not_by_sender(client, maya):
    for number in range(5):
        client.post(
            "/login/", {"login": maya.email, "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{number}"
        )

    refused = client.post(
        "/login/", {"login": maya.email, "password": PASSWORD}, REMOTE_ADDR="10.9.9.9"
    )

    assert "Too many tries" in refused.content.decode()


def test_what_a_proxy_says_counts_only_behind_one(client, maya, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(31):
        last = client.post(
            "/login/",
            {"login": f"x{number}@nowhere.example", "password": "wrong"},
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
        )
    assert last.status_code == 429
    assert "wait 15 minutes" in last.content.decode()


def test_mailed_code_opens_once(client, maya):
    sent = client.post("/account/code/", {"email": maya.email})
    assert sent["Location"] == "/account/code/confirm/"
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.private, mail.language) == (
        "sign_in_code",
        maya.email,
        True,
        "en",
    )
    code = code_mailed()
    assert code not in mail.subject
    page = client.get("/account/code/confirm/").content.decode()
    assert "We mailed a code to" in page

    assert client.post("/account/code/confirm/", {"code": code})["Location"] == "/"
    assert client.get("/portal/").status_code == 200

    client.post("/logout/")
    again = client.post("/account/code/confirm/", {"code": code})
    assert again["Location"] == "/account/code/"


def test_three_wrong_codes_void_it(client, maya):
    client.post("/account/code/", {"email": maya.email})
    code = code_mailed()
    for _number in range(3):
        client.post("/account/code/confirm/", {"code": "AAAA-AAAA"})

    response = client.post("/account/code/confirm/", {"code": code})

    assert response["Location"] == "/account/code/"
    assert "_auth_user_id" not in client.session


def test_a_fourth_code_in_a_quarter_of_an_hour_is_refused(client, maya):
    for _number in range(3):
        client.post("/account/code/", {"email": maya.email})
        client.post("/logout/")

    refused = client.post("/account/code/", {"email": maya.email})

    assert "Too many tries" in refused.content.decode()
    assert Mail.objects.count() == 3


def test_code_for_an_unknown_address_looks_the_same_and_opens_nothing(client, maya):
    response = client.post("/account/code/", {"email": "nobody@nowhere.example"})

    assert response["Location"] == "/account/code/confirm/"
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email) == ("unknown_address", "nobody@nowhere.example")
    assert "/account/signup/" in mail.text


def test_whoever_may_not_sign_in_gets_no_code_and_no_session(client, maya):
    maya.is_active = False
    maya.save()

    client.post("/account/code/", {"email": maya.email})
    assert Mail.objects.get().kind == "unknown_address"
    client.post("/logout/")
    assert sign_in(client, maya.email)["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    posted = {"email": "new@nowhere.example", "password1": PASSWORD}
    assert "by invitation" in client.post("/account/signup/", posted).content.decode()
    assert not User.objects.exists()


def test_forgotten_password_is_replaced_by_a_mailed_link(client, maya, settings):
    done = client.post("/account/password/forgotten/", {"email": maya.email})
    assert done["Location"] == "/account/password/forgotten/mailed/"
    assert client.get(done["Location"]).status_code == 200
    link = re.search(rf"{settings.PUBLIC_URL}(/account/password/new/\S+)", Mail.objects.get().text)[
        1
    ]
    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200

    new = {"password1": "many quiet lakes", "password2": "many quiet lakes"}
    response = client.post(form, new)

    assert response["Location"] == "/account/password/done/"
    assert client.get(response["Location"]).status_code == 200
    maya.refresh_from_db()
    assert maya.check_password("many quiet lakes")
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get(act="user.password_reset").by == maya
    assert Mail.objects.latest("pk").kind == "security_notice"
    assert "works no more" in client.get(link).content.decode()


def test_reset_for_an_unknown_address_looks_the_same(client, maya):
    response = client.post("/account/password/forgotten/", {"email": "nobody@nowhere.example"})
    assert response["Location"] == "/account/password/forgotten/mailed/"
    assert Mail.objects.get().kind == "unknown_address"


def test_log_out_asks_when_opened_and_ends_when_sent(client, maya):
    client.force_login(maya)
    assert "Do you want to log out" in client.get("/logout/").content.decode()
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session


def test_form_from_an_old_page_says_what_to_do(maya):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict, maya.email)
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()
