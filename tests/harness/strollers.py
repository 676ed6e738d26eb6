"""People who use the house at a moderate rate until they are told to stop, each in a thread."""

import http.client
import random
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.harness.visitors import LONGEST_ANSWER, Tally

# What a server's closing of a kept connection looks like, before, while and after one sends.
CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Stroller(threading.Thread):
    """Somebody who asks one page after another and pauses between two of them."""

    def __init__(self, address, asks, *, pause, seed=0):
        super().__init__(daemon=True)
        self.address, self.asks, self.pause = address, asks, pause
        self.random = random.Random(seed)
        self.tally, self.stopping, self.wrong = Tally(), threading.Event(), []

    def run(self):
        """Until told to stop."""
        parts = urlsplit(self.address)
        link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=LONGEST_ANSWER)
        began = time.perf_counter()
        while not self.stopping.is_set():
            self.ask(link, *self.random.choice(self.asks)())
            self.stopping.wait(self.pause)
        self.tally.seconds = time.perf_counter() - began
        link.close()

    def ask(self, link, method, path, headers, body=None):
        """One request; an answer that is no success is kept by its address."""
        began = time.perf_counter()
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            # A kept connection may be closed under our hands: a new one is opened.
            link.close()
            if not isinstance(error, CLOSED):
                self.wrong.append(f"{path}: {error!r}")
            return
        self.tally.latencies.append(time.perf_counter() - began)
        self.tally.statuses[answer.status] += 1
        if answer.status >= 400:
            self.wrong.append(f"{path}: {answer.status}")


@contextmanager
def strolling(strollers):
    """They walk through the house until the end of the block."""
    for each in strollers:
        each.start()
    try:
        yield strollers
    finally:
        for each in strollers:
            each.stopping.set()
        for each in strollers:
            each.join(LONGEST_ANSWER)


def reading(path, headers):
    """What a stroller does to read a page."""
    return lambda: ("GET", path, headers)


def seen_by(strollers):
    """All that they saw, as one tally, and what went wrong."""
    total, wrong = Tally(), []
    for each in strollers:
        seconds = max(total.seconds, each.tally.seconds)
        total.add(each.tally)
        total.seconds = seconds
        wrong += each.wrong
    return total, wrong
