"""The same request many times at once, and killed in the middle, on PostgreSQL."""

import pytest

from tests.harness.api_house import api_house
from tests.harness.instances import empty_database
from tests.harness.killed_requests import KillingHouse, kill_once
from tests.harness.same_requests import race

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    settings = "tests.harness.stopping_settings"
    with (
        empty_database("postgresql", folder) as url,
        api_house(folder, url, settings=settings) as running,
    ):
        yield running


def test_r14_the_same_request_at_once_has_one_effect(house):
    found = race(house, keys=2, parallel=10)

    assert found.effects == [1, 1]
    assert found.bodies == [1, 1]
    assert set(found.statuses) <= {201, 409}


@pytest.mark.parametrize("stop", ["before commit", "after commit"])
def test_r14_killed_mid_request_the_payment_is_made_once(house, stop):
    line, right = kill_once(KillingHouse(house), stop)

    assert right, line
    assert ("replays" in line) == (stop == "after commit")
