"""Figures as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from wego.numbers import parse_figure


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
