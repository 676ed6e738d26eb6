"""The private document store: files that are there whole or not at all, and prove themselves.

Nothing under it has a public address. A name carries the start of the content's own SHA-256, so
two workers that store the same document write the same file, and different bytes never meet.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

DIGITS_IN_NAME = 16


class StorageError(Exception):
    """A path outside the store, a missing file, or bytes that are not those once stored."""


@dataclass(frozen=True)
class StoredFile:
    """Where a file lies in the store, and what proves it."""

    path: str
    sha256: str
    size: int


def store_file(name: str, content: bytes) -> StoredFile:
    """Keep `content` as `name`, with part of its hash before the suffix; storing again is harmless.

    Written under a hidden name, synced, renamed, and the directory synced: whoever is killed in
    between leaves nothing that has the final name. Raises StorageError for a name that leads out.
    """
    digest = hashlib.sha256(content).hexdigest()
    wanted = PurePosixPath(name)
    path = wanted.with_name(f"{wanted.stem}-{digest[:DIGITS_IN_NAME]}{wanted.suffix}")
    target = resolve(str(path))
    make_directories(target.parent)
    hidden = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        _write_synced(hidden, content)
        hidden.replace(target)
    finally:
        hidden.unlink(missing_ok=True)
    _sync_directory(target.parent)
    return StoredFile(str(path), digest, len(content))


def read_file(path: str, *, sha256: str) -> bytes:
    """The bytes of a stored file, if they are still those; raises StorageError otherwise."""
    try:
        content = resolve(path).read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise StorageError(msg) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        msg = f"{path} is not what was stored: its SHA-256 differs."
        raise StorageError(msg)
    return content


def resolve(path: str) -> Path:
    """The file a stored path means; raises StorageError when it lies outside the store."""
    root = Path(settings.DOCUMENTS_DIR).resolve()
    target = (root / path).resolve()
    if target == root or not target.is_relative_to(root):
        msg = f"{path!r} lies outside the document store."
        raise StorageError(msg)
    return target


def make_directories(directory: Path) -> None:
    """Make the way down to `directory`, open to the owner only, each step synced in its parent."""
    if directory.is_dir():
        return
    make_directories(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)
    _sync_directory(directory.parent)


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
