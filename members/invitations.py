"""Who is asked to act for a member, or to join the staff; and who does so no more.

An invitation is a link of its own to one address. Nobody shares a password, and nobody chooses one
for somebody else.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from members.models import Affiliation, AffiliationRole, Invitation, Member, Role, User
from wego.audit import record_act
from wego.outbox import Mailbox, post_mail
from wego.templatetags.ui import day

GOOD_FOR = dt.timedelta(days=14)
SALT = "members.invitation"


@transaction.atomic
def invite_person(
    *,
    email: str,
    full_name: str,
    language: str,
    member: Member | None = None,
    role: str = "",
    staff_role: str = "",
    by: User | None,
    on_at: dt.datetime,
) -> Invitation:
    """Ask one address to act for a member as `role`, or to join the staff as `staff_role`.

    Raises:
        ValidationError: `mailbox`, `role`, `already` (acts so already) or `invited` (open link).
    """
    email = Mailbox(email.strip().lower(), full_name, language).email
    refuse_wrong_role(member, role, staff_role)
    if member is not None:
        Member.objects.select_for_update().get(pk=member.pk)
    refuse_twin(email, member, role, staff_role, on_at)
    invitation = Invitation.objects.create(
        email=email,
        full_name=full_name,
        language=language,
        member=member,
        affiliation_role=role,
        staff_role=staff_role,
        invited_at=on_at,
        expires_at=on_at + GOOD_FOR,
        invited_by=by,
    )
    record_act(
        "user.invited",
        by=by,
        subject=invitation,
        file=member,
        facts={"role": role or staff_role, "until": str(timezone.localdate(invitation.expires_at))},
    )
    mail_link(invitation)
    return invitation


def refuse_wrong_role(member: Member | None, role: str, staff_role: str) -> None:
    """Either a member and what to do for it, or a role of the staff."""
    for_member = member is not None and role in AffiliationRole.values and not staff_role
    for_staff = member is None and not role and staff_role in Role.values and bool(staff_role)
    if not (for_member or for_staff):
        raise ValidationError(_("Choose what the person may do."), code="role")


def refuse_twin(
    email: str, member: Member | None, role: str, staff_role: str, on_at: dt.datetime
) -> None:
    """Nobody is asked twice, or for what they do already."""
    if member is not None:
        acts = Affiliation.objects.filter(user__email=email, member=member, role=role).exists()
    else:
        acts = User.objects.filter(email=email, role=staff_role, is_active=True).exists()
    if acts:
        raise ValidationError(_("This person does so already."), code="already")
    same = open_invitations(on_at).filter(
        email=email, member=member, affiliation_role=role, staff_role=staff_role
    )
    if same.exists():
        raise ValidationError(
            _("This address is invited already: send the invitation again instead."),
            code="invited",
        )


def open_invitations(on_at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=on_at)


def link_of(invitation: Invitation) -> str:
    """The address that accepts it: signed, so that knowing the row opens nothing."""
    token = signing.dumps([invitation.pk, invitation.version], salt=SALT)
    return f"{settings.PUBLIC_URL}{reverse('join', args=[token])}"


def find_invitation(token: str, *, on_at: dt.datetime) -> Invitation | None:
    """The invitation a link opens, unless it was used, taken back, replaced or lapsed."""
    try:
        pk, version = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found: Invitation | None = (
        open_invitations(on_at)
        .select_related("member", "invited_by")
        .filter(pk=pk, version=version)
        .first()
    )
    return found


def mail_link(invitation: Invitation) -> None:
    """Write the invitation's mail."""
    with override(invitation.language):
        facts = {
            "inviter": str(invitation.invited_by or _("The secretariat of WeGO")),
            "place": place_of(invitation),
            "role": role_of(invitation),
            "until": day(timezone.localdate(invitation.expires_at)),
            "link": link_of(invitation),
        }
    to = Mailbox(invitation.email, invitation.full_name, invitation.language)
    post_mail("invitation", to=to, facts=facts, file=invitation.member)


def place_of(invitation: Invitation) -> str:
    """Where one is invited to, in the active language."""
    return str(invitation.member) if invitation.member else _("WeGO secretariat")


def role_of(invitation: Invitation) -> str:
    """What one is invited to do, in the active language."""
    if invitation.member:
        return str(AffiliationRole(invitation.affiliation_role).label)
    return str(Role(invitation.staff_role).label)


def lock_invitation(invitation: Invitation, *, on_at: dt.datetime) -> Invitation:
    """The row while nobody else changes it.

    Raises:
        ValidationError: `lapsed`, it can be accepted no more.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.revoked_at or locked.expires_at <= on_at:
        raise ValidationError(
            _("This invitation was used, taken back or has lapsed."), code="lapsed"
        )
    return locked


@transaction.atomic
def accept_invitation(
    invitation: Invitation,
    *,
    user: User | None = None,
    full_name: str = "",
    language: str = "",
    password: str = "",
    on_at: dt.datetime,
) -> User:
    """Make the person, or give an existing one what they were invited to.

    Raises:
        ValidationError: `lapsed`; `other`, signed in as somebody else; `sign_in`, the address has
            an account already.
    """
    locked = lock_invitation(invitation, on_at=on_at)
    if user is None:
        if User.objects.filter(email=locked.email).exists():
            raise ValidationError(_("Sign in first, then accept."), code="sign_in")
        user = User.objects.create_user(
            locked.email, password or None, full_name=full_name, language=language
        )
    elif user.email != locked.email:
        raise ValidationError(_("This invitation is for another address."), code="other")
    if locked.member:
        Affiliation.objects.get_or_create(
            user=user, member=locked.member, role=locked.affiliation_role
        )
    else:
        user.role = locked.staff_role
        user.save(update_fields=["role"])
    locked.accepted_at, locked.accepted_by = on_at, user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    facts = {"role": locked.affiliation_role or locked.staff_role}
    record_act("user.joined", by=user, subject=user, file=locked.member or user, facts=facts)
    return user


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User, on_at: dt.datetime) -> Invitation:
    """Take an invitation back: its link opens nothing any more.

    Raises:
        ValidationError: `lapsed`.
    """
    locked = lock_invitation(invitation, on_at=on_at)
    locked.revoked_at = on_at
    locked.save(update_fields=["revoked_at"])
    record_act("user.uninvited", by=by, subject=locked, file=locked.member)
    return locked


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User, on_at: dt.datetime) -> Invitation:
    """Mail a new link, good for another fortnight; the one before opens nothing any more.

    Raises:
        ValidationError: `used`, it was accepted or taken back.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.revoked_at:
        raise ValidationError(
            _("This invitation was used or taken back: make a new one."), code="used"
        )
    locked.version += 1
    locked.expires_at = on_at + GOOD_FOR
    locked.save(update_fields=["version", "expires_at"])
    record_act("user.invited_again", by=by, subject=locked, file=locked.member)
    mail_link(locked)
    return locked


@transaction.atomic
def give_affiliation(user: User, member: Member, role: str, *, by: User) -> Affiliation:
    """Let somebody who has an account act for a member too.

    Raises:
        ValidationError: `role`, or `already`.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    refuse_wrong_role(member, role, "")
    given, made = Affiliation.objects.get_or_create(user=user, member=member, role=role)
    if not made:
        raise ValidationError(_("This person does so already."), code="already")
    facts = {"role": ["", role], "person": user.email}
    record_act("user.affiliation_changed", by=by, subject=user, file=member, facts=facts)
    return given


@transaction.atomic
def remove_affiliation(affiliation: Affiliation, *, by: User) -> None:
    """Somebody acts for a member no more, in this role.

    Raises:
        ValidationError: `successor`, the last administrator of a member leaves it to somebody.
    """
    locked = lock_affiliation(affiliation)
    refuse_without_successor(locked, by=by)
    facts = {"role": [locked.role, ""], "person": locked.user.email}
    record_act("user.left", by=by, subject=locked.user, file=locked.member, facts=facts)
    locked.delete()


@transaction.atomic
def change_affiliation_role(affiliation: Affiliation, role: str, *, by: User) -> Affiliation:
    """Somebody does something else for a member.

    Raises:
        ValidationError: `role`, `already`, or `successor` as for leaving.
    """
    locked = lock_affiliation(affiliation)
    if locked.role == role:
        return locked
    refuse_wrong_role(locked.member, role, "")
    if Affiliation.objects.filter(user=locked.user, member=locked.member, role=role).exists():
        raise ValidationError(_("This person does so already."), code="already")
    refuse_without_successor(locked, by=by)
    before, locked.role = locked.role, role
    locked.save(update_fields=["role"])
    facts = {"role": [before, role], "person": locked.user.email}
    record_act(
        "user.affiliation_changed",
        by=by,
        subject=locked.user,
        file=locked.member,
        facts=facts,
    )
    return locked


def lock_affiliation(affiliation: Affiliation) -> Affiliation:
    """The row and its member, so that two administrators do not leave at once."""
    Member.objects.select_for_update().get(pk=affiliation.member_id)
    return Affiliation.objects.select_related("user", "member").get(pk=affiliation.pk)


def refuse_without_successor(affiliation: Affiliation, *, by: User) -> None:
    """The last administrator of a member invites a successor before they go."""
    if affiliation.role != AffiliationRole.ADMINISTRATOR or affiliation.user_id != by.pk:
        return
    others = Affiliation.objects.filter(
        member=affiliation.member, role=AffiliationRole.ADMINISTRATOR, user__is_active=True
    )
    if not others.exclude(user=affiliation.user_id).exists():
        raise ValidationError(
            _(
                "You are the last administrator of %(member)s: invite a successor as "
                "administrator, and leave once they have accepted."
            )
            % {"member": affiliation.member},
            code="successor",
        )
