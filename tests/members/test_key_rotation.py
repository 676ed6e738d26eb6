"""A new secret key, with the old one kept for a while: nobody is locked out (S15)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from members.accounts.adapter import FactorAdapter
from members.models import User
from wego.models import Mail
from wego.safekeeping import NotOpenedError

pytestmark = pytest.mark.django_db
NEW = "a-newer-key-of-this-house-" + "k3x9q" * 10


@pytest.fixture
def maya(db):
    return User.objects.create_user("maya@kathmandu.example", "lakes and hills", full_name="Maya")


@pytest.fixture
def rotate(settings):
    """Begin with another key; the old one stays behind only when it is kept."""

    def change(*, keep):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
        settings.SECRET_KEY = NEW

    return change


@pytest.mark.parametrize("keep", [True, False])
def test_s15_sessions_outlive_a_new_key_as_long_as_the_old_one_is_kept(
    maya, rotate, settings, keep
):
    browser = Client()
    browser.force_login(maya)
    rotate(keep=keep)

    assert (browser.get("/account/stay/").status_code == 204) is keep
    settings.SECRET_KEY_FALLBACKS = []
    # Whoever came by meanwhile is signed by the new key alone.
    assert (browser.get("/account/stay/").status_code == 204) is keep


@pytest.mark.parametrize("keep", [True, False])
def test_s15_mailed_links_outlive_it_too(maya, rotate, keep):
    Client().post("/account/password/forgotten/", {"email": maya.email})
    link = re.search(r"(/account/password/new/\S+)", Mail.objects.get().text)[1]
    rotate(keep=keep)

    assert (Client().get(link).status_code == 302) is keep


def test_s15_second_factors_are_read_with_the_old_key_and_written_with_the_new(maya, rotate):
    adapter = FactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=maya, type="totp", data={"secret": kept})
    rotate(keep=True)

    stored = Authenticator.objects.get(user=maya).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert adapter.decrypt(stored) == "JBSWY3DPEHPK3PXP"
    renewed = adapter.encrypt("JBSWY3DPEHPK3PXP")
    rotate(keep=False)
    assert adapter.decrypt(renewed) == "JBSWY3DPEHPK3PXP"


def test_s15_without_the_old_key_they_are_lost_and_not_guessed(maya, rotate):
    adapter = FactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    rotate(keep=False)

    with pytest.raises(NotOpenedError):
        adapter.decrypt(kept)
