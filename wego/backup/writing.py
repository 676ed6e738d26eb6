"""Making a backup: a moment is held still, its rows, then its files, then what proves them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import Model

from wego.backup.manifest import (
    FILE_LIST,
    FILES,
    MANIFEST,
    MANIFEST_SUM,
    SECRET_KEY,
    TABLES,
    Content,
    Manifest,
    applied_migrations,
    head_of,
    key_print,
    money_totals,
)
from wego.backup.sequences import read_sequences
from wego.backup.snapshot import hold_still
from wego.backup.tables import kept_models, line_of, read_rows, table_of
from wego.queue import sync_folder

PIECE = 1024 * 1024


def name_of(moment: dt.datetime) -> str:
    """What a backup is called: `wego-20201231-143000.zip`, in UTC."""
    return f"wego-{moment.astimezone(dt.UTC):%Y%m%d-%H%M%S}.zip"


def write_backup(
    target: Path, *, at: dt.datetime, with_key: bool = False, with_files: bool = True
) -> Manifest:
    """Write the whole house to `target`, which appears when it is complete and never before.

    The secret key is left out unless asked for: with it a backup opens everything. Raises OSError
    when the disk does not take it; nothing is left then.
    """
    hidden = target.with_name(f".{target.name}.partial")
    try:
        descriptor = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            manifest = fill(file, target.parent, at=at, with_key=with_key, with_files=with_files)
            file.flush()
            os.fsync(file.fileno())
        hidden.rename(target)
    finally:
        hidden.unlink(missing_ok=True)
    sync_folder(target.parent)
    return manifest


def fill(
    file: IO[bytes], folder: Path, *, at: dt.datetime, with_key: bool, with_files: bool
) -> Manifest:
    """Write every part of the backup into an open file.

    Rows come first: a document's bytes are stored before the row that names them and never taken
    away, so every file that the rows name is there afterwards.
    """
    manifest = Manifest(made_at=at.isoformat(timespec="seconds"), key=key_print())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with hold_still(folder) as using:
            manifest.migrations = applied_migrations(using)
            manifest.money = money_totals(using)
            manifest.head = head_of(using)
            manifest.database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
            manifest.sequences = read_sequences(using)
            for model in kept_models():
                manifest.tables[table_of(model)] = add_table(archive, model, using)
        add_files(archive, manifest, stored_files() if with_files else iter(()))
        if with_key:
            archive.writestr(SECRET_KEY, settings.SECRET_KEY)
            manifest.has_key = True
        content = manifest.dump()
        archive.writestr(MANIFEST, content)
        archive.writestr(MANIFEST_SUM, hashlib.sha256(content).hexdigest())
    return manifest


def add_table(archive: zipfile.ZipFile, model: type[Model], using: str) -> Content:
    """Write the rows of a table, a line each."""
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{TABLES}{table_of(model)}.jsonl", "w", force_zip64=True) as part:
        for row in read_rows(model, using=using):
            line = line_of(row)
            digest.update(line)
            part.write(line)
            rows += 1
    return Content(rows, digest.hexdigest())


def stored_files() -> Iterator[tuple[str, Path]]:
    """Every document of the private store, by its path in it; half-written ones are hidden."""
    root = Path(settings.DOCUMENTS_DIR)
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                file = Path(folder) / name
                yield file.relative_to(root).as_posix(), file


def add_files(
    archive: zipfile.ZipFile, manifest: Manifest, files: Iterator[tuple[str, Path]]
) -> None:
    """Write the documents as they are (PDF does not shrink), and the list that proves them."""
    listed = []
    for path, file in files:
        sha256, size = add_file(archive, path, file)
        listed.append({"path": path, "sha256": sha256, "size": size})
        manifest.file_bytes += size
    lines = b"".join(f"{json.dumps(each, sort_keys=True)}\n".encode() for each in listed)
    archive.writestr(FILE_LIST, lines)
    manifest.files = Content(len(listed), hashlib.sha256(lines).hexdigest())


def add_file(archive: zipfile.ZipFile, path: str, file: Path) -> tuple[str, int]:
    """Write one document, a piece at a time; its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    described = zipfile.ZipInfo(f"{FILES}{path}")
    described.compress_type = zipfile.ZIP_STORED
    with file.open("rb") as source, archive.open(described, "w", force_zip64=True) as part:
        while piece := source.read(PIECE):
            digest.update(piece)
            part.write(piece)
            size += len(piece)
    return digest.hexdigest(), size
