"""`manage.py serve`: the whole house in one command, on one machine."""

import os
import signal
import sys
import time
from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connections

from wego import demo, startup
from wego.supervisor import Child, Supervisor, die_with_parent


class Command(BaseCommand):
    """Web server and worker, prepared, started, watched and stopped together."""

    help = "Serve the house on 127.0.0.1 (PORT) with its worker until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--stop-with-parent is for `make`, so that nothing outlives it."""
        parser.add_argument("--stop-with-parent", action="store_true")

    def handle(self, *_args: object, **options: object) -> None:
        """Exit codes: 0 stopped on request, 1 could not start, 2 port or folder in use."""
        if options["stop_with_parent"]:
            die_with_parent(os.getppid())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.give_up)
        self.started_at = time.monotonic()
        startup.refuse_taken_port(os.environ.get("WEGO_BIND", "127.0.0.1"), settings.PORT)
        with startup.only_one(settings.DATA_DIR):
            startup.prepare(self.say)
            self.people = set(get_user_model().objects.values_list("email", flat=True))
            connections.close_all()
            supervisor = Supervisor(self.children(), say=self.say)
            supervisor.listen()
            sys.exit(supervisor.run(on_ready=self.greet))

    def say(self, sentence: str) -> None:
        """One line, at once, also into a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def give_up(self, *_signal: object) -> None:
        """Stopped while preparing: nothing runs yet, open transactions roll back."""
        self.say("Stopped.")
        sys.exit(0)

    def children(self) -> list[Child]:
        """Web server and worker; with Redis the clock is a process of its own."""
        ready = settings.DATA_DIR / "worker.ready"
        ready.unlink(missing_ok=True)
        environment = {**os.environ, "PORT": str(settings.PORT), "PYTHONUNBUFFERED": "1"}
        celery = [sys.executable, "-m", "celery", "--quiet", "-A", "wego"]
        web = [sys.executable, "-m", "gunicorn", "-c", "python:wego.gunicorn", "wego.wsgi"]
        processes = os.environ.get("WEGO_WORKER_PROCESSES") or str(min(2, os.cpu_count() or 1))
        worker = [*celery, "worker", "--concurrency", processes, "--loglevel", "INFO"]
        worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        children = [
            Child("web server", web, environment, lambda: startup.web_answers(settings.PORT)),
            Child(
                "worker",
                worker if settings.REDIS_URL else [*worker, "--beat"],
                {**environment, "WEGO_READY_FILE": str(ready)},
                ready.exists,
                niceness=10,  # pages stay quick while a year's invoices are drawn
            ),
        ]
        if settings.REDIS_URL:
            children.append(Child("clock", [*celery, "beat", "--pidfile="], environment))
        return children

    def greet(self) -> None:
        """Addresses and demo logins, once everything answers."""
        logins = [(email, role) for email, role in demo.LOGINS if email in self.people]
        lines = [
            "",
            f"WeGO Members is ready ({time.monotonic() - self.started_at:.1f} s).",
            "",
            f"  Staff          {settings.PUBLIC_URL}/admin/",
            f"  Member cities  {settings.PUBLIC_URL}/portal/",
            "",
        ]
        if logins:
            lines.append(f"  Demo logins, all with the password {demo.PASSWORD}")
            lines += [f"    {email:26} {role}" for email, role in logins]
            lines.append("")
        lines += [f"  Everything is kept in {settings.DATA_DIR}. Ctrl-C stops.", ""]
        for line in lines:
            self.say(line)
