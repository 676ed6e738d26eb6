"""Guessing at the door, on two server processes (S13): `python -m tests.drills.sign_in`.

1,000 wrong passwords for one account, from one address and from fifty; for a thousand accounts from
one address; and from one address that claims to be a thousand. Then how long known and unknown
addresses take, one after the other.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.harness.served import served

PASSWORD = "correct horse battery"
FILL = f"""
import django; django.setup()
from django.contrib.auth.hashers import make_password
from members.models import User
words = make_password({PASSWORD!r})
User.objects.bulk_create(
    User(email=f"p{{n}}@kathmandu.example", full_name="Maya Thapa", password=words)
    for n in range(1000)
)
"""
TRIED, LOCKED, SLOWED = "password was tried", "account locked", "address slowed down"
# What one account and one address may try in a quarter of an hour.
OF_ACCOUNT, OF_ADDRESS = 10, 30
RATIO = (0.9, 1.1)
ASKED = {"login": "/login/", "code": "/account/code/", "reset": "/account/password/forgotten/"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=200)
    asked = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        wrong += guess(Path(folder), asked.tries)
        wrong += take_time(Path(folder), asked.pairs)
    print("everything held" if not wrong else f"{wrong} did not hold")
    sys.exit(wrong)


def house_of(folder, name, **environment):
    """A house of its own for one part, so that no count is left from another."""
    own = folder / name
    own.mkdir()
    redis = {"REDIS_URL": os.environ["WEGO_TEST_REDIS"]} if "WEGO_TEST_REDIS" in os.environ else {}
    url = f"sqlite:///{own}/wego.sqlite3"
    return served(own, url, fill=FILL, **redis, **environment)


def guess(folder, tries):
    """The four attacks; how many got further than they may."""
    with house_of(folder, "proxied", BEHIND_PROXY="1", EXPECT_WORKER="0") as house:
        wrong = sum(attack(house, each, tries) for each in ATTACKS[:3])
        right = outcome(*try_password(house, 2, "10.9.0.1", PASSWORD))
        print(f"the right password for the attacked account: {right}")
        wrong += right != LOCKED
    with house_of(folder, "alone", EXPECT_WORKER="0") as house:
        return wrong + attack(house, ATTACKS[3], tries)


class Attack(NamedTuple):
    """What is tried: how many passwords may be, from which address, for which account."""

    said: str
    most: int
    address: Callable
    account: Callable


ATTACKS = (
    Attack("one account from one address", OF_ACCOUNT, lambda _n: "10.1.0.1", lambda _n: 1),
    Attack("one account from 50 addresses", OF_ACCOUNT, lambda n: f"10.2.0.{n % 50}", lambda _n: 2),
    Attack("1,000 accounts from one address", OF_ADDRESS, lambda _n: "10.3.0.1", lambda n: n),
    Attack(
        "1,000 accounts from one address that claims to be many",
        OF_ADDRESS,
        lambda n: f"10.4.{n // 250}.{n % 250}",
        lambda n: n,
    ),
)


def attack(house, how, tries):
    """Wrong passwords, eight at once; 1 when more were tried than may be."""

    def one(number):
        return outcome(*try_password(house, how.account(number), how.address(number)))

    with ThreadPoolExecutor(8) as pool:
        counted = Counter(pool.map(one, range(tries)))
    print(f"{how.said}: {tries} requests, {dict(counted)}, {how.most} may be tried", flush=True)
    return int(counted[TRIED] > how.most or not set(counted) <= {TRIED, LOCKED, SLOWED})


FORMS = {}


def form_of(house, path):
    """The form's own fields, asked for once a house."""
    if (house.address, path) not in FORMS:
        FORMS[house.address, path] = house.form_of(path)
    return FORMS[house.address, path]


def try_password(house, number, address, password="wrong horse battery"):
    """One try for an account, as a proxy would pass it on."""
    fields, cookie = form_of(house, "/login/")
    typed = {"login": f"p{number}@kathmandu.example", "password": password}
    return house.ask("/login/", fields | typed, **cookie, X_Forwarded_For=address)


def outcome(status, _headers, page):
    """What became of a try."""
    if status == 200 and "do not belong together" in page:
        return TRIED
    if status == 200 and "Too many tries" in page:
        return LOCKED
    return SLOWED if status == 429 else f"status {status}"


def take_time(folder, pairs):
    """Known and unknown in turn; how many ratios of medians lie outside."""
    wrong = 0
    with house_of(folder, "timed", BEHIND_PROXY="1", EXPECT_WORKER="0") as house:
        for number, (kind, path) in enumerate(ASKED.items()):
            known, unknown = [], []
            for turn in range(pairs + 5):
                for times, who in ((known, "kathmandu"), (unknown, "nowhere")):
                    times.append(
                        seconds(house, kind, path, f"p{turn}@{who}.example", (number, turn))
                    )
            # The first ones fill caches.
            ratio = statistics.median(known[5:]) / statistics.median(unknown[5:])
            print(f"{kind}: {pairs} pairs, median known:unknown {ratio:.3f}", flush=True)
            wrong += not RATIO[0] <= ratio <= RATIO[1]
    return wrong


def seconds(house, kind, path, email, place):
    """How long one answer took."""
    fields, cookie = form_of(house, path)
    typed = (
        {"login": email, "password": "wrong horse battery"} if kind == "login" else {"email": email}
    )
    part, turn = place
    address = f"10.{20 + part}.{turn // 250}.{turn % 250}"
    began = time.perf_counter()
    status, _headers, page = house.ask(path, fields | typed, **cookie, X_Forwarded_For=address)
    took = time.perf_counter() - began
    assert status in (200, 302), (status, page[:300])
    return took


if __name__ == "__main__":
    main()
