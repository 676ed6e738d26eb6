"""What no form of the portal lets through: fields it does not name, roles that may only look."""

import json

import pytest
from django.apps import apps
from django.forms.models import model_to_dict

from members.mandate import HOLDERS, Right, may_change
from members.models import Contact, Member, Proposal, User
from tests.members.portal import IN_NOVEMBER, acting, kathmandu
from tests.register import add_member

pytestmark = pytest.mark.django_db
OWN_ROWS = (
    "member",
    "membername",
    "statusentry",
    "contact",
    "affiliation",
    "invitation",
    "memberfigure",
    "proposal",
    "withdrawalnotice",
    "application",
    "decisionitem",
    "letter",
    "proceeding",
)
# By role: the rows a person may make or change by posting anything anywhere, all their own.
ALLOWED = {
    "administrator": {
        "member.address",
        "member.website",
        "member.language",
        "member.in_directory",
        "contact",
        "affiliation",
        "invitation",
        "proposal",
        "withdrawalnotice",
        "memberfigure",
    },
    "finance": {"contact", "memberfigure", "proposal"},
    "delegate": set(),
    "reader": set(),
}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to(IN_NOVEMBER, tick=False)


@pytest.fixture
def member():
    return kathmandu(note="Kept by the secretariat")


def values_of_every_field(member):
    """A plausible new value for every column of every table of the register, and Django's own."""
    names = {
        field.attname
        for model in apps.get_app_config("members").get_models()
        for field in model._meta.concrete_fields
    }
    known = {
        "kind": "company",
        "name_en": "Taken over",
        "status": "full",
        "role": "administrator",
        "state": "accepted",
        "country_code": "KR",
        "language": "ko",
        "email": "evil@e.example",
        "full_name": "Evil Person",
        "value": "1442271",
        "source": "Census",
        "source_year": "2026",
        "dues_year": "2027",
        "member_id": member.pk,
        "member": member.pk,
        "measure": "employees",
        "website": "https://evil.example",
        "staff_role": "administrator",
        "effective_on": "2026-01-01",
    }
    return {name: known.get(name, "1") for name in {*names, *known}} | {
        "is_staff": "on",
        "is_superuser": "on",
        "step": "send",
        "sure": "on",
    }


def addresses(member, contact, person, invitation, proposal):
    return [
        "/portal/",
        "/portal/data/",
        "/portal/data/details/",
        "/portal/data/names/",
        f"/portal/data/proposals/{proposal.pk}/",
        *(f"/portal/data/contacts/add/{role}/" for role in ("head", "liaison", "finance")),
        f"/portal/data/contacts/{contact.pk}/",
        "/portal/figures/",
        "/portal/people/",
        "/portal/people/invite/",
        f"/portal/people/{person.pk}/",
        f"/portal/people/invitations/{invitation.pk}/",
        "/portal/leave/",
        "/portal/documents/",
        "/portal/invoices/",
    ]


def snapshot():
    """Every row of the tables that are a member's own, as text."""
    return {
        f"{name}.{row.pk}": json.dumps(model_to_dict(row), default=str, sort_keys=True)
        for name in OWN_ROWS
        for row in apps.get_model("members", name)._default_manager.order_by("pk")
    } | {
        f"user.{row.pk}": json.dumps(
            [row.email, row.role, row.is_active, row.is_superuser, row.full_name]
        )
        for row in User.objects.order_by("pk")
    }


def changed(before, after):
    """The rows that are another now; of the member, the fields."""
    found = set()
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        name = key.partition(".")[0]
        if old != new and name == "member" and old and new:
            was, now = json.loads(old), json.loads(new)
            found |= {f"member.{field}" for field in now if now[field] != was[field]}
        elif old != new:
            found.add(name)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", ALLOWED)
def test_no_form_takes_a_field_the_role_may_not_set(client, member, role):
    other = add_member("Dhaka North", "BD", note="theirs")
    contact = Contact.objects.create(
        member=member, role="finance", full_name="Asha", email="a@k.example"
    )
    reader = acting(member, "reader" if role != "reader" else "delegate")
    proposal = Proposal.objects.create(member=member, changes={"level": ["city", "x"]})
    invitation = member.invitations.create(
        email="s@k.example",
        affiliation_role="reader",
        invited_at=IN_NOVEMBER,
        expires_at=IN_NOVEMBER.replace(month=12),
    )
    client.force_login(acting(member, role))
    others = model_to_dict(other)
    attempts = 0
    for address in addresses(member, contact, reader.affiliations.get(), invitation, proposal):
        page = client.get(address)
        form = (page.context or {}).get("form") if page.status_code == 200 else None
        seen = (form["seen"].value() if form and "seen" in form.fields else "") or ""
        before = snapshot()
        fields = values_of_every_field(other) | {"seen": seen}
        answer = client.post(address, fields)
        attempts += len(fields)

        assert answer.status_code in {200, 302, 403, 405, 422}
        assert changed(before, snapshot()) <= ALLOWED[role], address
    assert attempts > 1000
    assert model_to_dict(Member.objects.get(pk=other.pk)) == others
    member.refresh_from_db()
    assert (member.kind, member.name_en, member.note) == (
        "city",
        "Kathmandu",
        "Kept by the secretariat",
    )
    assert set(User.objects.values_list("role", flat=True)) == {""}


@pytest.mark.parametrize("role", ["delegate", "reader"])
def test_readers_see_no_button_that_acts(client, member, role):
    Contact.objects.create(member=member, role="head", full_name="Balen", email="b@k.example")
    client.force_login(acting(member, role))

    for address in ("", "data/", "figures/", "people/", "leave/", "documents/"):
        main = (
            client.get(f"/portal/{address}")
            .content.decode()
            .partition("<main")[2]
            .partition("</main>")[0]
        )
        assert "<form" not in main
        assert 'class="button"' not in main
        assert "button-quiet" not in main


def test_forms_that_only_act_are_closed_on_sight(client, member):
    acting(member, "administrator")
    client.force_login(acting(member, "reader"))

    for address in (
        "/portal/data/details/",
        "/portal/data/names/",
        "/portal/data/contacts/add/finance/",
        "/portal/people/invite/",
    ):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Maya Thapa" in answer.content.decode()


def test_member_without_an_administrator_asks_the_secretariat(client, member):
    client.force_login(acting(member, "reader"))

    answer = client.get("/portal/data/details/")

    assert "please write to the secretariat" in answer.content.decode()


def test_stranger_is_sent_to_the_login_page_from_every_address(client, member):
    for address in ("/portal/", "/portal/data/", "/portal/leave/", "/portal/invoices/"):
        assert client.get(address).url == f"/login/?next={address}"


def test_person_without_an_organisation_finds_only_the_first_page(client, db):
    client.force_login(User.objects.create_user("nobody@k.example", None, full_name="Nobody"))

    assert "not linked to a member yet" in client.get("/portal/").content.decode()
    for address in ("/portal/data/", "/portal/figures/", "/portal/people/", "/portal/invoices/"):
        assert client.get(address).status_code == 404


def test_table_of_rights_is_complete():
    assert set(HOLDERS) == set(Right)
    for right in Right:
        assert may_change(["administrator"], right)
        assert not may_change(["reader"], right)
    assert {right for right in Right if may_change(["delegate"], right)} == {
        Right.MEETINGS,
        Right.BALLOT,
        Right.SERVICES,
    }
    assert {right for right in Right if may_change(["finance"], right)} == {
        Right.FIGURES,
        Right.FINANCE_CONTACT,
        Right.PAYMENTS,
    }
