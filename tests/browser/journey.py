"""What a person does on the pages, in steps that tests and pictures share."""

import re
import time

from playwright.sync_api import Page, expect

RENDERED_WITHIN_SECONDS = 300


def confirm_issue(page: Page) -> str:
    """On the last check: tick, type, and press the button that names number and sum."""
    button = page.get_by_role("button", name=re.compile(r"^Issue [\d,]+ invoices?, USD [\d,.]+$"))
    number = button.inner_text().split()[1]
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
        ready, total = (int(float(bar.get_attribute(name) or 0)) for name in ("value", "max"))
        if ready >= (total if at_least is None else at_least):
            return
        if not page.locator("[data-progress-url]").count():
            break
        page.wait_for_timeout(200)
    message = f"Only {ready} of {total} documents: {page.locator('main').inner_text()}"
    raise TimeoutError(message)
