"""The door of the application: who holds a private link is let in, nobody else learns anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from members.applying import find_by_token
from members.models import Application
from wego.limits import Limit

TOO_MANY = 429
# A city hall has one address for all its people.
STARTS_BY_ADDRESS = Limit("apply-start-address", 20, 60 * 60)
STARTS_BY_MAILBOX = Limit("apply-start-mailbox", 5, 60 * 60)
LINKS_BY_ADDRESS = Limit("apply-link-address", 20, 60 * 60)
LINKS_BY_MAILBOX = Limit("apply-link-mailbox", 3, 60 * 60)
UPLOADS = Limit("apply-upload", 20, 60 * 60)
RENEWALS = Limit("apply-renew", 5, 60 * 60)

View = Callable[..., HttpResponseBase]


def public_page(*methods: str) -> Callable[[View], View]:
    """A page that anybody may open; HEAD comes with GET."""
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]

    def decorate(view: View) -> View:
        checked: View = require_http_methods(allowed)(view)
        return checked

    return decorate


def applicant_page(*methods: str) -> Callable[[View], View]:
    """A page of the one application its link opens; the view gets it instead of the token."""

    def decorate(view: View) -> View:
        @public_page(*methods)
        @cache_control(private=True, no_store=True)
        @wraps(view)
        def opened(
            request: HttpRequest, token: str, *args: object, **kwargs: object
        ) -> HttpResponseBase:
            application = find_by_token(token)
            if application is None:
                return refuse_link(request)
            return view(request, application, *args, **kwargs)

        return opened

    return decorate


def refuse_link(request: HttpRequest) -> HttpResponse:
    """Say that a link opens nothing, the same for a wrong and for an outdated one."""
    return render(request, "apply/lost.html", status=404)


def show(
    request: HttpRequest,
    template: str,
    application: Application,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 whatever the page shows
) -> HttpResponse:
    """A page about an application, with its link's token."""
    return render(
        request,
        template,
        {"application": application, "token": token_in(request), **context},
        status=status,
    )


def token_in(request: HttpRequest) -> str:
    """The token of the address that was asked for."""
    match = request.resolver_match
    return str(match.kwargs.get("token", "")) if match else ""
