"""What a confirmed resolution does in the register and the books (R4, R11, C17): one rule's call.

The register judges and records every member's line; here it is only told what the meeting resolved,
and what a correction no longer says is taken back first (X09).
"""

from __future__ import annotations

import datetime as dt

from events.meetings.stages import last_stage
from events.models import EventPaperKind, Meeting, Resolution
from members.decisions import Wish, record_decision, reverse_item
from members.models import Decision, DecisionItem, User


def decide_on_members(resolution: Resolution, *, on: dt.date, by: User | None) -> Decision | None:
    """Hand the lines of a resolution to the register; None when nothing new is to be recorded.

    Lines that an earlier, corrected resolution has brought into force already stay in force; the
    others of it are taken back, with the correction's own words as the reason.

    Raises:
        ValidationError: the register refuses a line; nothing at all is recorded then.
    """
    meeting = resolution.item.meeting
    lines = [line for line in resolution.lines.select_related("member") if line.member]
    wanted = {(line.member_id, line.outcome) for line in lines}
    in_force = find_in_force(resolution)
    for item in in_force:
        if (item.member_id, item.outcome) not in wanted:
            reverse_item(
                item,
                body=meeting.body,
                decided_on=resolution.resolved_on,
                meeting=meeting.name_en,
                reference=resolution.reference,
                reason=resolution.note,
                by=by,
                on=on,
            )
    known = {(item.member_id, item.outcome) for item in in_force}
    wishes = [
        Wish(line.member, line.outcome, reason=line.reason)
        for line in lines
        if line.member and (line.member_id, line.outcome) not in known
    ]
    if not wishes:
        return None
    return record_decision(
        body=meeting.body,
        decided_on=resolution.resolved_on,
        meeting=meeting.name_en,
        reference=resolution.reference,
        items=wishes,
        meeting_ended_on=find_end(meeting, resolution),
        memorandum_on=find_memorandum_day(meeting),
        note=resolution.note,
        by=by,
        on=on,
    )


def find_in_force(resolution: Resolution) -> list[DecisionItem]:
    """What the resolutions that this one corrects have brought into the register and still holds.

    The latest is taken back first.
    """
    decisions: list[int] = []
    earlier = resolution.corrects
    while earlier is not None:
        confirmation = getattr(earlier, "confirmation", None)
        if confirmation and confirmation.decision_id:
            decisions.append(confirmation.decision_id)
        earlier = earlier.corrects
    items = DecisionItem.objects.standing().filter(decision__in=decisions)
    return list(items.select_related("decision", "member", "application").order_by("-pk"))


def find_end(meeting: Meeting, resolution: Resolution) -> dt.date | None:
    """The last day of the meeting, where the status begins then (S4)."""
    last = last_stage(meeting).ends_on
    return last if last and last >= resolution.resolved_on else None


def find_memorandum_day(meeting: Meeting) -> dt.date | None:
    """The day of the memorandum, where the status begins then (S4)."""
    papers = meeting.papers.filter(kind=EventPaperKind.MEMORANDUM).order_by("-pk")
    return papers.values_list("issued_on", flat=True).first()
