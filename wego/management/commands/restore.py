"""`manage.py restore`: an empty database becomes the house of a backup, proved equal."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from wego import startup
from wego.backup.making import make_house
from wego.backup.manifest import BackupError
from wego.backup.targets import Target


class Command(BaseCommand):
    """Exit 0 once everything is proved equal; 1 with the reason, the target as empty as before."""

    help = "Restore a backup into an empty SQLite or PostgreSQL database and an empty data folder."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup and where to; by default the database and folder of the settings."""
        parser.add_argument("archive", type=Path, help="a file that `backup` wrote")
        parser.add_argument("--into", help="sqlite:///… or postgres://…, empty")
        parser.add_argument("--data", type=Path, help="data folder, for the documents")

    def handle(self, *_args: object, **options: Any) -> None:
        """Check, restore, say."""
        data = (options["data"] or settings.DATA_DIR).resolve()
        if options["into"]:
            url = options["into"]
        elif options["data"]:
            url = f"sqlite:///{data}/wego.sqlite3"
        else:
            url = settings.DATABASE_ADDRESS
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with startup.only_one(data):
            try:
                make_house(options["archive"].resolve(), Target(url, data), say=self.stdout.write)
            except (BackupError, OSError) as error:
                raise CommandError(f"Not restored. {error}") from error
        self.stdout.write("Restored.")
