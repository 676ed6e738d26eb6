"""A payment whose server is killed -9 in the middle, and the same request sent again (R14)."""

import itertools
import json
import random
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from typing import NamedTuple

import psutil
import psycopg

from tests.harness.stopping import HEADER, file_in

COUNT = "SELECT count(*) FROM dues_payment WHERE payer = ?"
# Within so many seconds after the kill the key must be free again.
FREED_WITHIN = 60
# What tells a program to ask again.
ASK_AGAIN = (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE)


class Answer(NamedTuple):
    status: int
    replayed: bool
    body: bytes


class Payment:
    """One payment under one key, sent as often as one likes."""

    def __init__(self, house):
        self.house = house
        self.key, self.note = uuid.uuid4().hex, f"killed-{uuid.uuid4().hex}"
        self.secret = next(house.ring)

    def send(self, stop=None):
        """The answer, or None when the server went away instead."""
        body = {
            "member": self.house.api.member,
            "amount": {"amount": "1.00", "currency": "USD"},
            "received_on": "2020-03-20",
            "payer": self.note,
        }
        more = {HEADER: str(stop)} if stop else {}
        try:
            status, headers, content = self.house.api.ask(
                "POST", "/api/v1/payments", self.secret, body, Idempotency_Key=self.key, **more
            )
        except (OSError, EOFError):
            return None
        return Answer(status, headers.get("Idempotency-Replayed") == "true", content)

    def insist(self, since):
        """Send again until there is an answer that stands, or time is up."""
        while time.monotonic() - since < FREED_WITHIN:
            answer = self.send()
            if answer and answer.status not in ASK_AGAIN:
                return answer
            time.sleep(0.1)
        return None

    def count(self):
        """Payments of this key, in plain SQL."""
        url = self.house.api.instance.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as link:
                return link.execute(COUNT, [self.note]).fetchone()[0]
        with psycopg.connect(url) as link:
            return link.execute(COUNT.replace("?", "%s"), [self.note]).fetchone()[0]


class KillingHouse:
    """A running house whose requests can be stopped and killed."""

    def __init__(self, api):
        self.api, self.file = api, file_in(api.server.folder)
        self.ring = itertools.cycle(api.tokens["finance"])
        self.pool = ThreadPoolExecutor(4)

    def wait_until_stopped(self, sent):
        """What stands still; None when the request was answered before it came so far."""
        while not self.file.exists():
            if sent.done():
                return None
            time.sleep(0.02)
        stopped = json.loads(self.file.read_text())
        self.file.unlink()
        return stopped

    def kill(self, stopped, *, all_of_it):
        """Kill -9 the process that stands still, or the whole server, which is started again."""
        if all_of_it:
            self.api.server.kill()
            return
        victim = psutil.Process(stopped["pid"])
        assert victim.ppid() == self.api.server.process.pid, "not a process of ours"
        victim.kill()


def kill_once(house, stop, *, waiting=False, all_of_it=False):
    """One killed request and its retry: (line, whether right); None when there is no such boundary.

    `waiting`: the retry is sent while the first one still stands.
    """
    payment = Payment(house)
    sent = house.pool.submit(payment.send, stop)
    stopped = house.wait_until_stopped(sent)
    if stopped is None:
        return None
    retry = None
    if waiting:
        retry = house.pool.submit(payment.send)
        time.sleep(0.5)
    committed = payment.count()
    house.kill(stopped, all_of_it=all_of_it)
    killed_at = time.monotonic()
    first = sent.result()
    if all_of_it:
        house.api.server.start()
    early = retry.result() if retry else None
    if not early or early.status in ASK_AGAIN:
        early = payment.insist(killed_at)
    again, count = payment.insist(time.monotonic()), payment.count()
    right = (
        first is None
        and early is not None
        and (early.status, early.replayed) == (HTTPStatus.CREATED, bool(committed))
        and again == (HTTPStatus.CREATED, True, early.body)
        and count == 1
    )
    became = "the retry replays the answer" if committed else "the retry does it"
    said = f"{became}, {count} payment" if right else f"{first} {early} {again} {count} payments"
    return f"boundary {stop}, {stopped['boundary']}: {said}", right


def kill_everywhere(house, *, tries, seed):
    """Every boundary; then at random ones with the retry waiting, and the whole server killed."""
    last = 0
    while found := kill_once(house, last + 1):
        last += 1
        yield found
    chance = random.Random(seed)
    for number in range(tries):
        # Never so early that nothing is held yet, at least once when it is all done.
        stop = last - 1 if number == 0 else chance.randint(last // 3, last)
        for name in ("waiting", "all_of_it"):
            line, right = kill_once(house, stop, **{name: True})
            yield f"{name.replace('_', ' ')}, {line}", right
