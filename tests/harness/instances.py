"""Throw-away instances of the house on a database of their own, for tests that kill and race."""

import os
import shutil
import subprocess
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
VENDORS = ("sqlite", "postgresql")
# Two cities to bill.
FILL = "from tests.register import add_small_roster; add_small_roster()"


@dataclass
class Instance:
    """A migrated, filled database and its data directory."""

    environment: dict

    def run(self, *arguments, check=True, timeout=300):
        """A python program in this instance; its finished process."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if check:
            assert done.returncode == 0, done.stderr[-4000:]
        return done

    def follow(self, *arguments):
        """The lines of a python program in this instance, as they come; it must end well."""
        with subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                for line in process.stdout:
                    yield line.rstrip()
            except BaseException:
                process.kill()
                raise
        assert process.returncode == 0, arguments


def environment_of(data_dir, database_url, **extra):
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return keep | {
        "WEGO_DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "wego.settings",
        **extra,
    }


def fill(instance, code=FILL):
    """Migrate, and add what `code` adds."""
    instance.run("manage.py", "migrate", "-v0", "--skip-checks")
    instance.run("-c", f"import django; django.setup(); {code}")


def address_of(database, server_url=SERVER):
    """The address of a database on the test server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))


def prepare_sqlite(directory, *, code=FILL, invoices=2):
    """An instance on SQLite whose prepared state can be put back by copying a closed file."""
    path = directory / "wego.sqlite3"
    instance = Instance(
        environment_of(directory, f"sqlite:///{path}", EXPECTED_INVOICES=str(invoices))
    )
    fill(instance, code)
    checkpoint = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    instance.run("-c", checkpoint + "c.execute('PRAGMA wal_checkpoint(TRUNCATE)')", str(path))
    shutil.copyfile(path, path.with_name(path.name + ".prepared"))
    return instance


def prepare_postgresql(directory, server_url, name, *, code=FILL, invoices=2):
    """An instance on PostgreSQL; its prepared state is a template database."""
    maintenance = address_of("postgres", server_url)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        for database in (f"{name}_prepared", name):
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}_prepared"')
    fill(Instance(environment_of(directory, address_of(f"{name}_prepared", server_url))), code)
    return Instance(
        environment_of(
            directory,
            address_of(name, server_url),
            EXPECTED_INVOICES=str(invoices),
            MAINTENANCE_URL=maintenance,
        )
    )


def drop_postgresql(server_url, name):
    """Leave the server as it was."""
    with psycopg.connect(address_of("postgres", server_url), autocommit=True) as connection:
        for database in (name, f"{name}_prepared"):
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextmanager
def prepared(vendor, folder, *, code=FILL, invoices=2):
    """An instance whose prepared state can be put back; its database goes away afterwards."""
    if vendor == "sqlite":
        yield prepare_sqlite(folder, code=code, invoices=invoices)
        return
    name = f"wego_prepared_{uuid.uuid4().hex[:12]}"
    try:
        yield prepare_postgresql(folder, SERVER, name, code=code, invoices=invoices)
    finally:
        drop_postgresql(SERVER, name)


@contextmanager
def empty_database(vendor, folder):
    """The address of an empty database that goes away afterwards."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder}/wego.sqlite3"
        return
    name = f"wego_drill_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield address_of(name)
    finally:
        with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
