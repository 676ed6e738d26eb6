"""S18: what somebody wrote is text on every page, whoever reads it.

The browser's policy is switched off for the walk: what would run is seen to run. With it, not even
a page that forgot to escape runs anything.
"""

import json
import re

import pytest
from playwright.sync_api import Error

from tests.attacks.markup import PAYLOADS
from tests.browser import house
from tests.browser.inspection import IS_A_FILE, LISTEN
from tests.harness.extent import WHOLE

pytestmark = pytest.mark.slow
LISTEN_FOR_RUNS = "window.ran = []; window.alert = (number) => { window.ran.push(number); };"
ALIVE = """
() => [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
  .filter(({name, value}) => name === "planted" || name.startsWith("on")
    || (["href", "src", "action", "formaction", "data", "srcdoc"].includes(name)
      && /^\\s*(javascript|vbscript|data:text)/i.test(value)))
  .map(({name}) => `<${element.localName} ${name}>`))
"""
SHOWN = re.compile(r"planted@(\w+\.\w+)")
MAY_BE_MISSING = frozenset({404, 410, 403, 204})


@pytest.fixture(scope="module")
def attacked(browser, tmp_path_factory):
    """The address of a house full of payloads, and what its story says."""
    folder = tmp_path_factory.mktemp("attacked")
    settings = "tests.browser.settings_of_attacks"
    with house.serve(folder, settings=settings, WEGO_DEMO="0") as url:
        yield url, json.loads(house.tell(folder, "attacked"))


@pytest.fixture
def window_of(browser, attacked):
    """Opens a window of a reader, with the browser's policy on or off."""
    url, story = attacked
    contexts = []

    def open_window(role, *, policy, language="en"):
        context = browser.new_context(base_url=url, bypass_csp=not policy)
        cookies = {"django_language": language}
        if role in story["cookies"]:
            cookies["session"] = story["cookies"][role]
        context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(LISTEN + LISTEN_FOR_RUNS)
        return page

    yield open_window
    for context in contexts:
        context.close()


class Walk:
    """What came of all the pages."""

    def __init__(self):
        self.pages, self.shown, self.wrong = 0, set(), {}

    def visit(self, page, path):
        try:
            response = page.goto(path)
        except Error as error:
            if IS_A_FILE in str(error) or "ERR_ABORTED" in str(error):
                return
            raise
        if response.status in MAY_BE_MISSING:
            return
        self.pages += 1
        self.shown |= set(SHOWN.findall(page.content()))
        faults = page.evaluate(ALIVE) + page.evaluate("window.ran")
        if response.status >= 500:
            faults.append(f"status {response.status}")
        if faults:
            self.wrong[path] = faults


@pytest.mark.skipif(not WHOLE, reason="every page of a full house: make test-long")
def test_nothing_that_is_written_runs_on_any_page(attacked, window_of):
    _url, story = attacked
    walk, windows = Walk(), {}
    for language in ("en", "ko"):
        for role, path in story["pages"]:
            # What strangers and members read is read in both languages.
            if language == "ko" and role == "administrator":
                continue
            if (role, language) not in windows:
                windows[role, language] = window_of(role, policy=False, language=language)
            walk.visit(windows[role, language], path)
    print(f"markup: {len(PAYLOADS)} payloads in {len(story['columns'])} columns,", end=" ")
    print(f"{len(walk.shown)} of them seen on {walk.pages} pages, {len(walk.wrong)} faults")

    assert walk.wrong == {}
    assert walk.pages > 450
    assert len(walk.shown) > 170


def test_a_page_that_forgot_to_escape_is_seen(window_of):
    page = window_of("anonymous", policy=False)
    page.goto("/hole/")

    assert {1, 4, 6, 7} <= set(page.evaluate("window.ran"))
    assert "<img planted>" in page.evaluate(ALIVE)


def test_behind_a_page_that_forgot_to_escape_stands_the_policy(window_of):
    page = window_of("anonymous", policy=True)
    page.goto("/hole/")

    assert page.evaluate("window.ran") == []
    assert "<img planted>" in page.evaluate(ALIVE)
    refused = page.evaluate("window.policyViolations")
    assert any("script-src-elem" in each for each in refused)
    assert any("script-src-attr" in each for each in refused)
