"""Every try to prove who somebody is, in the log: by what, whether it went well, and who by number.

What was typed and where from stands in no line; the number of the request leads to the proxy's log.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from members.models import User

logger = logging.getLogger("wego.sign_in")
NAME = "members.accounts.noticing"


def tell(outcome: str, *, how: str, person: User | None, failed: bool = False) -> None:
    """One line about one try."""
    facts: dict[str, Any] = {"outcome": outcome, "how": how}
    if person is not None:
        facts["person"] = person.pk
    level = logging.WARNING if failed else logging.INFO
    number = person.pk if person else "unknown"
    logger.log(level, "%s by %s, person %s", outcome, how, number, extra={"facts": facts})


def failed(how: str, person: User | None = None) -> None:
    """A password, code or passkey that was not the right one."""
    tell("failed", how=how, person=person, failed=True)


def on_sign_in(request: HttpRequest, user: User, **_more: object) -> None:
    """Somebody is in, by all these."""
    records = get_authentication_records(request, user)
    how = "+".join(str(each.get("type") or each["method"]) for each in records) or "session"
    tell("signed in", how=how, person=user)


def on_sign_out(user: User | None, **_more: object) -> None:
    """Somebody left, or their session ended."""
    if user is not None:
        tell("signed out", how="session", person=user)


def on_wrong_password(credentials: dict[str, Any], **_more: object) -> None:
    """A password that does not belong to an address, or an address that nobody has."""
    email = str(credentials.get("email", "")).lower()
    failed("password", User.objects.filter(email=email).first())


def on_wrong_factor(user: User, authenticator: Authenticator, **_more: object) -> None:
    """A wrong code of an app, or a wrong recovery code."""
    failed(str(authenticator.type), user)


def on_confirmed(method: str, user: User, **more: object) -> None:
    """Somebody who was in already said again who they are."""
    if more.get("reauthenticated"):
        tell("confirmed", how=str(more.get("type") or method), person=user)


def install() -> None:
    """Listen."""
    for signal, receiver in (
        (user_logged_in, on_sign_in),
        (user_logged_out, on_sign_out),
        (user_login_failed, on_wrong_password),
        (authentication_failed, on_wrong_factor),
        (authentication_step_completed, on_confirmed),
    ):
        signal.connect(receiver, dispatch_uid=f"{NAME}.{receiver.__name__}")
