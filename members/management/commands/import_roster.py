"""Take a roster file into the register."""

import datetime as dt
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.roster import REQUIRED, RosterReport, import_roster
from members.rows import open_file
from wego import seoul


class Command(BaseCommand):
    """`import_roster FILE --as-of 2019-12-31 [--json]`; exit 1: rows refused, 2: no roster file."""

    help = (
        "Take the members of a roster (CSV in UTF-8) into the register, all or nothing. "
        f"Columns: {', '.join(REQUIRED)}, and optionally level, name_confidence, note."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, its date, the form of the answer."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--as-of", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD", dest="on"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, file: str, on: dt.date, as_json: bool, **_options: Any) -> None:
        """Import, then tell what happened."""
        if on > seoul.today():
            raise CommandError(f"{on:%Y-%m-%d} is still to come.", returncode=2)
        try:
            report = import_roster(open_file(file), on=on, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.tell(report, on)
        if report.rejected:
            raise CommandError(
                f"Nothing was imported: {len(report.rejected)} problems to correct.", returncode=1
            )

    def tell(self, report: RosterReport, on: dt.date) -> None:
        """The report for people."""
        for row, column, reason in report.rejected:
            self.stderr.write(f"row {row}, {column or 'whole row'}: {reason}")
        for warning in report.warnings:
            self.stderr.write(f"warning: {warning}")
        if report.rejected:
            return
        created = ", ".join(f"{count} {kind}" for kind, count in report.created.items())
        self.stdout.write(
            f"Roster of {on:%Y-%m-%d}: created {created}; "
            f"{report.updated} updated, {report.unchanged} unchanged."
        )
        if any(report.created.values()):
            self.stdout.write("The roster names no associates: their statuses are to be confirmed.")
