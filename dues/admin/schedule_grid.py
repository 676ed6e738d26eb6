"""The grid of a schedule as the page draws it: boxes, what they were, and a fee tried out."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from dues.assessment import Schedule, choose_schedule
from dues.fees import Cell, FigureError, find_band
from dues.forms.grid import shown_fee
from dues.forms.schedule import ScheduleForm, TryForm, whole_number
from dues.models import BandMeasure, FeeSchedule
from dues.schedules import load_schedules, read_schedule
from dues.wording import say
from wego.templatetags.charts import measure_title


@dataclass(frozen=True)
class Box:
    """One fee of the grid; `was` is the fee of the schedule in force, when it differs."""

    field: Any
    was: str


def grid_of(form: ScheduleForm, before: Schedule | None) -> dict[str, Any]:
    """The boxes of a form row by row, as the paper prints them."""
    grid = form.grid
    column_measure = known_measure(form["column_measure"].value())
    row_measure = known_measure(form["row_measure"].value())
    heads: list[Any] = [form[f"row_{i}"] for i in range(len(grid.rows))]
    return {
        "columns": [form[f"column_{j}"] for j in range(len(grid.columns))],
        "rows": [
            {
                "head": head,
                "boxes": [
                    Box(form[f"cell_{i}_{j}"], changed_from(form, before, i, j))
                    for j in range(len(grid.columns))
                ],
            }
            for i, head in enumerate(heads or [None])
        ],
        "column_title": title_of(column_measure),
        "row_title": title_of(row_measure) if grid.rows else "",
        "column_count": len(grid.columns),
        "row_count": len(grid.rows),
    }


def known_measure(typed: object) -> str:
    """What was chosen for an axis; "" when nothing was, or nothing that can be chosen."""
    return str(typed) if typed in BandMeasure.values else ""


def title_of(measure: str) -> str:
    """What an axis divides; a population is typed in thousands."""
    return measure_title([0], measure) if measure else _("Rows")


def in_force_before(schedule: FeeSchedule) -> Schedule | None:
    """The schedule in force that this one would take over from."""
    if not schedule.pk:
        return None
    others = [known for known in load_schedules() if known.pk != schedule.pk]
    return choose_schedule(others, schedule.kind, schedule.first_dues_year)


def changed_from(form: ScheduleForm, before: Schedule | None, i: int, j: int) -> str:
    """The fee the schedule in force has where this box begins, when it is another one."""
    if before is None:
        return ""
    table = before.table
    measures = (form["column_measure"].value(), form["row_measure"].value() or "")
    if measures != (table.column_measure, table.row_measure):
        return ""
    try:
        column = whole_number(
            str(form[f"column_{j}"].value()), form.bound_of(table.column_measure), ""
        )
        row = (
            whole_number(str(form[f"row_{i}"].value()), form.bound_of(table.row_measure), "")
            if table.row_bounds
            else 0
        )
        fee = whole_number(str(form[f"cell_{i}_{j}"].value()), 100, "")
    except ValidationError:
        return ""
    at_row = find_band(table.row_bounds, row) if table.row_bounds else 0
    was = table.cells_cents[at_row][find_band(table.column_bounds, column)]
    return "" if was == fee else shown_fee(was)


def try_out(schedule: FeeSchedule, query: QueryDict) -> tuple[TryForm, Cell | None]:
    """The box to try a stored table with, and the cell the figures lead to."""
    asked = "column" in query and schedule.pk is not None
    form = TryForm(query if asked else None, schedule=schedule)
    if not asked or not form.is_valid():
        return form, None
    try:
        table = read_schedule(schedule).table
        return form, table.price(form.cleaned_data["column"], form.cleaned_data.get("row"))
    except FigureError as error:
        form.add_error(None, say(error))
    return form, None
