"""Workers touch a file each while they live; who stops in order leaves none."""

import datetime as dt
import os
import time
from types import SimpleNamespace

import pytest
from django.utils import timezone

from wego import heartbeat, tasks

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def age(name, suffix, seconds):
    heartbeat.touch(name, suffix)
    then = time.time() - seconds
    os.utime(heartbeat.file_of(name, suffix), (then, then))


def test_nobody_was_heard_of_in_a_new_house():
    assert heartbeat.pulses(timezone.now()) == []


def test_the_most_recent_comes_first_and_the_dead_are_not_alive():
    age("celery@busan", heartbeat.LIVES, 300)
    age("celery@seoul", heartbeat.LIVES, 2)
    age("celery@seoul", heartbeat.WORKS, 30)
    age("celery@jeju", heartbeat.LIVES, 2 * 86400)

    now = timezone.now()

    assert [pulse.name for pulse in heartbeat.pulses(now)] == ["celery@seoul", "celery@busan"]
    [alive] = heartbeat.alive(now)
    assert dt.timedelta(seconds=29) < now - alive.worked_at < dt.timedelta(seconds=60)


def test_a_worker_beats_in_the_background(monkeypatch):
    monkeypatch.setattr(heartbeat, "EVERY_SECONDS", 0.01)
    heartbeat.begin("celery@seoul")
    age("celery@seoul", heartbeat.LIVES, 500)

    until = time.monotonic() + 10
    while not heartbeat.alive(timezone.now()) and time.monotonic() < until:
        time.sleep(0.01)

    assert heartbeat.alive(timezone.now()) != []
    heartbeat.end("celery@seoul")


def test_a_name_leads_nowhere_else(tmp_path):
    heartbeat.touch("../../celery@x/y", heartbeat.LIVES)

    [file] = (tmp_path / "workers").iterdir()
    assert file.name == ".._.._celery@x_y.lives"


def test_the_task_of_the_clock_shows_that_work_is_done():
    age("celery@seoul", heartbeat.LIVES, 1)

    tasks.beat_heart.__wrapped__.__func__(
        SimpleNamespace(request=SimpleNamespace(hostname="celery@seoul"))
    )

    [pulse] = heartbeat.pulses(timezone.now())
    assert pulse.worked_at is not None
