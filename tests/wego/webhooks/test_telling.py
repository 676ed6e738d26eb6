"""Webhooks: what happens is told once to whoever asked, signed, tried again, told again by hand."""

import base64
import datetime as dt
import hashlib
import hmac
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from dues.invoicing import issue_dues
from members.lifecycle import record_status, settle_statuses
from tests.dues.books import pay
from tests.dues.builders import city
from tests.register import add_member, add_small_roster
from tests.wego.webhooks.receiver import Receiver
from wego.models import AuditEntry, Happening, WebhookDelivery
from wego.webhooks import sending
from wego.webhooks.endpoints import add_endpoint, renew_secret, replay_delivery, switch_endpoint
from wego.webhooks.sending import tell_pending

pytestmark = pytest.mark.django_db
ALL = ["member.status_changed", "invoice.issued", "payment.recorded", "decision.confirmed"]
SOON = dt.timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _own_network(settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = True


@pytest.fixture
def receiver():
    with Receiver() as running:
        yield running


def told(receiver):
    return [json.loads(each.body) for each in receiver.messages]


def test_a_payment_is_told_and_its_signature_holds(receiver):
    made = add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    goyang = city()
    payment = pay(goyang, "6000")

    report = tell_pending()

    assert report.sent == 1
    message = receiver.messages[0]
    assert message.path == "/told?x=1"
    body = json.loads(message.body)
    assert body["type"] == "payment.recorded"
    assert body["data"] == {
        "payment": payment.number,
        "member": goyang.pk,
        "amount": {"amount": "6000.00", "currency": "USD"},
        "received_on": "2020-03-20",
    }
    assert message.headers["webhook-id"] == body["id"]
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    signed = f"{body['id']}.{message.headers['webhook-timestamp']}.".encode() + message.body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert message.headers["webhook-signature"] == f"v1,{expected}"
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status, delivery.attempts) == ("sent", 200, 1)


def test_every_issued_invoice_and_every_change_of_status_is_told(receiver):
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    members = add_small_roster()

    issue_dues(2020, by=None)
    record_status(
        members["Dhaka North"], "withdrawn", on=dt.date(2020, 5, 1), reason="Left", by=None
    )
    tell_pending()

    found = sorted((each["type"], each["data"].get("invoice", "")) for each in told(receiver))
    assert found == [
        ("invoice.issued", "WEGO-2020-0001"),
        ("invoice.issued", "WEGO-2020-0002"),
        ("member.status_changed", ""),
    ]
    changed = next(each for each in told(receiver) if each["type"] == ALL[0])
    assert changed["data"] == {
        "member": members["Dhaka North"].pk,
        "status": "withdrawn",
        "effective_on": "2020-05-01",
    }


def test_confirming_a_status_changes_nothing_and_is_not_told():
    member = add_member("Goyang", status_confirmed=False)
    other = add_member("Seongnam", status_confirmed=False)

    settle_statuses(
        confirmed=[member.pk], associates=[other.pk], reason="r", on=dt.date(2020, 5, 1), by=None
    )

    facts = Happening.objects.get().facts
    assert (facts["member"], facts["status"]) == (other.pk, "associate")


def test_what_is_rolled_back_is_not_told(receiver):
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)

    with transaction.atomic():
        pay(city(), "6000")
        transaction.set_rollback(True)
    tell_pending()

    assert receiver.messages == []


def test_an_address_is_told_what_it_asked_for_and_of_whom(receiver):
    goyang, seoul = city(), city("Seoul", "서울")
    add_endpoint(
        "Goyang", url=receiver.url, kinds=["payment.recorded"], file=f"member:{goyang.pk}", by=None
    )
    add_endpoint("Invoices", url=receiver.url, kinds=["invoice.issued"], by=None)

    pay(seoul, "10")
    pay(goyang, "20")
    tell_pending()

    assert [each["data"]["member"] for each in told(receiver)] == [goyang.pk]


def test_what_was_before_an_address_is_not_told(receiver):
    pay(city(), "10")
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)

    tell_pending()

    assert receiver.messages == []


def test_telling_twice_tells_once(receiver):
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    pay(city(), "10")

    tell_pending()
    tell_pending()

    assert len(receiver.messages) == 1


def test_what_fails_is_tried_again_later_and_then_given_up():
    with Receiver(500) as receiver:
        add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
        pay(city(), "10")
        began = dt.datetime.now(tz=dt.UTC)
        waits = []
        for _each in range(len(sending.PAUSES) + 2):
            with time_machine.travel(began, tick=False):
                tell_pending()
                tell_pending()
            delivery = WebhookDelivery.objects.get()
            if delivery.state != "queued":
                break
            waits.append(delivery.not_before - began)
            began = delivery.not_before + dt.timedelta(seconds=1)

    assert waits == list(sending.PAUSES)
    assert (delivery.state, delivery.error, delivery.status) == ("failed", "HTTP 500", 500)
    assert len(receiver.messages) == len(sending.PAUSES) + 1
    assert len({each.body for each in receiver.messages}) == 1


def test_a_redirect_is_a_failure():
    with Receiver(301, {"Location": "http://127.0.0.1:1/"}) as receiver:
        add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
        pay(city(), "10")

        assert tell_pending().postponed == 1


def test_whoever_dies_while_telling_is_followed_by_another(receiver):
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    pay(city(), "10")
    sending.make_deliveries()
    assert sending.claim() is not None

    tell_pending()
    assert receiver.messages == []
    with time_machine.travel(dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=6)):
        tell_pending()

    assert len(receiver.messages) == 1
    assert WebhookDelivery.objects.get().attempts == 2


def test_a_replay_is_another_delivery_with_the_same_id(receiver, administrator):
    add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    pay(city(), "10")
    tell_pending()

    replay_delivery(WebhookDelivery.objects.get(), by=administrator)
    tell_pending()

    assert len(receiver.messages) == 2
    assert receiver.messages[0].body == receiver.messages[1].body
    assert WebhookDelivery.objects.filter(state="sent").count() == 2
    assert AuditEntry.objects.get(act="webhook.replayed").by == administrator


def test_what_is_switched_off_is_told_nothing(receiver, administrator):
    endpoint = add_endpoint("City", url=receiver.url, kinds=ALL, by=None).endpoint
    pay(city(), "10")
    sending.make_deliveries()

    switch_endpoint(endpoint, active=False, by=administrator)
    tell_pending()

    assert receiver.messages == []
    with pytest.raises(ValidationError):
        replay_delivery(WebhookDelivery.objects.get(), by=administrator)


def test_the_secret_is_stored_nowhere_and_renewed(receiver):
    made = add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    row = str(type(made.endpoint).objects.values().get())

    again = renew_secret(made.endpoint, by=None)

    assert made.secret not in row
    assert again.secret != made.secret


def test_a_secret_outlives_the_key_of_the_house_by_its_fallback(receiver, settings):
    made = add_endpoint("City", url=receiver.url, kinds=ALL, by=None)
    pay(city(), "10")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"

    assert tell_pending().postponed == 1
    assert "key of this installation" in WebhookDelivery.objects.get().error

    settings.SECRET_KEY_FALLBACKS = [old]
    with time_machine.travel(dt.datetime.now(tz=dt.UTC) + SOON):
        assert tell_pending().sent == 1
    assert made.secret


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"url": "ftp://x.example"}, {"kinds": []}, {"kinds": ["mayor.changed"]}],
)
def test_what_makes_no_webhook_is_refused(wrong):
    given = {"name": "City", "url": "https://x.example/", "kinds": ALL, **wrong}

    with pytest.raises(ValidationError) as refused:
        add_endpoint(given["name"], url=given["url"], kinds=given["kinds"], by=None)

    assert list(refused.value.error_dict) == list(wrong)
    assert not AuditEntry.objects.exists()


def test_an_administrator_adds_one_and_sees_what_became_of_it(client, administrator, receiver):
    client.force_login(administrator)
    url = reverse("admin:wego_webhookendpoint_add")

    made = client.post(url, {"name": "City", "url": receiver.url, "kinds": ALL})
    pay(city(), "10")
    tell_pending()
    endpoint = WebhookDelivery.objects.get().endpoint
    page = client.get(reverse("admin:wego_webhookendpoint_change", args=[endpoint.pk]))

    assert "whsec_" in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    assert "whsec_" not in page.content.decode()
    assert "Payment recorded" in page.content.decode()
    assert "Delivered" in page.content.decode()


def test_a_wrong_address_is_said_at_its_field(client, administrator, settings):
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    client.force_login(administrator)

    page = client.post(
        reverse("admin:wego_webhookendpoint_add"),
        {"name": "City", "url": "http://city.example", "kinds": ALL},
    )

    assert page.status_code == 422
    assert "url" in page.context["form"].errors
