"""Who is there: noted when they come and when they leave, each delegation once (R18, S28)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.meetings.stages import last_stage
from events.models import (
    Answer,
    Attendance,
    Delegate,
    Delegation,
    MeetingState,
    Mode,
    TakesPart,
)
from members.models import User
from wego import audit


@transaction.atomic
def note_arrival(
    delegation: Delegation,
    *,
    delegate: Delegate | None = None,
    takes_part: str = TakesPart.ON_SITE,
    at: dt.datetime,
    by: User | None,
) -> Attendance:
    """A delegation is there, on site or online; noting it twice changes nothing.

    Raises:
        ValidationError: the meeting is off or in writing, or the person is of another delegation.
    """
    row = Delegation.objects.select_for_update().select_related("meeting").get(pk=delegation.pk)
    stage = last_stage(row.meeting)
    if stage.state == MeetingState.CANCELLED or stage.mode == Mode.WRITTEN:
        raise ValidationError(
            _("Nobody meets: %(meeting)s is off or in writing.") % {"meeting": row.meeting},
            code="off",
        )
    if delegate and delegate.delegation_id != row.pk:
        raise ValidationError(
            _("%(person)s is of another delegation.") % {"person": delegate}, code="other"
        )
    there = row.attendances.in_the_room().first()
    if there:
        return there
    if row.answer != Answer.COMING:
        row.answer = Answer.COMING
        row.save(update_fields=["answer"])
    note = Attendance.objects.create(
        delegation=row, delegate=delegate, takes_part=takes_part, from_at=at, recorded_by=by
    )
    audit.record_act(
        "attendance.came",
        by=by,
        subject=row.meeting,
        file=row.member or row.meeting,
        facts={"who": str(row), "how": takes_part},
    )
    return note


@transaction.atomic
def note_departure(delegation: Delegation, *, at: dt.datetime, by: User | None) -> bool:
    """A delegation left; it no longer counts for the quorum. False when it was not there."""
    row = Delegation.objects.select_for_update().select_related("meeting").get(pk=delegation.pk)
    there = row.attendances.in_the_room().first()
    if there is None:
        return False
    there.until_at = max(at, there.from_at)
    there.save(update_fields=["until_at"])
    audit.record_act(
        "attendance.left",
        by=by,
        subject=row.meeting,
        file=row.member or row.meeting,
        facts={"who": str(row)},
    )
    return True
