"""Who is invited, accepts, changes and leaves."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.invitations import (
    accept_invitation,
    change_affiliation_role,
    find_invitation,
    give_affiliation,
    invite_person,
    link_of,
    remove_affiliation,
    resend_invitation,
    revoke_invitation,
)
from members.models import Affiliation, Invitation, User
from tests.register import add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2020, 2, 3, 0, 0, tzinfo=dt.UTC)


@pytest.fixture
def kathmandu(db):
    return add_member("Kathmandu", "NP", name_ko="카트만두")


@pytest.fixture
def maya(kathmandu):
    """The administrator of Kathmandu."""
    user = User.objects.create_user("maya@kathmandu.example", None, full_name="Maya Thapa")
    Affiliation.objects.create(user=user, member=kathmandu, role="administrator")
    return user


def invite(member=None, *, by=None, at=NOW, **change):
    facts = {
        "email": "Ram@Kathmandu.example",
        "full_name": "Ram Shrestha",
        "language": "en",
        "role": "finance" if member else "",
        "staff_role": "" if member else "finance",
        **change,
    }
    return invite_person(member=member, by=by, on_at=at, **facts)


def token_of(invitation):
    return link_of(invitation).split("/join/")[1].rstrip("/")


def code_of(refused):
    return refused.value.code


def test_invitation_is_a_row_a_mail_and_an_entry(kathmandu, maya, settings):
    invitation = invite(kathmandu, by=maya)

    assert (invitation.email, invitation.expires_at) == (
        "ram@kathmandu.example",
        NOW + dt.timedelta(days=14),
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.to_name, mail.file, mail.private) == (
        "invitation",
        "ram@kathmandu.example",
        "Ram Shrestha",
        f"member:{kathmandu.pk}",
        True,
    )
    assert mail.subject == "You are invited to WeGO Members: Kathmandu"
    assert "Maya Thapa invites you to act for Kathmandu" in mail.text
    assert "Your role: Finance contact." in mail.text
    assert f"{settings.PUBLIC_URL}/join/" in mail.text
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.file, entry.facts) == (
        "user.invited",
        maya,
        f"member:{kathmandu.pk}",
        {"role": "finance", "until": "2020-02-17"},
    )


def test_invitation_in_korean(kathmandu, maya):
    invite(kathmandu, by=maya, language="ko")
    mail = Mail.objects.get()
    assert mail.subject == "WeGO Members 초대: 카트만두"
    assert "Maya Thapa 님이" in mail.text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"role": "mayor"}, "role"),
        ({"role": ""}, "role"),
        ({"staff_role": "finance"}, "role"),
        ({"email": "ram@kathmandu.example, evil@e.com"}, "address"),
        ({"full_name": "Ram\r\nBcc: evil@e.com"}, "name"),
        ({"language": "fr"}, "language"),
    ],
)
def test_wrong_invitations_are_refused_and_write_nothing(kathmandu, maya, change, code):
    with pytest.raises(ValidationError) as refused:
        invite(kathmandu, by=maya, **change)

    assert code_of(refused) == code
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("staff_role", ["", "president"])
def test_staff_are_invited_to_a_role_there_is(administrator, staff_role):
    with pytest.raises(ValidationError) as refused:
        invite(by=administrator, staff_role=staff_role)
    assert code_of(refused) == "role"


def test_nobody_is_invited_twice_or_to_what_they_do(kathmandu, maya):
    invite(kathmandu, by=maya)
    for email, role, code in (
        ("ram@kathmandu.example", "finance", "invited"),
        ("maya@kathmandu.example", "administrator", "already"),
    ):
        with pytest.raises(ValidationError) as refused:
            invite(kathmandu, by=maya, email=email, role=role)
        assert code_of(refused) == code

    invite(kathmandu, by=maya, role="reader")
    invite(kathmandu, by=maya, at=NOW + dt.timedelta(days=14))
    assert Invitation.objects.count() == 3


def test_newcomer_accepts_with_a_password(client, kathmandu, maya):
    path = f"/join/{token_of(invite(kathmandu, by=maya, at=timezone.now()))}/"
    page = client.get(path).content.decode()
    assert "Maya Thapa" in page
    assert "Kathmandu" in page
    assert "Finance contact" in page

    response = client.post(
        path,
        {"full_name": "राम Shrestha", "language": "en", "password": "five quiet green lakes"},
    )

    assert response["Location"] == "/"
    ram = User.objects.get(email="ram@kathmandu.example")
    assert (ram.full_name, ram.language, ram.role) == ("राम Shrestha", "en", "")
    assert ram.check_password("five quiet green lakes")
    assert list(ram.affiliations.values_list("member", "role")) == [(kathmandu.pk, "finance")]
    assert client.get("/portal/").status_code == 200
    entry = AuditEntry.objects.get(act="user.joined")
    assert (entry.by, entry.file) == (ram, f"member:{kathmandu.pk}")
    used = client.get(path)
    assert used.status_code == 410
    assert "simply sign in" in used.content.decode()


def test_newcomer_accepts_without_a_password_and_signs_in_by_code(client, kathmandu, maya):
    invitation = invite(kathmandu, by=maya, at=timezone.now())
    client.post(
        f"/join/{token_of(invitation)}/",
        {"full_name": "Ram", "language": "ko", "password": ""},
    )
    ram = User.objects.get(email="ram@kathmandu.example")
    assert not ram.has_usable_password()

    client.post("/logout/")
    client.post("/account/code/", {"email": ram.email})
    code = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", Mail.objects.latest("pk").text)[0]
    client.post("/account/code/confirm/", {"code": code})
    assert client.get("/portal/").status_code == 200


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "wegoseoul2020"}, "mostly the name of WeGO"),
        ({"password": "ramramramram1"}, "mostly the name of WeGO"),
        ({"full_name": ""}, "This field is required."),
        ({"full_name": "Ram\u2028Bcc: e@e.example"}, "Enter the name in one line."),
        ({"language": "fr"}, "Select a valid choice"),
    ],
)
def test_refused_acceptance_makes_nobody(client, kathmandu, maya, posted, sentence):
    invitation = invite(kathmandu, by=maya, at=timezone.now())
    facts = {"full_name": "Ram Shrestha", "language": "en", "password": "", **posted}

    response = client.post(f"/join/{token_of(invitation)}/", facts)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.count() == 1


def test_account_that_exists_signs_in_first_then_accepts(client, kathmandu, maya):
    ram = User.objects.create_user("ram@kathmandu.example", "five quiet green lakes")
    path = f"/join/{token_of(invite(kathmandu, by=maya, at=timezone.now()))}/"
    page = client.get(path).content.decode()
    assert "You have an account already" in page
    refused = client.post(
        path, {"full_name": "Evil", "language": "en", "password": "my own words 1"}
    )
    assert refused.status_code == 200
    ram.refresh_from_db()
    assert ram.check_password("five quiet green lakes")

    client.post("/login/", {"login": ram.email, "password": "five quiet green lakes", "next": path})
    assert "Accept the invitation" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/"
    assert ram.affiliations.get().role == "finance"


def test_invitation_of_somebody_else_opens_nothing(client, kathmandu, maya):
    path = f"/join/{token_of(invite(kathmandu, at=timezone.now()))}/"
    client.force_login(maya)

    for response in (client.get(path), client.post(path)):
        assert response.status_code == 403
        assert "for somebody else" in response.content.decode()
    assert Affiliation.objects.count() == 1


def test_staff_accept_and_have_their_role(client, administrator):
    invitation = invite(by=administrator, at=timezone.now())
    client.post(
        f"/join/{token_of(invitation)}/",
        {"full_name": "Ram", "language": "en", "password": "five quiet green lakes"},
    )
    assert User.objects.get(email="ram@kathmandu.example").role == "finance"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("token", ["x", "WzEsMV0:wrong", "a" * 300, "WzEsMV0"])
def test_made_up_links_open_nothing(client, kathmandu, token):
    invite(kathmandu, at=timezone.now())
    assert client.get(f"/join/{token}/").status_code == 410


def test_link_lapses_is_replaced_and_taken_back(kathmandu, maya):
    invitation = invite(kathmandu, by=maya)
    first = token_of(invitation)
    day_13, day_14 = NOW + dt.timedelta(days=13), NOW + dt.timedelta(days=14)
    assert find_invitation(first, on_at=day_13) == invitation
    assert find_invitation(first, on_at=day_14) is None

    again = resend_invitation(invitation, by=maya, on_at=day_14)
    second = token_of(again)
    assert find_invitation(first, on_at=day_14) is None
    assert find_invitation(second, on_at=day_14) == invitation
    assert Mail.objects.count() == 2

    revoke_invitation(again, by=maya, on_at=day_14)
    assert find_invitation(second, on_at=day_14) is None
    for act in (
        lambda: revoke_invitation(again, by=maya, on_at=day_14),
        lambda: resend_invitation(again, by=maya, on_at=day_14),
        lambda: accept_invitation(again, full_name="Ram", language="en", on_at=day_14),
    ):
        with pytest.raises(ValidationError):
            act()
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "user.invited",
        "user.invited_again",
        "user.uninvited",
    ]


def test_last_administrator_leaves_to_a_successor_only(kathmandu, maya):
    mine = maya.affiliations.get()
    for act in (
        lambda: remove_affiliation(mine, by=maya),
        lambda: change_affiliation_role(mine, "reader", by=maya),
    ):
        with pytest.raises(ValidationError, match="invite a successor") as refused:
            act()
        assert code_of(refused) == "successor"
    assert not AuditEntry.objects.exists()

    accept_invitation(
        invite(kathmandu, by=maya, role="administrator"),
        full_name="Ram",
        language="en",
        on_at=NOW,
    )
    remove_affiliation(mine, by=maya)

    assert list(kathmandu.affiliations.values_list("user__email", "role")) == [
        ("ram@kathmandu.example", "administrator")
    ]
    entry = AuditEntry.objects.get(act="user.left")
    assert (entry.by, entry.file, entry.facts) == (
        maya,
        f"member:{kathmandu.pk}",
        {"role": ["administrator", ""], "person": "maya@kathmandu.example"},
    )


def test_successor_who_may_not_sign_in_is_none(kathmandu, maya):
    gone = User.objects.create_user("gone@kathmandu.example", is_active=False)
    Affiliation.objects.create(user=gone, member=kathmandu, role="administrator")
    with pytest.raises(ValidationError, match="successor"):
        remove_affiliation(maya.affiliations.get(user=maya), by=maya)


def test_staff_remove_even_the_last(kathmandu, maya, administrator):
    remove_affiliation(maya.affiliations.get(), by=administrator)
    assert not kathmandu.affiliations.exists()


def test_role_changes_to_one_not_held_already(kathmandu, maya, administrator):
    reader = give_affiliation(maya, kathmandu, "reader", by=administrator)
    with pytest.raises(ValidationError) as refused:
        change_affiliation_role(reader, "administrator", by=administrator)
    assert code_of(refused) == "already"
    with pytest.raises(ValidationError) as refused:
        give_affiliation(maya, kathmandu, "reader", by=administrator)
    assert code_of(refused) == "already"

    change_affiliation_role(reader, "delegate", by=administrator)

    assert sorted(maya.affiliations.values_list("role", flat=True)) == ["administrator", "delegate"]
    assert AuditEntry.objects.last() is not None


def test_one_person_acts_for_several_members(client, kathmandu, maya):
    dhaka = add_member("Dhaka North", "BD")
    invitation = invite(
        dhaka, email=maya.email, full_name="Maya Thapa", role="delegate", at=timezone.now()
    )
    client.force_login(maya)
    client.post(f"/join/{token_of(invitation)}/")

    assert sorted(maya.affiliations.values_list("member__name_en", "role")) == [
        ("Dhaka North", "delegate"),
        ("Kathmandu", "administrator"),
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_pages_in_both_languages(client, kathmandu, maya, language):
    client.cookies["django_language"] = language
    page = client.get(f"/join/{token_of(invite(kathmandu, at=timezone.now()))}/")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()
