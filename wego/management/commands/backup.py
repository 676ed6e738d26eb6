"""`manage.py backup`: the whole house in one file, taken while it works, and read back."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error

from wego.backup.manifest import BackupError
from wego.backup.taking import facts_of, take_backup


class Command(BaseCommand):
    """Exit 0 with the file's name and SHA-256; 1 with the reason, and no file."""

    help = "Write database and documents to one file, verified; the house may work meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether with the secret key."""
        parser.add_argument("target", type=Path, help="a folder, or the file to write")
        parser.add_argument(
            "--with-secret-key",
            action="store_true",
            help="put the secret key in as well: whoever has the file then opens everything",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        """Write it, read it back, say it."""
        target: Path = options["target"].resolve()
        if not target.is_dir() and not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}: make it, or name another.")
        if target.is_file():
            raise CommandError(f"{target} is there already: a backup replaces none.")
        try:
            taken = take_backup(target, with_key=options["with_secret_key"])
        except (BackupError, Error, OSError) as error:
            raise CommandError(f"No backup was made: {' '.join(str(error).split())}") from error
        facts = facts_of(taken)
        if options["json"]:
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(
            f"{taken.path}\n{facts['rows']:,} rows of {facts['tables']} tables, "
            f"{facts['files']:,} documents, {facts['size']:,} bytes; read back whole.\n"
            f"SHA-256 {taken.sha256}\nHead of the audit trail: {taken.manifest.head or 'none yet'}"
        )
        if not taken.manifest.has_key:
            self.stdout.write("The secret key is not in it: keep a copy of it elsewhere.")
