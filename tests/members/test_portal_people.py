"""People of a member: invited, sent again, given another role, removed, handed over."""

import datetime as dt

import pytest

from members.models import Affiliation, Invitation, User
from tests.members.portal import IN_NOVEMBER, acting, kathmandu, said, words_of
from tests.register import add_member
from wego.models import Mail

pytestmark = pytest.mark.django_db
PEOPLE, INVITE = "/portal/people/", "/portal/people/invite/"
SITA = {
    "email": "sita@kathmandu.example",
    "full_name": "Sita Gurung",
    "role": "delegate",
    "language": "en",
}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu()


@pytest.fixture
def maya(client, member):
    user = acting(member, "administrator")
    client.force_login(user)
    return user


def test_everybody_is_listed_once_with_their_roles(client, maya, member):
    Affiliation.objects.create(user=maya, member=member, role="finance")
    acting(member, "reader")
    people = client.get(PEOPLE).context["people"]

    assert [(str(each["user"]), each["roles"]) for each in people] == [
        ("Bikash Rai", ["Reader"]),
        ("Maya Thapa", ["Administrator", "Finance contact"]),
    ]


def test_invitation_goes_out_and_is_listed(client, maya, member):
    answer = client.post(INVITE, SITA, follow=True)

    assert said(answer) == ["An invitation is on its way to sita@kathmandu.example."]
    invitation = Invitation.objects.get()
    assert (invitation.member, invitation.affiliation_role) == (member, "delegate")
    assert invitation.invited_by == maya
    assert Mail.objects.get().to_email == "sita@kathmandu.example"
    assert "Sita Gurung · Delegate" in words_of(answer)
    assert "the link is good until 6 Dec 2026" in words_of(answer)


def test_nobody_is_made_administrator_by_default(client, maya):
    assert client.get(INVITE).context["form"]["role"].value() == "reader"


@pytest.mark.parametrize(
    "wrong", [{"email": "sita"}, {"role": "secretariat"}, {"role": ""}, {"language": "xx"}]
)
def test_wrong_invitations_invite_nobody(client, maya, wrong):
    answer = client.post(INVITE, SITA | wrong)

    assert answer.status_code == 422
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


def test_invitation_is_sent_again_or_taken_back(client, maya):
    client.post(INVITE, SITA)
    invitation = Invitation.objects.get()
    address = f"{PEOPLE}invitations/{invitation.pk}/"

    client.post(address, {"act": "again"})
    invitation.refresh_from_db()
    assert invitation.version == 2
    assert Mail.objects.count() == 2

    assert said(client.post(address, {"act": "back"}, follow=True))[-1] == (
        "The invitation to sita@kathmandu.example is taken back."
    )
    assert client.post(address, {"act": "again"}).status_code == 404


def test_role_is_changed_and_person_removed(client, maya, member):
    bikash = acting(member, "reader")
    affiliation = bikash.affiliations.get()
    address = f"{PEOPLE}{affiliation.pk}/"

    answer = client.post(address, {"role": "finance"}, follow=True)
    assert said(answer) == ["The role of Bikash Rai is changed."]
    affiliation.refresh_from_db()
    assert affiliation.role == "finance"

    client.post(address, {"remove": "yes"})
    assert not bikash.affiliations.exists()


def test_last_administrator_invites_a_successor_first(client, maya, member):
    own = maya.affiliations.get()
    address = f"{PEOPLE}{own.pk}/"

    for wanted in ({"remove": "yes"}, {"role": "reader"}):
        answer = client.post(address, wanted, follow=True)
        assert "You are the last administrator of Kathmandu" in words_of(answer)
    own.refresh_from_db()
    assert own.role == "administrator"

    successor = acting(member, "reader")
    Affiliation.objects.create(user=successor, member=member, role="administrator")
    answer = client.post(address, {"remove": "yes"}, follow=True)
    assert "Your account is not linked to a member yet" in words_of(answer)


@pytest.mark.parametrize("role", ["finance", "delegate", "reader"])
def test_others_see_the_list_and_change_nothing(client, maya, member, role):
    client.post(INVITE, SITA)
    invitation = Invitation.objects.get()
    client.force_login(acting(member, role))

    page = client.get(PEOPLE)
    assert "Invite a person" not in words_of(page)
    assert "Send again" not in words_of(page)
    own = maya.affiliations.get()
    for address, data in (
        (INVITE, SITA),
        (f"{PEOPLE}{own.pk}/", {"remove": "yes"}),
        (f"{PEOPLE}invitations/{invitation.pk}/", {"act": "back"}),
    ):
        refused = client.post(address, data)
        assert refused.status_code == 403
        assert "For Kathmandu this can be changed by: Maya Thapa." in words_of(refused)
    assert Invitation.objects.get().revoked_at is None
    assert own.role == "administrator"


def test_people_of_another_member_do_not_exist(client, maya):
    dhaka = add_member("Dhaka North", "BD")
    other = acting(dhaka, "reader").affiliations.get()
    invitation = Invitation.objects.create(
        email="x@d.example",
        member=dhaka,
        affiliation_role="reader",
        invited_at=IN_NOVEMBER,
        expires_at=IN_NOVEMBER + dt.timedelta(days=14),
    )

    assert client.get(f"{PEOPLE}{other.pk}/").status_code == 404
    assert client.post(f"{PEOPLE}{other.pk}/", {"remove": "yes"}).status_code == 404
    assert client.post(f"{PEOPLE}invitations/{invitation.pk}/", {"act": "back"}).status_code == 404


@pytest.mark.parametrize("count", [10, 60])
def test_queries_do_not_grow_with_people(
    client, maya, member, count, django_assert_max_num_queries
):
    for number in range(count):
        user = User.objects.create_user(f"p{number}@k.example", None, full_name=f"P {number}")
        Affiliation.objects.create(user=user, member=member, role="reader")

    with django_assert_max_num_queries(9):
        client.get(PEOPLE)
