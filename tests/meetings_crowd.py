"""Meetings by the hundred, for the test that no list asks more of a large house."""

import datetime as dt

from events.models import (
    AgendaItem,
    Attendance,
    Delegate,
    Delegation,
    Meeting,
    MeetingStage,
    Resolution,
    ResolutionLine,
)

DAY = dt.date(2019, 11, 6)
MOMENT = dt.datetime(2019, 11, 6, 1, tzinfo=dt.UTC)


def fill_meetings(numbers, members):
    """A meeting for every fiftieth number, the members as its delegations."""
    meetings = Meeting.objects.bulk_create(
        Meeting(body="excom", code=f"crowd-excom-{n}", name_en=f"EXCOM {n}") for n in numbers[::50]
    )
    MeetingStage.objects.bulk_create(
        MeetingStage(meeting=meeting, state=state, starts_on=DAY, host=members[0])
        for meeting in meetings
        for state in ("planned", "held")
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=1, kind="members", title_en="New members")
        for meeting in meetings
    )
    resolutions = Resolution.objects.bulk_create(
        Resolution(
            item=item,
            verdict="approve",
            manner="unanimous",
            resolved_on=DAY,
            effective_on=DAY,
            reference="item 1",
        )
        for item in items
    )
    ResolutionLine.objects.bulk_create(
        ResolutionLine(resolution=resolutions[at // 50], member=member, outcome="approve")
        for at, member in enumerate(members)
    )
    delegations = Delegation.objects.bulk_create(
        Delegation(meeting=meetings[at // 50], member=member, kind="voting")
        for at, member in enumerate(members)
    )
    Delegate.objects.bulk_create(
        Delegate(delegation=each, role="head", name="Ana") for each in delegations
    )
    Attendance.objects.bulk_create(
        Attendance(delegation=each, from_at=MOMENT) for each in delegations
    )
