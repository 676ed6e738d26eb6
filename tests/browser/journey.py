"""What a person does on the pages, in steps that tests and pictures share."""

import re
import time

from playwright.sync_api import Page, expect

RENDERED_WITHIN_SECONDS = 300
ISSUE = re.compile(r"^(?:Issue ([\d,]+) invoices?|청구서 ([\d,]+)건 발행), .*USD [\d,.]+$")


def confirm_issue(page: Page) -> str:
    """On the last check: tick, type, and press the button that names number and sum."""
    button = page.locator("main form button.button-large")
    expect(button).to_have_text(ISSUE)
    number = next(part for part in ISSUE.match(button.inner_text()).groups() if part)
    if page.locator("[name=looked]").count():
        page.locator("[name=looked]").check()
    if page.locator("[name=typed_count]").count():
        page.locator("[name=typed_count]").fill(number)
    button.click()
    expect(page).to_have_url(re.compile(r"/documents/"))
    return number


def wait_for_documents(page: Page, *, at_least: int | None = None) -> None:
    """Until that many documents are ready, or all of them; refuses an end with some missing."""
    bar = page.locator("progress")
    deadline = time.monotonic() + RENDERED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        # Asked first: a page that has ended in the meantime shows its last numbers.
        watching = page.locator("[data-progress-url]").count()
        ready, total = (int(float(bar.get_attribute(name) or 0)) for name in ("value", "max"))
        if ready >= (total if at_least is None else at_least):
            return
        if not watching:
            break
        page.wait_for_timeout(200)
    message = f"Only {ready} of {total} documents: {page.locator('main').inner_text()}"
    raise TimeoutError(message)
