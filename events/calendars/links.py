"""The private address of a person's calendar: given, opened, taken back.

It is signed over the person and a version, so nothing in the database opens a calendar, and one
step of the version makes every address that was given out worthless.
"""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.db import transaction

from events.models import CalendarLink
from members.models import User
from wego import audit

SALT = "events.calendar.link"


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(link: CalendarLink) -> str:
    """What opens a person's calendar."""
    return _signer().sign_object([link.user_id, link.version])


def find_user(token: str) -> User | None:
    """Whose calendar a token opens; None for a wrong, forged, outdated or taken back one."""
    try:
        user, version = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = (
        CalendarLink.objects.filter(
            user=user, version=version, revoked_on__isnull=True, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return link.user if link else None


def standing_link(user: User) -> CalendarLink | None:
    """A person's address, unless it was taken back."""
    return CalendarLink.objects.filter(user=user, revoked_on__isnull=True).first()


@transaction.atomic
def open_link(user: User, *, on: dt.date, by: User | None) -> CalendarLink:
    """Give a person a new address; the one before opens nothing any more."""
    link = CalendarLink.objects.select_for_update().filter(user=user).first()
    if link is None:
        link = CalendarLink.objects.create(user=user, made_on=on)
    else:
        link.version, link.made_on, link.revoked_on = link.version + 1, on, None
        link.save(update_fields=["version", "made_on", "revoked_on"])
    audit.record_act("calendar.opened", by=by, subject=link, file=user)
    return link


@transaction.atomic
def close_link(user: User, *, on: dt.date, by: User | None) -> bool:
    """Take a person's address back; False when there was none."""
    link = CalendarLink.objects.select_for_update().filter(user=user, revoked_on=None).first()
    if link is None:
        return False
    link.revoked_on = on
    link.save(update_fields=["revoked_on"])
    audit.record_act("calendar.closed", by=by, subject=link, file=user)
    return True
