"""Who calls the programming interface: a token stands for a role or for one member organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from rest_framework.request import Request


@dataclass(frozen=True)
class Use:
    """How much of its limit a token has used, and in how many seconds it may begin anew."""

    most: int
    seconds: int
    used: int
    resets_in: int

    @property
    def left(self) -> int:
        """Requests that are still allowed in this window."""
        return max(self.most - self.used, 0)


@dataclass(frozen=True)
class Caller:
    """Whoever a token speaks for, as an app above the frame found it.

    `key` names the token, as `apitoken:12`. `member` is the one organisation a member's token
    reaches, None for a token of staff; `permits` says whether the token's role carries one of
    Django's permissions, and is asked of tokens of staff alone. `person` is None for a service.
    """

    key: str
    scopes: frozenset[str]
    member: Any
    person: AbstractBaseUser | None
    permits: Callable[[str], bool]
    use: Use
    token: Any = None


def caller_of(request: Request) -> Caller:
    """The caller of a request that was let in."""
    if not isinstance(request.auth, Caller):
        raise TypeError("This view is open to callers without a token.")
    return request.auth
