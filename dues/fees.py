"""Band tables: how a figure finds its fee. Pure, no Django.

R8 and R9 of the secretariat's paper of January 2020: cities pay by population and GDP per capita
(PPP), companies by employees. Bands are half-open: a band holds its lower bound and everything up
to, not including, the next lower bound; the last band is open. That is the paper's "0~299 thousand,
300~599 thousand" read with thousands cut, and leaves no hole between 299 and 300.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Band = tuple[int, int | None]

# Beyond these no figure is a city's, a country's or a company's: it is a slip of the hand.
LARGEST = {
    "population": 300_000_000,
    "employees": 10_000_000,
    "gdp_ppp_per_capita": 1_000_000,
}


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation; edges translate it, this module stays pure."""
    return message


class SentenceError(ValueError):
    """A sentence with its figures; `str()` is English, edges may translate `template` first."""

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template.format(**params))
        self.template = template
        self.params = params


class TableError(SentenceError):
    """A table that would price wrongly; the message names the place."""


class FigureError(SentenceError):
    """A figure no table can price: missing, negative, no number, or absurd."""


MEASURE_WORDS = {
    "population": gettext_noop("population"),
    "employees": gettext_noop("number of employees"),
    "gdp_ppp_per_capita": gettext_noop("GDP per capita (PPP)"),
}
AXIS_WORDS = {"columns": gettext_noop("columns"), "rows": gettext_noop("rows")}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a fee stands in its table, counted from 0, and the bands that lead there."""

    column: int
    row: int
    column_band: Band
    row_band: Band | None
    amount_cents: int


@dataclass(frozen=True, slots=True)
class BandTable:
    """Yearly fees in US cents by column band and, for two dimensions, row band.

    `row_bounds` is empty for a table of one row. Build it with `checked_table`.
    """

    column_measure: str
    column_bounds: tuple[int, ...]
    row_measure: str
    row_bounds: tuple[int, ...]
    cells_cents: tuple[tuple[int, ...], ...]

    def price(self, column: Decimal | int | None, row: Decimal | int | None = None) -> Cell:
        """The one cell for the given figures (persons, employees; USD for GDP).

        Raises:
            FigureError: a figure is missing, negative, not a number or absurd.
        """
        at_column = find_band(self.column_bounds, checked_figure(self.column_measure, column))
        at_row = 0
        if self.row_bounds:
            at_row = find_band(self.row_bounds, checked_figure(self.row_measure, row))
        return Cell(
            column=at_column,
            row=at_row,
            column_band=band_at(self.column_bounds, at_column),
            row_band=band_at(self.row_bounds, at_row) if self.row_bounds else None,
            amount_cents=self.cells_cents[at_row][at_column],
        )


def find_band(bounds: Sequence[int], figure: Decimal | int) -> int:
    """Place of the half-open band that holds the figure; bounds ascend from 0."""
    return bisect_right(bounds, figure) - 1


def band_at(bounds: Sequence[int], place: int) -> Band:
    """Lower bound (inside) and upper bound (outside; None when open) of a band."""
    return bounds[place], bounds[place + 1] if place + 1 < len(bounds) else None


def checked_figure(measure: str, figure: Decimal | int | None) -> Decimal | int:
    """The figure itself, if a table may price it.

    Raises:
        FigureError: missing, negative, not a number, a fraction of a person, or absurd.
    """
    words = MEASURE_WORDS[measure]
    if figure is None:
        raise FigureError(gettext_noop("The {measure} is missing."), measure=words)
    if not Decimal(figure).is_finite():
        raise FigureError(gettext_noop("The {measure} must be a number."), measure=words)
    if figure < 0:
        raise FigureError(gettext_noop("The {measure} cannot be negative."), measure=words)
    if figure > LARGEST[measure]:
        raise FigureError(
            gettext_noop("The {measure} is larger than any on record (at most {largest:,})."),
            measure=words,
            largest=LARGEST[measure],
        )
    if measure != "gdp_ppp_per_capita" and figure != int(figure):
        raise FigureError(gettext_noop("The {measure} must be a whole number."), measure=words)
    if measure == "population" and figure == 0:
        raise FigureError(gettext_noop("A population of 0 counts as missing."))
    return figure


def checked_bounds(axis: str, bounds: Sequence[object]) -> tuple[int, ...]:
    """Lower bounds of the "columns" or "rows", as whole numbers ascending from 0.

    Raises:
        TableError: a gap below the first band, an overlap, or no number.
    """
    words = AXIS_WORDS[axis]
    if not bounds:
        raise TableError(
            gettext_noop("The {axis} have no bands: enter at least the lower bound 0."), axis=words
        )
    whole: list[int] = []
    for bound in bounds:
        if not isinstance(bound, int) or isinstance(bound, bool):
            raise TableError(
                gettext_noop("The lower bound {bound} of the {axis} is not a whole number."),
                bound=repr(bound),
                axis=words,
            )
        if not whole and bound != 0:
            raise TableError(
                gettext_noop("The {axis} leave a gap below {bound:,}: the first band starts at 0."),
                axis=words,
                bound=bound,
            )
        if whole and bound <= whole[-1]:
            raise TableError(
                gettext_noop(
                    "The {axis} overlap: {bound:,} follows {before:,}. Lower bounds must ascend."
                ),
                axis=words,
                bound=bound,
                before=whole[-1],
            )
        whole.append(bound)
    return tuple(whole)


def checked_table(
    *,
    column_measure: str,
    column_bounds: Sequence[object],
    row_measure: str,
    row_bounds: Sequence[object],
    cells_cents: Sequence[Sequence[object]],
) -> BandTable:
    """A table that gives exactly one fee for every figure.

    Raises:
        TableError: gap, overlap, empty cell, negative amount, or a row of the wrong length.
    """
    if bool(row_measure) != bool(row_bounds):
        raise TableError(gettext_noop("Rows need both a measure and lower bounds, or neither."))
    if row_measure == column_measure:
        raise TableError(gettext_noop("Rows and columns cannot divide the same figure."))
    columns = checked_bounds("columns", column_bounds)
    rows = checked_bounds("rows", row_bounds) if row_measure else ()
    wanted = max(len(rows), 1)
    if len(cells_cents) != wanted:
        raise TableError(
            gettext_noop("The table needs {wanted} rows of fees and has {found}."),
            wanted=wanted,
            found=len(cells_cents),
        )
    for place, line in enumerate(cells_cents, start=1):
        check_line(place, line, len(columns))
    return BandTable(
        column_measure=column_measure,
        column_bounds=columns,
        row_measure=row_measure,
        row_bounds=rows,
        cells_cents=tuple(tuple(int(str(cell)) for cell in line) for line in cells_cents),
    )


def check_line(place: int, line: Sequence[object], width: int) -> None:
    """Refuse a row of fees that is short, long, empty somewhere, or not above zero."""
    if len(line) != width:
        raise TableError(
            gettext_noop("Row {row} needs {wanted} fees and has {found}."),
            row=place,
            wanted=width,
            found=len(line),
        )
    for column, cell in enumerate(line, start=1):
        if cell is None or cell == "":
            problem = gettext_noop("The cell at row {row}, column {column} is empty: enter a fee.")
        elif not isinstance(cell, int) or isinstance(cell, bool):
            problem = gettext_noop("The fee at row {row}, column {column} is not whole cents.")
        elif cell <= 0:
            problem = gettext_noop("The fee at row {row}, column {column} must be above zero.")
        else:
            continue
        raise TableError(problem, row=place, column=column)
