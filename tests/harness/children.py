"""Runs a dues year in forked children that are killed, or that race each other.

    python tests/harness/children.py crash|race|control

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
import traceback
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
from tests.dues import snapshots  # noqa: E402

YEAR = 2020


class Countdown:
    """Kills its own process at the n-th boundary it passes."""

    def __init__(self, at):
        self.at, self.passed = at, 0

    def step(self):
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statement(self, execute, sql, params, many, context):
        self.step()
        return execute(sql, params, many, context)

    def around(self, act):
        def acted(*args, **kwargs):
            self.step()
            result = act(*args, **kwargs)
            self.step()
            return result

        return acted


def run_year():
    invoicing.issue_dues(YEAR, by=None)
    documents.render_pending()


def run_until(at):
    """The run with a kill at boundary `at`: every statement, commit, file rename and sync."""
    countdown = Countdown(at)
    connection.ensure_connection()
    connection._commit = countdown.around(connection._commit)
    os.replace = countdown.around(os.replace)
    os.rename = countdown.around(os.rename)
    os.fsync = countdown.around(os.fsync)
    with connection.execute_wrapper(countdown.around_statement):
        run_year()


def in_child(act):
    """Exit status of `act` in a forked child: 0 done, 1 failed, -9 killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        except BaseException:  # noqa: BLE001 the parent reads the status
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


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
    return found


def crash():
    """Kill at every boundary in turn, run again, and look."""
    documents.render_invoice(snapshots.seoul())
    points, wrong = 0, []
    while True:
        fresh_copy()
        status = in_child(partial(run_until, points + 1))
        if status == 0:
            break
        points += 1
        if status != -signal.SIGKILL:
            wrong.append(f"point {points}: died with {status} instead of the kill")
        again = in_child(run_year)
        problems = faults() + ([f"the second run failed with {again}"] if again else [])
        wrong += [f"point {points}: {problem}" for problem in problems]
    return {"points": points, "wrong": wrong}


def race(*, locked=True):
    """Eight children issue the same year at once; `locked=False` is the negative control."""
    fresh_copy()
    start = time.monotonic() + 1.0

    def issue():
        if not locked:
            take_the_locks_off()
        time.sleep(max(0.0, start - time.monotonic()))
        invoicing.issue_dues(YEAR, by=None)

    children = []
    connections.close_all()
    for _ in range(8):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                issue()
                status = 0
            except BaseException:  # noqa: BLE001 the parent counts failures
                if locked:
                    traceback.print_exc()
            os._exit(status)
        children.append(child)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    sequences = sorted(Invoice.objects.values_list("sequence", flat=True))
    members = list(Invoice.objects.values_list("member_id", flat=True))
    return {
        "failed": sum(status != 0 for status in statuses),
        "sequences": sequences,
        "twice": len(members) - len(set(members)),
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
    acts = {"crash": crash, "race": race, "control": lambda: race(locked=False)}
    print(json.dumps(acts[sys.argv[1]]()))
