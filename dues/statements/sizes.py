"""What a bank's file can be at most; more is a mistake, or meant to harm (S7)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 10 * 1024 * 1024
MOST_LINES = 500_000
MOST_MOVEMENTS = 10_000
# Of text, and of a text that a bank broke into lines.
LONGEST_LINE = 20_000
MOST_LINES_OF_TEXT = 500


def refuse_many() -> ValidationError:
    """More movements than a statement has."""
    return ValidationError(
        _("The file holds more than %(most)s payments. Ask the bank for shorter periods.")
        % {"most": MOST_MOVEMENTS},
        code="size",
    )


def refuse_line(number: int) -> ValidationError:
    """A line, or a text over many, beyond what a bank writes."""
    return ValidationError(
        _("Line %(line)s is longer than a line of a bank's file can be.") % {"line": number},
        code="size",
    )
