"""Elections as one member sees them: may we stand, may we vote, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from dues.standing import Answer, Standing, standing_of
from events.balloting.overview import Progress, read_all, state_of
from events.models import (
    Candidacy,
    Election,
    Proxy,
    Round,
    RoundState,
    Turnout,
    VoteManner,
    Voter,
)
from events.models.delegations import ProxyQuerySet
from members.models import Kind, Member

MOST = 20


@dataclass(frozen=True)
class OwnElection:
    """One election, and where the member stands in it."""

    progress: Progress
    candidacy: Candidacy | None
    state: str

    @property
    def may_give_notice(self) -> bool:
        """Whether there is anything to send: nothing stands, and no ballot is made."""
        made = [row for row in self.progress.rounds if row.state != RoundState.VOID]
        return self.state != "stands" and not made and not self.progress.confirmation


@dataclass(frozen=True)
class OpenBallot:
    """A round that is open, and whether a city has voted in it.

    `proxy` says who votes for the city in its place (S30): the member that looks, or, of the
    member's own ballot, another.
    """

    round: Round
    city: Member
    voter: Voter | None
    voted: bool
    proxy: Proxy | None = None
    is_own: bool = True

    @property
    def is_given_away(self) -> bool:
        """Whether it is the member's own ballot, and another city casts it."""
        return self.is_own and self.proxy is not None

    @property
    def may_vote(self) -> bool:
        """Whether a ballot waits for the member that looks."""
        ready = bool(self.voter and self.voter.may_vote and not self.voted)
        return ready and not self.is_given_away


def elections_of(member: Member, on: dt.date) -> list[OwnElection]:
    """The latest elections with the member's own candidacies, the newest first.

    A constant number of queries, however many there are.
    """
    rows = Election.objects.select_related("call__meeting").order_by("-call_id", "pk")[:MOST]
    found = []
    for progress in read_all(list(rows), on):
        own = [each for each in progress.candidacies if each.member_id == member.pk]
        latest = own[-1] if own else None
        found.append(OwnElection(progress, latest, state_of(latest) if latest else ""))
    return found


def open_ballots(member: Member) -> list[OpenBallot]:
    """The ballots of open electronic rounds a member may look at: its own, then those it holds.

    At most four queries.
    """
    rows = Round.objects.filter(state=RoundState.OPEN, manner=VoteManner.ELECTRONIC)
    rounds = list(rows.select_related("election__call__meeting").order_by("pk"))
    if not rounds:
        return []
    meetings = {row.election.call.meeting_id for row in rounds}
    proxies = list(proxies_of(member).filter(meeting__in=meetings))
    cities = {member, *(each.giver.member for each in proxies)}
    lines = {
        (line.call_id, line.member_id): line
        for line in Voter.objects.filter(
            call__in={row.election.call_id for row in rounds}, member__in=cities
        )
    }
    cast = set(
        Turnout.objects.filter(round__in=rounds, member__in=cities).values_list("round", "member")
    )

    def ballot(row: Round, city: Member, proxy: Proxy | None, *, is_own: bool) -> OpenBallot:
        line = lines.get((row.election.call_id, city.pk))
        return OpenBallot(row, city, line, (row.pk, city.pk) in cast, proxy, is_own)

    found = []
    for row in rounds:
        here = [each for each in proxies if each.meeting_id == row.election.call.meeting_id]
        given = next((each for each in here if each.giver.member_id == member.pk), None)
        found.append(ballot(row, member, given, is_own=True))
        found += [
            ballot(row, each.giver.member, each, is_own=False)
            for each in here
            if each.giver.member and each is not given
        ]
    return found


def proxies_of(member: Member) -> ProxyQuerySet:
    """Standing proxies a member gave or holds, with both cities."""
    rows = Proxy.objects.standing().filter(Q(giver__member=member) | Q(holder__member=member))
    return rows.select_related("giver__member", "holder__member").order_by("pk")


def eligibility(member: Member, on: dt.date) -> Answer:
    """Whether the member could stand by a notice of this day, and why."""
    standing: Standing = standing_of(member, on=on)
    return standing.candidacy


def takes_part(member: Member) -> bool:
    """Whether a member is of the kind that elects and is elected (S27)."""
    return member.kind == Kind.CITY
