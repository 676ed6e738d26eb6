"""A fee lowered by decision: net = fee less reduction, never below zero (S17)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dues.assessment import BLOCKED, NOT_DUE, PRICED, Assessment, lower
from dues.fees import Cell
from dues.lowering import Lowering

FEES = st.integers(min_value=1, max_value=10_000_000)


def lowering(cents=None, percent=None):
    return Lowering(1, cents, percent, "Earthquake", dt.date(2015, 5, 4), "EXCOM", "EXCOM 2015, 3")


def priced(cents, months=12):
    cell = Cell(row=0, column=0, row_band=None, column_band=(0, None), amount_cents=cents)
    return Assessment(PRICED, cell=cell, months=months)


@given(FEES, st.integers(min_value=1, max_value=100), st.integers(min_value=1, max_value=12))
def test_per_cent_leaves_fee_less_reduction(fee, percent, months):
    found = lower(priced(fee, months), lowering(percent=percent))

    assert found.amount_cents == found.fee_cents - found.off_cents
    assert 0 <= found.amount_cents <= found.fee_cents == fee * months // 12
    assert abs(found.off_cents * 100 - found.fee_cents * percent) <= 50
    assert (found.outcome == NOT_DUE) == (found.amount_cents == 0)


@given(FEES, FEES)
def test_an_amount_is_taken_off_as_far_as_there_is_a_fee(fee, off):
    found = lower(priced(fee), lowering(cents=off))

    assert found.off_cents == min(fee, off)
    assert found.amount_cents == max(fee - off, 0)
    assert found.reason == ("waived" if off >= fee else "")


@pytest.mark.parametrize(
    ("fee", "percent", "off"),
    [
        (125_000, 50, 62_500),
        (40_000, 33, 13_200),
        (101, 50, 51),
        (1, 1, 0),
        (850_000, 100, 850_000),
    ],
)
def test_half_a_cent_counts_whole(fee, percent, off):
    assert lowering(percent=percent).off(fee) == off


def test_a_waiver_of_all_needs_no_figure_and_a_smaller_one_waits_for_it():
    missing = Assessment(BLOCKED, "population_missing")

    whole, half = (lower(missing, lowering(percent=percent)) for percent in (100, 50))

    assert (whole.outcome, whole.reason, whole.amount_cents) == (NOT_DUE, "waived", 0)
    assert (half.outcome, half.reason) == (BLOCKED, "population_missing")


def test_what_is_not_due_stays_so_for_its_own_reason():
    associate = Assessment(NOT_DUE, "associate")

    assert lower(associate, lowering(percent=100)) == associate
    assert lower(priced(100), None) == priced(100)
