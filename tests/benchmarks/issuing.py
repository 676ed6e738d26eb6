"""Assess and issue: queries and CPU per invoice, at 200, 5,000 and 20,000 members.

    python -m tests.benchmarks.issuing MEMBERS

runs one size in a process of its own, on a database of its own, and prints JSON.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (200, 5_000, 20_000)
TARGETS = {200: "<= 40 queries, <= 1.5 ms", 5_000: "<= 8 s CPU", 20_000: "same preview queries"}


def fill(members):
    """Cities in Nepal with populations spread over every band."""
    from members.models import Member, MemberFigure, StatusEntry
    from tests.register import ROSTER_DAY, add_gdp

    add_gdp("NP", "3600")
    rows = Member.objects.bulk_create(
        [
            Member(kind="city", name_en=f"Ward {n:05d}", country_code="NP", region="asia")
            for n in range(members)
        ]
    )
    StatusEntry.objects.bulk_create(
        [
            StatusEntry(member=row, status="full", effective_on=ROSTER_DAY, reason="bench")
            for row in rows
        ]
    )
    MemberFigure.objects.bulk_create(
        [
            MemberFigure(
                member=row, measure="population", value=1 + n * 997, dues_year=2020, source="bench"
            )
            for n, row in enumerate(rows)
        ]
    )


def measure(members):
    """CPU seconds, queries and memory growth of one preview and one issue."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dues.invoicing import issue_dues
    from dues.preview import preview_dues

    call_command("migrate", verbosity=0)
    fill(members)
    with CaptureQueriesContext(connection) as previewing:
        preview_dues(2020)
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    queries = Counter()
    began = time.process_time()
    with connection.execute_wrapper(queries):
        result = issue_dues(2020, by=None)
    seconds = time.process_time() - began
    return {
        "members": members,
        "issued": result.issued,
        "preview_queries": len(previewing),
        "issue_queries": queries.count,
        "cpu_seconds": round(seconds, 3),
        "grown_mb": round(
            (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident) / 1024, 1
        ),
    }


class Counter:
    """Counts statements without keeping them."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def run(members):
    """One size in a fresh process on a fresh SQLite database."""
    with tempfile.TemporaryDirectory() as directory:
        environment = os.environ | {
            "WEGO_DATA_DIR": directory,
            "DATABASE_URL": f"sqlite:///{directory}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "wego.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.issuing", str(members)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def rows():
    """The table's rows: what, measured, target."""
    for members in SIZES:
        found = run(members)
        yield (
            f"assess + issue, {members:,} members",
            f"{found['preview_queries']} queries to preview, {found['issue_queries']} to issue, "
            f"{1000 * found['cpu_seconds'] / found['issued']:.2f} ms CPU an invoice, "
            f"{found['cpu_seconds']:.2f} s in all, +{found['grown_mb']} MB",
            TARGETS[members],
        )


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
