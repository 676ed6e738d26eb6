"""The grid of a fee schedule as text: what stands in its boxes until somebody saves it.

Populations are typed in thousands, as the paper prints them, and kept in persons; fees are typed
in dollars and kept in cents. Text is kept as typed, so that adding a band never loses anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dues.models import BandMeasure, FeeSchedule
from wego.numbers import read_key

MOST_BANDS = 30
THOUSAND = 1000


def shown_bound(bound: int, measure: str) -> str:
    """A stored lower bound as the grid heads it: thousands for a population."""
    if measure != BandMeasure.POPULATION:
        return f"{bound:,}"
    thousands = Decimal(bound) / THOUSAND
    return f"{thousands:,.0f}" if thousands == thousands.to_integral_value() else f"{thousands:,}"


def shown_fee(cents: int) -> str:
    """A stored fee as the grid shows it, in dollars."""
    return f"{cents // 100:,}" + (f".{cents % 100:02d}" if cents % 100 else "")


@dataclass
class TypedGrid:
    """The grid as text: lower bounds of columns and rows, and the fees row by row."""

    columns: list[str]
    rows: list[str]
    cells: list[list[str]]

    @classmethod
    def of(cls, schedule: FeeSchedule) -> TypedGrid:
        """What the grid of a stored schedule shows."""
        return cls(
            columns=[shown_bound(b, schedule.column_measure) for b in schedule.column_bounds],
            rows=[shown_bound(b, schedule.row_measure) for b in schedule.row_bounds],
            cells=[[shown_fee(cents) for cents in line] for line in schedule.cells_cents],
        )

    @classmethod
    def empty(cls) -> TypedGrid:
        """Two by two bands to begin with."""
        return cls(columns=["0", ""], rows=["0", ""], cells=[["", ""], ["", ""]])

    @classmethod
    def posted(cls, data: Mapping[str, str]) -> TypedGrid:
        """What came back from the page, however odd."""
        columns, rows = posted_count(data, "columns", 1), posted_count(data, "rows", 0)
        return cls(
            columns=[data.get(f"column_{j}", "") for j in range(columns)],
            rows=[data.get(f"row_{i}", "") for i in range(rows)],
            cells=[
                [data.get(f"cell_{i}_{j}", "") for j in range(columns)] for i in range(max(rows, 1))
            ],
        )

    def change(self, act: str) -> None:
        """Do what a button of the grid asks: `add_column_2`, `drop_row_0`."""
        verb, _sign, place = act.rpartition("_")
        if not place.isdecimal():
            return
        at = int(place)
        if verb == "add_column" and at < len(self.columns) < MOST_BANDS:
            self.columns.insert(at + 1, "")
            for line in self.cells:
                line.insert(at + 1, line[at])
        elif verb == "drop_column" and at < len(self.columns) > 1:
            for line in (self.columns, *self.cells):
                del line[at]
        elif verb == "add_row" and at < max(len(self.rows), 1) < MOST_BANDS:
            self.rows = self.rows or ["0"]
            self.rows.insert(at + 1, "")
            self.cells.insert(at + 1, list(self.cells[at]))
        elif verb == "drop_row" and at < len(self.rows):
            del self.rows[at]
            if len(self.cells) > 1:
                del self.cells[at]

    def as_initial(self) -> dict[str, str]:
        """The grid under the names of the form's fields."""
        values = {f"column_{j}": text for j, text in enumerate(self.columns)}
        values |= {f"row_{i}": text for i, text in enumerate(self.rows)}
        for i, line in enumerate(self.cells):
            values |= {f"cell_{i}_{j}": text for j, text in enumerate(line)}
        return values


def posted_count(data: Mapping[str, str], name: str, least: int) -> int:
    """How many bands the page said it has, within reason."""
    text = data.get(name, "")
    return min(max(read_key(text), least), MOST_BANDS)
