"""Members are told about a meeting: the call, the agenda, and whether they wish to come (R18).

One mail a contact, in the member's language, through the outbox. Telling twice writes nobody twice
of the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Delegation, Meeting, MeetingStage, MeetingState
from members.correspondence import say_day, write_to_member
from members.models import Member, User
from wego import audit
from wego.models import AuditEntry

CALL, AGENDA, OBSERVERS = "meeting_called", "agenda_published", "observers_invited"
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@transaction.atomic
def announce_call(meeting: Meeting, *, by: User | None) -> int:
    """Send the call to every invited member; returns how many members were written to.

    Raises:
        ValidationError: the meeting is over or has no day, or nobody is invited.
    """
    return tell(CALL, meeting, invited_members(meeting), by=by)


@transaction.atomic
def announce_agenda(meeting: Meeting, *, by: User | None) -> int:
    """Tell every invited member that the agenda is published.

    Raises:
        ValidationError: the meeting is over, there is no agenda, or nobody is invited.
    """
    if not meeting.items.exists():
        raise ValidationError(_("There is no agenda to publish yet."), code="no_agenda")
    return tell(AGENDA, meeting, invited_members(meeting), by=by)


@transaction.atomic
def invite_observers(meeting: Meeting, *, on: dt.date, by: User | None) -> int:
    """Tell the members that were not invited that they may take part as observers (R18).

    Raises:
        ValidationError: the meeting is over or has no day, or everybody is invited.
    """
    invited = meeting.delegations.filter(member__isnull=False).values("member")
    others = Member.objects.on_roster(on).exclude(pk__in=invited).order_by("name_en", "pk")
    return tell(OBSERVERS, meeting, others.prefetch_related("contacts"), by=by)


def invited_members(meeting: Meeting) -> list[Member]:
    """The members with a delegation, by name."""
    rows = Delegation.objects.filter(meeting=meeting, member__isnull=False)
    rows = rows.select_related("member").prefetch_related("member__contacts")
    members = [row.member for row in rows if row.member]
    return sorted(members, key=lambda member: (member.name_en, member.pk))


def tell(kind: str, meeting: Meeting, members: Iterable[Member], *, by: User | None) -> int:
    """Post one kind of mail to members that were not sent it before; how many were reached.

    Raises:
        ValidationError: the meeting is over, has no day, or there is nobody to tell.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    stage = refuse_vague(meeting)
    told = members_told(kind, meeting)
    waiting = [member for member in members if member.pk not in told]
    reached = [
        member.pk
        for member in waiting
        if write_to_member(kind, member, say(meeting, stage, member))
    ]
    if not reached:
        raise ValidationError(
            _("There is nobody to write to: all were told, or no contact is known."),
            code="nobody",
        )
    audit.record_act(
        "meeting.announced",
        by=by,
        subject=meeting,
        facts={"mail": kind, "members": reached, "unreachable": len(waiting) - len(reached)},
    )
    return len(reached)


def members_told(kind: str, meeting: Meeting) -> set[int]:
    """Whom this mail about this meeting was sent to already, as the trail says."""
    entries = AuditEntry.objects.filter(
        act="meeting.announced", subject=audit.file_of(meeting), facts__mail=kind
    )
    return {pk for facts in entries.values_list("facts", flat=True) for pk in facts["members"]}


def refuse_vague(meeting: Meeting) -> MeetingStage:
    """What holds of a meeting, if members can be told.

    Raises:
        ValidationError: it is over, or its day is not set.
    """
    stage = meeting.stages.select_related("host").order_by("-pk")[:1].get()
    if stage.state in OVER:
        raise ValidationError(
            _("%(meeting)s is over or cancelled.") % {"meeting": meeting}, code="over"
        )
    if stage.starts_on is None:
        raise ValidationError(_("Set the day of the meeting first."), code="no_day")
    return stage


def say(meeting: Meeting, stage: MeetingStage, member: Member) -> dict[str, str]:
    """The facts of the mails, in the member's language."""
    first, last = stage.starts_on, stage.ends_on or stage.starts_on
    with translation.override(member.language):
        days = say_day(first, member.language) if first else "–"
        if first and last and first != last:
            days = f"{days} – {say_day(last, member.language)}"
        return {
            "meeting": str(meeting),
            "days": days,
            "place": stage.place or str(stage.host or "–"),
            "mode": stage.get_mode_display(),
        }
