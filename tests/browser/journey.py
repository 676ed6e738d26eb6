"""What a person does on the pages, in steps that tests and pictures share."""

import re

from playwright.sync_api import Page, expect

RENDERED_WITHIN_MS = 240_000


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
    """Until that many documents are ready, or all of them."""
    bar = "document.querySelector('progress')"
    goal = f"{bar}.max" if at_least is None else str(at_least)
    page.wait_for_function(f"{bar} && {bar}.value >= {goal}", timeout=RENDERED_WITHIN_MS)
