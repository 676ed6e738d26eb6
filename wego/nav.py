"""The navigation of the staff pages, declared by the apps and gathered here.

The frame knows no app: an app says in its ``AppConfig`` which entries it offers ::

    class DuesConfig(AppConfig):
        nav = [NavItem(_("Invoices"), "admin:dues_invoice_changelist", "dues.view_invoice", 50)]

and every page shows those its reader may use, under the heading the app gives them
(``nav_group``) or an entry gives itself. This module imports no part of
``django.contrib.admin``, so an ``apps.py`` may import it safely.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation, named after work and not after a table.

    ``url_name`` is reversed without arguments; ``permission`` is asked of the reader
    ("" means every member of staff); ``order`` sorts across apps (Today is 0, Settings 900);
    ``also`` names further pages on which this entry is the current one; ``group`` is the heading
    it stands under, where that is not its app's.
    """

    label: StrOrPromise
    url_name: str
    permission: str = ""
    order: int = 100
    also: tuple[str, ...] = field(default=())
    group: StrOrPromise = ""


@dataclass(frozen=True)
class NavLink:
    """An entry as one reader sees it on one page."""

    label: StrOrPromise
    url: str
    current: bool
    group: StrOrPromise = ""


def declared_items() -> list[NavItem]:
    """Return every entry any installed app declares, in order."""
    found = [
        item if item.group else replace(item, group=getattr(config, "nav_group", ""))
        for config in apps.get_app_configs()
        for item in getattr(config, "nav", ())
    ]
    return sorted(found, key=lambda item: item.order)


def links_for(request: HttpRequest, *, frame_items: tuple[NavItem, ...] = ()) -> list[NavLink]:
    """Return the entries this reader may use; the one with the longest matching path is current."""
    items = sorted((*declared_items(), *frame_items), key=lambda item: item.order)
    allowed = [item for item in items if _may_use(request, item)]
    current = _current_item(request.path, allowed)
    return [
        NavLink(item.label, url, item is current, item.group) for item, url in _resolved(allowed)
    ]


def _may_use(request: HttpRequest, item: NavItem) -> bool:
    return not item.permission or request.user.has_perm(item.permission)


def _resolved(items: list[NavItem]) -> Iterator[tuple[NavItem, str]]:
    for item in items:
        yield item, reverse(item.url_name)


def _current_item(path: str, items: list[NavItem]) -> NavItem | None:
    best: NavItem | None = None
    longest = 0
    for item in items:
        for prefix in map(_path_of, (item.url_name, *item.also)):
            exact = item.url_name == "admin:index"
            matches = path == prefix if exact else path.startswith(prefix)
            if matches and len(prefix) > longest:
                best, longest = item, len(prefix)
    return best


def _path_of(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch as error:
        message = f"A navigation entry names the page {url_name!r}, which does not exist."
        raise NoReverseMatch(message) from error
