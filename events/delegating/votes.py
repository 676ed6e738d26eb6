"""Whether a member may vote in a meeting, said to the member itself (S27, C25)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from dues.standing import standing_of
from events.meetings.electorate import find_seated
from events.models import Meeting
from members.models import Body, Kind, Member


class Vote(NamedTuple):
    """Yes or no, and why."""

    may: bool
    why: str


def say_vote(meeting: Meeting, member: Member, *, on: dt.date) -> Vote:
    """Whether a member may vote in a meeting on a day, and the reason in words."""
    if member.kind != Kind.CITY:
        return Vote(
            may=False,
            why=_(
                "No vote: companies and institutions have none in WeGO's bodies. You are welcome "
                "to attend and to speak."
            ),
        )
    answer = standing_of(member, on=on).voting
    if not answer.is_yes or meeting.body != Body.EXCOM:
        return Vote(answer.is_yes, answer.why)
    if member.pk in {seated.pk for seated in find_seated(meeting, on)}:
        return Vote(may=True, why=answer.why)
    return Vote(
        may=False,
        why=_("EXCOM is voted in by its own cities; yours holds no seat. You may observe."),
    )
