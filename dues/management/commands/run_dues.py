"""Preview a dues year, or issue it."""

import datetime as dt
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dues.invoicing import IssueResult, check_year, issue_dues
from dues.preview import Preview, as_data, preview_dues
from wego.money import display


class Command(BaseCommand):
    """Without `--issue` nothing is written; a second `--issue` issues nothing."""

    help = "Preview the dues of a year; with --issue, issue the invoices."

    def add_arguments(self, parser: CommandParser) -> None:
        """The days default to the invoice settings (S7)."""
        parser.add_argument("year", type=int, help="dues year")
        parser.add_argument("--issue", action="store_true", help="issue the invoices")
        parser.add_argument("--issued-on", type=dt.date.fromisoformat, help="issue day, YYYY-MM-DD")
        parser.add_argument("--due-on", type=dt.date.fromisoformat, help="due day, YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Call one rule and print its answer."""
        try:
            check_year(options["year"])
            result = self.issue(options) if options["issue"] else None
            preview = result.preview if result else preview_dues(options["year"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        if options["json"]:
            data = as_data(preview) | (issue_data(result) if result else {})
            self.stdout.write(json.dumps(data, ensure_ascii=False))
        else:
            self.stdout.write(words(preview, result))

    def issue(self, options: dict[str, Any]) -> IssueResult:
        """Issue for the command line: nobody signed in, so nobody's name on the run."""
        return issue_dues(
            options["year"],
            by=None,
            issued_on=options["issued_on"],
            due_on=options["due_on"],
        )


def issue_data(result: IssueResult) -> dict[str, Any]:
    """What the issue did; the numbers are null when it issued nothing."""
    return {
        "issued": result.issued,
        "already_issued": result.already_issued,
        "first_number": result.first_number or None,
        "last_number": result.last_number or None,
    }


def words(preview: Preview, result: IssueResult | None) -> str:
    """The run for a person at a terminal."""
    lines = [
        f"{line.party.name_en} ({line.party.country_code}): {display(line.amount_cents)}. "
        f"{line.why}"
        for line in preview.priced
    ]
    lines += [f"BLOCKED {line.party.name_en}: {line.why}" for line in preview.blocked]
    lines += [f"not due {line.party.name_en}: {line.why}" for line in preview.not_due]
    lines += [f"WARNING {warning}" for warning in preview.warnings()]
    lines.append(
        f"Dues {preview.year}: {len(preview.priced)} to bill, {display(preview.total_cents)}; "
        f"{len(preview.blocked)} blocked, {len(preview.not_due)} not due."
    )
    if result:
        numbers = f" ({result.first_number} to {result.last_number})" if result.issued else ""
        lines.append(
            f"Issued {result.issued} invoices{numbers}; {result.already_issued} were issued before."
        )
    return "\n".join(lines)
