"""A first mapping for a table nobody has seen: guessed where the file proves it, else asked."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import cents_exactly
from dues.statements.cells import day_in, figure_in, plain
from dues.statements.headings import HEADINGS, as_heading
from dues.statements.mapping import CsvMapping
from dues.statements.rows import IN_WORDS, NOTHING, OUT_WORDS
from dues.statements.tables import split_rows
from dues.statements.texts import decode

DELIMITERS = ";,\t|"
HEADINGS_WITHIN = 30
# Rows looked at to tell days and figures apart.
LOOKED_AT = 500
DATE_FORMATS = (
    "YYYY-MM-DD",
    "YYYY.MM.DD",
    "YYYY/MM/DD",
    "YYYYMMDD",
    "DD.MM.YYYY",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
    "DD.MM.YY",
    "YY.MM.DD",
    "DD/MM/YY",
    "MM/DD/YY",
    "YY-MM-DD",
    "DD-MM-YY",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a table looks like: its headings, a mapping as far as known, and what to ask.

    `mapping` is None while the column of the date or of the amount is not known. A question is a
    sentence for the person who imports; with none, the mapping can be used as it is.
    """

    headings: tuple[str, ...]
    mapping: CsvMapping | None
    questions: tuple[str, ...]


def looks_like_table(content: bytes) -> bool:
    """Whether most of the first rows have the same columns, two at least."""
    try:
        text, _encoding, _warnings = decode(content)
        rows = rows_by(text, best_delimiter(text))
    except ValidationError:
        return False
    widths = [len(row) for row in rows[:HEADINGS_WITHIN] if any(row)]
    return bool(widths) and max(widths) > 1 and widths.count(max(widths)) * 2 >= len(widths)


def suggest_mapping(content: bytes, *, own_account: str, own_currency: str) -> Suggestion:
    """A mapping from headings in English, Korean or German, and from what the cells prove.

    Raises:
        ValidationError: the content is no table of text.
    """
    text, encoding, _warnings = decode(content)
    delimiter = best_delimiter(text)
    rows = rows_by(text, delimiter)
    header_row = find_header(rows)
    names = [name.strip() for name in rows[header_row - 1]] if header_row else []
    columns = name_columns(names)
    drop_what_cells_deny(columns, rows[header_row:], names)
    amounts = [columns[name] for name in ("amount", "money_in", "money_out") if name in columns]
    questions = []
    if "booked_on" not in columns:
        questions.append(_("Which column holds the date of booking?"))
    if not ("amount" in columns or {"money_in", "money_out"} <= columns.keys()):
        questions.append(_("Which column holds the amount, or which two hold money in and out?"))
    if questions:
        return Suggestion(tuple(names), None, tuple(questions))
    body = [row for row in rows[header_row : header_row + LOOKED_AT] if any(row)]
    date_format, asked = guess_date_format(cells_at(body, names.index(columns["booked_on"])))
    figures = [cell for name in amounts for cell in cells_at(body, names.index(name))]
    settings: dict[str, Any] = {name: columns[name] for name in columns if name != "text"}
    if "money_out" in columns and "amount" not in columns:
        outs = cells_at(body, names.index(columns["money_out"]))
        spent = [cell for cell in outs if cell.strip("0.,")]
        settings["money_out_is_negative"] = bool(spent) and all(one[0] in "-−(" for one in spent)
    mapping = CsvMapping(
        **settings,
        own_account=own_account,
        own_currency=own_currency,
        text=(columns["text"],) if "text" in columns else (),
        header_row=header_row,
        delimiter=delimiter,
        decimal=guess_decimal(figures, own_currency),
        date_format=date_format,
        encoding=encoding,
    )
    return Suggestion(tuple(names), mapping, tuple(asked))


def drop_what_cells_deny(
    columns: dict[str, str], rows: Sequence[Sequence[str]], names: Sequence[str]
) -> None:
    """One way to say the amount is enough; a direction must be in known words."""
    if "amount" in columns:
        columns.pop("money_in", None)
        columns.pop("money_out", None)
    else:
        columns.pop("direction", None)
    if "direction" in columns:
        words = cells_at(rows[:LOOKED_AT], names.index(columns["direction"]))
        if not {word.casefold() for word in words} <= IN_WORDS | OUT_WORDS:
            del columns["direction"]


def rows_by(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a table, its cells trimmed."""
    return [[plain(cell) for cell in row] for row in split_rows(text, delimiter)]


def best_delimiter(text: str) -> str:
    """The sign that parts the most lines into the most equal columns."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()][:HEADINGS_WITHIN]

    def score(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(DELIMITERS, key=score)


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """The row that has the most known headings, two at least; 0 when none has."""
    known = [len(name_columns(row)) for row in rows[:HEADINGS_WITHIN]]
    most = max(known, default=0)
    return known.index(most) + 1 if most > 1 else 0


def name_columns(names: Sequence[str]) -> dict[str, str]:
    """The heading for each part of a mapping; of several, the one named first in the list."""
    plain_names = [as_heading(name) for name in names]
    columns: dict[str, str] = {}
    for part, headings in HEADINGS.items():
        for heading in headings:
            if plain_names.count(heading) == 1 and names[plain_names.index(heading)] not in (
                columns.values()
            ):
                columns[part] = names[plain_names.index(heading)]
                break
    return columns


def cells_at(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """The cells of a column that say something."""
    return [row[place] for row in rows if place < len(row) and row[place] not in NOTHING]


def guess_date_format(cells: Sequence[str]) -> tuple[str, list[str]]:
    """The only way in which the cells are days; "" and a question when there is none, or two.

    Some cells may be none at all, as in a row for the total: reading the table names them.
    """
    ways = {form: [day_in(cell, form) for cell in cells] for form in DATE_FORMATS}
    most = max(sum(map(bool, days)) for days in ways.values())
    if most * 2 <= len(cells):
        return "", [_("How are the dates written? Most rows have none that is known here.")]
    fitting = [form for form, days in ways.items() if sum(map(bool, days)) == most]
    for form in fitting[1:]:
        for cell, one, two in zip(cells, ways[fitting[0]], ways[form], strict=True):
            if one and two and one[0] != two[0]:
                question = _(
                    "Is “%(cell)s” the day %(one)s or %(two)s? Choose how dates are written."
                )
                facts = {"cell": cell, "one": one[0].isoformat(), "two": two[0].isoformat()}
                return "", [question % facts]
    return fitting[0], []


def guess_decimal(cells: Sequence[str], currency: str) -> str:
    """The sign before the hundredths with which every figure is exact."""
    return next(
        (sign for sign in ".," if all(is_exact(cell, sign, currency) for cell in cells)), "."
    )


def is_exact(cell: str, decimal: str, currency: str) -> bool:
    """Whether a cell is a figure in whole hundredths."""
    figure = figure_in(cell, decimal)
    if figure is None:
        return False
    try:
        cents_exactly(figure, currency, place="")
    except ValidationError:
        return False
    return True
