"""Double voting with sixteen parallel requests: one counts, on both databases."""

import json

import pytest

from tests.harness.instances import prepared

pytestmark = pytest.mark.slow


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def house(request, tmp_path):
    """A house with the small roster."""
    with prepared(request.param, tmp_path) as instance:
        if request.param == "postgresql":
            instance.environment["DATABASE_URL"] += "_prepared"
        yield instance


def test_of_sixteen_votes_of_one_city_at_once_one_counts(house):
    done = house.run("tests/harness/ballot_race.py", timeout=280)

    assert json.loads(done.stdout.splitlines()[-1]) == {
        "receipts": 1,
        "refused": 15,
        "failed": 0,
        "turnout": 1,
        "sealed": 1,
        "counted": 1,
        "votes": {"01": 1},
    }
