"""Where a backup is restored into: which database, which data folder, and that both are empty."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg
from django.conf import settings

from wego.backup.manifest import BackupError

# A restored SQLite file has this name until it is proved.
STAGED = ".restoring"
SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Target:
    """A house to be: the address of its database and its data folder."""

    url: str
    data: Path

    @property
    def sqlite(self) -> Path | None:
        """The database file; None for PostgreSQL."""
        config = environ.Env.db_url_config(self.url)
        return Path(config["NAME"]) if config["ENGINE"].endswith("sqlite3") else None

    def check_empty(self) -> None:
        """Raises BackupError when the database holds a table, or cannot be asked."""
        try:
            tables = self.count_sqlite() if self.sqlite else self.count_postgresql()
        except (sqlite3.Error, psycopg.Error) as error:
            raise BackupError(f"The database to restore into does not answer: {error}") from error
        if tables:
            raise BackupError(
                f"The database to restore into is not empty: it has {tables} tables. "
                "Name an empty one; nothing was changed."
            )

    def count_sqlite(self) -> int:
        """Tables of the SQLite file; a file that is not there has none."""
        path = self.sqlite
        if path is None or not path.exists():
            return 0
        with closing(sqlite3.connect(path)) as link:
            found: int = link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        return found

    def count_postgresql(self) -> int:
        """Tables of the PostgreSQL database, in whatever schema."""
        with psycopg.connect(self.url, connect_timeout=10) as link:
            row = link.execute(
                "SELECT count(*) FROM information_schema.tables "
                "WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
            ).fetchone()
        return int(row[0]) if row else 0

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of this program in the house to be, with its own settings."""
        url = f"sqlite:///{self.staged}" if self.staged else self.url
        return subprocess.run(  # noqa: S603 our own program, no shell
            [sys.executable, "-m", "django", *arguments],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "WEGO_DATA_DIR": str(self.data),
                "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "wego.settings"),
            },
            check=False,
            capture_output=True,
            text=True,
        )

    @property
    def staged(self) -> Path | None:
        """The SQLite file that is filled first; None for PostgreSQL."""
        return self.sqlite.with_name(f"{self.sqlite.name}{STAGED}") if self.sqlite else None

    def clear_stage(self) -> None:
        """Take away what an earlier try left."""
        if self.staged:
            for suffix in ("", *SIDE_FILES):
                self.staged.with_name(f"{self.staged.name}{suffix}").unlink(missing_ok=True)

    def put_in_place(self) -> None:
        """Let the proved SQLite file be the house's database, at once and for certain."""
        if not self.staged or not self.sqlite:
            return
        for suffix in SIDE_FILES:
            self.sqlite.with_name(f"{self.sqlite.name}{suffix}").unlink(missing_ok=True)
        self.staged.rename(self.sqlite)
        descriptor = os.open(self.sqlite.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
