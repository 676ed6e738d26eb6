"""Tables for spreadsheet programs: typed XLSX, and CSV, in which no text becomes a formula.

A table is columns plus rows of plain values: text, whole number, `Decimal`, calendar date, or money
in cents, as each column declares ("plain" is a whole number without separators, as a year). Rows
are written as they come, so a long table needs no memory.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Final, Literal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from wego.money import plain

Value = str | int | Decimal | dt.date | None
Type = Literal["text", "plain", "whole", "decimal", "date", "money"]

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"

NUMBER_FORMATS: Final[dict[Type, str]] = {
    "text": "@",
    "plain": "0",
    "whole": "#,##0",
    "decimal": "#,##0.00",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00",
}
# What Excel keeps of a cell, in UTF-16 units.
LONGEST_TEXT: Final = 32767

# Not allowed in XML 1.0, where the file would open with a repair message, or of no use to a reader.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\r\n]+")
# Starts that Excel, LibreOffice or Google Sheets take for a formula, also in their full widths.
# A cell also starts after a semicolon where that is the list separator of the reader's country.
_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@|＝＋－＠｜−])")
_FORMULA_START = re.compile(r"\s*[=+\-@|＝＋－＠｜−]|[\t\r\n]")


@dataclass(frozen=True)
class Column:
    """One column: its name for programs, its heading for people, what it holds, how wide it is.

    `total` asks for the sum of a number or money column under the table; `labels` are the words
    that people read in place of the codes that programs do.
    """

    name: str
    heading: str
    type: Type = "text"
    width: int = 14
    total: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; `total_label` stands in the first column of the totals row."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    total_label: str = ""


def clean_text(text: str) -> str:
    """The text without characters that no spreadsheet can hold; line breaks stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


def guard_text(text: str) -> str:
    """The text on one line for CSV, with `'` before anything a program could run as a formula."""
    starts_oddly = text[:1] in ("\t", "\r", "\n")
    line = _BREAKS.sub(" ", clean_text(text)).strip(" ")
    guarded = _FORMULA.sub(r"\1'", line)
    return f"'{guarded}" if starts_oddly and not guarded.startswith("'") else guarded


def write_csv(
    stream: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    delimiter: str = ",",
    mark: bool = True,
) -> int:
    """Write one header row of column names, then the rows; returns their number.

    UTF-8 with a byte order mark unless `mark` is false, ISO dates, plain decimals with a point, no
    totals.
    """
    if mark:
        stream.write(BYTE_ORDER_MARK.encode())
    written = -1  # the header is no row
    for line in csv_lines(columns, rows, delimiter):
        stream.write(line)
        written += 1
    return written


def csv_lines(
    columns: Sequence[Column], rows: Iterable[Sequence[Value]], delimiter: str = ","
) -> Iterator[bytes]:
    """The header row and each row as bytes, without the byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow([column.name for column in columns])
    yield buffer.getvalue().encode()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        cells = zip(columns, row, strict=True)
        writer.writerow([_csv_cell(column, value) for column, value in cells])
        yield buffer.getvalue().encode()


def _csv_cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if column.type == "money":
        return plain(_whole(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    return guard_text(value) if isinstance(value, str) else str(value)


def write_xlsx(stream: IO[bytes], sheets: Sequence[Sheet], *, title: str, on: dt.date) -> int:
    """Write a workbook of typed cells; returns the number of rows of its first sheet.

    Each sheet has a frozen header with a filter. The same rows and `on` (the date the file says it
    was made) give the same bytes. The stream must be seekable.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        made_at = dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)
        book.set_properties({"title": title, "created": made_at})
        styles = Styles(book)
        counts = [_write_sheet(book.add_worksheet(sheet.name), sheet, styles) for sheet in sheets]
    return counts[0]


class Styles:
    """The looks of cells: a header, and one per type, plain or under the table."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4F0F8", "bottom": 1}
        )
        self.plain = {
            kind: book.add_format({"num_format": code, "valign": "top"})
            for kind, code in NUMBER_FORMATS.items()
        }
        self.total = {
            kind: book.add_format({"num_format": code, "bold": True, "top": 1})
            for kind, code in NUMBER_FORMATS.items()
        }
        # Keeps the text a text when somebody edits the cell.
        self.guarded = book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})


def _write_sheet(paper: Worksheet, sheet: Sheet, styles: Styles) -> int:
    columns = sheet.columns
    for place, column in enumerate(columns):
        paper.set_column(place, place, column.width)
    for place, column in enumerate(columns):
        paper.write_string(0, place, clean_text(column.heading), styles.header)
    paper.freeze_panes(1, 0)
    sums = [0 for _ in columns]
    line = 0
    for line, row in enumerate(sheet.rows, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(paper, (line, place), column, value, styles)
            if column.total and value is not None:
                sums[place] += _whole(value)
    if sheet.total_label:
        _write_totals(paper, line + 1, sheet, sums, styles)
    paper.autofilter(0, 0, line, len(columns) - 1)
    paper.set_landscape()
    paper.set_paper(9)
    paper.fit_to_pages(1, 0)
    paper.repeat_rows(0)
    return line


def _write_cell(
    paper: Worksheet, at: tuple[int, int], column: Column, value: Value, styles: Styles
) -> None:
    look = styles.plain[column.type]
    if value is None:
        paper.write_blank(*at, None, look)
    elif column.type == "money":
        paper.write_number(*at, _whole(value) / 100, look)
    elif isinstance(value, dt.date):
        paper.write_datetime(*at, value, look)
    elif isinstance(value, str):
        text = clean_text(column.labels.get(value, value))[:LONGEST_TEXT]
        risky = _FORMULA_START.match(text)
        paper.write_string(*at, text, styles.guarded if risky else look)
    else:
        paper.write_number(*at, value, look)


def _write_totals(
    paper: Worksheet, line: int, sheet: Sheet, sums: Sequence[int], styles: Styles
) -> None:
    for place, (column, total) in enumerate(zip(sheet.columns, sums, strict=True)):
        if place == 0:
            paper.write_string(line, 0, clean_text(sheet.total_label), styles.total["text"])
        elif column.total:
            value = total / 100 if column.type == "money" else total
            paper.write_number(line, place, value, styles.total[column.type])
        else:
            paper.write_blank(line, place, None, styles.total["text"])


def _whole(value: Value) -> int:
    if isinstance(value, int):
        return value
    message = f"A whole number was wanted here, not {value!r}."
    raise TypeError(message)
