"""What a member sees of its meetings: when and where, its vote, its people, agenda and papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.http import HttpRequest

from events.balloting.of_member import OpenBallot, open_ballots
from events.delegating.naming import standing_delegates
from events.delegating.votes import Vote, say_vote
from events.elections import candidacy_deadline
from events.hosting.calls import open_calls
from events.meetings.asked import Asked, read_asked
from events.meetings.stages import last_stage, voting_day
from events.models import (
    AgendaItem,
    Consultation,
    Delegate,
    Delegation,
    EventPaper,
    ItemPaper,
    Meeting,
    MeetingStage,
    MeetingState,
    Memorandum,
    Mode,
    Precision,
    Session,
    Speaker,
)
from events.portal.pages import own_delegation
from events.programme.consulting import consultation_on
from members.access import own_member
from members.models import Body, Kind, Member
from wego import seoul

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.models import HostCall

OVER = (MeetingState.HELD, MeetingState.CANCELLED)
SHOWN_PAST = 30


@dataclass(frozen=True)
class Seen:
    """One meeting as one member sees it on a day."""

    meeting: Meeting
    stage: MeetingStage
    delegation: Delegation | None
    vote: Vote
    delegates: list[Delegate]
    stand_until: dt.date | None
    on: dt.date
    asked: Asked | None = None

    @property
    def is_over(self) -> bool:
        """Whether nobody can register any more."""
        return self.stage.state in OVER

    @property
    def is_written(self) -> bool:
        """Whether it is a written ballot: nobody travels, cities answer (S31)."""
        return self.stage.mode == Mode.WRITTEN

    @property
    def head(self) -> Delegate | None:
        """The head of the delegation."""
        return next((each for each in self.delegates if each.role == "head"), None)

    @property
    def may_still_stand(self) -> bool:
        """Whether a candidacy would still be in time."""
        return self.stand_until is not None and self.on <= self.stand_until

    @property
    def days_left(self) -> int | None:
        """Whole days until it begins; None when that is past or not known."""
        first = self.stage.starts_on
        if first is None or self.stage.precision != Precision.DAY or first < self.on:
            return None
        return (first - self.on).days


def see(request: HttpRequest, meeting: Meeting) -> Seen:
    """A meeting as the reader's organisation sees it today."""
    member, today = own_member(request), seoul.today()
    stage = last_stage(meeting)
    delegation = own_delegation(request, meeting)
    return Seen(
        meeting=meeting,
        stage=stage,
        delegation=delegation,
        vote=say_vote(meeting, member, on=voting_day(stage, today)),
        delegates=standing_delegates(delegation) if delegation else [],
        stand_until=stand_until(meeting, stage, member),
        on=today,
        asked=read_asked(meeting, member, on=today) if stage.mode == Mode.WRITTEN else None,
    )


def stand_until(meeting: Meeting, stage: MeetingStage, member: Member) -> dt.date | None:
    """The last day on which a city can stand for office in an assembly (P2)."""
    if meeting.body != Body.ASSEMBLY or member.kind != Kind.CITY:
        return None
    if stage.starts_on is None or stage.precision != Precision.DAY:
        return None
    return candidacy_deadline(stage.starts_on)


def upcoming_meetings() -> list[Meeting]:
    """Meetings that are ahead, the nearest first; those without a day last."""
    rows = [
        (row.starts_on or dt.date.max, row.pk, row)  # type: ignore[attr-defined]
        for row in Meeting.objects.with_stage()
        if row.state not in OVER  # type: ignore[attr-defined]
    ]
    return [row for _day, _pk, row in sorted(rows, key=lambda each: each[:2])]


def past_meetings(member: Member) -> list[Meeting]:
    """Meetings that are over, newest first: the member was invited, or all may read about them."""
    mine = member.delegations.values("meeting")
    told = published_memoranda().values("meeting")
    known = Meeting.objects.filter(Q(pk__in=mine) | Q(pk__in=told)).values("pk")
    rows = Meeting.objects.with_stage().filter(pk__in=known, state__in=OVER)
    return list(rows.order_by("-starts_on", "-pk")[:SHOWN_PAST])


def published_memoranda() -> QuerySet[Memorandum]:
    """The memoranda that every member may read."""
    return Memorandum.objects.filter(published_on__isnull=False)


def memorandum_of(meeting: Meeting) -> Memorandum | None:
    """The published memorandum of a meeting, with its paper."""
    rows = published_memoranda().filter(meeting=meeting)
    return rows.select_related("paper__document").first()


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The items and their standing papers; none before the agenda is published."""
    if meeting.agenda_on is None:
        return []
    return list(meeting.items.prefetch_related(Prefetch("papers", own_papers(), "shown")))


def own_papers() -> QuerySet[ItemPaper]:
    """Papers that were not taken back."""
    return ItemPaper.objects.filter(taken_back_on__isnull=True)


def programme_of(meeting: Meeting) -> list[Session]:
    """The sessions with those who speak."""
    speakers = Speaker.objects.filter(left_on__isnull=True).select_related("member")
    return list(meeting.sessions.prefetch_related(Prefetch("speakers", speakers, "shown")))


def speakers_for(meeting: Meeting, member: Member) -> list[Speaker]:
    """Who speaks for a member in a meeting."""
    rows = member.speakers.filter(session__meeting=meeting, left_on__isnull=True)
    return list(rows.select_related("session", "support").prefetch_related("support__steps"))


def asked_about(meeting: Meeting, on: dt.date) -> Consultation | None:
    """The consultation on the agenda, while it is open."""
    return consultation_on(meeting, on)


def ballots_for(meeting: Meeting, member: Member) -> list[OpenBallot]:
    """Secret ballots of a meeting that are open and that the member has not cast."""
    return [
        each
        for each in open_ballots(member)
        if each.may_vote and each.round.election.call.meeting_id == meeting.pk
    ]


def papers_of(delegates: list[Delegate]) -> dict[tuple[int, str], EventPaper]:
    """The newest badge and visa letter of each delegate, in one query."""
    rows = EventPaper.objects.filter(delegate__in=[each.pk for each in delegates])
    return {
        (row.delegate_id, row.kind): row
        for row in rows.select_related("document").order_by("pk")
        if row.delegate_id
    }


def host_calls(on: dt.date) -> list[HostCall]:
    """Calls for bids that are open."""
    return list(open_calls(on))
