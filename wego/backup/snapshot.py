"""One moment of the database, held still while the house works on.

SQLite is copied with its own backup call, never as a file: plain copies of a live file are broken
more often than not. PostgreSQL reads in one repeatable-read transaction.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

ALIAS = "snapshot"


@contextmanager
def hold_still(folder: Path) -> Iterator[str]:
    """The alias of a connection on which nothing changes; `folder` takes SQLite's copy."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder, prefix=".snapshot-") as inside:
            copy = Path(inside) / "copy.sqlite3"
            copy_sqlite(str(connection.settings_dict["NAME"]), copy)
            with connected({"NAME": str(copy)}):
                yield ALIAS
    else:
        with connected({}), transaction.atomic(using=ALIAS):
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield ALIAS


def copy_sqlite(name: str, copy: Path) -> None:
    """A whole and consistent copy of a SQLite database that others write to meanwhile."""
    source = name if name.startswith("file:") else f"{Path(name).resolve().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=60)) as live,
        closing(sqlite3.connect(copy)) as still,
    ):
        live.backup(still)


@contextmanager
def connected(changes: dict[str, Any]) -> Iterator[None]:
    """A second connection to the house's database, or with `changes` to another."""
    connections.databases[ALIAS] = {**connections.databases[DEFAULT_DB_ALIAS], **changes}
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
