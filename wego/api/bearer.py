"""Tokens as they travel: `wego_` and 43 letters, shown once; the house keeps only a digest.

256 random bits need no slow hash: nobody guesses them, and every request looks one up.
"""

import hashlib
import re
import secrets

PREFIX = "wego_"
SECRET = re.compile(r"wego_[A-Za-z0-9_-]{43}")
# What of a token is shown afterwards, so that its owner knows which one it is.
SHOWN = 12


def make_secret() -> str:
    """A new token."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> str:
    """SHA-256 of a token, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def read_header(header: str) -> str | None:
    """The token of an Authorization header; None when it holds none."""
    scheme, _space, secret = header.partition(" ")
    secret = secret.strip()
    return secret if scheme.lower() == "bearer" and SECRET.fullmatch(secret) else None
