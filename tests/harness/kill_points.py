"""Forked children that are killed at a boundary, or that begin all at once."""

import json
import os
import signal
import sys
import time
import traceback

from django.db import connections


class Countdown:
    """Kills its own process at the n-th boundary it passes, and says which one it was."""

    def __init__(self, at, told=None):
        self.at, self.told, self.passed = at, told, 0

    def step(self, name=""):
        self.passed += 1
        if self.passed == self.at:
            if self.told is not None:
                os.write(self.told, name.encode()[:500])
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statement(self, execute, sql, params, many, context):
        self.step(f"before {' '.join(sql.split())[:60]}")
        return execute(sql, params, many, context)

    def around(self, act, name=""):
        def acted(*args, **kwargs):
            self.step(f"before {name}")
            result = act(*args, **kwargs)
            self.step(f"after {name}")
            return result

        return acted


def fork(act, *, loud=True):
    """A child that does `act` and ends with 0, or with 1 when it failed."""
    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        except BaseException:  # noqa: BLE001 the parent reads the status
            if loud:
                traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)
    return child


def wait(child):
    """Exit status of a child: 0 done, 1 failed, -9 killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def together(workers, act, *, loud=True):
    """Fork workers that begin `act(number)` at the same moment.

    Returns their exit statuses and what those that ended well returned, which must be JSON.
    """
    start = time.monotonic() + 1.0 + workers / 20
    reading, writing = os.pipe()

    def work(number):
        os.close(reading)
        time.sleep(max(0.0, start - time.monotonic()))
        os.write(writing, json.dumps(act(number)).encode() + b"\n")

    children = [fork(lambda number=number: work(number), loud=loud) for number in range(workers)]
    os.close(writing)
    with os.fdopen(reading) as lines:
        results = [json.loads(line) for line in lines]
    return [wait(child) for child in children], results
