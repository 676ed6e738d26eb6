"""A fee schedule as it is typed: its names and year, and a grid that looks like the paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.fees import TableError
from dues.forms.grid import THOUSAND, TypedGrid
from dues.invoicing import FIRST_YEAR, LAST_YEAR
from dues.models import BandMeasure, FeeSchedule
from members.models import Kind
from wego.numbers import parse_figure

if TYPE_CHECKING:
    from django.http import QueryDict

STORED = (
    "kind",
    "name_en",
    "name_ko",
    "first_dues_year",
    "source",
    "state",
    "column_measure",
    "column_bounds",
    "row_measure",
    "row_bounds",
    "cells_cents",
)


def fingerprint(schedule: FeeSchedule) -> str:
    """What a page remembers of the row it showed, to notice that somebody else saved it."""
    facts = repr([getattr(schedule, name) for name in STORED])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def whole_number(text: str, unit: int, fraction: str) -> int:
    """What was typed, in units; raises ValidationError for no number or a part of a unit."""
    number = parse_figure(text) * unit
    if number != number.to_integral_value():
        raise ValidationError(fraction or _("A lower bound is a whole number."), code="fraction")
    return int(number)


class ScheduleForm(forms.Form):
    """The facts of a schedule and one box for every bound and fee."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("For"), choices=Kind.choices)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    name_ko = forms.CharField(label=gettext_lazy("Name in Korean"), max_length=120, required=False)
    first_dues_year = forms.IntegerField(
        label=gettext_lazy("First dues year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("The paper or decision that sets these fees."),
        widget=forms.TextInput(attrs={"size": 60}),
    )
    column_measure = forms.ChoiceField(
        label=gettext_lazy("Columns divide"), choices=BandMeasure.choices
    )
    row_measure = forms.ChoiceField(
        label=gettext_lazy("Rows divide"),
        required=False,
        choices=[("", gettext_lazy("nothing: the table has one row")), *BandMeasure.choices],
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        grid: TypedGrid,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=(initial or {}) | grid.as_initial())
        self.grid = grid
        for j in range(len(grid.columns)):
            self.add_box(f"column_{j}", _("Lower bound of column %(at)s") % {"at": j + 1})
        for i in range(len(grid.rows)):
            self.add_box(f"row_{i}", _("Lower bound of row %(at)s") % {"at": i + 1})
        for i, j in self.places():
            self.add_box(
                f"cell_{i}_{j}",
                _("Fee at row %(row)s, column %(column)s") % {"row": i + 1, "column": j + 1},
            )

    def add_box(self, name: str, label: str) -> None:
        """A box of the grid; its label is read aloud, the table shows where it stands."""
        missing = _("Enter a fee.") if name.startswith("cell") else _("Enter a lower bound.")
        box = forms.CharField(label=label, max_length=20, error_messages={"required": missing})
        box.widget.attrs.update(
            {"aria-label": label, "inputmode": "decimal", "autocomplete": "off"}
        )
        self.fields[name] = box

    def places(self) -> Iterator[tuple[int, int]]:
        """Row and column of every fee."""
        for i, line in enumerate(self.grid.cells):
            for j in range(len(line)):
                yield i, j

    def clean(self) -> dict[str, Any]:
        """Read every box; what is no number is said at its box."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("row_measure") and not self.grid.rows:
            self.add_error("row_measure", _("The table has one row: add rows, or choose nothing."))
        if not values.get("row_measure") and self.grid.rows:
            self.add_error("row_measure", _("Choose what the rows divide, or remove the rows."))
        for j in range(len(self.grid.columns)):
            self.read_box(f"column_{j}", self.bound_of(values.get("column_measure")))
        for i in range(len(self.grid.rows)):
            self.read_box(f"row_{i}", self.bound_of(values.get("row_measure")))
        for i, j in self.places():
            self.read_box(f"cell_{i}_{j}", 100, _("A fee has at most two places: 4500 or 4500.50."))
        return values

    def bound_of(self, measure: str | None) -> int:
        """What one unit typed as a bound stands for."""
        return THOUSAND if measure == BandMeasure.POPULATION else 1

    def read_box(self, name: str, unit: int, fraction: str = "") -> None:
        """Replace the text of a box by its whole number of persons, dollars or cents."""
        text = self.cleaned_data.get(name)
        if not text:
            return
        try:
            self.cleaned_data[name] = whole_number(text, unit, fraction)
        except ValidationError as error:
            self.add_error(name, error)

    def apply_to(self, schedule: FeeSchedule) -> FeeSchedule:
        """The schedule with what was typed; nothing is stored."""
        values = self.cleaned_data
        for name in ("kind", "name_en", "name_ko", "first_dues_year", "source"):
            setattr(schedule, name, values[name])
        schedule.column_measure = values["column_measure"]
        schedule.row_measure = values["row_measure"]
        schedule.column_bounds = [values[f"column_{j}"] for j in range(len(self.grid.columns))]
        schedule.row_bounds = [values[f"row_{i}"] for i in range(len(self.grid.rows))]
        schedule.cells_cents = [
            [values[f"cell_{i}_{j}"] for j in range(len(line))]
            for i, line in enumerate(self.grid.cells)
        ]
        return schedule

    def add_refusal(self, error: ValidationError) -> None:
        """Put the sentence of the rule at the box it speaks of, where it names one."""
        self.add_error(self.box_of(error), error)

    def box_of(self, error: ValidationError) -> str | None:
        """The box a refused table is about."""
        if error.code == "twin":
            return "first_dues_year"
        cause = error.__cause__
        if not isinstance(cause, TableError):
            return None
        params = cause.params
        if "row" in params and "column" in params:
            name = f"cell_{int(str(params['row'])) - 1}_{int(str(params['column'])) - 1}"
        elif "bound" in params and "axis" in params:
            name = self.box_with(str(params["axis"]).removesuffix("s"), params["bound"])
        else:
            return "row_measure" if not params else None
        return name if name in self.fields else None

    def box_with(self, axis: str, bound: object) -> str:
        """The last box of an axis that holds a bound: the one that does not ascend."""
        names = [name for name in self.fields if name.startswith(f"{axis}_")]
        return next((name for name in reversed(names) if self.cleaned_data.get(name) == bound), "")


class CopyForm(forms.Form):
    """The year from which a changed table is to hold."""

    first_dues_year = forms.IntegerField(
        label=gettext_lazy("First dues year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


class TryForm(forms.Form):
    """Figures to try a table with, as people write them."""

    column = forms.CharField(max_length=20)
    row = forms.CharField(max_length=20)

    def __init__(self, data: QueryDict | None = None, *, schedule: FeeSchedule) -> None:
        super().__init__(data)
        self.fields["column"].label = BandMeasure(schedule.column_measure).label
        if schedule.row_measure:
            self.fields["row"].label = BandMeasure(schedule.row_measure).label
        else:
            del self.fields["row"]
        for field in self.fields.values():
            field.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean_column(self) -> Decimal:
        """The figure."""
        return parse_figure(self.cleaned_data["column"])

    def clean_row(self) -> Decimal:
        """The figure."""
        return parse_figure(self.cleaned_data["row"])
