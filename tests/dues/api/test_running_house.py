"""A server of two processes: the client of the README, and the same request many times at once."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.api_house import api_house
from tests.harness.killed_requests import KillingHouse, kill_once
from tests.harness.same_requests import race

pytestmark = [pytest.mark.slow, pytest.mark.once]
CLIENT = Path("docs/examples/arrears.py")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    url = f"sqlite:///{folder}/wego.sqlite3"
    with api_house(folder, url, settings="tests.harness.stopping_settings") as running:
        yield running


def run_client(house, whose, folder):
    return subprocess.run(
        [sys.executable, str(CLIENT), house.address, str(folder)],
        env={"WEGO_TOKEN": house.tokens[whose][0], "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


def test_the_client_lists_arrears_and_saves_their_pdfs(house, tmp_path):
    lines = run_client(house, "finance", tmp_path)

    assert [line.split()[0] for line in lines] == ["WEGO-2020-0002", "WEGO-2020-0001"]
    assert all("USD" in line for line in lines)
    for line in lines:
        number = line.split()[0]
        status, _headers, body = house.ask(
            "GET", f"/api/v1/invoices/{number}", house.tokens["finance"][0]
        )
        stored = (tmp_path / f"{number}.pdf").read_bytes()
        assert status == 200
        assert hashlib.sha256(stored).hexdigest() in body.decode()


def test_the_client_of_a_city_gets_its_own(house, tmp_path):
    lines = run_client(house, "own", tmp_path)

    assert [line.split()[0] for line in lines] == ["WEGO-2020-0001"]
    assert [each.name for each in tmp_path.iterdir()] == ["WEGO-2020-0001.pdf"]


def test_the_client_is_short_and_needs_nothing_installed():
    source = CLIENT.read_text()

    assert len(source.splitlines()) <= 34
    assert "import requests" not in source


def test_r14_the_same_request_at_once_has_one_effect(house):
    found = race(house, keys=2, parallel=10)

    assert found.effects == [1, 1]
    assert found.bodies == [1, 1]
    assert set(found.statuses) <= {201, 409}


@pytest.mark.parametrize(
    ("stop", "became"),
    [("before commit", "the retry does it"), ("after commit", "the retry replays the answer")],
)
def test_r14_killed_mid_request_the_payment_is_made_once(house, stop, became):
    line, right = kill_once(KillingHouse(house), stop)

    assert right, line
    assert line == f"boundary {stop}, {stop}: {became}, 1 payment"
