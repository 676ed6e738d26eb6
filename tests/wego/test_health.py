"""Health: the process answers without a database; readiness names what is missing."""

import json
import os
import time

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from wego import guards, health, heartbeat


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_posted(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_readyz_says_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "reasons": []}


@pytest.mark.django_db
def test_readyz_asks_two_questions(client, django_assert_num_queries):
    health.latest_migrations()

    with django_assert_num_queries(3):
        client.get("/readyz")


@pytest.mark.django_db
def test_an_unapplied_migration_means_not_ready(client):
    app, name = max(key for key in health.latest_migrations() if key[0] == "members")
    MigrationRecorder(connection).record_unapplied(app, name)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "ready": False,
        "reasons": ["1 migrations are not applied: run `manage.py migrate`"],
    }


@pytest.mark.django_db
def test_a_missing_guard_means_not_ready(client):
    guard = guards.declared()[0]
    guards.run_statements(connection, guard.remove(connection.vendor))

    response = client.get("/readyz")

    assert response.status_code == 503
    count = len(guard.names(connection.vendor))
    assert response.json()["reasons"] == [
        f"{count} database guards are missing: run `manage.py migrate`"
    ]


@pytest.mark.django_db
def test_a_worker_that_is_expected_and_silent_means_not_ready(client, settings, tmp_path):
    settings.DATA_DIR, settings.EXPECT_WORKER = tmp_path, True

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["reasons"] == [
        "no worker has been heard of for 90 seconds: start `celery -A wego worker`"
    ]
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "status"), [(80, 200), (91, 503)])
def test_a_worker_is_missed_after_90_seconds(client, settings, tmp_path, seconds, status):
    settings.DATA_DIR, settings.EXPECT_WORKER = tmp_path, True
    heartbeat.touch("celery@goyang", heartbeat.LIVES)
    then = time.time() - seconds
    os.utime(heartbeat.file_of("celery@goyang", heartbeat.LIVES), (then, then))

    assert client.get("/readyz").status_code == status


def test_a_silent_database_means_not_ready_and_tells_no_address(rf, monkeypatch, caplog):
    def fail(_connection):
        raise OperationalError("could not connect to db.internal as wego")

    monkeypatch.setattr(health, "MigrationRecorder", fail)

    response = health.readyz(rf.get("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content)["reasons"] == ["the database does not answer"]
    assert "db.internal" in caplog.text
