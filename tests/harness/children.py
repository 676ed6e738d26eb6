"""Runs a dues year in forked children that are killed, or that race each other.

    python tests/harness/children.py crash
    python tests/harness/children.py race|control [CHILDREN]

Speaks JSON on the last line of its output. The database is the one DATABASE_URL names, already
migrated and filled; each crash point starts from a fresh copy of it. Django and the renderer are
loaded once, before forking, so a point costs a fork and the run itself.
"""

import json
import os
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, connections

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wego.settings")
django.setup()

from dues import documents, invoicing  # noqa: E402
from dues.models import Invoice, InvoiceDocument, InvoiceSeries  # noqa: E402
from dues.proof import verify_books  # noqa: E402
from tests.dues import snapshots  # noqa: E402
from tests.harness.kill_points import Countdown, fork, together, wait  # noqa: E402

YEAR = 2020


def run_year():
    invoicing.issue_dues(YEAR, by=None)
    documents.render_pending()


def run_until(at, told):
    """The run with a kill at boundary `at`: every statement, commit, file rename and sync."""
    countdown = Countdown(at, told)
    connection.ensure_connection()
    connection._commit = countdown.around(connection._commit, "commit")
    os.replace = countdown.around(os.replace, "rename")
    os.rename = countdown.around(os.rename, "rename")
    os.fsync = countdown.around(os.fsync, "fsync")
    with connection.execute_wrapper(countdown.around_statement):
        run_year()


def fresh_copy():
    """Put the prepared database back, and no documents."""
    connections.close_all()
    shutil.rmtree(settings.DOCUMENTS_DIR, ignore_errors=True)
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(target.with_name(target.name + ".prepared"), target)
        return
    import psycopg

    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["MAINTENANCE_URL"], autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{name}_prepared"')


def faults():
    """What is wrong with the finished year, in words; empty when it ended right."""
    found = []
    invoices = list(Invoice.objects.filter(dues_year=YEAR).order_by("sequence"))
    numbers = [invoice.sequence for invoice in invoices]
    expected = int(os.environ["EXPECTED_INVOICES"])
    if numbers != list(range(1, expected + 1)):
        found.append(f"numbers {numbers}")
    if len({invoice.member_id for invoice in invoices}) != expected:
        found.append("a member has two invoices or none")
    if InvoiceSeries.objects.get(year=YEAR).last_number != expected:
        found.append("the series is out of step")
    stored = {d.invoice_id: d for d in InvoiceDocument.objects.all()}
    for invoice in invoices:
        if invoice.pk not in stored:
            found.append(f"{invoice.number} has no document")
        elif not documents.read_document(invoice).startswith(b"%PDF-"):
            found.append(f"{invoice.number} is no PDF")
    files = [path for path in settings.DOCUMENTS_DIR.rglob("*") if path.is_file()]
    strays = [
        path.name for path in files if path.suffix != ".pdf" and not path.name.startswith(".")
    ]
    if len([path for path in files if path.suffix == ".pdf"]) != expected or strays:
        found.append(f"files {sorted(path.name for path in files)}")
    return found + [f"books: {fault.code}" for fault in verify_books().faults]


def killed_at(point):
    """Exit status of a run that is killed at a point, and the boundary it was killed at."""
    reading, writing = os.pipe()
    status = wait(fork(partial(run_until, point, writing)))
    os.close(writing)
    with os.fdopen(reading) as told:
        return status, told.read()


def crash(step=1):
    """Kill at every boundary in turn, or at every n-th, run again, and look; a line a point."""
    documents.render_invoice(snapshots.seoul())
    points, wrong = 0, []
    while True:
        fresh_copy()
        status, boundary = killed_at(points + step)
        if status == 0:
            break
        points += step
        problems = []
        if status != -signal.SIGKILL:
            problems.append(f"died with {status} instead of the kill")
        if again := wait(fork(run_year)):
            problems.append(f"the second run failed with {again}")
        problems += faults()
        verdict = "; ".join(problems) or "ends right"
        print(f"point {points}, killed {boundary}: {verdict}", flush=True)
        wrong += [f"point {points}: {problem}" for problem in problems]
    return {"points": points, "wrong": wrong}


def race(children=8, *, locked=True):
    """Children issue the same year at once; `locked=False` is the negative control."""
    fresh_copy()

    def issue(_number):
        if not locked:
            take_the_locks_off()
        return invoicing.issue_dues(YEAR, by=None).issued

    statuses, issued = together(children, issue, loud=locked)
    sequences = sorted(Invoice.objects.values_list("sequence", flat=True))
    members = list(Invoice.objects.values_list("member_id", flat=True))
    return {
        "failed": sum(status != 0 for status in statuses),
        "issued": sorted(issued),
        "sequences": sequences,
        "twice": len(members) - len(set(members)),
        "faults": dict(verify_books().found),
    }


def take_the_locks_off():
    """What the run would be without its lock: reads first, writes later, nobody waits."""
    settings.DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
    connections["default"].transaction_mode = "DEFERRED"

    def unlocked(year):
        last = InvoiceSeries.objects.filter(year=year).first()
        if last is None:
            InvoiceSeries.objects.create(year=year)
        time.sleep(0.2)
        return last.last_number if last else 0

    invoicing.lock_series = unlocked


if __name__ == "__main__":
    acts = {"crash": crash, "race": race, "control": partial(race, locked=False)}
    print(json.dumps(acts[sys.argv[1]](*map(int, sys.argv[2:]))))
