"""Every request has a number: a proxy's or a new one; it is in every log line and in the answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from wego import logs

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
                }
            },
        )
