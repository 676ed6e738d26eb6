"""The treasurer's questions over large books: the proof, the board, the aging, Today.

    python -m tests.benchmarks.books [MEMBERS YEARS]

By default 35,000 members with ten years of invoices: a million entries on a SQLite database of its
own, which takes minutes to write. Every figure stands beside the baseline of the same run: reading
each entry once, as bare rows.
"""

import json
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.issuing import ROOT
from tests.harness.instances import environment_of

MEMBERS, YEARS = 35_000, 10
LOGIN = ("bench@wego.example", "correct horse battery")
PAGES = (
    ("Today", "/admin/"),
    ("board of a year", "/admin/dues/year/2020/board/"),
    ("aging", "/admin/dues/books/aging/?on=2024-12-31"),
    ("cash of a year", "/admin/dues/books/cash/?year=2020"),
    ("open invoices", "/admin/dues/invoice/?state=open"),
    ("standing of everybody", "/admin/dues/standing/"),
)


def measure(act):
    """What an act returns, and its CPU seconds."""
    before = time.process_time()
    answer = act()
    return answer, round(time.process_time() - before, 2)


def read_bare():
    """Every entry once, as the database gives it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, debit, credit, amount_cents, member_id FROM dues_entry")
        return sum(row[3] for row in cursor)


def ask_everything(members, years):
    """Fill the books, then time each question alone, cold."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.test import Client

    from dues.proof import verify_books
    from members.models import User
    from tests.harness.books_crowd import fill_books

    call_command("migrate", verbosity=0)
    written, filling = measure(lambda: fill_books(members, years))
    _sum, bare = measure(read_bare)
    proof, proving = measure(verify_books)
    found = {"entries": written, "filling": filling, "bare": bare}
    found |= {"faults": len(proof.faults), "verify_books": proving}
    person = User.objects.create_user(*LOGIN, full_name="Bench", role="administrator")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    for name, page in PAGES:
        cache.clear()
        answer, seconds = measure(lambda page=page: client.get(page))
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}")
        found[name] = seconds
    return found


def run(members=MEMBERS, years=YEARS):
    """One measurement in a fresh process."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.books", "ask", str(members), str(years)],
            cwd=ROOT,
            env=environment_of(directory, f"sqlite:///{directory}/bench.sqlite3"),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def rows(members=MEMBERS, years=YEARS):
    """The table's rows: what, measured, target."""
    found = run(members, years)
    bare = found["bare"]
    yield ("entries", f"{found['entries']:,}, read bare in {bare} s CPU", "baseline")
    yield ("faults found in them", str(found["faults"]), "0")
    for name in ("verify_books", *(name for name, _page in PAGES)):
        target = "5 s at 1,000,000" if name == "verify_books" else "0.3 s"
        yield (name, f"{found[name]} s CPU, {found[name] / bare:.1f} x the baseline", target)


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        print(json.dumps(ask_everything(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        for what, measured, target in rows(*map(int, sys.argv[1:])):
            print(f"{what:<26} {measured}  ({target})")
