"""Where an election stands, and what is done next: its page, and the portal's, read from here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Count, Q

from events.balloting.calling import day_in
from events.balloting.rounds import RoundResult, result_of, with_candidates
from events.elections import candidacy_deadline
from events.models import (
    Candidacy,
    Election,
    ElectionConfirmation,
    MeetingStage,
    Round,
    RoundState,
    Voter,
)


class Stage(IntEnum):
    """How far an election is; each is a step of its page."""

    CANDIDACIES = 1
    VOTERS = 2
    VOTING = 3
    RESULT = 4
    DONE = 5


@dataclass(frozen=True)
class Progress:
    """An election on a day: its dates, who stands, who votes, its rounds, what is left."""

    election: Election
    on: dt.date
    day: dt.date | None
    deadline: dt.date | None
    candidacies: list[Candidacy]
    voters: int
    may_vote: int
    rounds: list[Round]
    results: list[RoundResult]
    left: int
    confirmation: ElectionConfirmation | None

    @property
    def is_open(self) -> bool:
        """Whether a notice of today would be in time."""
        return bool(self.deadline and self.on <= self.deadline)

    @property
    def standing(self) -> list[Candidacy]:
        """Who stands."""
        return [each for each in self.candidacies if state_of(each) == "stands"]

    @property
    def under_way(self) -> Round | None:
        """The round that is prepared or open."""
        ready = (RoundState.PREPARED, RoundState.OPEN)
        return next((row for row in self.rounds if row.state in ready), None)

    @property
    def elected(self) -> list[Candidacy]:
        """Who is elected so far."""
        return [each for result in self.results for each in result.elected]

    @property
    def stage(self) -> Stage:
        """The step that waits."""
        if self.confirmation:
            return Stage.DONE
        if not self.voters:
            return Stage.CANDIDACIES if self.is_open else Stage.VOTERS
        if self.under_way or not self.results or not self.elected:
            return Stage.VOTING
        return Stage.RESULT


def state_of(candidacy: Candidacy) -> str:
    """`stands`, `withdrawn`, or `refused`."""
    if hasattr(candidacy, "withdrawal"):
        return "withdrawn"
    sound = candidacy.is_eligible and not candidacy.is_late
    return "stands" if sound or hasattr(candidacy, "ruling") else "refused"


def read_progress(election: Election, on: dt.date) -> Progress:
    """Everything of one election, in a constant number of queries."""
    return read_all([election], on)[0]


def read_all(elections: Sequence[Election], on: dt.date) -> list[Progress]:
    """Everything of each election, in a constant number of queries for all of them."""
    days = days_of(elections)
    candidacies = candidacies_of(elections)
    voters = voters_of(elections)
    rounds = rounds_of(elections)
    confirmations = ElectionConfirmation.objects.filter(election__in=elections)
    confirmed = {row.election_id: row for row in confirmations.select_related("recorded_by")}
    found = []
    for election in elections:
        day, own = days.get(election.call.meeting_id), rounds[election.pk]
        results = [result_of(row) for row in own if row.state == RoundState.COUNTED]
        listed, may_vote = voters.get(election.call_id, (0, 0))
        found.append(
            Progress(
                election=election,
                on=on,
                day=day,
                deadline=candidacy_deadline(day) if day else None,
                candidacies=candidacies[election.pk],
                voters=listed,
                may_vote=may_vote,
                rounds=own,
                results=results,
                left=election.seats - sum(len(result.elected) for result in results),
                confirmation=confirmed.get(election.pk),
            )
        )
    return found


def days_of(elections: Sequence[Election]) -> dict[int, dt.date | None]:
    """The day of each Assembly, as its last stage says, by meeting."""
    meetings = {election.call.meeting_id for election in elections}
    stages = MeetingStage.objects.filter(meeting__in=meetings).order_by("pk")
    return {stage.meeting_id: day_in(stage) for stage in stages}


def candidacies_of(elections: Sequence[Election]) -> dict[int, list[Candidacy]]:
    """The notices in the order in which they came, by election."""
    rows = Candidacy.objects.filter(election__in=elections)
    found: dict[int, list[Candidacy]] = defaultdict(list)
    for row in rows.select_related("member", "ruling", "withdrawal").order_by("received_on", "pk"):
        found[row.election_id].append(row)
    return found


def voters_of(elections: Sequence[Election]) -> dict[int, tuple[int, int]]:
    """How many cities are on the list of voters, and how many of them may vote, by call."""
    rows = Voter.objects.filter(call__in={election.call_id for election in elections})
    counts = (
        rows.order_by()
        .values("call")
        .annotate(listed=Count("pk"), voting=Count("pk", filter=Q(may_vote=True)))
    )
    return {row["call"]: (row["listed"], row["voting"]) for row in counts}


def rounds_of(elections: Sequence[Election]) -> dict[int, list[Round]]:
    """The rounds in their order, with candidates, count and how many have voted, by election."""
    rows = with_candidates(Round.objects.filter(election__in=elections))
    found: dict[int, list[Round]] = defaultdict(list)
    for row in rows.annotate(voted=Count("turnout")).order_by("number"):
        found[row.election_id].append(row)
    return found
