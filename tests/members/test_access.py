"""The table of roles."""

import pytest

from members.access import find_member_of, may
from members.models import Affiliation, User
from tests.register import add_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        ("secretariat", "members.view_member", True),
        ("secretariat", "dues.add_duesrun", True),
        ("secretariat", "members.change_user", False),
        ("finance", "dues.add_duesrun", True),
        ("finance", "members.view_member", True),
        ("finance", "members.change_member", False),
        ("finance", "members.add_member", False),
        ("finance", "members.delete_member", False),
        ("finance", "members.view_contact", False),
        ("administrator", "members.change_user", True),
        ("administrator", "dues.view_invoice", True),
        ("secretariat", "dues.view_payment", True),
        ("secretariat", "dues.add_payment", False),
        ("secretariat", "dues.change_paymentclaim", False),
        ("finance", "dues.add_payment", True),
        ("finance", "dues.add_periodlock", True),
        ("finance", "dues.delete_periodlock", False),
        ("administrator", "dues.add_payment", True),
        ("administrator", "dues.delete_periodlock", True),
        ("", "dues.view_invoice", False),
        ("president", "dues.view_invoice", False),
        ("secretariat", "auth.view_group", False),
    ],
)
def test_role_carries_permission(role, permission, allowed):
    assert may(role, permission) is allowed


def test_person_without_role_or_switched_off_has_no_permission(secretariat):
    reader = User.objects.create_user("reader@seoul.example", "correct horse battery")
    secretariat.is_active = False

    assert not reader.is_staff
    assert not reader.has_perm("dues.view_invoice")
    assert not secretariat.has_perm("dues.view_invoice")
    assert not secretariat.has_module_perms("dues")


def test_address_is_kept_and_found_in_lower_case(client, secretariat):
    assert User.objects.get_by_natural_key("KIM@wego.example") == secretariat
    assert client.login(username="Kim@WeGO.example", password="correct horse battery")


def test_person_acts_for_its_own_member():
    seoul, kathmandu = add_member("Seoul"), add_member("Kathmandu", "NP")
    person = User.objects.create_user("treasurer@kathmandu.example", "correct horse battery")
    assert find_member_of(person) is None

    Affiliation.objects.create(user=person, member=kathmandu, role="finance")

    assert find_member_of(person) == kathmandu
    assert seoul.affiliations.count() == 0
