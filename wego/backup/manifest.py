"""What a backup says about itself: versions, tables, files, sums, and the head of the trail."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from wego import questions
from wego.models import AuditSeal
from wego.version import VERSION

FORMAT = 1
MANIFEST, MANIFEST_SUM = "manifest.json", "manifest.sha256"
FILE_LIST = "files.jsonl"
SECRET_KEY = "secret_key"  # noqa: S105 the name of a file
TABLES, FILES = "tables/", "files/"


class BackupError(Exception):
    """A backup that cannot be made, read or restored; the sentence says why and what to do."""


@dataclass(frozen=True)
class Content:
    """One part of a backup: rows of a table, or the list of files."""

    rows: int
    sha256: str


@dataclass
class Manifest:
    """A backup's own account of itself; equal in source and restored house but for when and where.

    `money` are sums in US cents by app question, `head` the last seal of the audit trail, `key` a
    fingerprint of the secret key, `sequences` the last number each table gave out.
    """

    format: int = FORMAT
    version: str = VERSION
    made_at: str = ""
    database: str = ""
    migrations: list[str] = field(default_factory=list)
    tables: dict[str, Content] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    files: Content = field(default_factory=lambda: Content(0, ""))
    file_bytes: int = 0
    money: dict[str, int] = field(default_factory=dict)
    head: str = ""
    key: str = ""
    has_key: bool = False

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(content.rows for content in self.tables.values())

    def dump(self) -> bytes:
        """The manifest as the file keeps it."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode()


def load_manifest(content: bytes) -> Manifest:
    """The manifest of a file; raises BackupError when it is none that this version reads."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise BackupError(
                f"This backup has format {found['format']}, and version {VERSION} reads format "
                f"{FORMAT}: restore it with version {found.get('version', '?')}, then upgrade."
            )
        tables = {name: Content(**each) for name, each in found.pop("tables").items()}
        return Manifest(**found | {"tables": tables, "files": Content(**found["files"])})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{MANIFEST} cannot be read: this is no backup of ours.") from error


def applied_migrations(using: str) -> list[str]:
    """Every migration that a database has seen, as `app.name`."""
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def money_totals(using: str) -> dict[str, int]:
    """The sums of money that the apps keep, in US cents."""
    totals: dict[str, int] = {}
    for answer in questions.ask("money totals", using=using):
        totals.update(answer)
    return totals


def head_of(using: str) -> str:
    """The head of the audit trail; empty when nothing is sealed."""
    last = AuditSeal.objects.using(using).order_by("-pk").values_list("digest", flat=True).first()
    return last or ""


def key_print() -> str:
    """What tells one secret key from another and gives nothing of it away."""
    return hashlib.sha256(b"wego backup " + settings.SECRET_KEY.encode()).hexdigest()[:16]
