"""Sealing ballots (pure): anybody can seal one, only both tellers' keys together open the box.

Two random keys of 120 bits are shown once, to be written down by two people. Together they make
one X25519 key pair; only its public half is kept. A ballot is sealed to it with a key of its own
that is thrown away (ephemeral X25519, HKDF-SHA256, ChaCha20-Poly1305), and padded, so that all
sealed ballots of a round are equally long, whatever is on them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wego.papers import SIGNS

KEY_SIGNS, CHECK_SIGNS, GROUP = 24, 4, 4
RECEIPT_SIGNS = 16
# Room for 60 choices of two digits and the receipt.
PADDED = 512
PURPOSE = b"wego ballot 1"
NONCE = bytes(12)  # every ballot has a key of its own, used once


class SealError(Exception):
    """Keys that are mistyped or not those of this box, or a ballot that was altered."""


def new_receipt() -> str:
    """What a voter finds their ballot by: `K7QM-3XRT-9PWE-5HJN`; 80 random bits."""
    return _grouped(_random_signs(RECEIPT_SIGNS))


def new_teller_key() -> str:
    """A teller's key with four signs that show a slip of the pen."""
    signs = _random_signs(KEY_SIGNS)
    return _grouped(signs + _check(signs))


def read_teller_key(text: str) -> str:
    """A key as it was typed, without blanks and dashes, in capitals.

    Raises:
        SealError: a sign is wrong.
    """
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    body, check = signs[:KEY_SIGNS], signs[KEY_SIGNS:]
    if len(signs) != KEY_SIGNS + CHECK_SIGNS or check != _check(body):
        raise SealError("mistyped")
    return body


def public_key_of(first: str, second: str) -> str:
    """The public half (hex) of two tellers' keys, in either order.

    Raises:
        SealError: one of them is mistyped.
    """
    return _private(first, second).public_key().public_bytes_raw().hex()


def seal(public_key: str, receipt: str, choices: list[str]) -> str:
    """A ballot that only the tellers open together."""
    own = X25519PrivateKey.generate()
    ephemeral = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public_key)))
    text = json.dumps({"receipt": receipt, "choices": sorted(choices)}).encode()
    if len(text) > PADDED:
        raise ValueError("This ballot is too long to be sealed like the others.")
    sealed = _cipher(shared, ephemeral).encrypt(NONCE, text.ljust(PADDED), PURPOSE)
    return base64.b64encode(ephemeral + sealed).decode()


def open_all(sealed: list[str], first: str, second: str) -> list[dict[str, Any]]:
    """The ballots of a box: `receipt` and `choices`, by receipt and so in no order of voting.

    Raises:
        SealError: the keys are mistyped or of another box, or a ballot was altered.
    """
    private = _private(first, second)
    return sorted((_open(private, each) for each in sealed), key=lambda each: str(each["receipt"]))


def _open(private: X25519PrivateKey, sealed: str) -> dict[str, Any]:
    raw = base64.b64decode(sealed)
    ephemeral, content = raw[:32], raw[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    try:
        text = _cipher(shared, ephemeral).decrypt(NONCE, content, PURPOSE)
    except InvalidTag as error:
        raise SealError("altered") from error
    found: dict[str, Any] = json.loads(text)
    return found


def _cipher(shared: bytes, ephemeral: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derive(shared, ephemeral))


def _private(first: str, second: str) -> X25519PrivateKey:
    keys = sorted([read_teller_key(first), read_teller_key(second)])
    if keys[0] == keys[1]:
        raise SealError("same")
    return X25519PrivateKey.from_private_bytes(_derive("".join(keys).encode(), b"tellers"))


def _derive(secret: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(secret)


def _random_signs(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(count))


def _check(signs: str) -> str:
    digest = hashlib.sha256(PURPOSE + signs.encode()).digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:CHECK_SIGNS])


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
