"""System checks: what would otherwise show only when an invoice is drawn or a disk fails."""

from collections.abc import Iterable

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wego import system

# SQLite's numbers for PRAGMA synchronous: OFF, NORMAL, FULL, EXTRA.
SYNCHRONOUS_FULL = 2
SHORTEST_KEY = 50
FEWEST_CHARACTERS = 5
# What stands in examples, here and elsewhere; no key that was made by chance holds one of them.
KNOWN_WORDS = ("insecure", "changeme", "change-me", "secret-key", "secret_key", "example")


@register()
def check_libraries(**_kwargs: object) -> list[CheckMessage]:
    """E001: invoices cannot be drawn without these libraries."""
    missing = system.missing_libraries()
    if not missing:
        return []
    return [
        Error(
            f"Invoices cannot be drawn: {', '.join(missing)} missing on this machine.",
            hint=f"Install with: {system.install_line()}",
            id="wego.E001",
        )
    ]


@register()
def check_korean_font(**_kwargs: object) -> list[CheckMessage]:
    """W001: Korean names would be drawn as boxes."""
    if system.has_korean_font():
        return []
    return [
        checks.Warning(
            "There is no font for Korean: Korean names cannot be printed.",
            hint=f"Install with: {system.install_line()}",
            id="wego.W001",
        )
    ]


@register(Tags.security)
def check_secret_key(**_kwargs: object) -> list[CheckMessage]:
    """E002: a guessable key lets anybody forge a session."""
    key = settings.SECRET_KEY
    guessable = len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS
    known = any(word in key.lower() for word in KNOWN_WORDS)
    if (settings.DEBUG and not settings.HTTPS) or not (guessable or known):
        return []
    return [
        Error(
            "SECRET_KEY can be guessed.",
            hint="Leave it unset: the house makes its own and keeps it in its data folder.",
            id="wego.E002",
        )
    ]


@register(Tags.security)
def check_debug(**_kwargs: object) -> list[CheckMessage]:
    """E005: debug pages show the inside of the house to whoever causes an error."""
    if not (settings.DEBUG and settings.HTTPS):
        return []
    return [
        Error(
            "WEGO_DEBUG is on under a public address.",
            hint="Take WEGO_DEBUG out of the settings.",
            id="wego.E005",
        )
    ]


@register(Tags.database)
def check_durability(
    databases: Iterable[str] | None = None, **_kwargs: object
) -> list[CheckMessage]:
    """E003 and E004: an invoice once issued must survive a power cut, and its guards must hold."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        ask = ask_sqlite if connection.vendor == "sqlite" else ask_postgresql
        found += [
            Error(f"Database '{alias}': {sentence}", id=identifier)
            for identifier, sentence in ask(connection)
        ]
    return found


def ask_sqlite(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """What is unsafe in how this SQLite file is opened."""
    answers = {}
    with connection.cursor() as cursor:
        for name in ("synchronous", "recursive_triggers", "foreign_keys", "journal_mode"):
            answers[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    found = []
    # A database in memory, as tests have, keeps no journal and forgets everything anyway.
    if answers["journal_mode"] == "off" or (
        answers["journal_mode"] == "memory" and not is_in_memory(connection)
    ):
        found.append(("wego.E003", "PRAGMA journal_mode must be WAL, a crash could break it."))
    if answers["synchronous"] < SYNCHRONOUS_FULL:
        found.append(("wego.E003", "PRAGMA synchronous must be FULL, a commit could be lost."))
    if not answers["recursive_triggers"]:
        found.append(("wego.E004", "PRAGMA recursive_triggers must be ON, REPLACE evades guards."))
    if not answers["foreign_keys"]:
        found.append(("wego.E004", "PRAGMA foreign_keys must be ON."))
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append(("wego.E003", "transaction_mode must be IMMEDIATE, writers would fail."))
    return found


def is_in_memory(connection: BaseDatabaseWrapper) -> bool:
    """Whether a SQLite database lies in no file."""
    name = str(connection.settings_dict["NAME"])
    return name == ":memory:" or "mode=memory" in name


def ask_postgresql(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """What is unsafe in how this PostgreSQL server commits."""
    found = []
    with connection.cursor() as cursor:
        for name in ("synchronous_commit", "fsync", "full_page_writes"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                found.append(("wego.E003", f"{name} must not be off, a commit could be lost."))
    return found
