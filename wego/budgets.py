"""How much of what costs one person may ask for: searches, files made on demand, invitations (S13).

A person who is signed in is counted by who they are, a stranger by the address they come from; the
programming interface counts by token and is not counted here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from wego.api.problems import PROGRAMS
from wego.limits import Limit, address_of, take_place

WINDOW = 15 * 60
SEARCHES = Limit("searches", most=300, seconds=WINDOW)
FILES = Limit("files", most=300, seconds=WINDOW)
EXPORTS = Limit("exports", most=60, seconds=WINDOW)
INVITATIONS = Limit("invitations", most=60, seconds=WINDOW)

READING = frozenset({"GET", "HEAD"})
SEARCHING = frozenset({"admin:search", "admin:autocomplete"})
INVITING = re.compile(r"invit")
# Whole tables: everybody of a register, every line of a year.
EXPORTING = re.compile(r"export|xlsx|year_download|(aging|cash|journal|statement)_file")
FILING = re.compile(
    r"pdf|file|files|download|paper|letter|notice|badge|badges|certificate|receipt|proof|proxy|print"
    r"|attachment|report|calendar|statement|credit-note|logo|picture|minutes|schema"
)


@dataclass(frozen=True)
class Asked:
    """What a budget is chosen by."""

    view: str
    path: str
    reading: bool
    searches: bool


def budget_of(asked: Asked) -> Limit | None:
    """The budget a request is taken from; None for what costs little."""
    if asked.path.startswith(PROGRAMS):
        return None
    if EXPORTING.search(asked.view):
        return EXPORTS
    if not asked.reading:
        return INVITATIONS if INVITING.search(asked.view) else None
    if asked.searches or asked.view in SEARCHING:
        return SEARCHES
    return FILES if FILING.search(asked.view) else None


class BudgetMiddleware:
    """Says "too many tries" when the budget of whoever asks is used up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the address is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: object,
        _kwargs: object,
    ) -> HttpResponseBase | None:
        """Take one place of the budget, or refuse."""
        asked = Asked(
            view=request.resolver_match.view_name if request.resolver_match else "",
            path=request.path_info,
            reading=request.method in READING,
            searches=bool(request.GET.get("q", "").strip()),
        )
        budget = budget_of(asked) if settings.BUDGETS else None
        if budget is None or take_place(budget, who(request)):
            return None
        refused = render(request, "429.html", status=429)
        refused.headers["Retry-After"] = str(WINDOW)
        return refused


def who(request: HttpRequest) -> str:
    """Whose budget it is."""
    user = request.user
    return f"user:{user.pk}" if user.is_authenticated else f"address:{address_of(request)}"
