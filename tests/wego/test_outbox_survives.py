"""Senders that are killed anywhere, or race each other, send no mail twice and hide none."""

import json

import pytest

from tests.harness.extent import share
from tests.harness.instances import prepared

pytestmark = pytest.mark.slow
HARNESS = "tests/harness/senders.py"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ],
)
def instance(request, tmp_path_factory):
    """A migrated house on each database."""
    with prepared(request.param, tmp_path_factory.mktemp(request.param)) as instance:
        if request.param == "postgresql":
            instance.environment["DATABASE_URL"] += "_prepared"
        yield instance


def answer_of(instance, *act):
    done = instance.run(HARNESS, *act)
    return json.loads(done.stdout.splitlines()[-1])


def test_sender_killed_at_every_boundary_sends_nothing_twice(instance):
    # Of the boundaries every second in a short run.
    found = answer_of(instance, "crash", share("1", "2"))

    print(f"{found['points']} crash points, {found['doubtful']} mails left in doubt")
    assert found["wrong"] == []
    assert found["points"] >= 40
    assert 0 < found["doubtful"] <= found["points"]


def test_eight_senders_send_each_mail_once(instance):
    assert answer_of(instance, "race") == {
        "failed": 0,
        "sent": 40,
        "twice": 0,
        "states": {"sent": 40},
    }


def test_without_the_claim_the_race_shows(instance):
    assert answer_of(instance, "control")["twice"] >= 1


def test_eight_sealers_beside_eight_writers_keep_one_chain(instance):
    found = answer_of(instance, "seal")

    assert (found["failed"], found["sealed"], found["unsealed"]) == (0, 400, 0)
    assert found["faults"] == []
