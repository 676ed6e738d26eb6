"""One house and one browser for all journeys."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import house

# A machine may be slow; what is expected is waited for, and what never comes still fails.
PATIENCE_MS = 20_000


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
            # Every worker has a house of its own; a file's journeys build on each other in one.
            if not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group(Path(item.fspath).stem))


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the house with the demonstration answers."""
    if not Path(house.CHROMIUM).exists():
        pytest.skip(f"{house.CHROMIUM} is not installed: apt-get install chromium")
    folder = tmp_path_factory.mktemp("house")
    with house.serve(folder, settings="tests.browser.settings") as url:
        house.tell(folder, "books")
        yield url


@pytest.fixture(scope="session")
def browser(address):
    expect.set_options(timeout=PATIENCE_MS)
    with house.chromium() as running:
        yield running


@pytest.fixture(scope="session")
def states(browser, address):
    """Cookies of everyone who signs in, by name."""
    people = ("secretariat", "finance", "admin", "kathmandu")
    return {name: house.log_in(browser, address, f"{name}@wego.example") for name in people}


@pytest.fixture
def open_as(browser, address, states):
    """Opens windows as a person (or nobody) and closes them after the test."""
    contexts = []

    def open_window(name="", **look):
        state = states[name] if name else None
        contexts.append(house.open_context(browser, address, state=state, **look))
        return contexts[-1]

    yield open_window
    for context in contexts:
        context.close()
