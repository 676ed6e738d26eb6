"""Scoring the bids of a call: each scorer gives each bid 0 to 10 points by each criterion.

Scores inform EXCOM; they decide nothing. Whoever is of a bidding city does not score its bid.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.hosting.bids import say
from events.hosting.calls import CallState, lock_call, state_of
from events.models import BidCriterion, BidScore, BidScorer, HostBid, HostCall
from members.models import Member, User
from wego import audit

MOST_POINTS = 10
Marks = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class ScoredBid:
    """A bid with what it got: per criterion the mean of the points, and in all 0 to 100.

    `lowest` and `highest` are the totals of single scorers, which shows how far they are apart.
    """

    bid: HostBid
    rank: int
    total: Fraction | None
    by_criterion: tuple[Fraction | None, ...]
    lowest: Fraction | None
    highest: Fraction | None
    scorers: int

    @property
    def shown(self) -> str:
        """The total with one place: `87.5`."""
        return one_place(self.total)

    @property
    def means(self) -> list[str]:
        """The mean of each criterion with one place."""
        return [one_place(mean) for mean in self.by_criterion]

    @property
    def spread(self) -> str:
        """`62.0-91.5` where scorers differ, "" where they do not."""
        if self.lowest is None or self.lowest == self.highest:
            return ""
        return f"{one_place(self.lowest)}–{one_place(self.highest)}"


def one_place(value: Fraction | None) -> str:
    """A figure with one place, half away from zero; nothing as a dash."""
    if value is None:
        return "–"
    tenths = int(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


@transaction.atomic
def add_scorer(
    call: HostCall, full_name: str, *, member: Member | None = None, by: User | None
) -> BidScorer:
    """Somebody scores the bids of a call; of which city, if of one.

    Raises:
        ValidationError: no name, or somebody of that name scores already.
    """
    locked, name = lock_call(call), " ".join(full_name.split())
    if not name:
        raise ValidationError({"full_name": _("Enter the name of the scorer.")})
    if locked.scorers.filter(full_name__iexact=name).exists():
        raise ValidationError({"full_name": _("%(name)s scores already.") % {"name": name}})
    scorer = BidScorer.objects.create(call=locked, full_name=name, member=member)
    audit.record_act("host bid.scorer", by=by, subject=scorer)
    return scorer


@transaction.atomic
def record_scores(scorer: BidScorer, marks: Marks, *, on: dt.date, by: User | None) -> int:
    """Keep what a scorer gave, by (bid, criterion); returns how many points changed.

    Raises:
        ValidationError: before the deadline or after the decision, a bid of the scorer's own city,
            no bid or criterion of this call, or points beyond 0 to 10.
    """
    call = lock_call(scorer.call)
    refuse_scoring(call, on)
    bids = {bid.pk: bid for bid in standing_bids(call)}
    criteria = {each.pk for each in call.criteria.all()}
    for (bid, criterion), points in marks.items():
        if bid not in bids or criterion not in criteria:
            raise ValidationError(_("This bid is not scored here."), code="other_call")
        refuse_mark(scorer, bids[bid], points)
    known = {(each.bid_id, each.criterion_id): each.points for each in scorer.scores.all()}
    changed = {key: points for key, points in marks.items() if known.get(key) != points}
    for (bid, criterion), points in changed.items():
        BidScore.objects.update_or_create(
            scorer=scorer, bid_id=bid, criterion_id=criterion, defaults={"points": points}
        )
    if changed:
        audit.record_act("host bid.scored", by=by, subject=scorer, facts={"points": len(changed)})
    return len(changed)


def refuse_scoring(call: HostCall, on: dt.date) -> None:
    """Bids are scored between the deadline and the decision.

    Raises:
        ValidationError: not now.
    """
    state = state_of(call, on=on)
    if state == CallState.DECIDED:
        raise ValidationError(
            _("A host was decided: the scores it rested on stay as they are."), code="decided"
        )
    if state != CallState.CLOSED:
        raise ValidationError(
            _("Bids are scored after %(day)s, when no other can come.")
            % {"day": say(call.deadline_on)},
            code="open_call",
        )


def refuse_mark(scorer: BidScorer, bid: HostBid, points: int) -> None:
    """Points are 0 to 10, and not for one's own city.

    Raises:
        ValidationError: they are not.
    """
    if scorer.member_id and scorer.member_id == bid.member_id:
        raise ValidationError(
            _("%(scorer)s is of %(city)s and does not score its bid.")
            % {"scorer": scorer, "city": bid},
            code="own_city",
        )
    if not 0 <= points <= MOST_POINTS:
        raise ValidationError(_("Points go from 0 to 10."), code="points")


def standing_bids(call: HostCall) -> list[HostBid]:
    """Bids that were handed in and not withdrawn, by name."""
    bids = call.bids.filter(submitted_on__isnull=False, withdrawn_on__isnull=True)
    return sorted(bids.select_related("member"), key=lambda bid: (bid.city, bid.pk))


def score_table(call: HostCall) -> list[ScoredBid]:
    """The bids of a call with their scores, the best first; equal totals share a rank."""
    criteria = list(call.criteria.all())
    points: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for score in BidScore.objects.filter(scorer__call=call):
        points[score.bid_id][score.scorer_id][score.criterion_id] = score.points
    lines = [score_bid(bid, criteria, points[bid.pk]) for bid in standing_bids(call)]
    totals = [line.total for line in lines if line.total is not None]
    ranked = [
        ScoredBid(**{**vars(line), "rank": 1 + sum(other > line.total for other in totals)})
        if line.total is not None
        else line
        for line in lines
    ]
    return sorted(ranked, key=lambda line: (line.rank == 0, line.rank, line.bid.city))


def score_bid(
    bid: HostBid, criteria: list[BidCriterion], given: Mapping[int, Mapping[int, int]]
) -> ScoredBid:
    """One bid's means and totals; only scorers who gave points by every criterion count in all."""
    full = [marks for marks in given.values() if len(marks) == len(criteria)]
    totals = [total_of(criteria, marks) for marks in full]
    return ScoredBid(
        bid=bid,
        rank=0,
        total=mean(totals),
        by_criterion=tuple(
            mean([Fraction(marks[each.pk]) for marks in given.values() if each.pk in marks])
            for each in criteria
        ),
        lowest=min(totals, default=None),
        highest=max(totals, default=None),
        scorers=len(full),
    )


def total_of(criteria: list[BidCriterion], marks: Mapping[int, int]) -> Fraction:
    """What one scorer gave in all: 0 to 100, each criterion by its weight."""
    weights = sum(each.weight for each in criteria)
    earned = sum(each.weight * marks[each.pk] for each in criteria)
    return Fraction(earned * 100, weights * MOST_POINTS)


def mean(values: list[Fraction]) -> Fraction | None:
    """The mean of some figures; None of none."""
    return sum(values, Fraction(0)) / len(values) if values else None
