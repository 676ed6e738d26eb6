"""Write the entries of a period to files for other books: XLSX, CSV."""

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues.forms.books import COMMA, SEMICOLON
from dues.journal import Sums, check_period, list_lines, write_csv, write_xlsx
from dues.management.commands._whole_file import whole_file
from wego.money import USD, display, plain


def day(text: str) -> dt.date:
    """A calendar date as programs write it."""
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    """A file appears whole or not at all; without one only the sums are said."""

    help = "Export every entry of a period as two lines, debit and credit."

    def add_arguments(self, parser: CommandParser) -> None:
        """The period, the files, and how the CSV is written."""
        parser.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
        parser.add_argument("--to", dest="last", type=day, required=True, metavar="DATE")
        parser.add_argument("--xlsx", type=Path, metavar="FILE", help="for people")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="for programs")
        parser.add_argument("--semicolon", action="store_true", help="CSV with semicolons")
        parser.add_argument("--no-mark", action="store_true", help="CSV without byte order mark")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write what is wanted, then say what it came to."""
        first, last = options["first"], options["last"]
        delimiter = SEMICOLON if options["semicolon"] else COMMA
        csv = partial(write_csv, first, last, delimiter=delimiter, mark=not options["no_mark"])
        try:
            check_period(first, last)
            sums = count_up(first, last)
            for path, write in (
                (options["xlsx"], partial(write_xlsx, first, last)),
                (options["csv"], csv),
            ):
                sums = write_file(path, write) if path else sums
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        except OSError as error:
            raise CommandError(f"Not written: {error}.", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_data(first, last, sums)))
        else:
            self.stdout.write(
                f"{sums.entries:,} entries, debit {display(sums.debit_cents)}, "
                f"credit {display(sums.credit_cents)}."
            )


def count_up(first: dt.date, last: dt.date) -> Sums:
    """What the lines come to, without writing them."""
    sums = Sums()
    for _line in list_lines(first, last, sums):
        pass
    return sums


def write_file(path: Path, write: Callable[[IO[bytes]], Sums]) -> Sums:
    """Write one file, whole or not at all."""
    with whole_file(path) as place, place.open("w+b") as stream:
        return write(stream)


def as_data(first: dt.date, last: dt.date, sums: Sums) -> dict[str, Any]:
    """The sums as JSON: money as text."""
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "entries": sums.entries,
        "lines": 2 * sums.entries,
        "debit": plain(sums.debit_cents),
        "credit": plain(sums.credit_cents),
        "currency": USD,
        "balanced": sums.is_balanced,
    }
