"""The second half of `manage.py restore`: run by it, with the settings of the house to be."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from wego.backup.manifest import BackupError, key_print
from wego.backup.reading import Archive
from wego.backup.restoring import check_store, restore
from wego.models import OperationKind
from wego.operations import last_operations, prove_books, watch_operation
from wego.storage import StorageError


class Command(BaseCommand):
    """Exit 0 with what was proved; 1 with the reason, and the database as empty as it was."""

    help = "Restore a backup into this very database; use `restore`, which checks first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup; whether the documents are in the store already and not in it."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--documents-stay", action="store_true")

    def handle(self, *_args: object, **options: Any) -> None:
        """Restore, prove, say."""
        try:
            with Archive(options["archive"]) as archive:
                if not options["documents_stay"]:
                    check_store(archive)
                self.take_key(archive.secret_key())
                restore(archive)
                self.report(archive)
        except (BackupError, StorageError, Error, OSError) as error:
            raise CommandError(" ".join(str(error).split())) from error
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def take_key(self, key: str) -> None:
        """Put a secret key that the backup holds where the house reads it."""
        if key and key != settings.SECRET_KEY:
            path = settings.DATA_DIR / "secret_key"
            path.write_text(key)
            path.chmod(0o600)
            settings.SECRET_KEY = key

    def report(self, archive: Archive) -> None:
        """What is equal, and what a person should know."""
        manifest = archive.manifest
        self.stdout.write(
            f"Equal to the backup of {manifest.made_at}: {manifest.rows:,} rows of "
            f"{len(manifest.tables)} tables, {manifest.files.rows:,} documents, "
            f"{len(manifest.money)} sums of money, head {manifest.head[:16] or 'none yet'}."
        )
        if watch_operation(OperationKind.BOOKS, prove_books):
            self.stdout.write("The books are right.")
        else:
            faults = last_operations()[OperationKind.BOOKS].facts.get("faults") or ["see System"]
            self.stdout.write(f"As in the backup, the books have faults: {faults[0]}")
        if manifest.key != key_print():
            self.stdout.write(
                "This house has another secret key: second factors and links made before do not "
                f"work. Put the old key into {settings.DATA_DIR / 'secret_key'}."
            )
