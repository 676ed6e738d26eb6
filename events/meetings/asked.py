"""A written ballot as one city sees it: what is asked, its answers, and what waits (S31)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.meetings.electorate import Voter, read_electorate
from events.meetings.stages import last_stage
from events.meetings.written import is_open
from events.models import AgendaItem, Meeting, MeetingStage, MeetingState, Mode, WrittenAnswer
from members.models import Member


@dataclass(frozen=True)
class Question:
    """One item of a ballot, and the city's answer; None while it gave none."""

    item: AgendaItem
    answer: WrittenAnswer | None


@dataclass(frozen=True)
class Asked:
    """A ballot on a day, for a city that holds a seat in the body."""

    stage: MeetingStage
    voter: Voter
    questions: list[Question]
    on: dt.date

    @property
    def is_open(self) -> bool:
        """Whether answers are taken: called, within its days, not counted yet."""
        return self.stage.state == MeetingState.CALLED and is_open(self.stage, self.on)

    @property
    def waiting(self) -> int:
        """How many questions the city can answer now."""
        if not self.is_open or not self.voter.may:
            return 0
        return sum(each.answer is None for each in self.questions)


def read_asked(meeting: Meeting, member: Member, *, on: dt.date) -> Asked | None:
    """What a written ballot asks a city; None where it is no ballot or the city has no seat.

    A constant number of queries.
    """
    stage = last_stage(meeting)
    if stage.mode != Mode.WRITTEN:
        return None
    day = min(on, stage.ends_on or on)
    voters = (each for each in read_electorate(meeting, on=day) if each.member.pk == member.pk)
    voter = next(voters, None)
    if voter is None:
        return None
    rows = member.written_answers.filter(item__meeting=meeting).select_related("recorded_by")
    given = {answer.item_id: answer for answer in rows}
    items = meeting.items.order_by("position")
    return Asked(stage, voter, [Question(item, given.get(item.pk)) for item in items], on)
