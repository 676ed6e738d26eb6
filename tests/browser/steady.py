"""A click that returns once the page it led to is read.

Playwright's click waits until a navigation is committed, not until the new page is parsed. What
waits by itself (`expect`, `fill`) does not mind; what answers at once (`count`, `all`, `url`) then
sees half a page on a slow machine, and a journey fails by chance.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright.sync_api import Locator, Page


def settle_after_clicks() -> None:
    """Make every click of this process wait; doing it twice changes nothing."""
    for owner in (Locator, Page):
        click = owner.click
        if not hasattr(click, "settles"):
            owner.click = settling(click)  # type: ignore[assignment, method-assign]


def settling(click: Callable[..., None]) -> Callable[..., None]:
    """The same click, and the parsing of whatever page stands there afterwards."""

    @wraps(click)
    def act(where: Locator | Page, *args: Any, **kwargs: Any) -> None:
        click(where, *args, **kwargs)
        page = where.page if isinstance(where, Locator) else where
        page.wait_for_load_state("domcontentloaded")

    act.settles = True  # type: ignore[attr-defined]
    return act
