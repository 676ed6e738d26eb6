"""Guards in the database itself: rows that nobody changes, or that cannot come to be at all.

An app declares `guards = [Guard(...), InsertGuard(...)]` on its AppConfig. They are triggers on
SQLite and PostgreSQL, put back after every migration, because SQLite's table rebuilds drop them
silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "wego_guard_"


@dataclass(frozen=True)
class Guard:
    """Refuses UPDATE and DELETE (and TRUNCATE) on a table.

    `when` limits it to rows for which the SQL condition on OLD holds, for example those another
    row refers to; TRUNCATE is then left to the referring table's own guard. `frozen` limits the
    refusal of UPDATE to these columns: the others may still be filled in.
    """

    table: str
    message: str
    when: str = ""
    frozen: tuple[str, ...] = ()

    @property
    def update_event(self) -> str:
        """What the trigger on UPDATE listens to."""
        return f"UPDATE OF {', '.join(self.frozen)}" if self.frozen else "UPDATE"

    @property
    def update_trigger(self) -> str:
        """Name of the trigger that refuses UPDATE."""
        return f"{PREFIX}{self.table}_update"

    @property
    def delete_trigger(self) -> str:
        """Name of the trigger that refuses DELETE."""
        return f"{PREFIX}{self.table}_delete"

    @property
    def truncate_trigger(self) -> str:
        """Name of the PostgreSQL trigger that refuses TRUNCATE."""
        return f"{PREFIX}{self.table}_truncate"

    def names(self, vendor: str) -> list[str]:
        """The triggers that must stand for this guard on a database of `vendor`."""
        names = [self.update_trigger, self.delete_trigger]
        if vendor == "postgresql" and not self.when:
            names.append(self.truncate_trigger)
        return names

    def sqlite(self) -> list[str]:
        """Statements that put the guard on SQLite."""
        condition = f"WHEN {self.when} " if self.when else ""
        return [
            *self.remove("sqlite"),
            *(
                f"CREATE TRIGGER {name} BEFORE {act} ON {self.table} {condition}"
                f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
                for name, act in (
                    (self.update_trigger, self.update_event),
                    (self.delete_trigger, "DELETE"),
                )
            ),
        ]

    def postgresql(self) -> list[str]:
        """Statements that put the guard on PostgreSQL.

        PostgreSQL allows no subquery in WHEN, so the condition stands inside the function.
        """
        function = f"{PREFIX}{self.table}"
        refuse = (
            f"RAISE EXCEPTION '{self.message}' USING ERRCODE = 'integrity_constraint_violation'"
        )
        body = f"IF {self.when} THEN {refuse}; END IF" if self.when else refuse
        statements = [
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $guard$ "
            f"BEGIN {body}; IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN OLD; END $guard$"
        ]
        for name, act in (
            (self.update_trigger, self.update_event),
            (self.delete_trigger, "DELETE"),
        ):
            statements.append(
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {function}()"
            )
        if not self.when:
            statements.append(
                f"CREATE OR REPLACE TRIGGER {self.truncate_trigger} BEFORE TRUNCATE "
                f"ON {self.table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )
        return statements

    def remove(self, vendor: str) -> list[str]:
        """Statements that take the guard away: for emptying a test database."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {name}" for name in self.names(vendor)]
        return [f"DROP TRIGGER IF EXISTS {name} ON {self.table}" for name in self.names(vendor)]


@dataclass(frozen=True)
class InsertGuard:
    """Refuses the INSERT of a row for which the SQL condition on NEW holds."""

    table: str
    name: str
    message: str
    when: str

    @property
    def trigger(self) -> str:
        """Name of the trigger."""
        return f"{PREFIX}{self.table}_{self.name}"

    def names(self, vendor: str) -> list[str]:  # noqa: ARG002 the same on every database
        """The triggers that must stand for this guard."""
        return [self.trigger]

    def sqlite(self) -> list[str]:
        """Statements that put the guard on SQLite."""
        return [
            *self.remove("sqlite"),
            f"CREATE TRIGGER {self.trigger} BEFORE INSERT ON {self.table} WHEN {self.when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END",
        ]

    def postgresql(self) -> list[str]:
        """Statements that put the guard on PostgreSQL."""
        return [
            f"CREATE OR REPLACE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$guard$ BEGIN IF {self.when} THEN RAISE EXCEPTION '{self.message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $guard$",
            f"CREATE OR REPLACE TRIGGER {self.trigger} BEFORE INSERT ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.trigger}()",
        ]

    def remove(self, vendor: str) -> list[str]:
        """Statements that take the guard away."""
        on = "" if vendor == "sqlite" else f" ON {self.table}"
        return [f"DROP TRIGGER IF EXISTS {self.trigger}{on}"]


def declared() -> list[Guard | InsertGuard]:
    """Every guard that the installed apps ask for."""
    return [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]


def run_statements(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    """Run trusted SQL one statement at a time."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Names of declared triggers that do not stand, or stand switched off; empty when all do."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        standing = {row[0] for row in cursor.fetchall()}
    return [
        name
        for guard in declared()
        for name in guard.names(connection.vendor)
        if name not in standing
    ]


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every declared guard on the tables that exist; doing it again changes nothing."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for guard in declared():
        if guard.table in tables:
            statements = guard.sqlite() if connection.vendor == "sqlite" else guard.postgresql()
            run_statements(connection, statements)


def step_aside(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take away the SQLite guards that look at another table, until that table stands again.

    SQLite rebuilds a table to alter it and refuses while a trigger elsewhere names the old one.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        for guard in declared():
            if guard.when:
                run_statements(connection, guard.remove("sqlite"))


def before_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_kwargs: object) -> None:
    """Signal receiver: an app's guards that look at other tables step aside for its migrations."""
    if getattr(sender, "guards", None):
        step_aside(using)


def after_migrate(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_kwargs: object) -> None:
    """Signal receiver: every guard stands again once the migrations are done."""
    if getattr(sender, "guards", None):
        install(using)
