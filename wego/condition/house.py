"""The house itself: its version, how it is set, its database."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wego import checks, guards, health
from wego.condition.lines import BAD, INFO, OK, WARN, Line, size_of
from wego.version import VERSION


def tell_version() -> Iterator[Line]:
    """What runs here."""
    yield Line(
        "version",
        _("Version"),
        INFO,
        f"WeGO Members {VERSION}",
        details=[f"Python {platform.python_version()}, Django {django.get_version()}"],
    )


def tell_settings() -> Iterator[Line]:
    """What an operator must not leave so."""
    if settings.DEBUG:
        yield Line(
            "debug",
            _("Debug pages"),
            BAD if settings.HTTPS else WARN,
            _("on: errors show the inside of the house to anybody"),
            _("Take WEGO_DEBUG out of the settings and start again."),
        )
    yield Line(
        "address",
        _("Address"),
        OK if settings.HTTPS else INFO,
        settings.PUBLIC_URL,
        "" if settings.HTTPS else _("For work in earnest set PUBLIC_URL to an https address."),
    )
    faults = [str(each.msg) for each in checks.check_secret_key()]
    if faults:
        yield Line("key", _("Secret key"), BAD, faults[0], _("Leave SECRET_KEY unset."))


def tell_database() -> Iterator[Line]:
    """Kind, version and size; whether a commit survives a power cut."""
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    faults = [str(each.msg) for each in checks.check_durability(databases=["default"])]
    yield Line(
        "database",
        _("Database"),
        BAD if faults else OK,
        f"{kind} {database_version()}, {size_of(database_size())}",
        _("An invoice once issued could be lost in a power cut: mend the setting named here.")
        if faults
        else "",
        details=faults,
    )


def database_version() -> str:
    """The version of the database, `3.40.1` or `15.20`."""
    return ".".join(str(part) for part in connection.get_database_version())


def database_size() -> int:
    """How many bytes the database takes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        size = int(cursor.fetchone()[0])
    journal = Path(f"{connection.settings_dict['NAME']}-wal")
    return size + (journal.stat().st_size if journal.is_file() else 0)


def tell_migrations() -> Iterator[Line]:
    """Whether tables are those of this version."""
    waiting = health.unapplied_migrations()
    yield Line(
        "migrations",
        _("Migrations"),
        BAD if waiting else OK,
        ngettext("%(n)s is not applied", "%(n)s are not applied", len(waiting))
        % {"n": len(waiting)}
        if waiting
        else _("all applied"),
        _("Run “manage.py migrate”.") if waiting else "",
        details=[f"{app}.{name}" for app, name in waiting],
    )


def tell_guards() -> Iterator[Line]:
    """Whether everything that must never change is held by the database."""
    missing = guards.missing()
    total = sum(len(guard.names(connection.vendor)) for guard in guards.declared())
    yield Line(
        "guards",
        _("Guards in the database"),
        BAD if missing else OK,
        _("%(n)s of %(total)s are missing") % {"n": len(missing), "total": total}
        if missing
        else _("all %(total)s stand") % {"total": total},
        _("Run “manage.py migrate”, then “manage.py verify_books”.") if missing else "",
        details=missing,
    )
