"""Signatures of webhooks, as the Standard Webhooks specification has them.

The secret of an address is derived from the key of the house, so nothing in the database opens it.
After the key was changed, the fallbacks are tried; its digest tells which one it was.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wego.webhooks.rows import WebhookEndpoint

PREFIX = "whsec_"


def new_nonce() -> str:
    """What makes one address's secret another than the next one's."""
    return secrets.token_hex(32)


def derive(key: str, nonce: str) -> bytes:
    """A secret of 32 bytes."""
    return hmac.new(key.encode(), b"webhook:" + nonce.encode(), hashlib.sha256).digest()


def digest_of(secret: bytes) -> str:
    """SHA-256 of a secret."""
    return hashlib.sha256(secret).hexdigest()


def shown(secret: bytes) -> str:
    """A secret as its owner copies it."""
    return PREFIX + base64.b64encode(secret).decode()


def secret_of(endpoint: WebhookEndpoint) -> bytes:
    """The secret of an address, as it was shown.

    Raises:
        ValidationError: the key of the house was changed and the old one is not among the
            fallbacks.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = derive(key, endpoint.nonce)
        if hmac.compare_digest(digest_of(secret), endpoint.digest):
            return secret
    raise ValidationError(
        _("The key of this installation was changed: make a new secret for this webhook."),
        code="secret_lost",
    )


def sign(secret: bytes, *, message: str, timestamp: int, body: bytes) -> str:
    """`v1,…` over the id of the message, the time and the body."""
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
