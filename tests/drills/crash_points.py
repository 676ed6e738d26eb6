"""A yearly run killed -9 at every boundary (R3): `python -m tests.drills.crash_points`.

Issue and render a small year with a kill before every SQL statement and at both sides of every
commit, rename and fsync, each from a fresh copy; run again, and look: no invoice missing, double
or out of order, every document right, the books proved.
"""

import argparse
import json

from tests.harness.drilling import run
from tests.harness.instances import prepared

LEAST = 40


def drill(vendor, folder, asked):
    """A case a point, and one for how many there are."""
    points = 0
    for number in range(1, asked.tries + 1):
        with prepared(vendor, folder) as house:
            for line in house.follow("tests/harness/children.py", "crash"):
                if line.startswith("point "):
                    yield f"try {number}, {line}", line.endswith(": ends right")
                elif line.startswith("{"):
                    points = json.loads(line)["points"]
        yield f"try {number}: {points} points, {LEAST} or more are expected", points >= LEAST


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=1)
    run(drill, parser)
