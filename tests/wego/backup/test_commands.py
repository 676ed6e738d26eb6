"""The commands for real: a house of its own, backed up, restored, moved, killed on the way."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
import zipfile
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.harness.instances import ROOT, Instance, environment_of, fill
from wego.backup.reading import Archive

pytestmark = [pytest.mark.once, pytest.mark.slow]
LIFE = """
import django; django.setup()
from dues.invoicing import issue_dues
from dues.documents import render_pending
from wego import seals
issue_dues(2020, by=None); render_pending(limit=1); seals.seal_all()
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house on SQLite with two invoices, one of them printed."""
    folder = tmp_path_factory.mktemp("house")
    made = Instance(environment_of(folder / "data", f"sqlite:///{folder}/data/wego.sqlite3"))
    fill(made)
    made.run("-c", LIFE)
    return made


@pytest.fixture(scope="module")
def backup(house, tmp_path_factory):
    """Its backup."""
    path = tmp_path_factory.mktemp("backups") / "house.zip"
    house.run("manage.py", "backup", str(path))
    return path


@pytest.fixture
def postgresql():
    """The address of an empty PostgreSQL database that goes away after the test."""
    server = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
    name = f"wego_restore_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers, as the test run says at its end")
    yield f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manifest_of(instance, path):
    """What a house's own backup says about it."""
    instance.run("manage.py", "backup", str(path))
    with Archive(path) as archive:
        return archive.manifest


def test_r15_into_an_empty_sqlite_and_nowhere_else(house, backup, tmp_path):
    data = tmp_path / "data"

    done = house.run("manage.py", "restore", str(backup), "--data", str(data))

    assert done.stdout.splitlines()[-1] == "Restored."
    assert "The books are right." in done.stdout
    assert "another secret key" in done.stdout
    restored = Instance(environment_of(data, f"sqlite:///{data}/wego.sqlite3"))
    with Archive(backup) as archive:
        before = archive.manifest
    after = manifest_of(restored, tmp_path / "after.zip")
    changed = {name for name in before.tables if before.tables[name] != after.tables[name]}
    assert changed == {"wego_operation"}
    assert (after.money, after.head, after.files) == (before.money, before.head, before.files)
    assert restored.run("manage.py", "migrate", "--check").returncode == 0
    assert not list(data.glob("*.restoring*"))

    again = house.run("manage.py", "restore", str(backup), "--data", str(data), check=False)
    assert again.returncode == 1
    assert "The database to restore into is not empty" in again.stderr


def test_r15_a_damaged_backup_leaves_an_empty_target(house, backup, tmp_path):
    damaged, data = tmp_path / "damaged.zip", tmp_path / "data"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "tables/dues_entry.jsonl":
                content = content.replace(b"receivables", b"receivablez")
            new.writestr(name, content)

    done = house.run("manage.py", "restore", str(damaged), "--data", str(data), check=False)

    assert done.returncode == 1
    assert "Not restored. tables/dues_entry.jsonl is damaged in this backup." in done.stderr
    assert [each.name for each in data.iterdir()] == ["serve.lock"]


def count_tables(address):
    with psycopg.connect(address) as link:
        query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        return link.execute(query).fetchone()[0]


def is_written_to(address):
    """Whether somebody's transaction has begun to write there."""
    name = address.rpartition("/")[2]
    with psycopg.connect(address) as link:
        query = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
        )
        return bool(link.execute(query, [name]).fetchone()[0])


def test_r15_a_killed_restore_leaves_postgresql_empty_and_goes_well_again(
    house, backup, postgresql, tmp_path
):
    data = tmp_path / "data"
    command = ["manage.py", "restore", str(backup), "--data", str(data), "--into", postgresql]
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=house.environment, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 120
    while not is_written_to(postgresql):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    children = psutil.Process(process.pid).children(recursive=True)
    for each in [*children, psutil.Process(process.pid)]:
        each.send_signal(signal.SIGKILL)
    process.wait()
    psutil.wait_procs(children, timeout=20)

    assert count_tables(postgresql) == 0
    assert house.run(*command).stdout.splitlines()[-1] == "Restored."
    assert count_tables(postgresql) > 100


def test_r15_sqlite_moves_to_postgresql_and_back(house, backup, postgresql, tmp_path):
    with Archive(backup) as archive:
        before = archive.manifest

    done = house.run("manage.py", "move_to_postgres", postgresql)

    assert "Moved. Set DATABASE_URL" in done.stdout
    assert "another secret key" not in done.stdout
    moved = Instance({**house.environment, "DATABASE_URL": postgresql})
    after = manifest_of(moved, tmp_path / "moved.zip")
    changed = {name for name in before.tables if before.tables[name] != after.tables[name]}
    assert changed == {"wego_operation"}
    assert (after.money, after.head, after.files) == (before.money, before.head, before.files)
    assert moved.run("-c", FIRST_NEW_ROW).stdout.strip() == "7"
    data = tmp_path / "back"
    moved.run("manage.py", "restore", str(tmp_path / "moved.zip"), "--data", str(data))
    with closing(sqlite3.connect(data / "wego.sqlite3")) as link:
        assert link.execute("SELECT count(*) FROM members_member").fetchone() == (6,)
        [journal] = link.execute("PRAGMA integrity_check").fetchone()
    assert journal == "ok"


FIRST_NEW_ROW = """
import django; django.setup()
from members.models import Member
print(Member.objects.create(kind="city", name_en="New", country_code="KR", region="asia").pk)
"""


def test_a_house_that_runs_is_not_moved(house, postgresql):

    folder = house.environment["WEGO_DATA_DIR"]
    with Path(folder, "serve.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = house.run("manage.py", "move_to_postgres", postgresql, check=False)

    assert done.returncode == 2
    assert "already runs on" in done.stderr
    assert count_tables(postgresql) == 0
