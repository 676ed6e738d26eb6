"""32 processes issue the same dues year at once (R2, R5): `python -m tests.drills.issuers`.

One issues all, the others find nothing left to issue, none fails, the numbers have no gap. Without
the lock the same race must go wrong, or it would prove nothing.
"""

import argparse
import json

from tests.harness.drilling import run
from tests.harness.instances import prepared

HARNESS = "tests/harness/children.py"
CITIES = 200
FILL = f"from tests.dues.crowd import add_crowd; add_crowd({CITIES})"


def drill(vendor, folder, asked):
    """A case a race, and one without the lock."""
    with prepared(vendor, folder, code=FILL, invoices=CITIES) as house:

        def race(act):
            done = house.run(HARNESS, act, str(asked.issuers), timeout=900)
            return json.loads(done.stdout.splitlines()[-1])

        for number in range(1, asked.tries + 1):
            found = race("race")
            yield f"race {number}: {tell(found)}", is_right(found, asked.issuers)
        found = race("control")
        seen = bool(found["failed"] or found["twice"] or has_gap(found))
        yield f"without the lock: {tell(found)}; seen: {seen}", seen


def is_right(found, issuers):
    """One issued all."""
    return (
        found["issued"] == [0] * (issuers - 1) + [CITIES]
        and found["sequences"] == list(range(1, CITIES + 1))
        and not (found["failed"] or found["twice"] or found["faults"])
    )


def has_gap(found):
    """Numbers that do not run from 1 without a hole."""
    return found["sequences"] != list(range(1, len(found["sequences"]) + 1))


def tell(found):
    """A race in words."""
    issued = found["issued"]
    return (
        f"{sum(count > 0 for count in issued)} issued {sum(issued)}, {issued.count(0)} issued 0, "
        f"{found['failed']} failed, {found['twice']} twice, "
        f"{'a gap' if has_gap(found) else 'no gap'}, faults of the books {found['faults']}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--issuers", type=int, default=32)
    run(drill, parser)
