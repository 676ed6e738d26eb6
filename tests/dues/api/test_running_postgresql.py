"""The same request many times at once on PostgreSQL."""

import os

import pytest

from tests.drills import same_requests
from tests.harness.api_house import api_house
from tests.harness.same_requests import race

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]


def test_r14_the_same_request_at_once_has_one_effect(tmp_path, monkeypatch):
    if server := os.environ.get("WEGO_TEST_POSTGRES"):
        monkeypatch.setattr(same_requests, "SERVER", server)
    with api_house(tmp_path, same_requests.new_database()) as house:
        found = race(house, keys=2, parallel=10)

    assert found.effects == [1, 1]
    assert found.bodies == [1, 1]
    assert set(found.statuses) <= {201, 409}
