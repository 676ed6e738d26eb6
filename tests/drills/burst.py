"""Everybody wants a seat at the same moment (L5): `python -m tests.drills.burst`.

A training is what has places here: cities name people, staff give the places, whoever has none
waits. Five hundred people name somebody at once; then the hundred places are given to all of them
at once, each in a request of its own, and four hundred must be refused. On both databases: exactly
as many seated as there are places, no answer of 500 or above.
"""

import argparse
import sys

from tests.harness import crowds
from tests.harness.running import web_server
from tests.harness.visitors import request_bytes, send_all

WITHIN = 1.0  # seconds, p95
LEAST = {"sqlite": 20, "postgresql": 50}  # requests a second
MODULE = "tests.harness.burst_house"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--database", default="both", choices=[*crowds.DATABASES, "both"])
    asked = parser.parse_args()
    wrong = 0
    for vendor in crowds.chosen_databases(asked.database):
        with crowds.new_house(vendor) as house:
            wrong += drill(vendor, house, asked)
    sys.exit(bool(wrong))


def drill(vendor, crowd, asked):
    """One database; what went wrong."""
    house, address = crowd.house, crowd.address
    known = crowds.ask(house, MODULE, "fill", str(asked.people), str(asked.seats))
    with web_server(house, crowd.folder):
        named = send_all(address, nominations(address, known), at_once=asked.at_once)
        keys = crowds.ask(house, MODULE, "count")["keys"]
        given = send_all(address, selections(address, known, keys), at_once=asked.at_once)
    states = crowds.ask(house, MODULE, "count")["states"]
    for what, tally in (("name somebody", named), ("give a place", given)):
        print(
            f"{vendor}: {what}: {len(tally.latencies)} requests, {asked.at_once} at once, "
            f"{tally.rate:.0f} a second (target {LEAST[vendor]}), "
            f"p50 {1000 * tally.median:.0f} ms, p95 {1000 * tally.percentile(0.95):.0f} ms "
            f"(target {1000 * WITHIN:.0f}), answers {dict(tally.statuses)}"
        )
    seated, waiting = states.get("selected", 0), states.get("nominated", 0)
    print(
        f"{vendor}: {seated} seated of {asked.seats} places, {waiting} waiting, "
        f"{max(0, seated - asked.seats)} oversold, {named.faults + given.faults} server errors",
        flush=True,
    )
    wanted = min(asked.people, asked.seats)
    whole = seated == wanted and waiting == asked.people - wanted
    return (not whole) + named.faults + given.faults


def nominations(address, known):
    """Every person names somebody of their own city."""
    return [
        request_bytes(
            address,
            known["nominate"],
            {"Cookie": f"session={cookie}"},
            {"full_name": f"Bibek {number}", "position": "CIO", "email": f"b{number}@ward.example"},
        )
        for number, cookie in enumerate(known["cookies"])
    ]


def selections(address, known, keys):
    """A place for each of them, asked for one by one."""
    return [
        request_bytes(
            address,
            known["move"],
            {"Cookie": f"session={known['staff']}"},
            {"nomination": key, "state": "selected"},
        )
        for key in keys
    ]


if __name__ == "__main__":
    main()
