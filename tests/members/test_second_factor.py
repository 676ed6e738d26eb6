"""The second factor: required of staff over https, never bypassed, codes used once."""

import datetime as dt
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import check_password
from django.test import Client

from members.accounts.adapter import keys
from members.accounts.recovery import Seeded
from members.models import User
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _still(time_machine):
    time_machine.move_to(START, tick=False)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def sign_in(client, user):
    return client.post("/login/", {"login": user.email, "password": PASSWORD})


def code_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client, callbacks):
    """The secret of an app just set up."""
    page = client.get("/account/app/").content.decode()
    secret = re.search(r'class="reference">([A-Z2-7]+)<', page)[1]
    with callbacks(execute=True):
        response = client.post("/account/app/", {"code": code_now(secret)})
    assert response["Location"] == "/account/recovery-codes/"
    return secret


@pytest.fixture
def lee(client, finance, django_capture_on_commit_callbacks):
    """Lee, signed in, with an app; its secret."""
    sign_in(client, finance)
    return set_up_app(client, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("role", ["secretariat", "finance", "administrator"])
def test_staff_without_a_factor_see_the_set_up_page_and_nothing_else(
    request, client, required, role
):
    sign_in(client, request.getfixturevalue(role))

    for path in (
        "/admin/",
        "/admin/settings/",
        "/portal/",
        "/account/sessions/",
        "/",
        "/account/password/",
    ):
        assert client.get(path)["Location"] == "/account/", path
    page = client.get("/account/")
    assert "Your role needs a second factor" in page.content.decode()
    assert client.get("/account/app/").status_code == 200
    assert client.post("/i18n/setlang/", {"language": "ko", "next": "/account/"}).status_code == 302
    assert client.post("/logout/")["Location"] == "/login/"


def test_members_are_offered_one_but_need_none(client, required):
    maya = User.objects.create_user("maya@kathmandu.example", PASSWORD, full_name="Maya Thapa")
    sign_in(client, maya)
    assert client.get("/portal/").status_code == 200
    assert "Safer with a second factor" in client.get("/account/").content.decode()


def test_demonstration_offers_only(client, finance):
    sign_in(client, finance)
    assert client.get("/admin/").status_code == 200


def test_staff_set_up_an_app_and_go_on(client, required, finance, lee):
    assert client.get("/admin/").status_code == 200
    codes = client.get("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    saved = client.get("/account/recovery-codes/file/")
    assert "attachment" in saved["Content-Disposition"]
    acts = AuditEntry.objects.values_list("act", flat=True)
    assert list(acts) == ["user.factor_added"]
    assert "authenticator app now guards" in Mail.objects.get().text


def test_secret_is_kept_encrypted(finance, lee):
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert lee not in stored
    assert stored.startswith("g1.")


def test_secret_of_an_earlier_version_still_opens(finance, lee, time_machine):
    row = Authenticator.objects.get(type="totp")
    row.data["secret"] = keys().encrypt(lee.encode()).decode()
    row.save()
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    client = Client()
    sign_in(client, finance)

    assert client.post("/account/second/", {"code": code_now(lee)})["Location"] == "/"


def test_sign_in_asks_for_the_code_and_takes_it_once(required, finance, lee, time_machine):
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    client = Client()
    assert sign_in(client, finance)["Location"] == "/account/second/"
    assert client.get("/admin/").status_code == 302
    code = code_now(lee)

    assert client.post("/account/second/", {"code": code})["Location"] == "/"
    assert client.get("/admin/").status_code == 200

    other = Client()
    sign_in(other, finance)
    assert "used already" in other.post("/account/second/", {"code": code}).content.decode()
    assert "_auth_user_id" not in other.session


def test_code_of_half_a_minute_ago_is_refused(finance, lee, time_machine):
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    old = code_now(lee)
    time_machine.move_to(START + dt.timedelta(seconds=90), tick=False)
    client = Client()
    sign_in(client, finance)
    assert client.post("/account/second/", {"code": old}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_recovery_code_opens_once(client, finance, lee):
    code = re.search(r"<li>(\d{8})</li>", client.get("/account/recovery-codes/").content.decode())[
        1
    ]
    for expected in (302, 200):
        other = Client()
        sign_in(other, finance)
        assert other.post("/account/second/", {"code": code}).status_code == expected


def test_recovery_codes_are_stored_as_salted_hashes(client, finance, lee):
    shown = re.findall(r"<li>(\d{8})</li>", client.get("/account/recovery-codes/").content.decode())
    stored = Authenticator.objects.get(type="recovery_codes").data

    assert stored.keys() == {"hashes"}
    assert len(set(stored["hashes"])) == len(set(shown)) == 10
    assert all(
        check_password(code, kept) for code, kept in zip(shown, stored["hashes"], strict=True)
    )
    assert not any(code in str(stored) for code in shown)
    assert not any(code in str(dict(client.session)) for code in shown)


def test_recovery_codes_are_shown_to_whoever_made_them_and_for_minutes(
    client, finance, lee, time_machine
):
    assert client.get("/account/recovery-codes/file/").content.count(b"\n") == 12
    other = Client()
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    sign_in(other, finance)
    other.post("/account/second/", {"code": code_now(lee)})
    page = other.get("/account/recovery-codes/").content.decode()
    assert "10 codes are left." in page
    assert "<li>" not in page.partition("<h1>")[2].partition("</main>")[0]
    assert other.get("/account/recovery-codes/file/").status_code == 404

    time_machine.move_to(START + dt.timedelta(minutes=14, seconds=59), tick=False)
    page = client.get("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", page)) == 10
    time_machine.move_to(START + dt.timedelta(minutes=15), tick=False)
    client.post("/account/confirm/", {"password": PASSWORD})
    assert "10 codes are left." in client.get("/account/recovery-codes/").content.decode()


def test_recovery_codes_of_an_earlier_version_become_hashes(finance, lee):
    row = Authenticator.objects.get(type="recovery_codes")
    row.data = {"seed": keys().encrypt(Seeded.generate_seed().encode()).decode(), "used_mask": 1}
    row.save()
    seeded = Seeded(row).get_unused_codes()
    assert len(seeded) == 9

    for expected in (302, 200):
        client = Client()
        sign_in(client, finance)
        assert client.post("/account/second/", {"code": seeded[3]}).status_code == expected
    row.refresh_from_db()
    assert row.data.keys() == {"hashes"}
    assert len(row.data["hashes"]) == 8


def test_five_wrong_codes_lock_even_the_right_one(finance, lee, time_machine):
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    client = Client()
    sign_in(client, finance)
    for number in range(5):
        client.post("/account/second/", {"code": f"00000{number}"})

    page = client.post("/account/second/", {"code": code_now(lee)}).content.decode()

    assert "Too many tries" in page
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(act="user.sign_in_locked").count() == 1


def test_mailed_code_does_not_bypass_it(finance, lee):
    client = Client()
    client.post("/account/code/", {"email": finance.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.latest("pk").text)[0]

    assert client.post("/account/code/confirm/", {"code": code})["Location"] == "/account/second/"
    assert client.get("/admin/").status_code == 302


def test_new_password_does_not_bypass_it(finance, lee):
    client = Client()
    client.post("/account/password/forgotten/", {"email": finance.email})
    link = re.search(r"(/account/password/new/\S+)", Mail.objects.latest("pk").text)[1]
    words = {"password1": "five quiet green lakes", "password2": "five quiet green lakes"}
    client.post(client.get(link)["Location"], words)
    assert "_auth_user_id" not in client.session

    asked = client.post("/login/", {"login": finance.email, "password": words["password1"]})
    assert asked["Location"] == "/account/second/"


def test_second_page_is_nothing_without_the_first(client):
    assert client.get("/account/second/")["Location"] == "/login/"
    assert client.post("/account/second/", {"code": "000000"})["Location"] == "/login/"


def test_staff_keep_their_last_factor(client, required, finance, lee):
    page = client.post("/account/app/remove/").content.decode()
    assert "add another one before" in page
    assert Authenticator.objects.filter(type="totp").exists()


def test_factor_removed_ends_other_sessions(client, finance, lee, time_machine):
    time_machine.move_to(START + dt.timedelta(seconds=60), tick=False)
    other = Client()
    sign_in(other, finance)
    other.post("/account/second/", {"code": code_now(lee)})
    assert other.get("/admin/").status_code == 200

    client.post("/account/app/remove/")

    assert not Authenticator.objects.exists()
    assert other.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert AuditEntry.objects.filter(act="user.factor_removed").count() == 1


def test_old_sign_in_confirms_before_it_sees_recovery_codes(client, finance, lee, time_machine):
    time_machine.move_to(START + dt.timedelta(minutes=16), tick=False)
    for path in (
        "recovery-codes/",
        "recovery-codes/file/",
        "recovery-codes/new/",
        "app/remove/",
        "passkeys/add/",
    ):
        assert client.get(f"/account/{path}")["Location"].startswith("/account/confirm/")
    asked = client.get("/account/recovery-codes/")["Location"]
    assert "By a passkey" not in client.get(asked).content.decode()
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/account/recovery-codes/"
    assert client.get("/account/recovery-codes/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ko"])
def test_pages_about_signing_in(client, finance, lee, language):
    client.cookies["django_language"] = language
    for path in (
        "",
        "app/remove/",
        "recovery-codes/",
        "recovery-codes/new/",
        "passkeys/",
        "passkeys/add/",
        "sessions/",
        "password/",
        "confirm/",
        "confirm/factor/",
    ):
        response = client.get(f"/account/{path}")
        assert response.status_code == 200, path
        html = response.content.decode()
        assert "<h1>" in html
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", html), path
        assert " style=" not in html
