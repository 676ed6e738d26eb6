"""The doors of the awards: pages for everybody, and those one private link opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events.awards.links import find_by_token
from events.models import AwardEntry
from wego.limits import Limit, address_of, take_place

TOO_MANY = 429
# A city hall has one address for all its people.
STARTS_BY_ADDRESS = Limit("award-start-address", 20, 60 * 60)
STARTS_BY_MAILBOX = Limit("award-start-mailbox", 5, 60 * 60)
LINKS_BY_ADDRESS = Limit("award-link-address", 20, 60 * 60)
LINKS_BY_MAILBOX = Limit("award-link-mailbox", 3, 60 * 60)
UPLOADS = Limit("award-upload", 30, 60 * 60)
RENEWALS = Limit("award-renew", 5, 60 * 60)

View = Callable[..., HttpResponseBase]


def public_page(*methods: str) -> Callable[[View], View]:
    """A page that anybody may open; HEAD comes with GET."""
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]

    def decorate(view: View) -> View:
        checked: View = require_http_methods(allowed)(view)
        return checked

    return decorate


def entrant_page(*methods: str) -> Callable[[View], View]:
    """A page of the one entry its link opens; the view gets it instead of the token."""

    def decorate(view: View) -> View:
        @public_page(*methods)
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def opened(
            request: HttpRequest, token: str, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            entry = find_by_token(token)
            if entry is None:
                return render(request, "awards/lost.html", status=404)
            return view(request, entry, *args, **kwargs)

        return opened

    return decorate


def show(
    request: HttpRequest,
    template: str,
    entry: AwardEntry,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 whatever the page shows
) -> HttpResponse:
    """A page about an entry, with its link's token."""
    context = {"entry": entry, "edition": entry.edition, "token": token_in(request), **context}
    return render(request, template, context, status=status)


def token_in(request: HttpRequest) -> str:
    """The token of the address that was asked for."""
    match = request.resolver_match
    return str(match.kwargs.get("token", "")) if match else ""


def are_left(request: HttpRequest, by_address: Limit, by_mailbox: Limit, email: str) -> bool:
    """Whether this sender and this mailbox have tries left; each takes one."""
    return take_place(by_address, address_of(request)) and take_place(by_mailbox, email.lower())
