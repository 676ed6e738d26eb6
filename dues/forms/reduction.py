"""A reduction as finance types it: years, amount or per cent, and its decision (S17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from dues.credit_notes import Resolution
from dues.forms.issue import day_field
from dues.invoicing import FIRST_YEAR, LAST_YEAR
from dues.reductions import Grant
from wego.money import cents_of
from wego.numbers import parse_figure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_REASON = 400


def year_field(label: StrOrPromise) -> forms.IntegerField:
    """A dues year."""
    return forms.IntegerField(label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR)


def reason_field(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.CharField:
    """Why, in a few lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class ReductionForm(forms.Form):
    """Everything a reduction needs; one of amount and per cent."""

    first_year = year_field(gettext_lazy("First dues year"))
    last_year = year_field(gettext_lazy("Last dues year"))
    percent = forms.IntegerField(
        label=gettext_lazy("Per cent off"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("100 waives the whole fee: no invoice is issued."),
    )
    amount = forms.CharField(
        label=gettext_lazy("Or an amount off each year, USD"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    decided_on = day_field(gettext_lazy("Decided on"))
    decided_by = forms.CharField(
        label=gettext_lazy("Decided by"),
        max_length=120,
        help_text=gettext_lazy("The body or person, as the invoice prints it: EXCOM."),
    )
    reference = forms.CharField(
        label=gettext_lazy("Where it is recorded"),
        max_length=320,
        help_text=gettext_lazy("For example: EXCOM 2020, item 7."),
        widget=forms.TextInput(attrs={"size": 44}),
    )
    reason = reason_field(gettext_lazy("Reason"), gettext_lazy("The member reads it."))

    def clean_amount(self) -> int | None:
        """The amount in US cents."""
        typed = self.cleaned_data["amount"]
        return cents_of(parse_figure(typed)) if typed else None

    def grant(self) -> Grant:
        """What was granted, as the rule takes it."""
        values = self.cleaned_data
        return Grant(
            first_year=values["first_year"],
            last_year=values["last_year"],
            reason=values["reason"],
            cents=values["amount"],
            percent=values["percent"],
        )

    def resolution(self) -> Resolution:
        """The decision."""
        values = self.cleaned_data
        return Resolution(values["decided_on"], values["decided_by"], values["reference"])


class EndForm(forms.Form):
    """Why a reduction is taken back."""

    reason = reason_field(gettext_lazy("Why it is taken back"))
