"""`manage.py serve` for real: one command up, one signal down, nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import psutil
import psycopg
import pytest

pytestmark = [pytest.mark.once, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
CLEARED = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "WEGO_DEMO", "SECRET_KEY", "WEGO_BIND")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """A running `serve`, with everything it said."""

    def __init__(self, folder, **environment):
        self.port = int(environment.setdefault("PORT", str(free_port())))
        clean = {name: value for name, value in os.environ.items() if name not in CLEARED}
        self.said = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**clean, "WEGO_DATA_DIR": str(folder), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.main = psutil.Process(self.process.pid)
        self.family = set()

    def wait_for(self, text):
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if text in line:
                self.family |= set(self.main.children(recursive=True))
                return line
        raise AssertionError(f"{text!r} never came:\n" + "\n".join(self.said))

    def started(self):
        self.wait_for("Ctrl-C stops.")
        return self

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def named(self, word):
        return [child for child in self.main.children() if word in " ".join(child.cmdline())]

    def stop(self, number=signal.SIGTERM):
        self.family |= set(self.main.children(recursive=True))
        self.process.send_signal(number)
        self.said += self.process.communicate(timeout=60)[0].splitlines()
        return self.process.returncode

    def left_over(self, seconds=0):
        _, alive = psutil.wait_procs(self.family, timeout=seconds)
        # A zombie has ended; init has not yet looked.
        return [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]

    def clean_up(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.stdout.close()
        self.process.wait()
        for process in self.left_over(15):
            process.kill()


@pytest.fixture
def house(tmp_path):
    """Starts houses on one data folder; none outlives the test."""
    houses = []

    def start(**environment):
        houses.append(House(tmp_path / "data", **environment))
        return houses[-1]

    yield start
    for one in houses:
        one.clean_up()


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def messages(folder):
    return list((folder / "data" / "queue" / "celery").glob("[!.]*"))


def test_first_start_second_start_and_stop(house, tmp_path):
    first = house().started()
    address = f"http://127.0.0.1:{first.port}"
    assert first.get("/healthz") == "ok\n"
    assert first.get("/readyz") == '{"ready": true, "reasons": []}'
    assert [len(first.named(word)) for word in ("gunicorn", "celery")] == [1, 1]
    assert first.stop() == 0
    assert first.left_over() == []
    spoken = [line.split(": done in")[0] for line in first.said]
    assert spoken[:3] == [
        "Migrating the database",
        "Loading the demonstration",
        "Collecting static files",
    ]
    assert f"  Staff          {address}/admin/" in spoken
    assert f"  Member cities  {address}/portal/" in spoken
    assert "  Demo logins, all with the password wego-demo-2020" in spoken
    assert [line.split()[0] for line in spoken if "@wego.example" in line] == [
        "secretariat@wego.example",
        "finance@wego.example",
        "admin@wego.example",
        "kathmandu@wego.example",
    ]
    key = (tmp_path / "data" / "secret_key").read_text()

    second = house().started()

    assert second.said[:1] == [""]
    assert second.said[1].startswith("WeGO Members is ready (")
    # Promised are 5 s; the tests beside this one have the cores.
    assert float(second.said[1].split("(")[1].split()[0]) < 10
    assert (tmp_path / "data" / "secret_key").read_text() == key
    assert second.stop(signal.SIGINT) == 0
    assert second.left_over() == []


def test_what_dies_is_started_again_and_messages_are_read(house, tmp_path):
    running = house(WEGO_DEMO="0").started()
    [worker], [web] = running.named("celery"), running.named("gunicorn")

    worker.kill()
    running.wait_for("The worker ended (SIGKILL): starting it again in 1 s.")
    web.kill()
    running.wait_for("The web server ended (SIGKILL): starting it again in 1 s.")

    wait_until(lambda: running.named("gunicorn") and running.named("celery"))
    assert running.named("celery") != [worker]
    assert running.named("gunicorn") != [web]
    subprocess.run(
        [sys.executable, "-c", SEND],
        cwd=ROOT,
        env={**os.environ, "WEGO_DATA_DIR": str(tmp_path / "data")},
        check=True,
    )
    assert len(messages(tmp_path)) <= 1
    wait_until(lambda: messages(tmp_path) == [])

    def answers():
        try:
            return running.get("/healthz") == "ok\n"
        except OSError:
            return False

    wait_until(answers)
    assert running.stop() == 0
    assert running.left_over() == []


SEND = """
from wego.celery import app
app.send_task("dues.tasks.render_pending_documents")
"""


def test_a_killed_supervisor_leaves_no_orphan(house):
    running = house(WEGO_DEMO="0").started()

    running.stop(signal.SIGKILL)

    assert running.left_over(seconds=20) == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", running.port))


def test_a_taken_port_is_named_and_exits_with_2(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = house(PORT=str(port))
        output, _ = refused.process.communicate(timeout=30)

    assert refused.process.returncode == 2
    assert output.splitlines() == [
        f"CommandError: Port {port} on 127.0.0.1 is not free ([Errno 98] Address already in use). "
        f"Stop what uses it, or choose another: PORT={port + 1} make run"
    ]


def test_a_second_house_on_the_same_folder_is_refused(house, tmp_path):
    running = house(WEGO_DEMO="0").started()
    second = house(WEGO_DEMO="0")
    output, _ = second.process.communicate(timeout=30)

    assert second.process.returncode == 2
    assert output.splitlines() == [
        f"CommandError: WeGO Members already runs on {tmp_path / 'data'}. "
        "Stop it first, or choose another folder: WEGO_DATA_DIR=..."
    ]
    assert running.stop() == 0


@pytest.mark.redis
def test_postgresql_and_redis_are_used_when_named(house, tmp_path, own_database):
    running = house(
        DATABASE_URL=own_database, REDIS_URL=os.environ["WEGO_TEST_REDIS"], WEGO_DEMO="0"
    ).started()

    assert running.get("/readyz") == '{"ready": true, "reasons": []}'
    assert [len(running.named(word)) for word in ("gunicorn", "--concurrency", "--pidfile")] == [
        1,
        1,
        1,
    ]
    assert running.stop() == 0
    assert running.left_over() == []
    assert not (tmp_path / "data" / "wego.sqlite3").exists()
    assert not (tmp_path / "data" / "queue").exists()


@pytest.fixture
def own_database():
    """The address of an empty PostgreSQL database that goes away after the test."""
    server = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
    name = f"wego_serve_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers, as the test run says at its end")
    yield f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")
