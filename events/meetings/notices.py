"""Call and agenda in time (S32), and when the next General Assembly is due (R14, C5).

All of it reminds; nothing here refuses.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from events.models import Meeting, MeetingStage, MeetingState
from events.policies import MeetingPolicies
from members.models import Body
from wego import seoul

# "Every three years in principle" (R14); real intervals were two to four (C5).
ASSEMBLY_MONTHS = 36


class Deadline(NamedTuple):
    """The last day for something, and the day it was done."""

    until: dt.date
    done_on: dt.date | None

    def is_missed(self, on: dt.date) -> bool:
        """Whether it was done too late, or is not done and the day has passed."""
        return (self.done_on or on) > self.until


class Notices(NamedTuple):
    """Both deadlines of a meeting."""

    call: Deadline
    agenda: Deadline


def notices_of(meeting: Meeting, stage: MeetingStage, policies: MeetingPolicies) -> Notices | None:
    """By when call and agenda had to be out; None while no first day is known."""
    if stage.starts_on is None:
        return None
    assembly = meeting.body == Body.ASSEMBLY
    call = policies.assembly_call_days if assembly else policies.excom_call_days
    agenda = policies.assembly_agenda_days if assembly else policies.excom_agenda_days
    return Notices(
        Deadline(stage.starts_on - dt.timedelta(days=call), meeting.called_on),
        Deadline(stage.starts_on - dt.timedelta(days=agenda), meeting.agenda_on),
    )


class AssemblyDue(NamedTuple):
    """When the next General Assembly is due in principle, and the one that is planned."""

    last_on: dt.date
    due_on: dt.date
    planned: Meeting | None


def find_assembly_due() -> AssemblyDue | None:
    """Three years after the last one that was held: a reminder, never a rule (R14, C5).

    None before any was held.
    """
    assemblies = Meeting.objects.filter(body=Body.ASSEMBLY).with_stage()
    rows = [(row, row.state, row.starts_on) for row in assemblies]  # type: ignore[attr-defined]
    held = [day for _row, state, day in rows if state == MeetingState.HELD and day]
    if not held:
        return None
    over = {MeetingState.HELD, MeetingState.CANCELLED}
    ahead = [row for row, state, _day in rows if state not in over]
    due_on = seoul.shift_months(max(held), ASSEMBLY_MONTHS)
    return AssemblyDue(max(held), due_on, ahead[0] if ahead else None)
