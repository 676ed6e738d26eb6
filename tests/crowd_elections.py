"""Terms and elections by the hundred, for the tests of lists."""

import datetime as dt

from events.models import (
    Candidacy,
    Election,
    ElectionCall,
    Meeting,
    MeetingStage,
    OfficeHolder,
    Term,
    ViceNomination,
    Voter,
)

DAY = dt.date(2026, 10, 15)
SOME = 50


def fill_elections(members, first):
    """A term, a head and a nomination for every fiftieth member; an Assembly with its election."""
    some = members[::SOME]
    Term.objects.bulk_create(
        Term(office="excom", member=each, starts_on=DAY, ends_on="2028-12-31", basis="recorded")
        for each in some
    )
    OfficeHolder.objects.bulk_create(
        OfficeHolder(member=each, person_en="Mayor", since_on="2020-01-01") for each in some
    )
    ViceNomination.objects.bulk_create(
        ViceNomination(member=each, nominated_on=DAY, reference="item 4") for each in some
    )
    meeting = Meeting.objects.create(body="assembly", code=f"crowd-{first}", name_en="Assembly")
    MeetingStage.objects.create(meeting=meeting, state="called", starts_on=DAY, ends_on=DAY)
    call = ElectionCall.objects.create(
        meeting=meeting, called_on=dt.date(2026, 8, 1), record_on=dt.date(2026, 9, 30)
    )
    election = Election.objects.create(call=call, office="excom", seats=3)
    Voter.objects.bulk_create(
        Voter(call=call, member=each, may_vote=True, why_en="Paid", why_ko="Paid")
        for each in members
    )
    Candidacy.objects.bulk_create(
        Candidacy(
            election=election,
            member=each,
            received_on="2026-09-01",
            came_by="letter",
            deadline_on="2026-09-15",
            is_late=False,
            is_eligible=True,
            status="full",
            reason_en="Paid",
            reason_ko="Paid",
        )
        for each in some
    )
