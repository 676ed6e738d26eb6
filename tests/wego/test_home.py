"""The address without a path."""

import pytest

from members.models import Affiliation, User
from tests.register import add_member

pytestmark = pytest.mark.django_db


def test_stranger_is_asked_to_sign_in(client):
    assert client.get("/").headers["Location"] == "/login/?next=/"


def test_staff_land_in_the_web_admin(client, finance):
    client.force_login(finance)

    assert client.get("/").headers["Location"] == "/admin/"


def test_member_lands_in_its_portal(client):
    person = User.objects.create_user("treasurer@kathmandu.example", "correct horse battery")
    Affiliation.objects.create(user=person, member=add_member("Kathmandu", "NP"), role="finance")
    client.force_login(person)

    assert client.get("/").headers["Location"] == "/portal/"
