import datetime as dt
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.hosting.scores import (
    add_scorer,
    one_place,
    record_scores,
    score_table,
    total_of,
)
from events.hosts import HostChoice, Sitting, decide_host
from events.models import BidCriterion, BidScore
from tests.events.builders import add_bid, add_host_call, add_meeting
from tests.register import add_member

pytestmark = pytest.mark.django_db
AFTER = dt.date(2026, 1, 20)


@pytest.fixture
def call():
    call = add_host_call(add_meeting())
    for position, (name, weight) in enumerate((("Venue", 3), ("Programme", 1)), start=1):
        BidCriterion.objects.create(call=call, position=position, name_en=name, weight=weight)
    return call


@pytest.fixture
def bids(call):
    return [add_bid(call, add_member(name, "KZ")) for name in ("Almaty", "Shymkent", "Turkistan")]


def give(scorer, points, *, on=AFTER):
    """Points by bid, one a criterion."""
    criteria = list(scorer.call.criteria.all())
    marks = {
        (bid.pk, criterion.pk): each
        for bid, given_points in points.items()
        for criterion, each in zip(criteria, given_points, strict=True)
    }
    return record_scores(scorer, marks, on=on, by=None)


def test_the_table_ranks_by_weighted_means_and_shows_the_spread(call, bids):
    almaty, shymkent, turkistan = bids
    kim, ana = add_scorer(call, "Kim Seo-yeon", by=None), add_scorer(call, "Ana Cruz", by=None)

    give(kim, {almaty: (10, 10), shymkent: (8, 4), turkistan: (8, 4)})
    give(ana, {almaty: (6, 2), shymkent: (8, 4), turkistan: (8, 4)})
    first, second, third = score_table(call)

    # Almaty: 100.0 and (3 x 6 + 2) / 4 x 10 = 50.0; the others (3 x 8 + 4) / 4 x 10 = 70.0 twice.
    assert (first.bid, first.rank, first.total, first.spread) == (almaty, 1, 75, "50.0–100.0")
    assert first.means == ["8.0", "6.0"]
    assert [(each.bid, each.rank, each.shown, each.spread) for each in (second, third)] == [
        (shymkent, 2, "70.0", ""),
        (turkistan, 2, "70.0", ""),
    ]


def test_a_bid_that_nobody_scored_in_full_has_no_total_and_stands_last(call, bids):
    scorer = add_scorer(call, "Kim", by=None)
    criterion = call.criteria.first()
    record_scores(scorer, {(bids[0].pk, criterion.pk): 10}, on=AFTER, by=None)
    give(scorer, {bids[2]: (1, 1)})

    table = score_table(call)

    assert [(each.bid, each.rank, each.shown) for each in table] == [
        (bids[2], 1, "10.0"),
        (bids[0], 0, "–"),
        (bids[1], 0, "–"),
    ]


def test_whoever_is_of_a_city_does_not_score_its_bid(call, bids):
    scorer = add_scorer(call, "Aigerim", member=bids[0].member, by=None)

    with pytest.raises(ValidationError, match="is of Almaty"):
        give(scorer, {bids[1]: (5, 5), bids[0]: (10, 10)})

    assert not BidScore.objects.exists()
    assert give(scorer, {bids[1]: (5, 5)}) == 2


def test_bids_are_scored_after_the_deadline_and_before_the_decision(call, bids):
    scorer = add_scorer(call, "Kim", by=None)

    with pytest.raises(ValidationError, match="after 14 Jan 2026"):
        give(scorer, {bids[0]: (5, 5)}, on=dt.date(2026, 1, 14))
    assert give(scorer, {bids[0]: (5, 5)}, on=dt.date(2026, 1, 15)) == 2
    sitting = Sitting("excom", AFTER, "EXCOM 2026")
    decide_host(call.meeting, HostChoice(bids[0]), sitting, on=AFTER, by=None)
    with pytest.raises(ValidationError, match="stay as they are"):
        give(scorer, {bids[0]: (9, 9)}, on=AFTER)

    assert set(BidScore.objects.values_list("points", flat=True)) == {5}


def test_points_go_from_0_to_10_for_bids_of_this_call(call, bids):
    scorer = add_scorer(call, "Kim", by=None)
    other = add_bid(add_host_call(add_meeting("ga-8")), bids[0].member)

    for points in (-1, 11):
        with pytest.raises(ValidationError, match="0 to 10"):
            give(scorer, {bids[0]: (points, 5)})
    with pytest.raises(ValidationError, match="not scored here"):
        give(scorer, {other: (5, 5)})
    with pytest.raises(ValidationError, match="scores already"):
        add_scorer(call, " kim ", by=None)
    with pytest.raises(ValidationError, match="name of the scorer"):
        add_scorer(call, "  ", by=None)
    assert not BidScore.objects.exists()


def test_scoring_again_changes_only_what_differs(call, bids):
    scorer = add_scorer(call, "Kim", by=None)
    give(scorer, {bids[0]: (5, 5)})

    assert give(scorer, {bids[0]: (5, 6)}) == 1
    assert give(scorer, {bids[0]: (5, 6)}) == 0


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 10)), min_size=1, max_size=6))
def test_a_total_lies_between_0_and_100_and_is_100_only_for_tens(lines):
    criteria = [BidCriterion(pk=n, weight=weight) for n, (weight, _points) in enumerate(lines)]
    marks = {n: points for n, (_weight, points) in enumerate(lines)}

    total = total_of(criteria, marks)

    assert min(marks.values()) * 10 <= total <= max(marks.values()) * 10
    assert (total == 100) == (set(marks.values()) == {10})


def test_half_a_tenth_is_rounded_up():
    assert [one_place(Fraction(*each)) for each in ((1, 20), (1, 3), (999, 10))] == [
        "0.1",
        "0.3",
        "99.9",
    ]
