"""Addresses that are told: made with a secret shown once, switched off and on, told again."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wego import audit
from wego.webhooks import outgoing, signing
from wego.webhooks.announcing import declared_kinds
from wego.webhooks.rows import WebhookDelivery, WebhookEndpoint


class Made(NamedTuple):
    """An address and its secret, known here and nowhere else."""

    endpoint: WebhookEndpoint
    secret: str


@transaction.atomic
def add_endpoint(
    name: str, *, url: str, kinds: Collection[str], by: AbstractBaseUser | None, file: str = ""
) -> Made:
    """Tell an address of some kinds of happenings from now on.

    `file` limits them to those of one member, as `member:12`.

    Raises:
        ValidationError: no name, no address that may be asked, or no known kind.
    """
    if not name.strip():
        raise ValidationError({"name": _("Say whose address it is.")})
    try:
        outgoing.check_url(url)
    except ValidationError as error:
        raise ValidationError({"url": error}) from error
    if not kinds or not set(kinds) <= set(declared_kinds()):
        raise ValidationError({"kinds": _("Choose what the address is told of.")})
    endpoint = WebhookEndpoint(
        name=name.strip(), url=url, file=file, made_by_id=by.pk if by else None
    )
    endpoint.kinds = sorted(kinds)
    secret = give_secret(endpoint)
    endpoint.save(force_insert=True)
    facts = {"url": url, "kinds": endpoint.kinds, "of": file}
    audit.record_act("webhook.made", by=by, subject=endpoint, facts=facts)
    return Made(endpoint, secret)


def give_secret(endpoint: WebhookEndpoint) -> str:
    """A new secret, not stored; as it is shown."""
    endpoint.nonce = signing.new_nonce()
    secret = signing.derive(settings.SECRET_KEY, endpoint.nonce)
    endpoint.digest = signing.digest_of(secret)
    return signing.shown(secret)


@transaction.atomic
def renew_secret(endpoint: WebhookEndpoint, *, by: AbstractBaseUser | None) -> Made:
    """Another secret; what is sent from now on is signed with it."""
    locked = WebhookEndpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    secret = give_secret(locked)
    locked.save(update_fields=["nonce", "digest"])
    audit.record_act("webhook.secret_renewed", by=by, subject=locked)
    return Made(locked, secret)


@transaction.atomic
def switch_endpoint(
    endpoint: WebhookEndpoint, *, active: bool, by: AbstractBaseUser | None
) -> WebhookEndpoint:
    """Tell an address no more, or again; what happened meanwhile it is not told."""
    locked = WebhookEndpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    if locked.is_active != active:
        locked.is_active = active
        locked.save(update_fields=["is_active"])
        act = "webhook.switched_on" if active else "webhook.switched_off"
        audit.record_act(act, by=by, subject=locked)
    return locked


@transaction.atomic
def replay_delivery(delivery: WebhookDelivery, *, by: AbstractBaseUser | None) -> WebhookDelivery:
    """Tell the same once more, with the same id, whatever became of it before.

    Raises:
        ValidationError: the address is switched off.
    """
    if not delivery.endpoint.is_active:
        raise ValidationError(_("This webhook is switched off: switch it on first."), code="off")
    again = WebhookDelivery.objects.create(
        happening=delivery.happening, endpoint=delivery.endpoint, is_replay=True
    )
    audit.record_act(
        "webhook.replayed",
        by=by,
        subject=delivery.endpoint,
        facts={"happening": str(delivery.happening_id), "kind": delivery.happening.kind},
    )
    return again
