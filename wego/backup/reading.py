"""Reading a backup back: nothing of it is believed before its SHA-256 was seen to be right."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from wego.backup.manifest import (
    FILE_LIST,
    FILES,
    MANIFEST,
    MANIFEST_SUM,
    SECRET_KEY,
    TABLES,
    BackupError,
    Content,
    Manifest,
    load_manifest,
)

PIECE = 1024 * 1024
# No line of ours is longer; a damaged one could be as long as the file.
LONGEST_LINE = 256 * 1024 * 1024
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class KeptFile(NamedTuple):
    """A document as the backup lists it."""

    path: str
    sha256: str
    size: int


class Archive:
    """A backup opened for reading. Every method names the part that is damaged (BackupError)."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BackupError(f"There is no backup at {path}.")
        try:
            self.zip = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise BackupError(
                f"{path.name} is no backup, or it is cut off: the list of its parts at its end "
                "cannot be read. Take another backup."
            ) from error
        self.manifest = self.read_manifest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.zip.close()

    def read_manifest(self) -> Manifest:
        """What the backup says about itself."""
        content = self.read_small(MANIFEST)
        if self.read_small(MANIFEST_SUM).decode("ascii", "replace") != sha256_of(content):
            raise damaged(MANIFEST)
        return load_manifest(content)

    def read_small(self, name: str) -> bytes:
        """A part that fits into memory."""
        with self.part(name) as part:
            return part.read()

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """A part opened; whatever breaks while it is read is called damage of this part."""
        try:
            with self.zip.open(name) as part:
                yield part
        except BackupError:
            raise
        except DAMAGE as error:
            raise damaged(name) from error

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table, a line each; raises at the end when they are not what was kept."""
        yield from self.proved_lines(f"{TABLES}{table}.jsonl", self.manifest.tables[table])

    def proved_lines(self, name: str, content: Content) -> Iterator[bytes]:
        """The lines of a part, hashed on the way."""
        digest, rows = hashlib.sha256(), 0
        with self.part(name) as part:
            while line := part.readline(LONGEST_LINE):
                digest.update(line)
                rows += 1
                yield line
        if digest.hexdigest() != content.sha256 or rows != content.rows:
            raise damaged(name)

    def files(self) -> Iterator[KeptFile]:
        """The documents the backup lists; the list is seen to be right before it is used."""
        for _line in self.proved_lines(FILE_LIST, self.manifest.files):
            pass
        for line in self.proved_lines(FILE_LIST, self.manifest.files):
            try:
                found: dict[str, Any] = json.loads(line)
                kept = KeptFile(found["path"], found["sha256"], found["size"])
            except (ValueError, KeyError, TypeError) as error:
                raise damaged(FILE_LIST) from error
            way = PurePosixPath(kept.path)
            if way.is_absolute() or ".." in way.parts or not way.parts:
                raise BackupError(f"{FILE_LIST} names {kept.path!r}, which leads out of the store.")
            yield kept

    def pieces(self, kept: KeptFile) -> Iterator[bytes]:
        """The bytes of a document; raises at the end when they are not what was kept."""
        digest, name = hashlib.sha256(), f"{FILES}{kept.path}"
        with self.part(name) as part:
            while piece := part.read(PIECE):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != kept.sha256:
            raise damaged(name)

    def secret_key(self) -> str:
        """The secret key, when the backup holds it; else nothing."""
        return self.read_small(SECRET_KEY).decode() if self.manifest.has_key else ""

    def verify(self) -> None:
        """Read all of it; raises BackupError with the name of the first part that is damaged."""
        for table in self.manifest.tables:
            for _line in self.lines(table):
                pass
        for kept in self.files():
            for _piece in self.pieces(kept):
                pass


def damaged(name: str) -> BackupError:
    """What is said of a part that is not what was kept."""
    return BackupError(f"{name} is damaged in this backup. Nothing was restored; take another one.")


def sha256_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
