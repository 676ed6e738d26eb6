"""The production web server, and the worker, over a house of a drill; stopped and waited for."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

from tests.harness.instances import ROOT

READY_WITHIN = 300


class Served:
    """Where the house answers, and the processes that serve it."""

    def __init__(self, address, process, log):
        self.address, self.process, self.log = address, process, log

    def workers(self):
        """The processes that do the work, without the one that watches them."""
        return psutil.Process(self.process.pid).children()

    def resident(self):
        """Megabytes that the working processes hold for themselves and share, summed."""
        return sum(each.memory_info().rss for each in self.workers()) / 2**20


@contextmanager
def started(command, house, log, *, niceness=0, **environment):
    """A program of the house, ended with its own signal."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["nice", "-n", str(niceness), sys.executable, "-m", *command],
            cwd=ROOT,
            env=house.environment | environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def web_server(house, folder, *, processes=2, settings="tests.harness.bare_settings"):
    """gunicorn as in production (`wego/gunicorn.py`), with the bare view beside the pages."""
    log = folder / "web.log"
    # A drill asks in a minute what a house is asked in a day: processes stay, with what they keep.
    command = ("gunicorn", "-c", "python:wego.gunicorn", "--max-requests", "0", "wego.wsgi")
    environment = {"WEB_CONCURRENCY": str(processes), "DJANGO_SETTINGS_MODULE": settings}
    address = house.environment["PUBLIC_URL"]
    with started(command, house, log, **environment) as process:
        wait_for(f"{address}/healthz", process, log)
        yield Served(address, process, log)


@contextmanager
def celery_worker(house, folder, *, processes=2):
    """The worker with its clock, as `manage.py serve` starts it."""
    log, ready = folder / "worker.log", folder / "worker.ready"
    ready.unlink(missing_ok=True)
    command = ("celery", "--quiet", "-A", "wego", "worker", "--concurrency", str(processes))
    command += ("--loglevel", "INFO", "--without-gossip", "--without-mingle", "--beat")
    with started(command, house, log, niceness=10, WEGO_READY_FILE=str(ready)) as process:
        deadline = time.monotonic() + READY_WITHIN
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()[-4000:])
            time.sleep(0.2)
        yield Served("", process, log)


def wait_for(address, process, log):
    """Until it answers."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text()[-4000:])
