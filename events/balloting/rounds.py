"""What rounds of voting came to: who is elected so far, who stands next, what is tied."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from events.balloting.tallying import Outcome, find_outcome
from events.models import Candidacy, Election, Round, RoundState, VoteManner


@dataclass(frozen=True)
class RoundResult:
    """A counted round: its outcome, with the candidates themselves."""

    round: Round
    outcome: Outcome
    elected: tuple[Candidacy, ...]
    tied: tuple[Candidacy, ...]


def result_of(row: Round) -> RoundResult:
    """Who a counted round elected."""
    by_code = {each.code: each.candidacy for each in row.candidates.all()}
    if row.manner == VoteManner.ACCLAIM:
        outcome = Outcome(tuple(by_code), (), row.seats - len(by_code), 0)
    else:
        outcome = find_outcome(
            row.count.votes, seats=row.seats, majority=row.count.majority, voters=row.count.voters
        )
    return RoundResult(
        row,
        outcome,
        tuple(by_code[code] for code in outcome.elected),
        tuple(by_code[code] for code in outcome.tied),
    )


def results_of(election: Election) -> list[RoundResult]:
    """The counted rounds of an election, in their order."""
    rows = with_candidates(Round.objects.filter(election=election, state=RoundState.COUNTED))
    return [result_of(row) for row in rows.order_by("number")]


def with_candidates(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Rounds with what their results are read from: the count and the candidates."""
    return rows.select_related("count").prefetch_related(
        "candidates__candidacy__member", "candidates__candidacy__ruling"
    )


def elected_in(election: Election) -> list[Candidacy]:
    """Everybody elected so far, in the order of rounds and votes."""
    return [each for result in results_of(election) for each in result.elected]


def seats_left(election: Election) -> int:
    """How many seats no round has filled."""
    return election.seats - len(elected_in(election))


def candidates_for_next(election: Election) -> list[Candidacy]:
    """Who stands in the next round, by name.

    Everybody in the first; then those who are tied; without a tie all who are not elected.
    """
    results = results_of(election)
    standing = election.candidacies.standing().select_related("member")
    ordered = list(standing.order_by("member__name_en", "pk"))
    if not results:
        return ordered
    if tied := results[-1].tied:
        keys = {each.pk for each in tied}
    else:
        elected = {each.pk for result in results for each in result.elected}
        keys = {each.pk for each in ordered} - elected
    return [each for each in ordered if each.pk in keys]
