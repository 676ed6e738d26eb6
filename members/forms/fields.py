"""Fields that every form of the house asks for in the same way."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import get_language, gettext_lazy

from members.figures import FIRST_YEAR, LAST_YEAR
from members.lifecycle import LONGEST_REASON
from members.models import country_names
from wego.numbers import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

# The browser's own picker sends ISO; the other ways are what people type where there is none.
DAY_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y. %m. %d", "%d %b %Y")

WIDE = forms.TextInput(attrs={"size": 50})


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: StrOrPromise, *, help_text: StrOrPromise = "") -> forms.DateField:
    """A calendar date in Seoul, by the browser's picker or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAY_FORMATS,
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Enter a day."),
            "invalid": gettext_lazy("This is not a day: write it like 2020-01-15."),
        },
    )


def year_field() -> forms.IntegerField:
    """A dues year."""
    return forms.IntegerField(
        label=gettext_lazy("Dues year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


def country_choices() -> Iterator[tuple[str, str]]:
    """Countries by name in the reader's language."""
    names = country_names(get_language() or "en")
    yield "", "–"
    yield from sorted(names.items(), key=lambda pair: pair[1])


def reason_field() -> forms.CharField:
    """Why a status changes."""
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=WIDE,
        help_text=gettext_lazy("A decision, letter or meeting, for example: EXCOM 2020, item 3."),
    )


class FigureField(forms.Field):
    """A figure as people write it, with or without commas; a decimal."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: object) -> Decimal | None:
        """Read it strictly."""
        return parse_figure(str(value)) if value else None
