"""A run that is killed anywhere, or started eight times at once, ends with one invoice each."""

import json
import os

import pytest

from tests.harness.instances import drop_postgresql, prepare_postgresql, prepare_sqlite

pytestmark = pytest.mark.slow
HARNESS = "tests/harness/children.py"


def postgresql_url():
    return os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
)
def instance(request, tmp_path_factory):
    """The small roster on each database, ready to be issued again and again."""
    directory = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield prepare_sqlite(directory)
        return
    name = f"wego_survives_{os.getpid()}"
    yield prepare_postgresql(directory, postgresql_url(), name)
    drop_postgresql(postgresql_url(), name)


def answer_of(instance, act):
    done = instance.run(HARNESS, act)
    return json.loads(done.stdout.splitlines()[-1])


def test_killed_at_every_boundary_and_run_again_ends_right(instance):
    found = answer_of(instance, "crash")

    print(f"{found['points']} crash points")
    assert found["wrong"] == []
    assert found["points"] >= 40


def test_eight_processes_issue_each_number_once(instance):
    assert answer_of(instance, "race") == {"failed": 0, "sequences": [1, 2], "twice": 0}


def test_without_the_lock_the_race_shows(instance):
    assert answer_of(instance, "control")["failed"] >= 1
