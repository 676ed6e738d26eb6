"""The private link: opens one application, dies when exchanged, tells nobody what exists."""

import statistics
import time

import pytest
from django.core import signing

from members.models import Application
from members.private_links import (
    find_by_token,
    private_link,
    renew_link,
    send_links,
    token_of,
)
from tests.drafts import begin
from wego.models import AuditEntry, Mail

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_own_application():
    suncheon, goyang = begin(), begin(email="a@goyang.example")

    assert find_by_token(token_of(suncheon)) == suncheon
    assert find_by_token(token_of(goyang)) == goyang


def test_the_link_is_the_whole_address(settings):
    settings.PUBLIC_URL = "https://members.wego.example"
    application = begin()

    link = private_link(application)

    assert link == f"https://members.wego.example/apply/{token_of(application)}/"
    assert link in Mail.objects.get().text


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: "",
        lambda token: "1",
        lambda token: token[:-1],
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: token.partition(".")[0],
        lambda token: "WzIsMV0." + token.partition(".")[2],
        lambda token: signing.Signer(salt="another", sep=".").sign_object([1, 1]),
        lambda token: signing.Signer(salt="members.application.link", sep=".").sign_object("x"),
        lambda token: signing.Signer(salt="members.application.link", sep=".").sign_object([1]),
        lambda token: signing.Signer(salt="members.application.link", sep=".").sign("bm90IGpzb24"),
        lambda token: "ᄒ" * 40,
    ],
)
def test_a_forged_link_opens_nothing(forge):
    token = token_of(begin())

    assert find_by_token(forge(token)) is None


def test_a_key_that_was_replaced_still_opens_what_it_signed(settings):
    token = token_of(begin())

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert find_by_token(token) is not None

    settings.SECRET_KEY_FALLBACKS = []
    assert find_by_token(token) is None


def test_a_new_link_makes_the_old_one_worthless():
    application = begin()
    old = token_of(application)

    renewed = renew_link(application)

    assert find_by_token(old) is None
    assert find_by_token(token_of(renewed)) == application
    assert private_link(renewed) in Mail.objects.first().text
    assert AuditEntry.objects.first().act == "application.link_renewed"


def test_links_go_to_the_address_they_belong_to():
    first, second = begin(), begin()
    begin(email="other@goyang.example")
    Mail.objects.all().delete()

    assert send_links("HONG@suncheon.example ", language="ko") == 2

    mails = Mail.objects.order_by("pk")
    assert {mail.to_email for mail in mails} == {"hong@suncheon.example"}
    assert {mail.file for mail in mails} == {f"application:{a.pk}" for a in (first, second)}


def test_an_unknown_address_gets_a_mail_that_says_so():
    assert send_links("nobody@goyang.example", language="ko") == 0

    mail = Mail.objects.get()
    assert (mail.kind, mail.to_email, mail.language) == (
        "application_none",
        "nobody@goyang.example",
        "ko",
    )
    assert not Application.objects.exists()


@pytest.mark.slow
def test_known_and_unknown_take_the_same_time():
    begin()

    def seconds(address):
        began = time.perf_counter()
        send_links(address, language="en")
        return time.perf_counter() - began

    pairs = [
        (seconds("hong@suncheon.example"), seconds("nobody@goyang.example")) for _ in range(60)
    ]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))

    # The known one also writes into the audit trail; on the way out of a page it disappears.
    assert abs(known - unknown) < 0.02
