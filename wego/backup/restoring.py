"""Making an empty database the house again: all of it, proved, or nothing.

Everything happens in one transaction of the database (on SQLite in a file that takes its place at
the end), and it is only kept once every table, sum, hash and the head of the audit trail are
equal to what the backup says.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model
from django.utils import timezone

from wego import guards, operations, seals, storage
from wego.backup.manifest import (
    BackupError,
    Manifest,
    applied_migrations,
    head_of,
    money_totals,
)
from wego.backup.reading import Archive, KeptFile
from wego.backup.sequences import set_sequences
from wego.backup.tables import fields_of, kept_models, line_of, read_rows, table_of, values_of
from wego.backup.writing import stored_files
from wego.models import OperationKind
from wego.operations import Outcome, record_operation

BATCH = 500
PIECE = 1024 * 1024


def restore(archive: Archive) -> None:
    """Fill the house's own, empty database and store; raises BackupError and leaves it empty.

    On SQLite the database must be a file of its own that is thrown away on failure: tables cannot
    be made there inside a transaction.
    """
    started_at = timezone.now()
    restore_files(archive)
    if connection.vendor == "sqlite":
        make_tables()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            make_tables()
        fill_tables(archive)
        prove_equal(archive.manifest)
        manifest = archive.manifest
        facts = {
            "made_at": manifest.made_at,
            "rows": manifest.rows,
            "files": manifest.files.rows,
            "head": manifest.head,
        }
        record_operation(
            OperationKind.RESTORE,
            Outcome(ok=True, facts=facts),
            started_at=started_at,
            finished_at=timezone.now(),
        )


def make_tables() -> None:
    """Tables, contents that migrations bring, guards."""
    call_command("migrate", interactive=False, verbosity=0)


def fill_tables(archive: Archive) -> None:
    """Put the backup's rows in place of whatever the migrations wrote, guards aside meanwhile."""
    for guard in guards.declared():
        guards.run_statements(connection, guard.remove(connection.vendor))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in kept_models():
            cursor.execute(f"DELETE FROM {quoted(table_of(model))}")  # noqa: S608 our own table
    for model in kept_models():
        insert_rows(archive, model)
    check_references()
    set_sequences(archive.manifest.sequences, DEFAULT_DB_ALIAS)
    guards.install()


def insert_rows(archive: Archive, model: type[Model]) -> None:
    """Write the rows of a table as they are, a batch at a time."""
    fields = fields_of(model)
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = table_of(model)
    statement = f"INSERT INTO {quoted(table)} ({columns}) VALUES ({places})"  # noqa: S608 our own
    lines = archive.lines(table)
    with connection.cursor() as cursor:
        while rows := [prepared(line, fields, table) for line in islice(lines, BATCH)]:
            cursor.executemany(statement, rows)


def prepared(line: bytes, fields: list[Any], table: str) -> list[Any]:
    """A row as this database takes it."""
    try:
        values = values_of(line, fields)
    except (ValueError, TypeError) as error:
        raise BackupError(f"A row of {table} in this backup is none of this version.") from error
    return [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values, strict=True)
    ]


def quoted(name: str) -> str:
    """A name as SQL wants it."""
    return connection.ops.quote_name(name)


def check_references() -> None:
    """Every row that is pointed to is there; raises IntegrityError."""
    if connection.vendor == "sqlite":
        connection.check_constraints()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def prove_equal(manifest: Manifest) -> None:
    """The restored house is the one of the backup, or BackupError says in what it is not."""
    for model in kept_models():
        kept = manifest.tables[table_of(model)]
        digest, rows = hashlib.sha256(), 0
        for row in read_rows(model, using=DEFAULT_DB_ALIAS):
            digest.update(line_of(row))
            rows += 1
        if (rows, digest.hexdigest()) != (kept.rows, kept.sha256):
            raise BackupError(
                f"{table_of(model)} came out different: {rows} rows of {kept.rows}, or other "
                "contents. Nothing was restored."
            )
    facts = {
        "the migrations": (applied_migrations(DEFAULT_DB_ALIAS), manifest.migrations),
        "the sums of money": (money_totals(DEFAULT_DB_ALIAS), manifest.money),
        "the head of the audit trail": (head_of(DEFAULT_DB_ALIAS), manifest.head),
        "the database guards": (guards.missing(), []),
    }
    for name, (found, wanted) in facts.items():
        if found != wanted:
            raise BackupError(f"{name} came out different. Nothing was restored.")
    prove_trail(manifest)


def prove_trail(manifest: Manifest) -> None:
    """The audit trail fits its seals up to the head the backup saw."""
    faults = seals.verify_trail(head=manifest.head).faults
    if faults:
        raise BackupError(f"The audit trail does not fit its seals: {faults[0]}")


def prove_whole() -> list[str]:
    """What the restored house's own proof of the books finds, in words."""
    return list(operations.prove_books().facts["faults"])


def check_store(archive: Archive) -> None:
    """The store holds nothing but what the backup will put there; raises BackupError."""
    listed = {kept.path for kept in archive.files()}
    for path, _file in stored_files():
        if path not in listed:
            raise BackupError(
                f"The document store is not empty: it holds {path}, which this backup does not. "
                "Restore into a data folder without documents."
            )


def restore_files(archive: Archive) -> None:
    """Store every document; one that is there already must be the same."""
    for kept in archive.files():
        target = storage.resolve(kept.path)
        if target.exists():
            check_same(target, kept)
        else:
            store(target, archive.pieces(kept))


def store(target: Path, pieces: Iterator[bytes]) -> None:
    """Write a document so that it is there whole or not at all."""
    storage.make_directories(target.parent)
    hidden = target.with_name(f".{target.name}.restoring")
    try:
        descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(target)
    finally:
        hidden.unlink(missing_ok=True)


def check_same(target: Path, kept: KeptFile) -> None:
    """A document that an earlier try left is the one of the backup; raises BackupError."""
    digest = hashlib.sha256()
    with target.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    if digest.hexdigest() != kept.sha256:
        raise BackupError(f"{kept.path} is in the store already, and is another document.")
