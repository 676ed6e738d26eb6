"""People's roles and right to sign in: given and taken by administrators, each act on the trail."""

from __future__ import annotations

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Role, User
from wego.audit import record_act
from wego.outbox import Mailbox

# As long as the limits on tries, in the settings.
LOCKED_SECONDS = 15 * 60


def lock_person(person: User) -> User:
    """The row as it is now, held until the transaction ends."""
    return User.objects.select_for_update().get(pk=person.pk)


def refuse_last_administrator(person: User) -> None:
    """Somebody must remain who can give out roles.

    Raises:
        ValidationError: `last_administrator`.
    """
    others = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    if person.role == Role.ADMINISTRATOR and person.is_active:
        # The rows, not their number: two who leave at once wait for each other.
        if [other for other in others if other.pk != person.pk]:
            return
        raise ValidationError(
            _("This is the last administrator: make somebody else one first."),
            code="last_administrator",
        )


@transaction.atomic
def change_person(person: User, *, email: str, full_name: str, language: str, by: User) -> User:
    """Correct who somebody is; with a new address the old one opens nothing any more.

    Raises:
        ValidationError: `twin`, or not exactly one mailbox.
    """
    locked = lock_person(person)
    email = Mailbox(email.lower(), full_name, language).email
    if User.objects.exclude(pk=locked.pk).filter(email=email).exists():
        raise ValidationError(_("A person with this address exists already."), code="twin")
    new = {"email": email, "full_name": full_name, "language": language}
    changed = {
        name: [getattr(locked, name), value]
        for name, value in new.items()
        if getattr(locked, name) != value
    }
    if not changed:
        return locked
    for name, value in new.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(new))
    if "email" in changed:
        EmailAddress.objects.filter(user=locked).delete()
        end_sessions(locked, by=by)
    record_act("user.corrected", by=by, subject=locked, facts=changed)
    return locked


@transaction.atomic
def change_role(person: User, role: str, *, by: User) -> User:
    """Give somebody another staff role, or none; their sessions end, so that it holds at once.

    Raises:
        ValidationError: `last_administrator`.
    """
    locked = lock_person(person)
    if locked.role == role:
        return locked
    if role != Role.ADMINISTRATOR:
        refuse_last_administrator(locked)
    before, locked.role = locked.role, role
    locked.save(update_fields=["role"])
    if locked.pk != by.pk:
        end_sessions(locked, by=by)
    record_act("user.role_changed", by=by, subject=locked, facts={"role": [before, role]})
    return locked


@transaction.atomic
def allow_sign_in(person: User, *, allowed: bool, by: User) -> User:
    """Let somebody sign in, or no more; whoever may not is signed out everywhere.

    Raises:
        ValidationError: `last_administrator`.
    """
    locked = lock_person(person)
    if locked.is_active == allowed:
        return locked
    if not allowed:
        refuse_last_administrator(locked)
        end_sessions(locked, by=by)
    locked.is_active = allowed
    locked.save(update_fields=["is_active"])
    act = "user.sign_in_allowed" if allowed else "user.sign_in_taken"
    record_act(act, by=by, subject=locked)
    return locked


@transaction.atomic
def end_sessions(person: User, *, by: User, keep: str = "") -> int:
    """Sign somebody out everywhere, but for the session `keep`; how many there were."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions = list(UserSession.objects.filter(user=person).exclude(session_key=keep or None))
    for session in sessions:
        store.delete(session.session_key)
        session.delete()
    if sessions:
        record_act("user.sessions_ended", by=by, subject=person, facts={"sessions": len(sessions)})
    return len(sessions)


def note_lock(person: User) -> None:
    """Note, once while it is so, that somebody's sign-in is locked after wrong tries."""
    if cache.add(f"locked:{person.pk}", 1, timeout=LOCKED_SECONDS):
        record_act("user.sign_in_locked", by=None, subject=person)


@transaction.atomic
def remove_factors(person: User, *, by: User) -> int:
    """Take away the second factors of somebody who lost them; they are signed out everywhere.

    Raises:
        ValidationError: `own_factors`, since one's own are removed by whoever can still use them.
    """
    if person.pk == by.pk:
        raise ValidationError(
            _("Remove your own second factors on the page of your account."), code="own_factors"
        )
    factors = Authenticator.objects.filter(user=person)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    end_sessions(person, by=by)
    record_act("user.factors_removed", by=by, subject=person, facts={"factors": count})
    return int(count)
