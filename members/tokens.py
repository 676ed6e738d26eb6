"""Tokens of the programming interface: made and shown once, taken back, looked up, counted.

A token of staff speaks for a role, a member's for its organisation, and reads. A person's token is
worth no more than the person: it opens nothing once they lost the role or left the organisation.
"""

import datetime as dt
from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from members.access import may
from members.models import Affiliation, ApiToken, Member, MemberQuerySet, Role, User
from wego import audit
from wego.api.bearer import SHOWN, digest_of, make_secret
from wego.api.caller import Caller, Use
from wego.api.scopes import declared_scopes, reading_scopes

# Requests a token may make in a window of so many seconds.
MOST, SECONDS = 600, 60
LONGEST_DAYS = 365
MOST_OF_MEMBER = 10


class Made(NamedTuple):
    """A new token; the secret is known here and nowhere else."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    name: str,
    *,
    scopes: Collection[str],
    days: int,
    at: dt.datetime,
    by: User | None,
    role: str = "",
    member: Member | None = None,
    person: User | None = None,
) -> Made:
    """Make a token for a role, or for a member, that runs out after some days.

    Raises:
        ValidationError: no name or scope, too long a life, a scope a member's token cannot have,
            or a person who does not hold the role or act for the member.
    """
    refuse_name(name)
    refuse_scopes(scopes, member)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(
            _("A token lives for 1 to %(most)s days.") % {"most": LONGEST_DAYS}, code="days"
        )
    refuse_owner(role, member, person)
    secret = make_secret()
    token = ApiToken.objects.create(
        name=name.strip(),
        digest=digest_of(secret),
        shown=secret[:SHOWN],
        scopes=sorted(scopes),
        role=role,
        member=member,
        person=person,
        made_by=by,
        expires_at=at + dt.timedelta(days=days),
    )
    facts = {"scopes": token.scopes, "role": role, "expires_at": token.expires_at.isoformat()}
    audit.record_act("token.made", by=by, subject=token, file=member, facts=facts)
    return Made(token, secret)


def refuse_name(name: str) -> None:
    """A token is called something, or nobody dares to take it back."""
    if not name.strip():
        raise ValidationError(_("Say what the token is for."), code="name")


def refuse_scopes(scopes: Collection[str], member: Member | None) -> None:
    """Only scopes there are; a member's token reads."""
    allowed = set(reading_scopes(of_member=True) if member else declared_scopes())
    if not scopes or not set(scopes) <= allowed:
        raise ValidationError(_("Choose what the token may do."), code="scopes")


def refuse_owner(role: str, member: Member | None, person: User | None) -> None:
    """Exactly one of role and member, and a person who has it."""
    if bool(role) == bool(member) or (role and role not in Role.values):
        raise ValidationError(_("Choose a staff role or a member."), code="owner")
    if member and not member.pk:
        raise ValidationError(_("Choose a staff role or a member."), code="owner")
    if person and not still_holds(person, role, member):
        raise ValidationError(
            _("%(person)s does not hold this role: the token would open nothing.")
            % {"person": person},
            code="person",
        )
    if member and live_tokens(member).count() >= MOST_OF_MEMBER:
        raise ValidationError(
            _("There are %(most)s tokens already: take one back first.") % {"most": MOST_OF_MEMBER},
            code="too_many",
        )


def still_holds(person: User, role: str, member: Member | None) -> bool:
    """Whether a person has now what their token speaks for."""
    if not person.is_active:
        return False
    if member is None:
        return person.role == role
    return Affiliation.objects.filter(user=person, member=member).exists()


def live_tokens(member: Member) -> QuerySet[ApiToken]:
    """The tokens of a member that were not taken back, newest first."""
    return ApiToken.objects.filter(member=member, revoked_at=None)


@transaction.atomic
def revoke_token(token: ApiToken, *, at: dt.datetime, by: User | None) -> ApiToken:
    """Take a token back: from now on it opens nothing.

    Raises:
        ValidationError: it was taken back already.
    """
    locked = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if locked.revoked_at:
        raise ValidationError(_("This token was taken back already."), code="revoked")
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    audit.record_act("token.taken_back", by=by, subject=locked, file=locked.member)
    return locked


def find_caller(digest: str, *, at: dt.datetime) -> Caller | None:
    """Whoever a token speaks for, its use counted; None when it opens nothing."""
    rows = ApiToken.objects.select_related("member__merged_into", "person")
    token = rows.filter(digest=digest, revoked_at=None, expires_at__gt=at).first()
    if token is None:
        return None
    if token.person and not still_holds(token.person, token.role, token.member):
        return None
    return Caller(
        key=f"apitoken:{token.pk}",
        scopes=frozenset(token.scopes),
        member=token.member,
        person=token.person,
        permits=partial(may, token.role),
        use=count_use(token, at),
        token=token,
    )


def count_use(token: ApiToken, at: dt.datetime) -> Use:
    """Take one place in the present window, in one statement that every process sees."""
    window, gone = divmod(int(at.timestamp()), SECONDS)
    mine = ApiToken.objects.filter(pk=token.pk)
    used = token.used + 1 if token.window == window else 1
    noted = {"last_used_at": at}
    taken = mine.filter(window=window, used__lt=MOST).update(used=F("used") + 1, **noted)
    if not taken:
        taken = mine.filter(window__lt=window).update(window=window, used=1, **noted)
    if not taken:
        # Another process opened the window meanwhile, or it is full.
        taken = mine.filter(window__gte=window, used__lt=MOST).update(used=F("used") + 1, **noted)
    return Use(MOST, SECONDS, min(used, MOST) if taken else MOST + 1, SECONDS - gone)


def acting_person(caller: Caller) -> User | None:
    """The person a caller's acts are recorded under; None for a service."""
    return caller.person if isinstance(caller.person, User) else None


def note_act(caller: Caller, *, did: str, made: str) -> None:
    """Note with which token something was done, besides the entry of the act itself."""
    audit.record_act(
        "token.acted",
        by=acting_person(caller),
        subject=caller.token,
        facts={"did": did, "made": made},
    )


def reached_members(caller: Caller) -> MemberQuerySet:
    """The members a caller may see: everybody for the staff, itself alone for a member.

    A row of somebody else is not refused but not found: for a member's token it does not exist.
    """
    everybody = Member.objects.all()
    return everybody if caller.member is None else everybody.filter(pk=caller.member.pk)
