"""A ZIP file written while it is sent: its length known beforehand, one entry in memory.

Entries are stored as they are (PDF does not shrink) with their sizes and checksums in front, which
every program can open. The same entries give the same bytes: the date is handed in.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

ZIP_TYPE: Final = "application/zip"
LOCAL_HEADER: Final = 30
CENTRAL_HEADER: Final = 46
END_RECORD: Final = 22
# Beyond these a ZIP needs the 64-bit extension, which some programs of our members cannot open.
LARGEST: Final = 2**31 - 1
MOST_ENTRIES: Final = 65_000


@dataclass(frozen=True)
class Entry:
    """One file of the archive: its name, its size in bytes, and how to read all of it."""

    name: str
    size: int
    read: Callable[[], bytes]


class StoredZip:
    """An archive to be iterated once per download; `length` is the number of bytes it will give.

    Raises:
        ValueError: more entries or bytes than a plain ZIP can hold.
    """

    def __init__(self, entries: Sequence[Entry], *, on: dt.date) -> None:
        names = [entry.name.encode() for entry in entries]
        headers = sum(LOCAL_HEADER + CENTRAL_HEADER + 2 * len(name) for name in names)
        self.length = headers + sum(entry.size for entry in entries) + END_RECORD
        if self.length > LARGEST or len(entries) > MOST_ENTRIES:
            raise ValueError("The archive would be larger than a plain ZIP file can be.")
        self._entries = entries
        self._on = on

    def __iter__(self) -> Iterator[bytes]:
        """The archive's bytes, an entry at a time.

        Raises:
            ValueError: an entry was not as long as it was said to be.
        """
        window = _Window()
        with zipfile.ZipFile(window, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
            for entry in self._entries:
                data = entry.read()
                if len(data) != entry.size:
                    raise ValueError(f"{entry.name} changed its size while it was archived.")
                archive.writestr(self._described(entry.name), data)
                yield window.take()
        yield window.take()

    def _described(self, name: str) -> zipfile.ZipInfo:
        day = self._on
        described = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
        described.create_system = 3
        described.external_attr = 0o644 << 16
        return described


class _Window(io.BytesIO):
    """The part of a growing file not yet taken away; only that part can be written again."""

    def __init__(self) -> None:
        super().__init__()
        self._taken = 0

    def tell(self) -> int:
        return self._taken + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        return self._taken + super().seek(place - self._taken, whence)

    def take(self) -> bytes:
        data = self.getvalue()
        self._taken += len(data)
        super().seek(0)
        self.truncate()
        return data
