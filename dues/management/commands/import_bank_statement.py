"""Take a bank's file into the books, or see what it would add."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from dues.banking import ImportResult, foresee_import, import_statements
from dues.booking import book_certain
from dues.statements import CsvMapping, read_statements
from dues.statements.sizes import LARGEST
from wego import seoul


class Command(BaseCommand):
    """`import_bank_statement FILE [--dry-run] [--json] [--mapping FILE]`; exit 1: refused."""

    help = "Take the lines of a bank statement in, each once, and book those that are certain."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whether to write, how a CSV is read, and the form of the answer."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument(
            "--mapping", metavar="FILE", type=Path, help="JSON: which column of a CSV says what"
        )

    def handle(
        self,
        *_args: Any,
        file: Path,
        dry_run: bool,
        as_json: bool,
        mapping: Path | None,
        **_options: Any,
    ) -> None:
        """Read, import, book; then tell what the file holds and what it added."""
        try:
            content = read_content(file)
            statements = read_statements(content, file.name, read_mapping(mapping))
            if dry_run:
                result, booked = foresee_import(statements), 0
            else:
                result = import_statements(
                    statements,
                    file_name=file.name,
                    content_sha256=hashlib.sha256(content).hexdigest(),
                    on=seoul.today(),
                    by=None,
                )
                booked = len(book_certain(on=seoul.today(), by=None))
        except ValidationError as error:
            sentence = " ".join(error.messages)
            if not as_json:
                raise CommandError(sentence, returncode=1) from error
            self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
            raise SystemExit(1) from error
        if as_json:
            answer = json.dumps(result.as_json(), ensure_ascii=False, separators=(",", ":"))
            self.stdout.write(answer)
        else:
            self.tell(result, booked)

    def tell(self, result: ImportResult, booked: int) -> None:
        """The answer for a person at a terminal."""
        facts = result.as_json()
        for warning in (each for one in result.statements for each in one.warnings):
            self.stderr.write(f"warning: {warning}")
        self.stdout.write(
            f"{facts['format']}: {facts['entries']} entries in {facts['statements']} statements, "
            f"{facts['credits']} in, {facts['debits']} out, sum {facts['currency']} "
            f"{facts['sum']}. {facts['new']} new, {facts['known']} known before; "
            f"{booked} booked by themselves."
        )


def read_content(file: Path) -> bytes:
    """The bytes of a file that is no larger than a statement.

    Raises:
        ValidationError: it cannot be read, or is too large.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise ValidationError(
            _("%(file)s cannot be read: %(why)s.") % {"file": file, "why": error.strerror},
            code="file",
        ) from error


def read_mapping(file: Path | None) -> CsvMapping | None:
    """How a CSV is read, from JSON with the names of `CsvMapping`.

    Raises:
        ValidationError: no JSON object, or names that a mapping does not have.
    """
    if file is None:
        return None
    try:
        facts = json.loads(read_content(file))
        facts["text"] = tuple(facts.get("text", ()))
        return CsvMapping(**facts)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(
            _("%(file)s is no mapping: it is a JSON object with the names of columns.")
            % {"file": file},
            code="mapping",
        ) from error
