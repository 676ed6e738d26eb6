"""What must be done before the house serves: every step looks first, and does what is missing."""

import fcntl
import hashlib
import io
import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from wego import guards

logger = logging.getLogger(__name__)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CommandError (exit 2) with a sentence when another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} on {host} is not free ({error}). "
                f"Stop what uses it, or choose another: PORT={port + 1} make run",
                returncode=2,
            ) from error


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder; raises CommandError (exit 2) when another house runs on it."""
    with (folder / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"WeGO Members already runs on {folder}. "
                "Stop it first, or choose another folder: WEGO_DATA_DIR=...",
                returncode=2,
            ) from error
        yield


def prepare(say: Callable[[str], None]) -> None:
    """Do whatever is missing and say what took time.

    Raises CommandError when the database does not answer, SystemCheckError when it is unsafe.
    """
    steps = (
        ("Looking for what is unsafe", refuse_unsafe),
        ("Migrating the database", migrate_if_needed),
        ("Loading the demonstration", load_demo_if_empty),
        ("Collecting static files", collect_static_if_changed),
    )
    for title, act in steps:
        began = time.monotonic()
        try:
            done = act()
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if done:
            say(f"{title}: done in {time.monotonic() - began:.1f} s.")
    call_command("check", databases=["default"], stdout=io.StringIO())


def refuse_unsafe() -> bool:
    """Refuse to serve with a key that can be guessed, debug pages, or a forgetful database (T9).

    Raises CommandError with a sentence for each fault and how to mend it; nothing was done then.
    """
    found = run_checks(tags=[Tags.security, Tags.database], databases=["default"])
    faults = [each for each in found if each.is_serious() and not each.is_silenced()]
    if faults:
        words = "\n".join(f"  {each.msg} {each.hint or ''}".rstrip() for each in faults)
        raise CommandError(f"The house does not start like this:\n{words}")
    return False


def refuse_unsafe_process() -> None:
    """The same for a web server or worker started by itself: it ends with the sentence.

    A database that does not answer yet is no reason: /readyz says so until it does.
    """
    try:
        refuse_unsafe()
    except OperationalError:
        logger.warning("The database does not answer yet")
    except CommandError as error:
        sys.exit(str(error))
    finally:
        connections.close_all()


def migrate_if_needed() -> bool:
    """Bring the tables and the guards up to date; whether anything was to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not guards.missing():
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def wants_demo() -> bool:
    """WEGO_DEMO=1 or 0 decides; unset, a house under a real https address gets none."""
    chosen = os.environ.get("WEGO_DEMO", "")
    return chosen != "0" if chosen else not settings.HTTPS


def load_demo_if_empty() -> bool:
    """Fill a register that holds nobody yet, no member and no user; whether it was so."""
    if not wants_demo():
        return False
    if any(apps.get_model("members", name).objects.exists() for name in ("Member", "User")):
        return False
    call_command("load_demo", stdout=io.StringIO())
    return True


def static_fingerprint() -> str:
    """Changes when any style sheet, script or picture of ours or of a package changes."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_if_changed() -> bool:
    """Put the static files where the web server takes them from; whether anything changed."""
    stamp = settings.DATA_DIR / "static.stamp"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.is_dir():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def web_answers(port: int) -> bool:
    """Whether the web server answers on /healthz (a redirect to https is an answer too)."""
    link = HTTPConnection("127.0.0.1", port, timeout=5)
    host = urlsplit(settings.PUBLIC_URL).netloc
    try:
        link.request("GET", "/healthz", headers={"Host": host})
        return link.getresponse().status < 500  # noqa: PLR2004 - no error of the server
    except (OSError, HTTPException):
        return False
    finally:
        link.close()
