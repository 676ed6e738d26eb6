"""Take files of figures for a dues year into the register, and say which move a fee."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues.bandwatch import watch_bands
from members.figure_files import FiguresReport, import_figures
from members.figure_rows import LAYOUTS
from members.rows import open_file


class Command(BaseCommand):
    """`import_figures --year 2020 [--cities FILE] [--gdp FILE] [--employees FILE] [--json]`.

    Exit 1: rows refused, nothing written; 2: no dues year, no file, or one that cannot be read.
    """

    help = "Take figures of a dues year (CSV in UTF-8) into the register, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The year, up to three files, the form of the answer."""
        parser.add_argument("--year", required=True, type=int)
        for name, layout in LAYOUTS.items():
            parser.add_argument(
                f"--{name}", metavar="FILE", help=f"columns {', '.join(layout.required)}"
            )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, year: int, as_json: bool, **options: Any) -> None:
        """Import, then tell what happened."""
        try:
            report = import_figures(
                year=year,
                cities=read(options["cities"]),
                gdp=read(options["gdp"]),
                employees=read(options["employees"]),
                by=None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        report.warnings += watch_bands(report)
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.tell(report)
        if report.rejected:
            raise CommandError(
                f"Nothing was imported: {len(report.rejected)} problems to correct.", returncode=1
            )

    def tell(self, report: FiguresReport) -> None:
        """The report for people."""
        for file, row, column, reason in report.rejected:
            self.stderr.write(f"{file} row {row}, {column or 'whole row'}: {reason}")
        for warning in report.warnings:
            self.stderr.write(f"warning: {warning}")
        for name, tally in report.tallies.items():
            if not report.rejected:
                self.stdout.write(
                    f"{name} {report.year}: {tally.created} created, "
                    f"{tally.unchanged} unchanged, {tally.missing} missing"
                )


def read(path: str | None) -> bytes | None:
    """The bytes of a file, if one was named."""
    return None if path is None else open_file(path)
