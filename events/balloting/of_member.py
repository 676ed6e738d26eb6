"""Elections as one member sees them: may we stand, may we vote, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dues.standing import Answer, Standing, standing_of
from events.balloting.overview import Progress, read_all, state_of
from events.models import Candidacy, Election, Round, RoundState, Turnout, VoteManner, Voter
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
    """A round that is open, and whether the member has voted in it."""

    round: Round
    voter: Voter | None
    voted: bool

    @property
    def may_vote(self) -> bool:
        """Whether a ballot waits."""
        return bool(self.voter and self.voter.may_vote and not self.voted)


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
    """The electronic rounds that are open, for a member; at most three queries."""
    rows = Round.objects.filter(state=RoundState.OPEN, manner=VoteManner.ELECTRONIC)
    rounds = list(rows.select_related("election__call__meeting").order_by("pk"))
    if not rounds:
        return []
    calls = {row.election.call_id for row in rounds}
    lines = {line.call_id: line for line in Voter.objects.filter(call__in=calls, member=member)}
    cast = set(
        Turnout.objects.filter(round__in=rounds, member=member).values_list("round", flat=True)
    )
    return [OpenBallot(row, lines.get(row.election.call_id), row.pk in cast) for row in rounds]


def eligibility(member: Member, on: dt.date) -> Answer:
    """Whether the member could stand by a notice of this day, and why."""
    standing: Standing = standing_of(member, on=on)
    return standing.candidacy


def takes_part(member: Member) -> bool:
    """Whether a member is of the kind that elects and is elected (S27)."""
    return member.kind == Kind.CITY
