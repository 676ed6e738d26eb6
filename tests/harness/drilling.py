"""What every drill does: each database in turn, a line a case, totals, and an exit code."""

import signal
import sys
import tempfile
from pathlib import Path

from tests.harness.instances import VENDORS


def run(drill, parser):
    """Run `drill(vendor, folder, asked)`, which yields (line, whether right), on each database.

    Exits with 1 when a case is wrong or a database had none.
    """
    parser.add_argument("--database", choices=VENDORS, help="this one alone")
    asked = parser.parse_args()
    # Asked to stop, a drill still stops its servers and drops its databases.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
    totals = []
    for vendor in [asked.database] if asked.database else VENDORS:
        with tempfile.TemporaryDirectory() as folder:
            totals.append((vendor, *count(vendor, drill(vendor, Path(folder), asked))))
    print("; ".join(f"{vendor}: {right} of {cases} right" for vendor, cases, right in totals))
    sys.exit(any(right != cases or not cases for _vendor, cases, right in totals))


def count(vendor, cases):
    """Say each case; how many there were, and how many were right."""
    done = right = 0
    for line, good in cases:
        done += 1
        right += bool(good)
        print(f"{vendor} {line}{'' if good else ' WRONG'}", flush=True)
    return done, right
