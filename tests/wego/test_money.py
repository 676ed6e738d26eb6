"""Cents in, cents out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wego.money import cents_of, display, plain, short


@pytest.mark.parametrize(
    ("cents", "words", "figures", "brief"),
    [
        (45_010_000, "USD 450,100.00", "450100.00", "USD 450,100"),
        (0, "USD 0.00", "0.00", "USD 0"),
        (5, "USD 0.05", "0.05", "USD 0.05"),
        (-123_456, "USD -1,234.56", "-1234.56", "USD -1,234.56"),
    ],
)
def test_display_plain_short(cents, words, figures, brief):
    assert (display(cents), plain(cents), short(cents)) == (words, figures, brief)


def test_half_a_cent_goes_away_from_zero():
    assert [cents_of(text) for text in ("0.005", "-0.005", "1.004", 7)] == [1, -1, 100, 700]


@given(st.integers(-(10**12), 10**12))
def test_plain_reads_back(cents):
    assert cents_of(plain(cents)) == cents
