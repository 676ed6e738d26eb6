"""Rows around meetings by the hundred, for the lists that ask equally often of any register."""

import datetime as dt

from events.models import (
    HostBid,
    HostCall,
    Meeting,
    MeetingStage,
    Session,
    Speaker,
    SupportRequest,
    SupportStep,
)

DAY = dt.date(2019, 12, 31)
EVERY = 20


def fill_around(numbers, members):
    """A request for support a member, and a meeting with a call and a bid every twenty."""
    chosen = list(zip(numbers, members, strict=True))[::EVERY]
    meetings = Meeting.objects.bulk_create(
        Meeting(body="excom", code=f"filled-{n}", name_en=f"EXCOM {n}") for n, _member in chosen
    )
    MeetingStage.objects.bulk_create(
        MeetingStage(meeting=each, state="held", starts_on=DAY, ends_on=DAY) for each in meetings
    )
    calls = HostCall.objects.bulk_create(
        HostCall(meeting=each, code=each.code, published_on=DAY, deadline_on=DAY, terms_en="x")
        for each in meetings
    )
    HostBid.objects.bulk_create(
        HostBid(
            call=call, member=member, contact_name="x", contact_email="x@x.kr", submitted_on=DAY
        )
        for call, (_n, member) in zip(calls, chosen, strict=True)
    )
    sessions = Session.objects.bulk_create(
        Session(meeting=each, day=DAY, title_en="Session") for each in meetings
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(session=sessions[place // EVERY], role="presenter", name=f"S {n}", member=member)
        for place, (n, member) in enumerate(zip(numbers, members, strict=True))
    )
    asked = SupportRequest.objects.bulk_create(
        SupportRequest(
            speaker=each,
            travel_from="x",
            arrives_on=DAY,
            leaves_on=DAY,
            wants_lodging=True,
            requested_on=DAY,
        )
        for each in speakers
    )
    SupportStep.objects.bulk_create(
        SupportStep(request=each, state="requested", on=DAY) for each in asked
    )
