"""Tables that people hand in as CSV: read strictly, every refusal with its row, column and reason.

Rows are numbered as a spreadsheet numbers them: the header is row 1. UTF-8, with or without a byte
order mark; columns in any order, found by their names in the header.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Source = str | bytes | IO[str] | IO[bytes]

# A line break is no more than a space in a name; other control characters are damage.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Far more than any table of members has; what is longer was made to keep the house busy.
MOST_COLUMNS, MOST_ROWS = 100, 50_000
# A file with so many faults is another file; it is refused whole in any case.
MOST_REJECTED = 1_000
TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Rejection(NamedTuple):
    """Why one cell (or, without a column, one row) cannot be taken."""

    row: int
    column: str
    reason: str


class Row(NamedTuple):
    """One line of the table; cells are trimmed, in Unicode's composed form, "" when empty."""

    number: int
    cells: dict[str, str]


@dataclass
class Table:
    """What a file holds: its columns, its rows, and what could not be read."""

    columns: set[str]
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def open_file(path: str) -> bytes:
    """The bytes of a file somebody named.

    Raises:
        ValidationError: there is no such file, or it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise unreadable(
            _("“%(path)s” cannot be read: %(reason)s.") % {"path": path, "reason": reason}
        ) from error
    except ValueError as error:  # a NUL in the name
        raise unreadable(_("This is not the name of a file.")) from error


def read_table(source: Source, *, required: Collection[str], known: Collection[str]) -> Table:
    """The rows of a CSV file under checked headings; `known` adds the optional columns.

    Raises:
        ValidationError: no text in UTF-8, nothing in it, a required column is missing, or far too
            many columns or rows.
    """
    reader = csv.reader(io.StringIO(read_text(source), newline=""), strict=True)
    try:
        names = [squeeze(name).lower() for name in next(reader, [])]
    except csv.Error as error:
        raise unreadable(_("The first row cannot be read as CSV.")) from error
    if len(names) > MOST_COLUMNS:
        raise unreadable(
            _("The first row has more than %(most)s columns.") % {"most": MOST_COLUMNS}
        )
    check_header(names, required)
    table = Table(columns=set(names))
    wanted = {*required, *known}
    table.warnings = [
        _("Column “%(column)s” is not known and was left out.") % {"column": name}
        for name in names
        if name and name not in wanted
    ]
    table.rows = list(read_rows(reader, names, table.rejected))
    return table


def read_text(source: Source) -> str:
    """The text of a file, an upload or a string.

    Raises:
        ValidationError: not UTF-8, or nothing in it.
    """
    try:
        content = source if isinstance(source, str | bytes) else source.read()
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        text.encode()
    except UnicodeError as error:
        raise unreadable(
            _("The file is not text in UTF-8. Save it as “CSV UTF-8” and try again.")
        ) from error
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise unreadable(_("The file is empty."))
    return text


def check_header(names: list[str], required: Collection[str]) -> None:
    """Refuse a header that lacks a required column or names one twice."""
    missing = [name for name in required if name not in names]
    if missing and len(names) == 1 and re.search(r"[;\t]", names[0]):
        raise unreadable(_("The columns must be separated by commas."))
    if missing:
        raise unreadable(
            _("The file lacks the column %(columns)s in its first row.")
            % {"columns": ", ".join(missing)}
        )
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise unreadable(
            _("The first row names %(columns)s twice.") % {"columns": ", ".join(sorted(twice))}
        )


def read_rows(
    reader: Iterator[list[str]], names: list[str], rejected: list[Rejection]
) -> Iterator[Row]:
    """Whole rows in order, without empty lines; ragged and damaged ones go to `rejected`."""
    number = 1
    while len(rejected) < MOST_REJECTED:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reason = _("The row cannot be read as CSV: look for a quotation mark too few or many.")
            rejected.append(Rejection(number, "", reason))
            return
        if number > MOST_ROWS:
            raise unreadable(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            reason = _("The row has %(found)s cells where the first row has %(wanted)s.")
            counts = {"found": len(cells), "wanted": len(names)}
            rejected.append(Rejection(number, "", reason % counts))
            continue
        damaged = [name for name, cell in zip(names, cells, strict=True) if CONTROL.search(cell)]
        if damaged:
            reason = _("The cell holds a control character that no name or number has.")
            rejected.extend(Rejection(number, name, reason) for name in damaged)
            continue
        yield Row(
            number, {name: squeeze(cell) for name, cell in zip(names, cells, strict=True) if name}
        )


def squeeze(text: str) -> str:
    """The text trimmed, with single spaces, in the composed form in which names are compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def sameness(name: str) -> str:
    """What two spellings of one name share: capitals and spaces do not make another member."""
    return squeeze(name).casefold()


def as_truth(text: str) -> bool | None:
    """Yes or no; None for anything else."""
    return TRUTHS.get(text.lower())


def unreadable(sentence: str) -> ValidationError:
    """A file nothing can be taken from."""
    return ValidationError(sentence, code="unreadable")
