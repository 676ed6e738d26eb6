"""Who may vote in a meeting on a day (S27, S10, C25): full member cities that have paid enough.

Institutions, companies, associates and observers never do. In the General Assembly every such city
has a vote; in EXCOM those that hold a seat.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dues.standing import standings_of
from events.models import DelegationKind, Meeting
from events.seats import seats_on
from members.models import Body, Kind, Member, Status


class Voter(NamedTuple):
    """A city that is looked at, whether it may vote, and why or why not."""

    member: Member
    may: bool
    why: str


def read_electorate(meeting: Meeting, *, on: dt.date) -> list[Voter]:
    """Every city that could vote in a meeting on a day, with the reason of each answer.

    A constant number of queries.
    """
    asked = find_seated(meeting, on) if meeting.body == Body.EXCOM else find_full_cities(on)
    return [
        Voter(standing.member, standing.voting.is_yes, standing.voting.why)
        for standing in standings_of(asked, on=on)
    ]


def find_voters(meeting: Meeting, *, on: dt.date) -> list[Member]:
    """The cities that may vote in a meeting on a day, by name."""
    return [voter.member for voter in read_electorate(meeting, on=on) if voter.may]


def find_full_cities(on: dt.date) -> list[Member]:
    """Full member cities on a day, by name."""
    cities = Member.objects.standing_alone().with_status(on).filter(kind=Kind.CITY)
    return [city for city in cities if city.status == Status.FULL]  # type: ignore[attr-defined]


def find_seated(meeting: Meeting, on: dt.date) -> list[Member]:
    """The cities that hold a seat in EXCOM on a day.

    Before any term is on record, as for meetings of long ago, those that were invited to vote.
    """
    if seats := seats_on(on):
        return [seat.member for seat in seats]
    seated = Member.objects.standing_alone().filter(
        delegations__meeting=meeting, delegations__kind=DelegationKind.VOTING
    )
    return list(seated)
