"""A backup as people ask for it: written, read back whole, noted."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import Error
from django.utils import timezone

from wego.backup.manifest import Manifest
from wego.backup.reading import Archive
from wego.backup.writing import name_of, write_backup
from wego.models import OperationKind
from wego.operations import Outcome, record_operation

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """A backup that was written and read back."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def take_backup(target: Path, *, with_key: bool = False) -> Taken:
    """Write a backup to a file or into a folder, read it back, note it; a failure is noted too."""
    started_at = timezone.now()
    try:
        taken = write_and_verify(target, with_key=with_key)
    except Exception as error:
        # A database that does not answer takes no note either: what went wrong first is told.
        with suppress(Error):
            note(Outcome(ok=False, facts={"error": f"{type(error).__name__}: {error}"}), started_at)
        raise
    note(Outcome(ok=True, facts=facts_of(taken)), started_at)
    return taken


def write_and_verify(target: Path, *, with_key: bool) -> Taken:
    """Write it, and believe it only after reading all of it."""
    at = timezone.now()
    path = target / name_of(at) if target.is_dir() else target
    manifest = write_backup(path, at=at, with_key=with_key)
    with Archive(path) as archive:
        archive.verify()
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return Taken(path, path.stat().st_size, digest.hexdigest(), manifest)


def facts_of(taken: Taken) -> dict[str, Any]:
    """What is noted and told of a backup."""
    manifest = taken.manifest
    return {
        "file": str(taken.path),
        "size": taken.size,
        "sha256": taken.sha256,
        "verified": True,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": manifest.files.rows,
        "file_bytes": manifest.file_bytes,
        "money": manifest.money,
        "head": manifest.head,
        "has_key": manifest.has_key,
    }


def note(outcome: Outcome, started_at: dt.datetime) -> None:
    """Note the backup for the page System."""
    record_operation(
        OperationKind.BACKUP, outcome, started_at=started_at, finished_at=timezone.now()
    )
