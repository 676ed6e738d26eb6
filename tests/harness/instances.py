"""Throw-away instances of the house on a database of their own, for tests that kill and race."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
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


def environment_of(data_dir, database_url, **extra):
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return keep | {
        "WEGO_DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "wego.settings",
        **extra,
    }


def fill(instance):
    """Migrate and add the small roster: two cities to bill."""
    instance.run("manage.py", "migrate", "-v0", "--skip-checks")
    instance.run("-c", f"import django; django.setup(); {FILL}")


def prepare_sqlite(directory):
    """An instance on SQLite whose prepared state can be put back by copying a closed file."""
    path = directory / "wego.sqlite3"
    instance = Instance(environment_of(directory, f"sqlite:///{path}", EXPECTED_INVOICES="2"))
    fill(instance)
    checkpoint = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    instance.run("-c", checkpoint + "c.execute('PRAGMA wal_checkpoint(TRUNCATE)')", str(path))
    shutil.copyfile(path, path.with_name(path.name + ".prepared"))
    return instance


def prepare_postgresql(directory, server_url, name):
    """An instance on PostgreSQL; its prepared state is a template database."""
    parts = urlsplit(server_url)

    def url(database):
        return urlunsplit(parts._replace(path=f"/{database}"))

    maintenance = url("postgres")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        for database in (f"{name}_prepared", name):
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}_prepared"')
    fill(Instance(environment_of(directory, url(f"{name}_prepared"))))
    return Instance(
        environment_of(directory, url(name), EXPECTED_INVOICES="2", MAINTENANCE_URL=maintenance)
    )


def drop_postgresql(server_url, name):
    """Leave the server as it was."""
    maintenance = urlunsplit(urlsplit(server_url)._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        for database in (name, f"{name}_prepared"):
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
