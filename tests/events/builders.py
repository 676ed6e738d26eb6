"""Meetings, calls and bids for tests: built row by row, so that a test says all it rests on."""

import datetime as dt

from events.models import (
    Delegate,
    Delegation,
    HostBid,
    HostCall,
    Meeting,
    MeetingStage,
    Session,
    Speaker,
)

ASSEMBLY_DAY = dt.date(2026, 9, 16)


def add_meeting(code="ga-7", body="assembly", *, on=ASSEMBLY_DAY, state="planned", **fields):
    """A meeting with one stage."""
    names = {"ga-7": ("7th General Assembly", "제7차 총회")}
    name_en, name_ko = names.get(code, (code.upper(), ""))
    meeting = Meeting.objects.create(body=body, code=code, name_en=name_en, name_ko=name_ko)
    MeetingStage.objects.create(meeting=meeting, state=state, starts_on=on, ends_on=on, **fields)
    return meeting


def add_host_call(meeting, **fields):
    """The call for bids of the 7th General Assembly, with its public dates (P12)."""
    days = {
        "published_on": dt.date(2025, 12, 8),
        "interest_by": dt.date(2025, 12, 22),
        "deadline_on": dt.date(2026, 1, 14),
        "announced_on": dt.date(2026, 1, 30),
    }
    return HostCall.objects.create(
        meeting=meeting, code=fields.pop("code", f"host-{meeting.code}"), terms_en="A hall", **days
    )


def add_bid(call, member=None, *, submitted=dt.date(2026, 1, 10), **fields):
    """A bid that was handed in."""
    return HostBid.objects.create(
        call=call,
        member=member,
        contact_name="Aigerim",
        contact_email="host@city.example",
        submitted_on=submitted,
        interest_on=fields.pop("interest_on", dt.date(2025, 12, 20)),
        **fields,
    )


def add_delegation(meeting, member=None, *, kind="voting", **fields):
    """An organisation that was invited."""
    return Delegation.objects.create(meeting=meeting, member=member, kind=kind, **fields)


def add_delegate(delegation, name="Lee Dong-hwan", role="head", **fields):
    """Somebody of a delegation."""
    return Delegate.objects.create(delegation=delegation, name=name, role=role, **fields)


def add_session(meeting, title_en="Smart waste", day=ASSEMBLY_DAY, **fields):
    """A session of a meeting."""
    return Session.objects.create(meeting=meeting, day=day, title_en=title_en, **fields)


def add_speaker(session, member=None, name="Ana Cruz", role="presenter", **fields):
    """Somebody who speaks."""
    return Speaker.objects.create(session=session, member=member, name=name, role=role, **fields)
