"""Where the members of a year stand on the fee tables: how many in each cell, as a picture."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dues.assessment import Schedule
from dues.preview import Line
from dues.wording import name_of
from wego.money import display
from wego.templatetags.charts import band_labels, measure_title

SHADES = 4


@dataclass(frozen=True)
class HeatCell:
    """One cell: its fee, how many members pay it, and how dark it is drawn (0 to `SHADES`)."""

    fee: str
    count: int
    shade: int


def heat_tables(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """One table for each schedule that prices somebody, in the order of first use."""
    counts: dict[int, Counter[tuple[int, int]]] = {}
    schedules: dict[int, Schedule] = {}
    for line in lines:
        schedule, cell = line.assessment.schedule, line.assessment.cell
        if schedule is not None and cell is not None:
            schedules[schedule.pk] = schedule
            counts.setdefault(schedule.pk, Counter())[cell.row, cell.column] += 1
    return [heat_table(schedules[pk], cells) for pk, cells in counts.items()]


def heat_table(schedule: Schedule, counts: Counter[tuple[int, int]]) -> dict[str, Any]:
    """The table of one schedule with its members counted into it."""
    table, most = schedule.table, max(counts.values())
    heads = band_labels(table.row_bounds, table.row_measure) if table.row_bounds else [""]
    return {
        "caption": _("Where members stand: %(name)s") % {"name": name_of(schedule)},
        "column_title": measure_title(table.column_bounds, table.column_measure),
        "row_title": measure_title(table.row_bounds, table.row_measure) if table.row_bounds else "",
        "columns": band_labels(table.column_bounds, table.column_measure),
        "rows": [
            (head, [heat_cell(cents, counts[i, j], most) for j, cents in enumerate(line)])
            for i, (head, line) in enumerate(zip(heads, table.cells_cents, strict=True))
        ],
    }


def heat_cell(cents: int, count: int, most: int) -> HeatCell:
    """A cell drawn the darker the more members stand in it."""
    shade = -(-count * SHADES // most) if count else 0
    return HeatCell(display(cents, "").strip().removesuffix(".00"), count, shade)
