"""Whether enough voters are there (S28): counted live, each city once (S27, S30)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from events.meetings.electorate import Voter, read_electorate
from events.meetings.majorities import quorum_of
from events.models import Attendance, Meeting, Proxy
from events.policies import MeetingPolicies
from members.models import Member


@dataclass(frozen=True)
class Quorum:
    """The voters of a moment: who is entitled, who is there, who is represented and by whom."""

    voters: list[Voter]
    present: list[Member]
    by_proxy: dict[Member, Member] = field(default_factory=dict)
    needed: int = 1

    @property
    def entitled(self) -> int:
        """How many have a vote."""
        return sum(voter.may for voter in self.voters)

    @property
    def represented(self) -> int:
        """How many are there or represented, each city once."""
        return len(self.present) + len(self.by_proxy)

    @property
    def held(self) -> bool:
        """Whether they are enough."""
        return self.represented >= self.needed

    @property
    def missing(self) -> int:
        """How many more it takes."""
        return max(0, self.needed - self.represented)

    @property
    def may_cast(self) -> list[Member]:
        """The cities whose vote can be given now, by name."""
        return sorted([*self.present, *self.by_proxy], key=lambda member: member.name_en)

    @property
    def seats(self) -> list[tuple[Member, str]]:
        """Every voter by name, and whether it is `present`, represented by `proxy` or `away`."""
        there = dict.fromkeys(self.present, "present")
        there |= dict.fromkeys(self.by_proxy, "proxy")
        voters = [voter.member for voter in self.voters if voter.may]
        return [(member, there.get(member, "away")) for member in voters]


def count_quorum(meeting: Meeting, *, on: dt.date, policies: MeetingPolicies) -> Quorum:
    """Who is there now, as the voters of a day; a constant number of queries.

    A proxy counts while the city that holds it is there and the one that gave it is not; both must
    have a vote.
    """
    voters = read_electorate(meeting, on=on)
    entitled = {voter.member.pk: voter.member for voter in voters if voter.may}
    there = Attendance.objects.in_the_room().filter(delegation__meeting=meeting)
    present = set(there.values_list("delegation__member", flat=True)) & entitled.keys()
    pairs = (
        Proxy.objects.standing()
        .filter(meeting=meeting)
        .order_by("pk")
        .values_list("giver__member", "holder__member")
    )
    return Quorum(
        voters,
        [entitled[key] for key in entitled if key in present],
        {
            entitled[giver]: entitled[holder]
            for giver, holder in pairs
            if giver in entitled and giver not in present and holder in present
        },
        needed=quorum_of(len(entitled), policies),
    )
