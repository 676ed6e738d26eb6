"""Real Celery workers with Redis between them, killed by the hand that started them."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psutil
import redis

from tests.harness.instances import ROOT

REDIS = os.environ.get("WEGO_TEST_REDIS", "redis://127.0.0.1:6379/15")
WORKER = (
    *("-A", "wego", "worker", "--concurrency", "2", "--loglevel", "WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)
KINDS = ("one pool process", "the main process", "the whole worker")


def own_broker():
    """Redis at the test address; its database is emptied, so 0, where others may be, is refused."""
    if urlsplit(REDIS).path in ("", "/", "/0"):
        raise SystemExit("WEGO_TEST_REDIS must name a database other than 0: it is emptied.")
    return redis.from_url(REDIS)


class Workers:
    """One worker of two processes and the clock; every process it started is in a group of its own.

    Orphans of a killed main process go on with their task, as they do in life.
    """

    def __init__(self, house, folder):
        self.house = house
        self.log = (folder / "workers.log").open("ab")
        self.groups = []
        self.worker = None
        self.clock = self._start("-A", "tests.harness.quick_clock", "beat", "--pidfile=")
        self.start()

    def _start(self, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--quiet", *arguments],
            cwd=ROOT,
            env=self.house.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.groups.append(process.pid)
        return process

    def start(self):
        """The worker, unless it runs."""
        if self.worker is None or self.worker.poll() is not None:
            self.worker = self._start(*WORKER)

    def pool(self):
        """Pool processes of this worker and of those killed before it."""
        started = {self.worker.pid, self.clock.pid}
        return [each for each in self._family() if each.pid not in started]

    def _family(self):
        found = []
        for process in psutil.process_iter():
            try:
                ours = os.getpgid(process.pid) in self.groups
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (ProcessLookupError, psutil.NoSuchProcess):
                continue
        return found

    def kill(self, kind, chance):
        """Kill -9 what is to be killed, and wait until it is gone; what it was, in words."""
        pool = sorted(self.pool(), key=lambda process: process.pid)
        if kind == KINDS[0] and pool:
            victims = [chance.choice(pool)]
        else:
            victims = [psutil.Process(self.worker.pid)]
            victims += pool if kind == KINDS[2] else []
        killed = {victim.pid for victim in victims}
        for victim in victims:
            victim.kill()
        if self.worker.pid in killed:
            self.worker.wait()
        while any(each.pid in killed for each in self._family()):
            time.sleep(0.02)
        return kind if pool or kind != KINDS[0] else KINDS[1]

    def stop(self):
        """Ask worker and clock to end; whatever is left of their groups is killed."""
        for process in (self.clock, self.worker):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in (self.clock, self.worker):
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for process in self._family():
            process.kill()
        self.log.close()
