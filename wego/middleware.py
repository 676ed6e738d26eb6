"""Around every request: it has a number, which is in every log line and in the answer; programs
come by https; and what signed-in people see is kept nowhere.
"""  # noqa: D205 one sentence

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from wego import logs
from wego.api import problems

HEADER = "X-Request-ID"
GOOD = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = frozenset({"healthz", "readyz"})
logger = logging.getLogger("wego.requests")


def number_of(request: HttpRequest) -> str:
    """The number a trusted proxy gave, if it is one; else a new one."""
    given = request.headers.get(HEADER, "")
    if settings.BEHIND_PROXY and GOOD.fullmatch(given):
        return given
    return logs.new_id()


class RequestNumberMiddleware:
    """Numbers the request, logs how it ended, and says the number in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Around everything else, so that whatever is logged has the number."""
        number, began = number_of(request), time.perf_counter()
        # Django says how a request ended after all middleware: by then only the request knows.
        request.number = number  # type: ignore[attr-defined]
        token = logs.current.set(number)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            self.log(request, response, began)
        finally:
            logs.current.reset(token)
        return response

    def log(self, request: HttpRequest, response: HttpResponseBase, began: float) -> None:
        """One line a request: what was asked by its pattern, and how it ended."""
        if getattr(request.resolver_match, "view_name", "") in QUIET:
            return
        place = logs.place_of(request)
        milliseconds = round((time.perf_counter() - began) * 1000)
        person = logs.person_of(request)
        logger.info(
            "%s %s %s",
            request.method,
            place,
            response.status_code,
            extra={
                "facts": {
                    "method": request.method,
                    "route": place,
                    "status": response.status_code,
                    "milliseconds": milliseconds,
                    **({"person": person} if person else {}),
                }
            },
        )


class PlainAddressMiddleware:
    """Refuses programs that come without TLS, where people are led on to https (ASVS 4.1.2)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.programs = [re.compile(each) for each in settings.SECURE_REDIRECT_EXEMPT]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever they asked and whoever they are."""
        path = request.path.lstrip("/")
        if (
            settings.SECURE_SSL_REDIRECT
            and not request.is_secure()
            and any(each.search(path) for each in self.programs)
        ):
            return refuse_plain(request)
        return self.get_response(request)


def refuse_plain(request: HttpRequest) -> HttpResponse:
    """What a program reads that came without TLS."""
    sentence = _("Ask again by https, and renew your key: it was sent without protection.")
    return problems.respond(request, problems.Problem(403, sentence))


class KeepNothingMiddleware:
    """No browser and nobody in between keeps what a signed-in person was shown (ASVS 14.3.2).

    What is public stays so. Programs with tokens keep their copies by the tags they were given.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """By who asked when the request came, also where the answer signs them out."""
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        told = response.headers.get("Cache-Control", "")
        if signed_in and "no-store" not in told and "public" not in told:
            response.headers["Cache-Control"] = "no-store, private"
        return response
