"""The restore drill (R15): `python -m tests.drills.restore`.

A house is backed up 20 times while invoices are issued, paid, printed and sealed in it. Every
backup is then restored into an empty SQLite and an empty PostgreSQL database, and both are asked
with plain SQL whether they hold what the backup says: rows of every table, the sum of every member,
the head of the audit trail, the SHA-256 of every document.
"""

import argparse
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg

from tests.harness.instances import ROOT, Instance, empty_database, environment_of, fill

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wego.settings")
django.setup()

from wego.backup.reading import Archive  # noqa: E402 Django first

# What restoring itself notes.
NOTED = "wego_operation"
PER_MEMBER = "SELECT member_id, debit, credit, SUM(amount_cents) FROM dues_entry GROUP BY 1, 2, 3"
HEAD = "SELECT digest FROM wego_auditseal ORDER BY id DESC LIMIT 1"
DOCUMENTS = (
    "SELECT path, sha256 FROM dues_invoicedocument "
    "UNION SELECT path, sha256 FROM dues_paperdocument"
)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=20)
    tries = parser.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        backups = back_up_under_load(Path(folder), tries)
        equal = sum(check(number, path, Path(folder)) for number, path in enumerate(backups, 1))
    print(f"{equal} of {tries} backups equal in SQLite and PostgreSQL")
    sys.exit(equal != tries)


def back_up_under_load(folder, tries):
    """Backups of a house in which a process writes without pause."""
    data = folder / "house"
    house = Instance(environment_of(data, f"sqlite:///{data}/wego.sqlite3"))
    fill(house)
    (folder / "backups").mkdir()
    backups = [folder / "backups" / f"{number:02}.zip" for number in range(tries)]
    with working(house):
        for path in backups:
            house.run("manage.py", "backup", str(path))
    return backups


@contextmanager
def working(house):
    """Somebody issues, pays, prints and seals in the house until the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.busy_books"],
        cwd=ROOT,
        env=house.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _begun in range(5):
            assert process.stdout.readline().strip() == "done"
        yield
        assert process.poll() is None, "nobody wrote any more: the drill proves nothing"
    finally:
        process.kill()
        process.communicate()


def check(number, path, folder):
    """Whether one backup comes out equal in both databases."""
    began = time.monotonic()
    with Archive(path) as archive:
        manifest = archive.manifest
        files = {kept.path: kept.sha256 for kept in archive.files()}
    data = folder / f"sqlite-{number}"
    restore(path, data, f"sqlite:///{data}/wego.sqlite3")
    with closing(sqlite3.connect(data / "wego.sqlite3")) as link:
        here = facts_of(link, manifest, data)
    with empty_database("postgresql", folder) as address:
        data = folder / f"postgresql-{number}"
        restore(path, data, address)
        with psycopg.connect(address) as link:
            there = facts_of(link, manifest, data)
    wanted = {name: content.rows for name, content in manifest.tables.items() if name != NOTED}
    equal = (
        here == there
        and here["rows"] == wanted
        and here["head"] == manifest.head
        and files.items() >= here["documents"].items()
        and manifest.money["receivables.debit"] == here["invoiced"]
    )
    print(
        f"{number:2}: {wanted['dues_entry']} entries, {len(here['documents'])} documents, "
        f"head {manifest.head[:8]}: {'equal' if equal else 'DIFFERENT'} "
        f"({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    return equal


def restore(path, data, address):
    """The command an operator types."""
    command = [sys.executable, "manage.py", "restore", str(path)]
    subprocess.run(
        [*command, "--data", str(data), "--into", address],
        cwd=ROOT,
        env=environment_of(data, address),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def facts_of(link, manifest, data):
    """What a database says in plain SQL, and what the files beside it are."""

    def ask(query):
        return link.execute(query).fetchall()

    documents = dict(ask(DOCUMENTS))
    for path, sha256 in documents.items():
        content = (data / "documents" / path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256, path
    per_member = sorted((*key, int(total)) for *key, total in ask(PER_MEMBER))
    return {
        "rows": {
            name: ask(f"SELECT count(*) FROM {name}")[0][0]
            for name in manifest.tables
            if name != NOTED
        },
        "per member": per_member,
        "invoiced": sum(total for _m, debit, _c, total in per_member if debit == "receivables"),
        "head": ask(HEAD)[0][0],
        "documents": documents,
    }


if __name__ == "__main__":
    main()
