"""What people type on the pages of the books: a day, a period, how a file is wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.forms.issue import day_field

COMMA, SEMICOLON = ",", ";"


class DayForm(forms.Form):
    """The day a report is of."""

    on = day_field(gettext_lazy("As of"))


class PeriodForm(forms.Form):
    """The first and the last day of a report."""

    first = day_field(gettext_lazy("First day"))
    last = day_field(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        """A period ends on the day it begins, or later."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            raise ValidationError(_("The period ends before it begins."), code="period")
        return typed


class ExportForm(PeriodForm):
    """A period, and how a CSV is written."""

    delimiter = forms.ChoiceField(
        label=gettext_lazy("CSV: between the columns"),
        choices=((COMMA, gettext_lazy("comma")), (SEMICOLON, gettext_lazy("semicolon"))),
        initial=COMMA,
        required=False,
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("CSV: byte order mark"),
        choices=(("yes", gettext_lazy("yes, for Excel")), ("no", gettext_lazy("no"))),
        initial="yes",
        required=False,
    )
