"""Keeps a few processes running: starts them, restarts a dead one, stops all of them cleanly.

Each child leads a process group of its own, so that Ctrl-C reaches only the supervisor, which
then lets every child finish what it holds. On Linux the kernel stops the children if the
supervisor itself is killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

# Seconds.
POLL = 0.25
STEADY_AFTER = 60
LONGEST_PAUSE = 30
DRAIN = 25
QUIT = 8

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask the kernel for a signal when the parent is gone (Linux; elsewhere nothing)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), number)


@dataclass
class Child:
    """One process to keep running; `ready` answers whether it does its work."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    ready: Callable[[], bool] = lambda: True
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = field(default=0)

    @property
    def running(self) -> bool:
        """Whether the process is there now."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process in a group of its own."""
        supervisor = os.getpid()

        def begin() -> None:
            die_with_parent(supervisor)
            os.nice(self.niceness)

        self.process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=begin,  # noqa: PLW1509 - before any thread
        )
        self.started_at = time.monotonic()

    def signal(self, number: int) -> None:
        """Send a signal to the process itself, which tells its own children."""
        if self.process is not None and self.running:
            self.process.send_signal(number)

    def clear(self) -> None:
        """Kill whatever a dead process left behind in its group."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return

    def note_death(self) -> float:
        """Count the death; returns the pause in seconds before the next start."""
        now = time.monotonic()
        self.failures = 0 if now - self.started_at > STEADY_AFTER else self.failures + 1
        pause = min(2.0 ** max(self.failures - 1, 0), LONGEST_PAUSE) if self.failures else 0.0
        self.start_at = now + pause
        return pause


class Supervisor:
    """Runs its children until a signal asks it to stop."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self.stopping = threading.Event()
        self.signals = 0

    def listen(self) -> None:
        """Take SIGTERM, SIGINT and SIGHUP as the wish to stop; a second one as haste."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Signal handler."""
        self.signals += 1
        self.stopping.set()

    def run(self, *, on_ready: Callable[[], None], wait: float = 60.0) -> int:
        """Start all, report once when all are ready, keep them running, stop them.

        Returns the exit code: 0 after a wished stop, 1 when the start failed.
        """
        for child in self.children:
            child.start()
        try:
            if self.wait_until_ready(wait):
                on_ready()
                while not self.stopping.wait(POLL):
                    self.restart_dead()
            elif not self.stopping.is_set():
                return 1
            return 0
        finally:
            self.stop()

    def wait_until_ready(self, wait: float) -> bool:
        """Whether all children became ready; a death before that is final."""
        until = time.monotonic() + wait
        while not self.stopping.is_set():
            for child in self.children:
                if not child.running:
                    self.say(f"The {child.name} stopped while starting. Its words are above.")
                    return False
            if all(child.ready() for child in self.children):
                return True
            if time.monotonic() > until:
                self.say(f"Not ready after {wait:.0f} seconds: giving up.")
                return False
            self.stopping.wait(POLL / 2)
        return False

    def restart_dead(self) -> None:
        """Start again what died, after a pause that grows with every quick death."""
        for child in self.children:
            if child.running:
                continue
            if child.process is not None:
                code = child.process.returncode
                child.clear()
                child.process = None
                pause = child.note_death()
                self.say(
                    f"The {child.name} ended ({describe(code)}): starting it again"
                    + (f" in {pause:.0f} s." if pause else ".")
                )
            if time.monotonic() >= child.start_at:
                child.start()

    def stop(self) -> None:
        """Let the children finish, then insist, then kill; leave nothing behind."""
        if any(child.running for child in self.children):
            self.say("Stopping: letting requests and tasks finish.")
        for number, seconds in ((signal.SIGTERM, DRAIN), (signal.SIGQUIT, QUIT)):
            for child in self.children:
                child.signal(number)
            if self.all_gone(seconds):
                break
        for child in self.children:
            child.clear()
            if child.process is not None:
                child.process.wait()
        self.say("Stopped.")

    def all_gone(self, seconds: float) -> bool:
        """Wait for the children to go; a second signal to us ends the waiting."""
        until = time.monotonic() + seconds
        while any(child.running for child in self.children):
            if time.monotonic() > until or self.signals > 1:
                return False
            time.sleep(POLL / 5)
        return True


def describe(code: int) -> str:
    """An exit code in words: `exit code 1`, `SIGKILL`."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
