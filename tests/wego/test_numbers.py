"""Figures as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from wego.numbers import parse_cents, parse_figure, read_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("-1", 0),
        ("７", 0),
        ("", 0),
    ],
)
def test_a_key_is_one_a_row_can_have_or_none(text, key):
    assert read_key(text) == key


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("10349312", Decimal(10349312)),
        (" 10,349,312 ", Decimal(10349312)),
        ("999.99", Decimal("999.99")),
        ("-5", Decimal(-5)),
        ("0", Decimal(0)),
        ("1,000.5", Decimal("1000.5")),
    ],
)
def test_plain_figures_are_read(text, figure):
    assert parse_figure(text) == figure


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "nan", "inf", "1e3", "1_000", "１２", "1,00", ",100", "1.", ".5", "+5"),
        *("5 000", "0x1f", "5\x00", "--5", "9" * 16, "1.5.2"),
    ],
)
def test_anything_doubtful_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        parse_figure(text)

    assert refusal.value.code == "no_number"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("4,500.00", 450_000),
        ("4500", 450_000),
        ("4500.5", 450_050),
        ("USD 4,500", 450_000),
        ("usd4500", 450_000),
        ("$4,500.25", 450_025),
        ("US$ 12", 1_200),
        ("4 500.00 USD", 450_000),
        ("4'500", 450_000),
        ("1,234,567.89", 123_456_789),
        ("0.01", 1),
        (" 7 ", 700),
        ("４，５００", 450_000),
    ],
)
def test_an_amount_is_read_to_the_cent(typed, cents):
    assert parse_cents(typed) == cents


@pytest.mark.parametrize("typed", ["USD 4.500,00", "4.500", "4,50", "1.234.567", "12,34,567"])
def test_an_amount_that_can_be_two_is_asked_back(typed):
    with pytest.raises(ValidationError, match="read in two ways") as refusal:
        parse_cents(typed)

    assert refusal.value.code == "two_ways"


@pytest.mark.parametrize(
    "typed", ["", "EUR 100", "-5", "1e3", "abc", "4,500.00 EUR", "٤٥", "9" * 30]
)
def test_what_is_no_amount_in_dollars_is_refused(typed):
    with pytest.raises(ValidationError, match="not an amount in US dollars") as refusal:
        parse_cents(typed)

    assert refusal.value.code == "no_amount"
