"""A run that is killed anywhere, or started eight times at once, ends with one invoice each."""

import json

import pytest

from tests.harness.extent import share

pytestmark = pytest.mark.slow
HARNESS = "tests/harness/children.py"


def answer_of(instance, *act):
    done = instance.run(HARNESS, *act)
    return json.loads(done.stdout.splitlines()[-1])


def test_killed_at_every_boundary_and_run_again_ends_right(instance):
    # Of the boundaries every third in a short run.
    found = answer_of(instance, "crash", share("1", "3"))

    print(f"{found['points']} crash points")
    assert found["wrong"] == []
    assert found["points"] >= 40


def test_eight_processes_issue_each_number_once(instance):
    assert answer_of(instance, "race") == {
        "failed": 0,
        "issued": [0] * 7 + [2],
        "sequences": [1, 2],
        "twice": 0,
        "faults": {},
    }


def test_without_the_lock_the_race_shows(instance):
    assert answer_of(instance, "control")["failed"] >= 1
