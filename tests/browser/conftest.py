"""One house and one browser for all journeys."""

from pathlib import Path

import pytest

from tests.browser import house


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the house with the demonstration answers."""
    if not Path(house.CHROMIUM).exists():
        pytest.skip(f"{house.CHROMIUM} is not installed: apt-get install chromium")
    with house.serve(tmp_path_factory.mktemp("house"), settings="tests.browser.settings") as url:
        yield url


@pytest.fixture(scope="session")
def browser(address):
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
