"""A payment whose server is killed -9 mid-request (R14): `python -m tests.drills.idempotency`.

A gunicorn process is stopped at every SQL statement and commit of `POST /api/v1/payments`, and just
before it answers, and killed there; the same request is then sent again with the same key. Killed
before the commit the retry does it, killed after it the retry replays the answer: one payment, and
within 60 s. Then the same with the retry waiting already, and with the whole server killed.
"""

import argparse

from tests.harness.api_house import api_house
from tests.harness.drilling import run
from tests.harness.instances import empty_database
from tests.harness.killed_requests import KillingHouse, kill_everywhere

SETTINGS = "tests.harness.stopping_settings"


def drill(vendor, folder, asked):
    """A case a kill."""
    with (
        empty_database(vendor, folder) as url,
        api_house(folder, url, tokens=4, settings=SETTINGS) as api,
    ):
        yield from kill_everywhere(KillingHouse(api), tries=asked.tries, seed=asked.seed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    run(drill, parser)
