"""Attacks on headers of mails, against every field of an address and of a name (S9)."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.forms.people import InviteForm, PersonForm
from members.invitations import invite_person
from members.models import Invitation, User
from members.persons import change_person
from tests.register import add_member
from wego.models import Mail
from wego.outbox import Mailbox

pytestmark = pytest.mark.django_db

PAYLOADS = {
    "carriage return": "maya@kathmandu.example\rBcc: evil@e.example",
    "line feed": "maya@kathmandu.example\nBcc: evil@e.example",
    "both": "maya@kathmandu.example\r\nBcc: evil@e.example",
    "nul": "maya@kathmandu.example\x00evil@e.example",
    "two mailboxes": "maya@kathmandu.example, evil@e.example",
    "two with a semicolon": "maya@kathmandu.example;evil@e.example",
    "display name": "Maya <evil@e.example>",
    "quoted part": '"maya, evil@e.example"@kathmandu.example',
    "line separator": "maya@kathmandu.example\u2028evil@e.example",
    "percent": "evil%e.example@kathmandu.example",
    "overlong": "m" * 250 + "@kathmandu.example",
}
NAMES = ("Maya\rBcc: e@e.example", "Maya\nBcc: e@e.example", "Maya\x00", "Maya\u2028x", "M" * 201)


def refused(act):
    try:
        act()
    except ValidationError:
        return True
    return False


def test_eleven_of_eleven_by_the_mailbox():
    found = [name for name, payload in PAYLOADS.items() if refused(lambda p=payload: Mailbox(p))]
    assert found == list(PAYLOADS)
    assert len(found) == 11


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_field_takes_one(client, administrator, payload):
    member = add_member("Kathmandu", "NP")
    facts = {"full_name": "Maya", "language": "en"}
    invite = InviteForm(
        {**facts, "email": payload, "member": member.pk, "role": "reader"}, staff=False
    )
    assert "email" in invite.errors
    person = PersonForm(
        {**facts, "email": payload, "role": "administrator", "is_active": "on"},
        instance=administrator,
    )
    assert "email" in person.errors
    administrator.refresh_from_db()
    assert refused(
        lambda: invite_person(
            **facts, email=payload, member=member, role="reader", by=None, on_at=timezone.now()
        )
    )
    assert refused(lambda: change_person(administrator, **facts, email=payload, by=administrator))
    for path in ("/account/code/", "/account/password/forgotten/"):
        response = client.post(path, {"email": payload})
        assert response.status_code == 200, path
        assert "Error:" in response.content.decode()
    client.post("/login/", {"login": payload, "password": "correct horse battery"})

    assert "_auth_user_id" not in client.session
    assert not Mail.objects.exists()
    assert not Invitation.objects.exists()
    assert list(User.objects.values_list("email", flat=True)) == ["park@wego.example"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_one_line(administrator, name):
    member = add_member("Kathmandu", "NP")
    assert refused(
        lambda: invite_person(
            email="maya@kathmandu.example",
            full_name=name,
            language="en",
            member=member,
            role="reader",
            by=None,
            on_at=timezone.now(),
        )
    )
    assert refused(
        lambda: change_person(
            administrator, full_name=name, email="p@wego.example", language="en", by=administrator
        )
    )
    assert not Mail.objects.exists()
