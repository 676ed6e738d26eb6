"""Figures as people type them, read strictly: a doubtful figure is refused, never guessed."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# 10349312, 10,349,312 or 999.99; no sign but a minus, no exponent, ASCII digits.
FIGURE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,12})?")


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
