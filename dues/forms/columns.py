"""Which column of a bank's table says what, as a person chooses it; guessed first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.statements import CsvMapping
from dues.statements.guessing import DATE_FORMATS

if TYPE_CHECKING:
    from django.http import QueryDict

# In the order in which they are asked.
PARTS = {
    "booked_on": gettext_lazy("Date of booking"),
    "amount": gettext_lazy("Amount, out with a minus"),
    "money_in": gettext_lazy("Money in"),
    "money_out": gettext_lazy("Money out"),
    "direction": gettext_lazy("In or out, when the amount has no sign"),
    "currency": gettext_lazy("Currency"),
    "name": gettext_lazy("Name of the payer"),
    "account": gettext_lazy("Account of the payer"),
    "text": gettext_lazy("Text"),
    "reference": gettext_lazy("Payer's reference"),
    "bank_reference": gettext_lazy("Bank's reference"),
    "value_on": gettext_lazy("Value date"),
    "balance": gettext_lazy("Balance after the movement"),
}
NEEDED = ("booked_on",)


class ColumnsForm(forms.Form):
    """A column for each part of a line, whose account it is, and how dates and figures look."""

    own_account = forms.CharField(label=gettext_lazy("Our account"), max_length=60)
    own_currency = forms.CharField(
        label=gettext_lazy("Currency of the account"), max_length=3, min_length=3
    )
    date_format = forms.ChoiceField(
        label=gettext_lazy("Dates look like"),
        choices=[("", "–"), *((each, each) for each in DATE_FORMATS)],
        error_messages={"required": gettext_lazy("Choose how the dates are written.")},
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("Before the cents stands"),
        choices=[
            (".", gettext_lazy("a point: 1,234.50")),
            (",", gettext_lazy("a comma: 1.234,50")),
        ],
    )

    def __init__(
        self, headings: Sequence[str], guess: CsvMapping, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial=initial_of(guess, headings))
        self.guess = guess
        choices = [("", "–"), *enumerate_headings(headings)]
        for name, label in PARTS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=name in NEEDED,
                error_messages={"required": _("Choose the column of the date.")},
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that choose a column."""
        return [self[name] for name in PARTS]

    @property
    def settings(self) -> list[forms.BoundField]:
        """The fields that say how the table is read."""
        return [self[name] for name in ("own_account", "own_currency", "date_format", "decimal")]

    def mapping(self) -> CsvMapping:
        """What was chosen; delimiter, encoding and the row of the headings stay as guessed."""
        chosen = {name: column_of(self.cleaned_data[name]) for name in PARTS if name != "text"}
        text = column_of(self.cleaned_data["text"])
        facts = {name: self.cleaned_data[name] for name in ("date_format", "decimal")}
        known = asdict(self.guess) | chosen | facts
        return CsvMapping(
            **known
            | {
                "own_account": self.cleaned_data["own_account"].strip(),
                "own_currency": self.cleaned_data["own_currency"].upper(),
                "text": () if text is None else (text,),
            }
        )


def column_of(value: str) -> int | None:
    """The number of a chosen column."""
    return int(value) if value else None


def enumerate_headings(headings: Sequence[str]) -> list[tuple[str, str]]:
    """The columns by their numbers, each with its heading."""
    return [
        (str(number), heading or _("Column %(number)s") % {"number": number})
        for number, heading in enumerate(headings, start=1)
    ]


def initial_of(guess: CsvMapping, headings: Sequence[str]) -> dict[str, Any]:
    """A guess as the form shows it: headings become numbers."""
    facts = asdict(guess)
    facts["text"] = guess.text[0] if guess.text else None
    for name in PARTS:
        if isinstance(facts[name], str):
            known = facts[name] in headings
            facts[name] = headings.index(facts[name]) + 1 if known else None
    return facts
