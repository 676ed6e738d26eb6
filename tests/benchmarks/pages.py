"""Pages: queries at 200 and at 5,000 members, and a web worker's memory after 1,000 requests.

    python -m tests.benchmarks.pages queries MEMBERS
    python -m tests.benchmarks.pages memory

each in a process of its own on a database of its own; both print JSON.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psutil

from tests.benchmarks.issuing import ROOT, fill
from tests.harness.instances import environment_of

SIZES = (200, 5_000)
REQUESTS = 1_000
PORT = 8791
LIMIT = 12
FRONT = "/admin/"
PAGES = (
    FRONT,
    "/admin/members/member/",
    "/admin/members/member/?q=Ward+0",
    "/admin/members/member/report/",
    "/admin/members/member/1/change/",
    "/admin/search/?q=ward",
    "/directory/",
    "/admin/members/memberfigure/",
    "/admin/dues/year/2020/",
    "/admin/dues/year/2020/documents/",
    "/admin/dues/year/2020/invoices/",
    "/admin/dues/invoice/",
    "/admin/dues/invoice/?state=open",
    "/admin/dues/payment/",
    "/admin/dues/payment/record/?member=1",
    "/admin/dues/refund/",
    "/admin/dues/paymentclaim/",
    "/admin/dues/periodlock/",
    "/admin/dues/feeschedule/",
)
LOGIN = ("bench@wego.example", "correct horse battery")


def prepare(members):
    """A register of that size, its dues year issued, and somebody who may see everything."""
    from django.core.management import call_command

    from dues.invoicing import issue_dues
    from members.models import User

    call_command("migrate", verbosity=0)
    fill(members)
    issue_dues(2020, by=None)
    User.objects.create_user(*LOGIN, full_name="Bench", role="administrator")


def count_queries(members):
    """Statements of each page, signed in."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from members.models import User

    prepare(members)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(email=LOGIN[0]))
    found = {}
    for page in PAGES:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}")
        found[page] = len(captured)
    return found


def measure_memory():
    """Resident megabytes of one web worker before and after 1,000 requests."""
    import django

    django.setup()
    from django.core.management import call_command

    prepare(200)
    call_command("collectstatic", interactive=False, verbosity=0)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:wego.gunicorn", "wego.wsgi"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(PORT), "WEB_CONCURRENCY": "1"},
    )
    try:
        return visit(server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def visit(server):
    """Sign in as a browser would, then ask for the pages in turn."""
    base = f"http://127.0.0.1:{PORT}"
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    deadline = time.monotonic() + 30
    while True:
        try:
            browser.open(f"{base}/login/").read()
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    token = sign_in_token(browser, base)
    fields = {"login": LOGIN[0], "password": LOGIN[1], "csrfmiddlewaretoken": token}
    browser.open(f"{base}/login/", urlencode(fields).encode()).read()
    [worker] = psutil.Process(server.pid).children()
    for page in PAGES:
        browser.open(base + page).read()
    before = worker.memory_info().rss
    for number in range(REQUESTS):
        browser.open(base + PAGES[number % len(PAGES)]).read()
    return {
        "before_mb": round(before / 2**20, 1),
        "after_mb": round(worker.memory_info().rss / 2**20, 1),
    }


def sign_in_token(browser, base):
    """The form's own token."""
    page = browser.open(f"{base}/login/").read().decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def run(*arguments):
    """One measurement in a fresh process on a fresh SQLite database."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.pages", *map(str, arguments)],
            cwd=ROOT,
            env=environment_of(directory, f"sqlite:///{directory}/bench.sqlite3"),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def rows():
    """The table's rows: what, measured, target."""
    few, many = (run("queries", members) for members in SIZES)
    for page in PAGES:
        yield (
            page,
            f"{few[page]} queries at {SIZES[0]:,} members, {many[page]} at {SIZES[1]:,}",
            "does not grow" if page == FRONT else f"<= {LIMIT}, equal",
        )
    found = run("memory")
    yield (
        "web worker's memory",
        f"{found['after_mb']} MB after {REQUESTS:,} requests, {found['before_mb']} MB before",
        "<= 100 MB",
    )


if __name__ == "__main__":
    if sys.argv[1] == "queries":
        print(json.dumps(count_queries(int(sys.argv[2]))))
    else:
        print(json.dumps(measure_memory()))
