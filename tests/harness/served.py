"""A house under several real server processes, asked over the network as strangers would."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.browser.house import find_free_port
from tests.harness.instances import ROOT, Instance, environment_of

READY_WITHIN = 180
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NoRedirect(HTTPRedirectHandler):
    """An answer is looked at, not followed."""

    def redirect_request(self, *_args, **_more):
        return None


OPENER = build_opener(NoRedirect)


@dataclass
class Served:
    """Where a house answers."""

    address: str
    instance: Instance

    def ask(self, path, fields=None, **headers):
        """Status, headers and text of an answer; with fields it is a POST."""
        sent = None if fields is None else urlencode(fields).encode()
        request = Request(self.address + path, sent)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with OPENER.open(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.headers, refused.read().decode()

    def form_of(self, path):
        """What a form of this page has to send along: the token, and the cookie it belongs to."""
        _status, headers, page = self.ask(path)
        cookie = headers["Set-Cookie"].partition(";")[0]
        return {"csrfmiddlewaretoken": TOKEN.search(page)[1]}, {"Cookie": cookie}


@contextmanager
def served(folder, database_url, *, fill, workers=2, threads=4, **environment):
    """A migrated house filled by a program, under real processes, ended at the end."""
    port = find_free_port()
    address = f"http://127.0.0.1:{port}"
    facts = {"PUBLIC_URL": address, "PORT": str(port), "WEGO_DEMO": "0", **environment}
    house = Instance(environment_of(folder, database_url, **facts))
    house.run("manage.py", "migrate", "-v0", "--skip-checks", timeout=1800)
    house.run("manage.py", "createcachetable")
    house.run("-c", fill, timeout=1800)
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "-c", "python:wego.gunicorn"),
                *("--workers", str(workers), "--threads", str(threads), "wego.wsgi"),
            ],
            cwd=ROOT,
            env=house.environment | {"HOME": os.environ.get("HOME", "/tmp")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            asked = Served(address, house)
            wait_for(asked, server)
            yield asked
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def wait_for(house, server):
    """Until it answers as it does behind a proxy."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if house.ask("/healthz", X_Forwarded_Proto="https")[0] == 200:
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("The house does not answer.")
