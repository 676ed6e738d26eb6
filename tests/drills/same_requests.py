"""50 identical payments at once, 20 times (R14): `python -m tests.drills.same_requests`.

On SQLite and on PostgreSQL, against a server of two processes: one effect for each key, and the
same bytes for everybody who was told that it was recorded.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.harness.api_house import api_house
from tests.harness.same_requests import race

SERVER = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
NAME = "wego_drill_same_requests"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=20)
    parser.add_argument("--parallel", type=int, default=50)
    asked = parser.parse_args()
    wrong = 0
    for vendor in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder:
            wrong += drill(vendor, Path(folder), asked)
    sys.exit(wrong)


def drill(vendor, folder, asked):
    """One database; how many keys went wrong."""
    url = f"sqlite:///{folder}/wego.sqlite3" if vendor == "sqlite" else new_database()
    tokens = -(-asked.keys * asked.parallel // 500)
    with api_house(folder, url, tokens=tokens) as house:
        found = race(house, keys=asked.keys, parallel=asked.parallel)
    wrong = sum(
        (effects, bodies) != (1, 1)
        for effects, bodies in zip(found.effects, found.bodies, strict=True)
    )
    sent = asked.keys * asked.parallel
    print(
        f"{vendor}: {sent} requests with {asked.keys} keys, {sum(found.effects)} payments, "
        f"{wrong} keys wrong, answers {dict(found.statuses)}"
    )
    return wrong


def new_database():
    """An empty database on the test server."""
    parts = urlsplit(SERVER)
    with psycopg.connect(
        urlunsplit(parts._replace(path="/postgres")), autocommit=True
    ) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{NAME}"')
    return urlunsplit(parts._replace(path=f"/{NAME}"))


if __name__ == "__main__":
    main()
