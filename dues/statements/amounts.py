"""Figures of a statement become whole hundredths, exactly or not at all.

A statement is proof of what was paid: a figure that is garbled, or finer than a hundredth, is
refused with its place. It never becomes 0.00 and is never rounded.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# ISO 4217: units without a hundredth, and units of a thousand parts.
WHOLE_UNITS = frozenset(
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    }
)
THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
CURRENCY = re.compile(r"[A-Z]{3}")
FIGURE = re.compile(r"([0-9]+)(?:\.([0-9]*))?")
# More digits are no payment, and would not fit a column of whole cents.
MOST_DIGITS = 15


def check_currency(code: str, *, place: str) -> str:
    """The code, when it looks like one of ISO 4217.

    Raises:
        ValidationError: it does not.
    """
    if not CURRENCY.fullmatch(code):
        raise ValidationError(
            _("%(place)s: “%(code)s” is no currency code such as USD. Ask the bank for the file.")
            % {"place": place, "code": code[:40]},
            code="currency",
        )
    return code


def exact_figure(text: str, *, place: str) -> Decimal:
    """The unsigned figure `1234.5`; the decimal sign is a point here.

    Raises:
        ValidationError: anything else, or more digits than a payment can have.
    """
    found = FIGURE.fullmatch(text)
    if found is None:
        raise no_amount(text, place=place)
    if len(found[1].lstrip("0")) > MOST_DIGITS:
        raise ValidationError(
            _("%(place)s: the amount “%(text)s” is too large to be one.")
            % {"place": place, "text": text[:40]},
            code="amount",
        )
    return Decimal(text.removesuffix("."))


def no_amount(text: str, *, place: str) -> ValidationError:
    """The refusal of what should be a figure and is none."""
    return ValidationError(
        _("%(place)s: “%(text)s” is no amount. Ask the bank for the file again.")
        % {"place": place, "text": text[:40]},
        code="amount",
    )


def cents_exactly(figure: Decimal, currency: str, *, place: str) -> int:
    """Hundredths of the unit of a currency, without rounding.

    Raises:
        ValidationError: the figure is finer than the currency, or than a hundredth.
    """
    cents = figure * 100
    whole = cents if currency not in WHOLE_UNITS else figure
    if whole == whole.to_integral_value():
        return int(cents)
    facts = {"place": place, "figure": f"{figure:f}", "currency": currency}
    if currency in WHOLE_UNITS:
        sentence = _(
            "%(place)s: %(figure)s %(currency)s has a fraction, which this currency does not have."
            " Ask the bank for the file again."
        )
    elif currency in THOUSANDTHS:
        sentence = _(
            "%(place)s: %(figure)s %(currency)s has thousandths, and dues are kept in hundredths."
            " Enter this payment by hand."
        )
    else:
        sentence = _(
            "%(place)s: %(figure)s %(currency)s is finer than a hundredth and would have to be"
            " rounded. Ask the bank for a file with whole hundredths."
        )
    raise ValidationError(sentence % facts, code="fraction")
