"""Double voting with sixteen parallel requests: one counts, on both databases."""

import json
import os

import pytest

from tests.harness.instances import drop_postgresql, prepare_postgresql, prepare_sqlite

pytestmark = pytest.mark.slow
SERVER = os.environ.get("WEGO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def house(request, tmp_path):
    """A house with the small roster."""
    if request.param == "sqlite":
        yield prepare_sqlite(tmp_path)
        return
    name = f"wego_ballots_{os.getpid()}"
    instance = prepare_postgresql(tmp_path, SERVER, name)
    instance.environment["DATABASE_URL"] = instance.environment["DATABASE_URL"] + "_prepared"
    yield instance
    drop_postgresql(SERVER, name)


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
