"""The heartbeat of the workers: each touches a file of its own while it lives.

Files in the data folder, which every process of the house shares anyway, and not rows: a worker
forks, and a database connection must not be open in another thread when it does. Two beats are
told apart: the process lives, and it is given work (the clock reaches the queue and the queue
reaches it).
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

EVERY_SECONDS = 15
# A worker not heard of for so long is gone; one not given work so long has no clock, or no end.
GONE_AFTER = dt.timedelta(seconds=90)
IDLE_AFTER = dt.timedelta(minutes=15)
FORGOTTEN_AFTER = dt.timedelta(days=1)
LIVES, WORKS = ".lives", ".works"
stopping = threading.Event()


@dataclass(frozen=True)
class Pulse:
    """One worker: when it was last heard of, and when it last did what the clock asked for."""

    name: str
    seen_at: dt.datetime
    worked_at: dt.datetime | None


def folder() -> Path:
    """Where the workers of this house leave their beats."""
    return Path(settings.DATA_DIR) / "workers"


def file_of(name: str, suffix: str) -> Path:
    """A worker's file; its name is `celery@host`."""
    return folder() / f"{re.sub(r'[^A-Za-z0-9@._-]', '_', name)}{suffix}"


def touch(name: str, suffix: str) -> None:
    """Leave a beat."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    file_of(name, suffix).touch()


def begin(name: str) -> None:
    """Beat from now on until `end`, in a thread that touches a file and nothing else."""
    forget(name)
    stopping.clear()
    touch(name, LIVES)
    threading.Thread(target=keep_beating, args=[name], daemon=True).start()


def keep_beating(name: str) -> None:
    """Beat until told to stop; a disk that is full now may not be full later."""
    while not stopping.wait(EVERY_SECONDS):
        try:
            touch(name, LIVES)
        except OSError:
            continue


def end(name: str) -> None:
    """A worker that stops in order is not missed."""
    stopping.set()
    forget(name)


def forget(name: str) -> None:
    """Take a worker's files away."""
    for suffix in (LIVES, WORKS):
        file_of(name, suffix).unlink(missing_ok=True)


def moment_of(file: Path) -> dt.datetime | None:
    """When a file was last touched; None when it is gone."""
    try:
        return dt.datetime.fromtimestamp(file.stat().st_mtime, tz=dt.UTC)
    except FileNotFoundError:
        return None


def pulses(now: dt.datetime) -> list[Pulse]:
    """Every worker heard of within a day, the most recent first."""
    found = []
    for file in folder().glob(f"*{LIVES}"):
        seen_at = moment_of(file)
        if seen_at and now - seen_at < FORGOTTEN_AFTER:
            name = file.name.removesuffix(LIVES)
            found.append(Pulse(name, seen_at, moment_of(file.with_name(f"{name}{WORKS}"))))
    return sorted(found, key=lambda pulse: pulse.seen_at, reverse=True)


def alive(now: dt.datetime) -> list[Pulse]:
    """The workers that live."""
    return [pulse for pulse in pulses(now) if now - pulse.seen_at < GONE_AFTER]
