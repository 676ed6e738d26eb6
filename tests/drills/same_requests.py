"""50 identical payments at once, 20 times (R14): `python -m tests.drills.same_requests`.

On SQLite and on PostgreSQL, against a server of two processes: one effect for each key, and the
same bytes for everybody who was told that it was recorded.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.harness.api_house import api_house
from tests.harness.instances import VENDORS, empty_database
from tests.harness.same_requests import race


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=20)
    parser.add_argument("--parallel", type=int, default=50)
    asked = parser.parse_args()
    wrong = 0
    for vendor in VENDORS:
        with tempfile.TemporaryDirectory() as folder:
            wrong += drill(vendor, Path(folder), asked)
    sys.exit(wrong)


def drill(vendor, folder, asked):
    """One database; how many keys went wrong."""
    tokens = -(-asked.keys * asked.parallel // 500)
    with (
        empty_database(vendor, folder) as url,
        api_house(folder, url, tokens=tokens) as house,
    ):
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


if __name__ == "__main__":
    main()
