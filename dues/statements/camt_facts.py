"""Amounts, days and places as camt.053 writes them; each refusal names its line and element."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import cents_exactly, check_currency, exact_figure
from dues.statements.elements import Element

DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")


def place_of(element: Element, name: str = "") -> str:
    """`Line 214 (Amt)`: where to look in the file."""
    return _("Line %(line)s (%(element)s)") % {
        "line": element.line,
        "element": name or element.name,
    }


def signed_cents(element: Element, *, unsaid: str = "") -> int:
    """The amount of a balance or an entry; what is owed or leaves is negative.

    `unsaid` is the direction of an amount that has none.

    Raises:
        ValidationError: no amount, no direction, or an amount that cannot be taken exactly.
    """
    amount, direction = element.first("Amt"), element.said("CdtDbtInd") or unsaid
    if amount is None:
        raise ValidationError(
            _("%(place)s: there is no amount (Amt). Ask the bank for the file again.")
            % {"place": place_of(element)},
            code="amount",
        )
    cents = amount_in(amount)
    if direction not in {"CRDT", "DBIT"}:
        raise ValidationError(
            _(
                "%(place)s: CdtDbtInd must say CRDT or DBIT and says “%(direction)s”."
                " Ask the bank for the file again."
            )
            % {"place": place_of(element), "direction": direction[:20]},
            code="direction",
        )
    return cents if direction == "CRDT" else -cents


def amount_in(amount: Element) -> int:
    """Hundredths of an `Amt` in its own currency."""
    place = place_of(amount)
    currency = check_currency(amount.unit, place=place)
    return cents_exactly(exact_figure(amount.text, place=place), currency, place=place)


def read_day(element: Element) -> dt.date:
    """The day as it is written; an instant counts on the day the bank wrote.

    Raises:
        ValidationError: no such day.
    """
    found = DATE.fullmatch(element.text)
    try:
        return dt.date.fromisoformat(found[1] if found else "")
    except ValueError as error:
        raise ValidationError(
            _("%(place)s: “%(text)s” is no date. Ask the bank for the file again.")
            % {"place": place_of(element), "text": element.text[:40]},
            code="date",
        ) from error
