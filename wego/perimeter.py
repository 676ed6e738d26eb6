"""What every answer carries: pages, errors, redirects, static files, the programming interface.

The content security policy stands in the settings; this adds what Django leaves to views or gives
only to answers that come from inside. Methods nobody here needs are refused at the gate (S5, S19).
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from wego.api import problems

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Abilities of the browser that no page here asks for; passkeys are not among them.
UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{ability}=()" for ability in UNUSED),
}


class PerimeterMiddleware:
    """Refuses unknown methods and puts the headers on whatever is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Around everything that may answer."""
        known = request.method in METHODS
        response = self.get_response(request) if known else refuse_method(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", strict_transport())
        return response


def refuse_method(request: HttpRequest) -> HttpResponseBase:
    """What nobody here answers to, for programs as they read every error."""
    if not request.path_info.startswith(problems.PROGRAMS):
        return HttpResponseNotAllowed(METHODS)
    title = str(problems.KINDS[405].title)
    return problems.respond(
        request, problems.Problem(405, title, headers={"Allow": ", ".join(METHODS)})
    )


def strict_transport() -> str:
    """For how long browsers come by https alone."""
    beneath = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{beneath}"


class ReadableMiddleware:
    """Refuses an address with a NUL in it, which no database takes for text (S22).

    Near the inside, so that the refusal is a page like all others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the path and the parameters as they were sent."""
        query = str(request.META.get("QUERY_STRING", ""))
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            raise SuspiciousOperation("A NUL in the address.")
        return self.get_response(request)
