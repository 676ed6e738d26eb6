"""A message queue of plain files, for a house that runs without a broker.

kombu's own filesystem transport writes a message under its final name, so that a reader can meet
half of it, take it away and die on it. Here a message appears whole or not at all: it is written
under a hidden name, synced, then renamed. A reader claims it by renaming it, so that exactly one
reader gets it. A file that is no message is set aside and named in the log.
"""

import logging
import os
import time
import uuid
from collections import defaultdict, deque
from pathlib import Path
from queue import Empty
from typing import Any

from kombu import Connection
from kombu.exceptions import ChannelError
from kombu.transport import virtual
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)

SUFFIX = ".message"
LOOK_UP = 0.5  # seconds


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Let `path` appear with all of `content`, or not at all."""
    hidden = path.with_name(f".{path.name}")
    try:
        with hidden.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        hidden.rename(path)
    except OSError:
        hidden.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


class Channel(virtual.Channel):
    """One folder per queue; file names sort by the moment of sending."""

    def __init__(self, connection: "Transport", **kwargs: object) -> None:
        super().__init__(connection, **kwargs)
        self.root = connection.folder
        self.listed: dict[str, deque[str]] = defaultdict(deque)

    def folder(self, queue: str) -> Path:
        """The queue's own folder, made when first asked for."""
        folder = self.root / queue
        if folder.parent != self.root or queue.startswith("."):
            raise ChannelError(f"{queue!r} cannot be the name of a queue")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _put(self, queue: str, message: dict[str, Any], **_kwargs: object) -> None:
        name = f"{time.time_ns():020}-{uuid.uuid4().hex}{SUFFIX}"
        try:
            write_whole(self.folder(queue) / name, dumps(message).encode())
        except OSError as error:
            raise ChannelError(f"The message could not be written: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        del timeout  # the transport waits between two looks, not in one
        names = self.listed[queue]
        if not names:
            names.extend(self.messages(queue))
        while names:
            message = self.claim(self.folder(queue) / names.popleft())
            if message is not None:
                return message
        raise Empty

    def claim(self, path: Path) -> dict[str, Any] | None:
        """The message, taken out of the queue; None when another reader was first."""
        mine = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.rename(mine)
        except FileNotFoundError:
            return None
        try:
            message = loads(mine.read_bytes())
            if not isinstance(message, dict) or "properties" not in message:
                raise ValueError("it has no properties")  # noqa: TRY301 - one way out
        except ValueError as error:
            self.set_aside(mine, path.name, error)
            return None
        mine.unlink()
        return message

    def set_aside(self, file: Path, name: str, error: Exception) -> None:
        """Keep what is no message out of the way, for a person to look at."""
        folder = self.root / ".corrupt"
        folder.mkdir(mode=0o700, exist_ok=True)
        file.rename(folder / name)
        logger.error("Message %s set aside, it cannot be read: %s", name, error)

    def messages(self, queue: str) -> list[str]:
        """Names of the waiting messages, oldest first."""
        return sorted(path.name for path in self.folder(queue).glob(f"[!.]*{SUFFIX}"))

    def _size(self, queue: str) -> int:
        return len(self.messages(queue))

    def _purge(self, queue: str) -> int:
        purged = 0
        for name in self.messages(queue):
            try:
                (self.folder(queue) / name).unlink()
            except FileNotFoundError:
                continue
            purged += 1
        return purged


class Transport(virtual.Transport):
    """Queues in the folder that the transport options name."""

    Channel = Channel
    # Channels of one process see the same exchanges.
    global_state = virtual.BrokerState()
    default_port = 0
    driver_type = "files"
    driver_name = "files"
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct"])
    )

    def __init__(self, client: Connection, **kwargs: object) -> None:
        super().__init__(client, **kwargs)
        self.state = self.global_state
        self.folder = Path((client.transport_options or {})["folder"])

    def drain_events(
        self, connection: Connection, timeout: float | None = None, **_kwargs: object
    ) -> None:
        """Look up often: a worker that waits here hears a request to stop only in between."""
        super().drain_events(connection, timeout=min(timeout or LOOK_UP, LOOK_UP))

    def driver_version(self) -> str:
        """The driver is this file."""
        return "1"
