"""A house that programs call: its own database, several server processes, tokens for every role."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.browser.house import find_free_port
from tests.harness.instances import ROOT, Instance, environment_of

READY_WITHIN = 120
FILL = """
import django; django.setup()
import json, sys
from django.utils import timezone
from members.models import Member
from members.tokens import make_token
from tests.access import world
from wego.api.scopes import declared_scopes, reading_scopes
facts = world.build()
each = int(sys.argv[1])
def tokens(scopes, **owner):
    return [make_token("drill", scopes=scopes, days=1, at=timezone.now(), by=None, **owner).secret
            for _n in range(each)]
made = {role: tokens(list(declared_scopes()), role=role)
        for role in ("finance", "secretariat", "administrator")}
for whose in ("own", "other"):
    member = Member.objects.get(pk=facts[whose]["member"])
    from members import tokens as rules
    rules.MOST_OF_MEMBER = each + 1
    made[whose] = tokens(reading_scopes(of_member=True), member=member)
own = facts["own"]
known = {"members": own["member"], "invoices": own["number"], "payments": own["receipt"],
         "meetings": own["meeting_code"], "decisions": own["api_decision"],
         "awards": own["award_code"]}
print(json.dumps({"tokens": made, "known": known}))
"""


class Server:
    """The web processes of a house, in a group of their own."""

    def __init__(self, house, folder, *, workers, threads):
        self.house, self.folder = house, folder
        self.counts = ("--workers", str(workers), "--threads", str(threads))
        self.process = None

    def start(self):
        """Serve, and wait until it answers."""
        environment = self.house.environment
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "-c", "python:wego.gunicorn"),
                    *(*self.counts, "wego.wsgi"),
                ],
                cwd=ROOT,
                env=environment | {"HOME": os.environ.get("HOME", "/tmp")},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(environment["PUBLIC_URL"], self.process)

    def kill(self):
        """Kill -9 the server and all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Let requests finish; what stands still is not waited for."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)


@dataclass
class ApiHouse:
    """Where it answers, and who may ask."""

    address: str
    tokens: dict
    known: dict
    instance: Instance
    server: Server

    @property
    def member(self):
        """The key of our own member."""
        return self.known["members"]

    def ask(self, method, path, secret, body=None, **headers):
        """Status, headers and body of an answer."""
        sent = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, sent, method=method)
        request.add_header("Authorization", f"Bearer {secret}")
        if sent is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urlopen(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read()
        except HTTPError as error:
            return error.code, error.headers, error.read()


@contextmanager
def api_house(folder, database_url, *, tokens=1, workers=2, threads=8, settings="wego.settings"):
    """A running house with the world of the access matrix in it."""
    port = find_free_port()
    address = f"http://127.0.0.1:{port}"
    house = Instance(environment_of(folder, database_url, PUBLIC_URL=address, PORT=str(port)))
    house.run("manage.py", "migrate", "-v0", "--skip-checks")
    house.run("manage.py", "createcachetable")
    # The world stands on the tests' hasher and cache, which a server has not.
    filled = house.run("-c", FILL, str(tokens), timeout=600)
    known = json.loads(filled.stdout.splitlines()[-1])
    house.environment["DJANGO_SETTINGS_MODULE"] = settings
    server = Server(house, folder, workers=workers, threads=threads)
    try:
        server.start()
        yield ApiHouse(address, known["tokens"], known["known"], house, server)
    finally:
        server.stop()


def wait_for(address, server):
    """Until it answers."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("The house does not answer.")
