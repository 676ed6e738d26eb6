"""Celery as configured: messages are only hints, tasks exist, waiting is bounded."""

import json
import logging
import runpy
from types import SimpleNamespace

import pytest
from django.utils import timezone

from wego import celery_app, heartbeat, worker
from wego.celery import QUIET_LOGGERS, report_leaving, report_ready, use_own_logging

pytestmark = pytest.mark.once


def configuration(settings, redis):
    settings.REDIS_URL = redis
    return runpy.run_path(worker.__file__)


def test_without_redis_the_queue_is_a_folder_of_the_instance(settings):
    chosen = configuration(settings, "")

    assert chosen["broker_transport"] == "wego.queue:Transport"
    assert chosen["broker_transport_options"]["folder"] == str(settings.DATA_DIR / "queue")
    assert chosen["worker_enable_remote_control"] is False


def test_with_redis_no_task_is_given_away_while_it_runs(settings):
    chosen = configuration(settings, "redis://127.0.0.1:6379/0")

    assert chosen["broker_url"] == "redis://127.0.0.1:6379/0"
    assert chosen["broker_transport"] is None
    assert chosen["broker_transport_options"] == {"visibility_timeout": 7200}
    assert chosen["task_time_limit"] < 7200
    assert chosen["worker_enable_remote_control"] is True


def test_every_task_on_the_clock_exists():
    celery_app.loader.import_default_modules()
    scheduled = [entry["task"] for entry in celery_app.conf.beat_schedule.values()]

    assert {
        "wego.tasks.send_pending_mails",
        "wego.tasks.seal_audit_trail",
        "dues.tasks.render_pending_documents",
    } <= set(scheduled)
    assert [name for name in scheduled if name not in celery_app.tasks] == []


def test_messages_of_the_clock_do_not_pile_up():
    for entry in celery_app.conf.beat_schedule.values():
        assert entry["options"]["expires"] <= entry["schedule"]


def test_no_message_can_carry_a_program():
    assert celery_app.conf.accept_content == ["json"]


def test_a_sent_task_lies_in_the_queue_as_text(tmp_path):
    with celery_app.connection_for_write(transport_options={"folder": str(tmp_path)}) as connection:
        celery_app.send_task("dues.tasks.render_part", args=[1], connection=connection)

    [file] = (tmp_path / "celery").iterdir()
    assert json.loads(file.read_text())["headers"]["task"] == "dues.tasks.render_part"


def test_single_messages_are_not_logged():
    before = {name: logging.getLogger(name).level for name in QUIET_LOGGERS}
    try:
        use_own_logging()

        assert not logging.getLogger("celery.app.trace").isEnabledFor(logging.INFO)
        assert not logging.getLogger("weasyprint").isEnabledFor(logging.INFO)
        assert logging.getLogger("dues.documents").isEnabledFor(logging.INFO)
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def test_a_worker_reports_that_it_reads_and_beats_until_it_stops(tmp_path, monkeypatch, settings):
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("WEGO_READY_FILE", str(tmp_path / "ready"))
    worker = SimpleNamespace(hostname="celery@seoul")

    report_ready(sender=worker)

    assert (tmp_path / "ready").exists()
    assert [pulse.name for pulse in heartbeat.alive(timezone.now())] == ["celery@seoul"]
    report_leaving(sender=worker)
    assert heartbeat.pulses(timezone.now()) == []
