"""Take a history file into the house."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.history.entering import HistoryReport, import_history
from members.rows import open_file


class Command(BaseCommand):
    """`import_history FILE [--json]`; exit 2: nothing was imported, and why."""

    help = (
        "Take the organisation's history from a JSON file (sections of rows, each with its "
        "sources in “src”): all of it or nothing, every fact once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the form of the answer."""
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, file: str, as_json: bool, **_options: Any) -> None:
        """Import, then tell what happened."""
        try:
            report = import_history(open_file(file), by=None)
        except ValidationError as error:
            sentences = "\n".join(error.messages)
            raise CommandError(f"Nothing was imported.\n{sentences}", returncode=2) from error
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.tell(report)

    def tell(self, report: HistoryReport) -> None:
        """The report for people."""
        for section in report.unknown:
            self.stderr.write(f"warning: nobody reads the section “{section}”: left out.")
        new = sum(report.created.values())
        self.stdout.write(f"History: {new} new facts, {report.unchanged} known already.")
        for section, count in report.created.items():
            if count:
                self.stdout.write(f"  {section}: {count}")
        if report.built:
            rows = ", ".join(f"{count} {rows}" for rows, count in report.built.items())
            self.stdout.write(f"Made of them: {rows}.")
        if report.unplaced:
            names = ", ".join(report.unplaced)
            self.stdout.write(f"Kept by name, as no one member is called so: {names}.")
