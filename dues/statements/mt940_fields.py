"""SWIFT MT940 as fields: a tag, its lines, and the line of the file where it begins."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import cents_exactly, exact_figure, no_amount
from dues.statements.lines import Balance
from dues.statements.sizes import LONGEST_LINE, MOST_LINES_OF_TEXT, refuse_line

# Only these begin a field: a text may have a line that begins with another ":12:".
TAG = re.compile(r":(13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65F?|86|90[CD]|NS|940):(.*)")
NEWLINE = re.compile(r"\r\n|\r|\n")
# The end of a message, the envelope of the next.
BETWEEN = re.compile(r"-(?:\}.*)?\s*|\{.*")
BALANCE = re.compile(r"([CDcd])([0-9]{6})([A-Z]{3})?([0-9.,]+)\s*")
# A comma is the rule; a point is read where it cannot part thousands.
AMOUNT = re.compile(r"[0-9]+,[0-9]*|[0-9]+\.[0-9]{0,2}")
# SWIFT's two digits of a year: 80 to 99 are of the last century.
CENTURY_TURNS = 80


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `lines` are as the bank broke them."""

    tag: str
    lines: list[str]
    position: int

    @property
    def place(self) -> str:
        """`Line 12 (:61:)`: where to look in the file."""
        return _("Line %(line)s (:%(tag)s:)") % {"line": self.position, "tag": self.tag}

    @property
    def head(self) -> str:
        """The first line, trimmed."""
        return self.lines[0].strip()


def split_fields(text: str) -> Iterator[Field]:
    """The fields of all messages in a file; envelopes and headlines belong to none.

    Raises:
        ValidationError: a line or a text beyond what a bank writes.
    """
    field: Field | None = None
    for position, line in enumerate(NEWLINE.split(text), start=1):
        if len(line) > LONGEST_LINE or (field and len(field.lines) > MOST_LINES_OF_TEXT):
            raise refuse_line(position)
        inside = line.rpartition("{4:")[2] if line.startswith("{") else line
        found = TAG.fullmatch(inside)
        if found:
            if field:
                yield field
            field = Field(found[1], [found[2].rstrip("\r\n")], position)
        elif BETWEEN.fullmatch(line):
            if field:
                yield field
            field = None
        elif field:
            field.lines.append(line.rstrip("\r\n"))
    if field:
        yield field


def read_day(digits: str, *, place: str) -> dt.date:
    """The day YYMMDD.

    Raises:
        ValidationError: there is no such day.
    """
    try:
        year = int(digits[:2])
        century = 1900 if year >= CENTURY_TURNS else 2000
        return dt.date(century + year, int(digits[2:4]), int(digits[4:6]))
    except ValueError as error:
        raise no_day(digits, place) from error


def read_entry_day(digits: str, near: dt.date, *, place: str) -> dt.date:
    """The day MMDD in the year that brings it nearest to the value date.

    Raises:
        ValidationError: there is no such day.
    """
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(dt.date(year, int(digits[:2]), int(digits[2:])))
        except ValueError:
            continue
    if not days:
        raise no_day(digits, place)
    return min(days, key=lambda day: abs(day - near))


def no_day(digits: str, place: str) -> ValidationError:
    """A day no calendar has, such as 30 February."""
    return ValidationError(
        _("%(place)s: there is no day %(digits)s. Ask the bank, and correct it in the file.")
        % {"place": place, "digits": digits},
        code="date",
    )


def read_figure(text: str, *, place: str) -> Decimal:
    """The figure `1234,56`.

    Raises:
        ValidationError: anything else.
    """
    if AMOUNT.fullmatch(text) is None:
        raise no_amount(text, place=place)
    return exact_figure(text.replace(",", "."), place=place)


def currency_in(field: Field | None) -> str:
    """The currency of a balance; "" when it has none."""
    found = BALANCE.fullmatch(field.lines[0]) if field else None
    return (found[3] or "") if found else ""


def read_balance(field: Field, currency: str) -> Balance:
    """The balance of a field such as `C200302USD12000,00`, in the currency of the account.

    Raises:
        ValidationError: it is none, or in another currency.
    """
    found = BALANCE.fullmatch(field.lines[0])
    if found is None or not currency:
        raise ValidationError(
            _(
                "%(place)s: “%(text)s” is no balance such as C200302USD12000,00."
                " Ask the bank for the file again."
            )
            % {"place": field.place, "text": field.head[:40]},
            code="balance",
        )
    mark, day, own_currency, amount = found.groups()
    if (own_currency or currency) != currency:
        raise ValidationError(
            _("%(place)s: the statement opens in %(one)s and closes in %(two)s.")
            % {"place": field.place, "one": currency, "two": own_currency},
            code="currency",
        )
    figure = read_figure(amount, place=field.place)
    cents = cents_exactly(figure, currency, place=field.place)
    on = read_day(day, place=field.place)
    return Balance(cents if mark in "Cc" else -cents, on)
