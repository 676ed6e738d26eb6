"""Workers killed -9 while they draw and mail a year: `python -m tests.drills.worker_kills`.

Real Celery workers with Redis (R4, R6); 20 times a pool process, the main process or the whole
worker is killed at a random moment, and the broker is wiped at every fourth. Then workers run to
the end: no document or number missing or double, no mail delivered twice. A mail whose sender was
killed with it under way may have left: it is listed as unconfirmed for a person, and not sent again
by itself.

WEGO_TEST_REDIS names the Redis database, which is emptied.
"""

import argparse

from tests.harness.drilling import run
from tests.harness.instances import empty_database
from tests.harness.mailed_year import kill_through_a_year


def drill(vendor, folder, asked):
    """A case a kill, and what came of each year."""
    for number in range(asked.tries):
        data = folder / str(number)
        data.mkdir()
        with empty_database(vendor, data) as url:
            yield from kill_through_a_year(
                data, url, members=asked.members, kills=asked.kills, seed=asked.seed + number
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=1)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    run(drill, parser)
