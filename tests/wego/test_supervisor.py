"""Processes under a supervisor: restarted when they die, drained when asked, never orphaned."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from wego.supervisor import Child, Supervisor, describe

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]

# A child that writes its pid, and "drained" when SIGTERM lets it finish.
POLITE = """
import os, pathlib, signal, sys, time
folder = pathlib.Path(sys.argv[1])
def leave(*_):
    time.sleep(0.3)
    (folder / f"drained-{os.getpid()}").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
(folder / f"pid-{os.getpid()}").touch()
while True:
    time.sleep(0.05)
"""
# A child that starts a grandchild and hears no request to stop.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGQUIT, signal.SIG_IGN)
folder = pathlib.Path(sys.argv[1])
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(folder / f"pid-{grandchild.pid}").touch()
(folder / f"pid-{os.getpid()}").touch()
time.sleep(600)
"""
HARNESS = """
import os, pathlib, sys
from wego import supervisor
from wego.supervisor import Child, Supervisor
supervisor.DRAIN = supervisor.QUIT = float(sys.argv[2])
folder = pathlib.Path(sys.argv[1])
count = len(sys.argv) - 3
children = [
    Child(f"child {n}", [sys.executable, "-c", code, str(folder)], dict(os.environ),
          lambda: len(list(folder.glob("pid-*"))) >= count)
    for n, code in enumerate(sys.argv[3:])
]
s = Supervisor(children, say=lambda text: print(text, flush=True))
s.listen()
sys.exit(s.run(on_ready=lambda: print("READY", flush=True), wait=20))
"""


@pytest.fixture
def start(tmp_path):
    """Starts a supervisor over the given programs; nothing of it outlives the test."""
    started = []

    def begin(*codes, drain=10):
        process = subprocess.Popen(
            [sys.executable, "-c", HARNESS, str(tmp_path), str(drain), *codes],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
    for number in alive(pids(tmp_path)):
        os.kill(number, signal.SIGKILL)


def read_until(process, text):
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if text in line:
            return lines
    raise AssertionError(f"{text!r} never came: {lines}")


def pids(folder):
    return {int(path.name.removeprefix("pid-")) for path in folder.glob("pid-*")}


def drained(folder):
    return {int(path.name.removeprefix("drained-")) for path in folder.glob("drained-*")}


def alive(numbers):
    return {
        number
        for number in numbers
        if psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    }


def wait_until(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_drains_every_child_and_exits_with_0(start, tmp_path, number):
    process = start(POLITE, POLITE)
    read_until(process, "READY")

    process.send_signal(number)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert output.splitlines() == ["Stopping: letting requests and tasks finish.", "Stopped."]
    assert len(pids(tmp_path)) == 2
    assert drained(tmp_path) == pids(tmp_path)
    assert alive(pids(tmp_path)) == set()


@pytest.mark.slow
def test_a_killed_child_is_started_again(start, tmp_path):
    process = start(POLITE, POLITE)
    read_until(process, "READY")
    before = pids(tmp_path)
    victim = min(before)

    os.kill(victim, signal.SIGKILL)
    lines = read_until(process, "starting it again")
    wait_until(lambda: len(pids(tmp_path)) == 3)

    assert lines == [
        f"{lines[0].partition(' ended')[0]} ended (SIGKILL): starting it again in 1 s."
    ]
    assert alive(pids(tmp_path)) == pids(tmp_path) - {victim}
    process.terminate()
    assert process.wait(timeout=20) == 0
    assert alive(pids(tmp_path)) == set()


@pytest.mark.slow
def test_a_deaf_child_and_its_own_children_are_killed(start, tmp_path):
    process = start(STUBBORN, drain=0.3)
    read_until(process, "READY")
    wait_until(lambda: len(pids(tmp_path)) == 2)

    process.terminate()

    assert process.wait(timeout=20) == 0
    wait_until(lambda: alive(pids(tmp_path)) == set())


@pytest.mark.slow
def test_a_second_signal_ends_the_waiting(start, tmp_path):
    process = start(STUBBORN, drain=60)
    read_until(process, "READY")

    process.send_signal(signal.SIGINT)
    read_until(process, "Stopping")
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 0
    wait_until(lambda: alive(pids(tmp_path)) == set())


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells the children")
def test_children_of_a_killed_supervisor_drain_and_go(start, tmp_path):
    process = start(POLITE, POLITE)
    read_until(process, "READY")

    process.kill()
    process.communicate(timeout=20)

    wait_until(lambda: alive(pids(tmp_path)) == set())
    assert drained(tmp_path) == pids(tmp_path)


@pytest.mark.slow
def test_a_child_that_dies_while_starting_ends_the_start_with_1(start, tmp_path):
    process = start(POLITE, "raise SystemExit('no such table')")

    output, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "no such table" in output
    assert "The child 1 stopped while starting. Its words are above." in output
    assert "READY" not in output
    assert alive(pids(tmp_path)) == set()


def test_a_child_that_never_gets_ready_ends_the_start_with_1():
    said = []
    child = Child("web server", ["sleep", "60"], dict(os.environ), ready=lambda: False)

    code = Supervisor([child], say=said.append).run(on_ready=pytest.fail, wait=0.3)

    assert code == 1
    assert said[0] == "Not ready after 0 seconds: giving up."
    assert not child.running


def test_pauses_grow_with_quick_deaths_and_end_after_a_steady_run(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    child = Child("worker", [], {})

    child.started_at = now - 1
    assert [child.note_death() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]

    child.started_at = now - 61
    assert child.note_death() == 0
    child.started_at = now - 1
    assert child.note_death() == 1


def test_exit_codes_are_named():
    assert [describe(3), describe(-9), describe(-15)] == ["exit code 3", "SIGKILL", "SIGTERM"]
