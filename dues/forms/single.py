"""What finance types to issue one member's invoice: anew, or several years ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.ahead import MOST_YEARS
from dues.forms.issue import day_field
from dues.forms.reduction import reason_field

if TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict


class ReissueForm(forms.Form):
    """Why an invoice is issued anew, and until when the new one is to be paid."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    due_on = day_field(gettext_lazy("New due day"))
    reason = reason_field(
        gettext_lazy("Reason"), gettext_lazy("The credit note prints it, and the member reads it.")
    )


class YearsForm(forms.Form):
    """How many dues years ahead."""

    years = forms.TypedChoiceField(
        label=gettext_lazy("Number of dues years"),
        coerce=int,
        choices=[(n, n) for n in range(1, MOST_YEARS + 1)],
    )


class AheadForm(forms.Form):
    """What was seen, and a due day for each year."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, years: Sequence[tuple[int, dt.date]]
    ) -> None:
        super().__init__(data)
        self.years = [year for year, _due in years]
        for year, due in years:
            field = day_field(_("Due day of %(year)s") % {"year": year})
            field.initial = due
            self.fields[f"due_{year}"] = field

    def boxes(self) -> list[forms.BoundField]:
        """The due days, a box a year."""
        return [self[f"due_{year}"] for year in self.years]

    def due_days(self) -> list[dt.date]:
        """The due days in the order of years."""
        return [self.cleaned_data[f"due_{year}"] for year in self.years]
