"""The staff pages about people: invited, corrected, given roles; nobody sets another's password."""

import datetime as dt
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from members.models import Affiliation, Invitation, User
from tests.register import add_member
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/members/user/"
INVITATIONS = "/admin/members/invitation/"
AFFILIATIONS = {"affiliations-TOTAL_FORMS": "0", "affiliations-INITIAL_FORMS": "0"}


@pytest.fixture
def park(client, administrator):
    client.force_login(administrator)
    return client


def person(user, **change):
    return {
        "email": user.email,
        "full_name": user.full_name,
        "language": user.language,
        "role": user.role,
        "is_active": "on",
        **AFFILIATIONS,
        **change,
    }


def change_page(user):
    return f"{PEOPLE}{user.pk}/change/"


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("address", ["", "{pk}/change/"])
def test_people_are_for_administrators_only(client, administrator, secretariat, finance, address):
    address = PEOPLE + address.format(pk=finance.pk)

    for user, status in ((secretariat, 403), (finance, 403), (administrator, 200)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_nobody_sets_a_password_for_another(park, secretariat):
    assert park.get(f"{PEOPLE}add/").status_code == 403
    gone = park.get(f"{PEOPLE}{secretariat.pk}/password/", follow=True)
    for page in (gone, park.get(change_page(secretariat))):
        assert 'type="password"' not in page.content.decode()


@pytest.mark.parametrize(
    "table", ["account/emailaddress", "mfa/authenticator", "usersessions/usersession"]
)
def test_tables_of_the_library_have_no_pages(park, table):
    assert park.get(f"/admin/{table}/").status_code == 404


def test_change_page_gives_a_role_and_an_affiliation(park, administrator, secretariat):
    seoul = add_member("Seoul")

    response = park.post(
        change_page(secretariat),
        person(
            secretariat,
            role="finance",
            **{
                "affiliations-TOTAL_FORMS": "1",
                "affiliations-0-member": seoul.pk,
                "affiliations-0-role": "delegate",
            },
        ),
    )

    assert response.status_code == 302
    secretariat.refresh_from_db()
    assert secretariat.role == "finance"
    affiliation = Affiliation.objects.get()
    assert (affiliation.user, affiliation.member, affiliation.role) == (
        secretariat,
        seoul,
        "delegate",
    )
    acts = AuditEntry.objects.order_by("pk").values_list("act", "by", "facts")
    assert list(acts) == [
        ("user.role_changed", administrator.pk, {"role": ["secretariat", "finance"]}),
        (
            "user.affiliation_changed",
            administrator.pk,
            {"role": ["", "delegate"], "person": "kim@wego.example"},
        ),
    ]


def test_affiliation_is_changed_and_taken(park, secretariat):
    seoul = add_member("Seoul")
    mine = Affiliation.objects.create(user=secretariat, member=seoul, role="reader")
    rows = {
        "affiliations-TOTAL_FORMS": "1",
        "affiliations-INITIAL_FORMS": "1",
        "affiliations-0-id": mine.pk,
        "affiliations-0-user": secretariat.pk,
        "affiliations-0-member": seoul.pk,
        "affiliations-0-role": "finance",
    }
    park.post(change_page(secretariat), person(secretariat, **rows))
    mine.refresh_from_db()
    assert mine.role == "finance"

    park.post(
        change_page(secretariat), person(secretariat, **rows, **{"affiliations-0-DELETE": "on"})
    )
    assert not Affiliation.objects.exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "user.affiliation_changed",
        "user.left",
    ]


@pytest.mark.parametrize("change", [{"role": "finance"}, {"role": ""}, {"is_active": ""}])
def test_the_last_administrator_stays(park, administrator, change):
    posted = person(administrator, **change)
    if not posted["is_active"]:
        del posted["is_active"]

    response = park.post(change_page(administrator), posted)

    assert "This is the last administrator" in response.content.decode()
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)
    assert not AuditEntry.objects.exists()


def test_an_administrator_may_go_when_another_stays(park, administrator):
    User.objects.create_user("choi@wego.example", full_name="Choi", role="administrator")

    park.post(change_page(administrator), person(administrator, role="finance"))

    administrator.refresh_from_db()
    assert administrator.role == "finance"


def test_nobody_is_deleted(park, secretariat):
    assert park.post(f"{PEOPLE}{secretariat.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=secretariat.pk).exists()


def test_address_of_a_person_is_corrected_to_one_that_is_free(park, secretariat, finance):
    response = park.post(change_page(secretariat), person(secretariat, email="LEE@wego.example"))
    assert response.status_code == 200
    response = park.post(change_page(secretariat), person(secretariat, email="Kim2@WeGO.example"))
    assert response.status_code == 302

    secretariat.refresh_from_db()
    assert secretariat.email == "kim2@wego.example"
    assert AuditEntry.objects.get(act="user.corrected").facts == {
        "email": ["kim@wego.example", "kim2@wego.example"]
    }


def test_old_sign_in_is_asked_again_and_the_act_goes_on(
    park, administrator, secretariat, time_machine
):
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))

    asked = park.post(change_page(secretariat), person(secretariat, role="finance"))
    back = quote(change_page(secretariat), safe="")
    assert asked["Location"] == f"/account/confirm/?next={back}"
    secretariat.refresh_from_db()
    assert secretariat.role == "secretariat"
    page = park.get(asked["Location"])
    assert "Confirm that it is you" in page.content.decode()

    done = park.post(asked["Location"], {"password": "correct horse battery"})

    assert done.status_code == 302
    secretariat.refresh_from_db()
    assert secretariat.role == "finance"


def test_administrator_ends_the_sessions_of_a_person(park, secretariat):
    kim = Client()
    kim.post("/login/", {"login": secretariat.email, "password": "correct horse battery"})
    assert kim.get("/admin/").status_code == 200

    response = park.post(f"{PEOPLE}{secretariat.pk}/sessions/", follow=True)

    assert messages_of(response) == ["1 session ended."]
    assert kim.get("/admin/").status_code == 302
    assert AuditEntry.objects.get(act="user.sessions_ended").facts == {"sessions": 1}


def test_role_taken_ends_the_sessions(park, secretariat):
    kim = Client()
    kim.post("/login/", {"login": secretariat.email, "password": "correct horse battery"})

    park.post(change_page(secretariat), person(secretariat, role=""))

    assert kim.get("/admin/").status_code == 302


def test_administrator_removes_lost_factors_but_not_their_own(park, administrator, secretariat):
    for user in (administrator, secretariat):
        for kind in ("totp", "recovery_codes"):
            Authenticator.objects.create(user=user, type=kind, data={})

    park.post(f"{PEOPLE}{secretariat.pk}/factors/")
    refused = park.post(f"{PEOPLE}{administrator.pk}/factors/", follow=True)

    assert messages_of(refused)[-1].startswith("Remove your own second factors")
    assert list(Authenticator.objects.values_list("user", flat=True)) == [administrator.pk] * 2
    assert AuditEntry.objects.get(act="user.factors_removed").facts == {"factors": 1}


def test_acts_are_for_administrators_and_sent_only(client, secretariat, finance):
    client.force_login(secretariat)
    for act in ("sessions", "factors"):
        assert client.post(f"{PEOPLE}{finance.pk}/{act}/").status_code == 403


def invited(**change):
    return {
        "email": "Choi@WeGO.example",
        "full_name": "Choi Ha-neul",
        "language": "ko",
        "member": "",
        "role": "",
        "staff_role": "",
        **change,
    }


def test_administrator_invites_staff(park, administrator):
    response = park.post(f"{INVITATIONS}add/", invited(staff_role="finance"))

    assert response["Location"] == INVITATIONS
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.staff_role, invitation.invited_by) == (
        "choi@wego.example",
        "finance",
        administrator,
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language, mail.private) == (
        "invitation",
        "choi@wego.example",
        "ko",
        True,
    )
    assert not User.objects.filter(email="choi@wego.example").exists()
    assert park.get(INVITATIONS).status_code == 200
    assert park.get(f"{INVITATIONS}{invitation.pk}/change/").status_code == 200


def test_secretariat_invites_for_members_only(client, secretariat):
    kathmandu = add_member("Kathmandu", "NP")
    client.force_login(secretariat)
    assert "staff_role" not in client.get(f"{INVITATIONS}add/").content.decode()

    refused = client.post(f"{INVITATIONS}add/", invited(staff_role="administrator"))
    assert refused.status_code == 422
    client.post(f"{INVITATIONS}add/", invited(member=kathmandu.pk, role="finance"))

    invitation = Invitation.objects.get()
    assert (invitation.member, invitation.affiliation_role, invitation.staff_role) == (
        kathmandu,
        "finance",
        "",
    )


def test_invitations_to_the_staff_are_not_shown_to_the_secretariat(client, park, secretariat):
    park.post(f"{INVITATIONS}add/", invited(staff_role="finance"))
    invitation = Invitation.objects.get()
    client.force_login(secretariat)

    assert "choi@wego.example" not in client.get(INVITATIONS).content.decode()
    for act in ("again", "back"):
        assert client.post(f"{INVITATIONS}{invitation.pk}/{act}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Choose either a member and a role for it, or a staff role."),
        ({"staff_role": "finance", "email": "a@b.c, evil@e.com"}, "Enter one e-mail address."),
        ({"staff_role": "administrator", "email": "park@wego.example"}, "does so already"),
    ],
)
def test_invitation_is_refused_with_a_sentence(park, change, sentence):
    response = park.post(f"{INVITATIONS}add/", invited(**change))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


def test_invitation_is_sent_again_and_taken_back(park):
    park.post(f"{INVITATIONS}add/", invited(staff_role="finance"))
    invitation = Invitation.objects.get()

    park.post(f"{INVITATIONS}{invitation.pk}/again/")
    invitation.refresh_from_db()
    assert (invitation.version, Mail.objects.count()) == (2, 2)
    park.post(f"{INVITATIONS}{invitation.pk}/back/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    refused = park.post(f"{INVITATIONS}{invitation.pk}/again/", follow=True)

    assert messages_of(refused)[-1].startswith("This invitation was used or taken back")
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("rows", [2, 12])
def test_lists_take_the_same_queries(park, administrator, rows, django_assert_max_num_queries):
    member = add_member("Seoul")
    for number in range(rows):
        User.objects.create_user(f"p{number}@wego.example", full_name=f"P {number}")
        Invitation.objects.create(
            email=f"i{number}@wego.example",
            member=member,
            affiliation_role="reader",
            invited_by=administrator,
            invited_at=dt.datetime.now(dt.UTC),
            expires_at=dt.datetime.now(dt.UTC),
        )
    for page in (PEOPLE, INVITATIONS):
        park.get(page)
        with django_assert_max_num_queries(8):
            assert park.get(page).status_code == 200
