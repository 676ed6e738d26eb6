"""Secrets at rest: sealed with a key drawn from the house's own, one for each purpose.

AES-256-GCM, so that what was altered does not open; the key of a purpose is HKDF-SHA256 of the
secret key. After a change of it the fallbacks open what the old one sealed.
"""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# What a sealed text begins with: another way of sealing gets another mark.
MARK = "g1."
NONCE_BYTES = 12
KEY_BYTES = 32


class NotOpenedError(Exception):
    """Sealed for another purpose or by another house, or altered since."""


def seal(text: str, *, purpose: str) -> str:
    """The text as it may be stored."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = cipher(settings.SECRET_KEY, purpose).encrypt(nonce, text.encode(), purpose.encode())
    return MARK + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """The text that was sealed, by the present key or a former one.

    Raises:
        NotOpenedError: no key of the house opens it for this purpose.
    """
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(MARK))
    except (binascii.Error, ValueError) as error:
        raise NotOpenedError from error
    nonce, content = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return cipher(key, purpose).decrypt(nonce, content, purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise NotOpenedError


def cipher(key: str, purpose: str) -> AESGCM:
    """The cipher of a purpose under one key of the house."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return AESGCM(derived.derive(key.encode()))
