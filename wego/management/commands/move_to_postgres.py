"""`manage.py move_to_postgres`: the house on SQLite goes over to PostgreSQL, with proof."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from wego import startup
from wego.backup.making import make_house
from wego.backup.manifest import BackupError
from wego.backup.targets import Target
from wego.backup.writing import write_backup


class Command(BaseCommand):
    """Exit 0 once everything is proved equal; 1 with the reason, PostgreSQL as empty as before."""

    help = "Move from SQLite into an empty PostgreSQL database; documents stay where they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("url", help="postgres://user:password@host:5432/database, empty")

    def handle(self, *_args: object, **options: Any) -> None:
        """Hold SQLite still, copy, prove, say what to set."""
        if connection.vendor != "sqlite":
            raise CommandError("This house is not on SQLite: there is nothing to move.")
        target = Target(options["url"], settings.DATA_DIR)
        if target.sqlite:
            raise CommandError("Name a PostgreSQL database, postgres://…")
        with (
            startup.only_one(settings.DATA_DIR),
            tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".moving-") as folder,
        ):
            try:
                self.move(Path(folder) / "house.zip", target)
            except (BackupError, OSError) as error:
                raise CommandError(f"Not moved. {error}") from error
        self.stdout.write(
            "Moved. Set DATABASE_URL to the new address and start again; people sign in anew. "
            "The SQLite file is kept as it was: put it away once you are content."
        )

    def move(self, path: Path, target: Target) -> None:
        """Nobody writes to SQLite from before the copy until PostgreSQL has all of it."""
        with transaction.atomic():  # takes SQLite's write lock at once
            write_backup(path, at=timezone.now(), with_files=False)
            make_house(path, target, say=self.stdout.write, documents_stay=True)
