"""The last number that each table gave out: a number once given is not given again."""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connections

from wego.backup.tables import kept_models, table_of

COUNTED = frozenset({"AutoField", "BigAutoField", "SmallAutoField"})


def counted_tables() -> dict[str, str]:
    """The tables whose keys the database counts, and the column."""
    found = {}
    for model in kept_models():
        key = model._meta.pk  # noqa: SLF001 Django's documented door
        if key is not None and key.get_internal_type() in COUNTED and key.column:
            found[table_of(model)] = key.column
    return found


def read_sequences(using: str) -> dict[str, int]:
    """The last number of every table that gave one out."""
    connection = connections[using]
    counted = counted_tables()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            rows = cursor.fetchall()
            return {name: number for name, number in rows if name in counted and number > 0}
        found = {}
        for table, column in counted.items():
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [table, column],
            )
            [number] = cursor.fetchone()
            if number is not None:
                found[table] = number
        return found


def set_sequences(wanted: dict[str, int], using: str) -> None:
    """Let every table go on counting where the backup's left off, or after its last row."""
    connection = connections[using]
    counted = counted_tables()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
        for table in sorted(counted.keys() & wanted.keys()):
            if wanted[table] < 1:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                    [table, wanted[table]],
                )
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [table, counted[table], wanted[table]],
                )
