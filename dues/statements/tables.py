"""A bank's table as lines, read by a mapping; every refusal names its row (S7).

Rows are numbered as a spreadsheet numbers them. All rows are read before anything is refused, so
that one look at the file is enough; and one row that cannot be read refuses the file.
"""

import csv
import io
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import CURRENCY
from dues.statements.lines import Statement
from dues.statements.mapping import COLUMNS, Column, CsvMapping
from dues.statements.rows import Places, Row, read_row
from dues.statements.running import with_balances
from dues.statements.sizes import LONGEST_LINE, MOST_MOVEMENTS, refuse_line, refuse_many

FORMAT = "csv"
MOST_COLUMNS = 200
MOST_ROWS = 2 * MOST_MOVEMENTS
MOST_REFUSALS = 20
# What a bank's table is in; UTF-16 has been refused before.
ENCODINGS = frozenset({"utf-8", "utf-8-sig", "cp949", "euc-kr", "cp1252", "iso-8859-1"})
DELIMITERS = frozenset(",;\t|")
DATE_PARTS = (["DD", "MM", "YYYY"], ["DD", "MM", "YY"])


def read_table(content: bytes, mapping: CsvMapping) -> list[Statement]:
    """The table as one statement for each currency in it, without identities.

    Raises:
        ValidationError: the mapping does not fit the file, or rows that cannot be read exactly,
            each with a sentence of its own.
    """
    check_mapping(mapping)
    rows = list(split_rows(decoded(content, mapping.encoding), mapping.delimiter))
    places = find_columns(rows, mapping)
    read: list[Row] = []
    refused: list[ValidationError] = []
    for number, cells in enumerate(rows[mapping.header_row :], start=mapping.header_row + 1):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            read.append(read_row(number, cells, places, mapping))
        except ValidationError as error:
            refused.append(error)
    if len(refused) > MOST_REFUSALS:
        more = _("And %(count)s more rows.") % {"count": len(refused) - MOST_REFUSALS}
        refused[MOST_REFUSALS:] = [ValidationError(more, code="more")]
    if refused:
        raise ValidationError(refused)
    return [
        with_balances(
            Statement(format=FORMAT, account=mapping.own_account, currency=currency),
            [row for row in read if row.line.currency == currency],
        )
        for currency in currencies_of(read, mapping)
    ]


def currencies_of(rows: list[Row], mapping: CsvMapping) -> list[str]:
    """The currencies of a table in their order; that of the account when it is empty."""
    return list(dict.fromkeys(row.line.currency for row in rows)) or [mapping.own_currency]


def check_mapping(mapping: CsvMapping) -> None:
    """Refuse a mapping that cannot be read by.

    Raises:
        ValidationError: no amount, a date nobody decided on, or a setting that does not exist.
    """
    ways = [mapping.amount is not None, mapping.money_in is not None]
    if sum(ways) != 1 or (mapping.money_in is None) != (mapping.money_out is None):
        sentence = _("Choose one column for the amount, or one for money in and one for money out.")
        raise ValidationError(sentence, code="mapping")
    if not mapping.date_format:
        raise ValidationError(_("Choose how the dates are written."), code="date_format")
    parts = sorted(re.findall("YYYY|YY|MM|DD", mapping.date_format))
    if (
        mapping.encoding not in ENCODINGS
        or mapping.delimiter not in DELIMITERS
        or mapping.decimal not in {".", ","}
        or not CURRENCY.fullmatch(mapping.own_currency)
        or parts not in DATE_PARTS
        or mapping.header_row < 0
    ):
        raise ValidationError(
            _("The delimiter, decimal sign, encoding, currency or date format is none known."),
            code="mapping",
        )


def decoded(content: bytes, encoding: str) -> str:
    """The text of the table.

    Raises:
        ValidationError: a byte that is not in the encoding chosen.
    """
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("Line %(line)s: a sign there is not in %(encoding)s. Choose another encoding.")
            % {"line": content.count(b"\n", 0, error.start) + 1, "encoding": encoding},
            code="encoding",
        ) from error


def split_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a table, within what a bank's table can be.

    Raises:
        ValidationError: no CSV, or lines or columns beyond measure.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE or line.count(delimiter) >= MOST_COLUMNS:
            raise refuse_line(number)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        if number > MOST_ROWS:
            raise refuse_many()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValidationError(
                _(
                    "Row %(row)s cannot be read as CSV: look for a quotation mark too few or many,"
                    " or choose another delimiter."
                )
                % {"row": number},
                code="row",
            ) from error


def find_columns(rows: list[list[str]], mapping: CsvMapping) -> Places:
    """The places of all mapped columns.

    Raises:
        ValidationError: a column that the file does not have, or has twice.
    """
    if len(rows) < mapping.header_row:
        raise ValidationError(
            _("The file has no row %(row)s for the headings.") % {"row": mapping.header_row},
            code="mapping",
        )
    names = [name.strip() for name in rows[mapping.header_row - 1]] if mapping.header_row else []
    width = max((len(row) for row in rows), default=0)

    def place(column: Column) -> int:
        if isinstance(column, int):
            found = column - 1 if 1 <= column <= width else -1
        else:
            found = names.index(column) if names.count(column) == 1 else -1
        if found < 0:
            raise ValidationError(
                _("The file has no column “%(column)s”, or has it twice. Choose the column again.")
                % {"column": column},
                code="mapping",
            )
        return found

    wanted = {name: getattr(mapping, name) for name in COLUMNS}
    return Places(
        at={name: place(column) for name, column in wanted.items() if column is not None},
        texts=tuple(place(column) for column in mapping.text),
        width=len(names) or width,
    )
