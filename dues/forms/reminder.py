"""What finance types about reminders and payment plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.forms.money import day_field, reason_field
from dues.plans import MOST_INSTALMENTS, Instalment
from wego.days import parse_day
from wego.money import display
from wego.numbers import parse_cents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from dues.models import Invoice


class PauseForm(forms.Form):
    """Until when, and why."""

    until = day_field(
        gettext_lazy("Remind again from"),
        help_text=gettext_lazy("With today, a pause ends at once."),
    )
    reason = reason_field()


class PlanForm(forms.Form):
    """Which invoices, and a line for each date: the day, then the amount in US dollars."""

    invoices = forms.MultipleChoiceField(
        label=gettext_lazy("Invoices of the plan"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the invoices that the plan is about.")},
    )
    dates = forms.CharField(
        label=gettext_lazy("Dates and amounts (USD)"),
        help_text=gettext_lazy("One a line, for example: 2020-07-31 2,500.00"),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 30}),
        error_messages={"required": gettext_lazy("Enter at least one date with its amount.")},
    )
    reason = reason_field()

    def __init__(self, data: QueryDict | None = None, *, invoices: Sequence[Invoice]) -> None:
        super().__init__(data, initial={"invoices": [str(each.pk) for each in invoices]})
        self.open_invoices = {str(each.pk): each for each in invoices}
        field = self.fields["invoices"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (key, f"{each.number} ({display(each.open_cents)})")
                for key, each in self.open_invoices.items()
            ]

    def clean_dates(self) -> list[Instalment]:
        """The lines, each read strictly; a line that cannot be read is named."""
        lines = [line for line in self.cleaned_data["dates"].splitlines() if line.strip()]
        return [read_line(line) for line in lines[: MOST_INSTALMENTS + 1]]

    def chosen(self) -> list[Invoice]:
        """The invoices of the plan."""
        return [self.open_invoices[key] for key in self.cleaned_data["invoices"]]


def read_line(line: str) -> Instalment:
    """`2020-07-31 2,500.00`: what is due by a day.

    Raises:
        ValidationError: the line has no day or no amount.
    """
    day, _space, amount = line.strip().partition(" ")
    try:
        return Instalment(parse_day(day), parse_cents(amount))
    except ValidationError as error:
        raise ValidationError(
            _("“%(line)s” is no day with an amount: write it like 2020-07-31 2,500.00.")
            % {"line": line.strip()[:60]},
            code="line",
        ) from error


def field_of(code: Any) -> str | None:  # noqa: ANN401 Django's codes
    """At which box the sentence of a rule about plans stands."""
    boxes = {
        "reason": "reason",
        "invoices": "invoices",
        "settled": "invoices",
        "planned": "invoices",
        "other_member": "invoices",
    }
    return boxes.get(str(code), "dates")
