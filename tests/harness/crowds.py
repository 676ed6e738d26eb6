"""Houses for the drills of load: filled, on SQLite or PostgreSQL, and taken away afterwards."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.browser.house import find_free_port
from tests.harness.instances import ROOT, Instance, environment_of

SERVER = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
DATABASES = ("sqlite", "postgresql")


@dataclass
class Crowd:
    """A filled house: where it lies, how it is started, and what `crowded_house` said of it."""

    folder: Path
    house: Instance
    known: dict

    @property
    def address(self):
        """Where its web server answers."""
        return self.house.environment["PUBLIC_URL"]


def chosen_databases(name):
    """What `--database sqlite|postgresql|both` means."""
    return DATABASES if name == "both" else (name,)


@contextmanager
def database_of(vendor, folder):
    """The address of a new database, dropped afterwards."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder}/wego.sqlite3"
        return
    parts, name = urlsplit(SERVER), f"wego_drill_{os.getpid()}_{folder.name}"
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def new_house(vendor, **environment):
    """An empty, migrated house with its static files collected.

    Told to end, the drill leaves nothing behind either.
    """
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wego-load-")))
        url = stack.enter_context(database_of(vendor, folder))
        port = find_free_port()
        house = Instance(
            environment_of(
                folder,
                url,
                PUBLIC_URL=f"http://127.0.0.1:{port}",
                PORT=str(port),
                # A server's own log would be measured with it.
                LOG_LEVEL="WARNING",
                **environment,
            )
        )
        house.run("manage.py", "migrate", "-v0", "--skip-checks", timeout=900)
        house.run("manage.py", "createcachetable")
        house.run("manage.py", "collectstatic", "-v0", "--noinput")
        yield Crowd(folder, house, {})


@contextmanager
def crowd(vendor, members, **environment):
    """A house with so many members, twenty-five years of invoices each."""
    with new_house(vendor, **environment) as made:
        made.known = ask(made.house, "tests.harness.crowded_house", str(members))
        yield made


def ask(house, module, *arguments, given=""):
    """What a program of the house prints last, read as JSON."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        cwd=ROOT,
        env=house.environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    return json.loads(done.stdout.splitlines()[-1])
