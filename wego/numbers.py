"""Figures as people type them, read strictly: a doubtful figure is refused, never guessed."""

import re
import unicodedata
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wego.money import cents_of

# 10349312, 10,349,312 or 999.99; no sign but a minus, no exponent, ASCII digits.
FIGURE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,12})?")


# Eighteen digits fit the widest key of either database.
LONGEST_KEY = 18


def read_key(text: str) -> int:
    """The key of a row as a page sends it; 0, which no row has, for anything else."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if plain else 0


def parse_figure(text: str) -> Decimal:
    """The figure a text names; negative ones are read, so that a rule can say why it refuses.

    Raises:
        ValidationError: the text is no plain number.
    """
    stripped = text.strip()
    if not FIGURE.fullmatch(stripped):
        raise ValidationError(
            _("“%(text)s” is not a number: write it like 10349312 or 999.99.")
            % {"text": stripped[:40]},
            code="no_number",
        )
    return Decimal(stripped.replace(",", ""))


# USD 4,500.00, $4500, 4 500.00 USD; the dollars may have separators, cents are two places or none.
DOLLARS = re.compile(
    r"(?:USD|US\$|\$)?\s?([0-9][0-9.,' ]*[0-9]|[0-9])\s?(?:USD|US\$|\$)?", re.IGNORECASE
)
GROUPED = re.compile(r"[0-9]{1,3}(?:[,' ][0-9]{3})+")
PLAIN = re.compile(r"[0-9]+")
LONGEST_AMOUNT = 24


def parse_cents(text: str) -> int:
    """The cents of an amount in US dollars as people write it: `4,500.00`, `4500`, `USD 4,500`.

    What can be read in two ways, such as `4.500,00`, is asked back and never guessed.

    Raises:
        ValidationError: no amount, another currency, or two ways to read it.
    """
    stripped = unicodedata.normalize("NFKC", text).strip()
    match = DOLLARS.fullmatch(stripped)
    if not match or len(stripped) > LONGEST_AMOUNT:
        raise ValidationError(
            _("“%(text)s” is not an amount in US dollars: write it like 4,500.00 or 4500.")
            % {"text": stripped[:40]},
            code="no_amount",
        )
    whole, point, places = match[1].partition(".")
    if not (GROUPED.fullmatch(whole) or PLAIN.fullmatch(whole)) or (
        point and not re.fullmatch(r"[0-9]{1,2}", places)
    ):
        raise ValidationError(
            _("“%(text)s” can be read in two ways: write a point before the cents, like 4,500.00.")
            % {"text": stripped[:40]},
            code="two_ways",
        )
    return cents_of(re.sub(r"[,' ]", "", whole) + (f".{places}" if point else ""))
