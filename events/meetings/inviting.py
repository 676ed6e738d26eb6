"""Who is invited to a meeting, and what they answer (R18): voters, observers, guests by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.meetings.electorate import find_full_cities
from events.meetings.stages import last_stage
from events.models import Delegation, DelegationKind, Meeting, MeetingState
from members.models import Body, Kind, Member, User
from wego import audit

OVER = (MeetingState.CANCELLED,)


@transaction.atomic
def invite(
    meeting: Meeting,
    *,
    members: Iterable[Member] = (),
    organisation: str = "",
    country_code: str = "",
    kind: str,
    on: dt.date,
    by: User | None,
) -> list[Delegation]:
    """Invite members, or one other organisation by name; who is invited already stays as it is.

    Returns the new delegations. Only a city is invited to vote; whether it may is asked again on
    the day.

    Raises:
        ValidationError: nobody to invite, an organisation that cannot vote, a meeting that is off.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    asked = list(members)
    refuse_invitation(meeting, asked, organisation, kind)
    known = set(meeting.delegations.values_list("member", flat=True))
    rows = [
        Delegation(meeting=meeting, member=member, kind=kind, invited_on=on)
        for member in asked
        if member.pk not in known
    ]
    if organisation.strip():
        rows.append(
            Delegation(
                meeting=meeting,
                organisation=organisation.strip(),
                country_code=country_code,
                kind=kind,
                invited_on=on,
            )
        )
    invited = Delegation.objects.bulk_create(rows)
    audit.record_acts(
        audit.new_entry(
            "delegation.invited",
            by=by,
            subject=meeting,
            file=row.member or meeting,
            facts={"who": str(row), "as": kind},
        )
        for row in invited
    )
    return invited


def refuse_invitation(meeting: Meeting, asked: list[Member], organisation: str, kind: str) -> None:
    """There is somebody, and who is invited to vote is a city."""
    if last_stage(meeting).state in OVER:
        raise ValidationError(_("%(meeting)s is off.") % {"meeting": meeting}, code="off")
    if not asked and not organisation.strip():
        raise ValidationError(_("Choose whom to invite."), code="nobody")
    if kind != DelegationKind.VOTING:
        return
    if organisation.strip():
        raise ValidationError(
            _("%(name)s is no member: invite it as an observer.") % {"name": organisation.strip()},
            code="no_member",
        )
    for member in asked:
        if member.kind != Kind.CITY:
            raise ValidationError(
                _("%(member)s is no city and has no vote (S27): invite it as an observer.")
                % {"member": member},
                code="no_city",
            )


def invite_assembly(meeting: Meeting, *, on: dt.date, by: User | None) -> list[Delegation]:
    """Invite every full member city to vote in a General Assembly."""
    if meeting.body != Body.ASSEMBLY:
        raise ValidationError(_("Choose whom to invite."), code="nobody")
    return invite(meeting, members=find_full_cities(on), kind=DelegationKind.VOTING, on=on, by=by)
