"""Errors as RFC 9457 tells them: `application/problem+json`, one shape for every status.

A rule refuses with a ValidationError; its sentence becomes the `detail` or one of the `errors`, its
code stays readable for programs. A failure of ours is logged and says its reference.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.request import Request

from wego import logs

MEDIA_TYPE = "application/problem+json"
# Below this address every error is a problem, and who asks has a token.
PROGRAMS = "/api/v1/"
# What SQLite says when somebody else kept writing for longer than it waits.
BUSY = "database is locked"
logger = logging.getLogger(__name__)


class Kind(NamedTuple):
    """A kind of problem: the last word of its `type`, and its title."""

    slug: str
    title: Any


KINDS: dict[int, Kind] = {
    400: Kind("bad-request", gettext_lazy("The request cannot be read")),
    401: Kind("token-required", gettext_lazy("A valid token is required")),
    403: Kind("not-allowed", gettext_lazy("The token does not allow this")),
    404: Kind("not-found", gettext_lazy("Nothing is kept at this address")),
    405: Kind("method-not-allowed", gettext_lazy("This address does not take this method")),
    406: Kind("not-acceptable", gettext_lazy("No answer in the format asked for")),
    409: Kind("conflict", gettext_lazy("This is in conflict with what is stored")),
    412: Kind("changed-meanwhile", gettext_lazy("What is stored has changed meanwhile")),
    413: Kind("too-large", gettext_lazy("The request is too large")),
    414: Kind("address-too-long", gettext_lazy("The address is too long")),
    415: Kind("unsupported-media-type", gettext_lazy("Only JSON is read here")),
    422: Kind("refused", gettext_lazy("The request was understood and refused")),
    428: Kind("precondition-required", gettext_lazy("A precondition is required")),
    429: Kind("too-many-requests", gettext_lazy("Too many requests")),
    431: Kind("headers-too-large", gettext_lazy("The headers are too large")),
    500: Kind("failure", gettext_lazy("Something went wrong on our side")),
    503: Kind("unavailable", gettext_lazy("Not available at the moment")),
}


class Problem(exceptions.APIException):
    """A problem with its status, its sentence, and what it is about."""

    def __init__(
        self,
        code: int,
        detail: str,
        *,
        errors: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status_code = code
        self.errors = errors or []
        self.headers = dict(headers or {})
        super().__init__(detail)


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """The answer to anything a view raises; set as DRF's exception handler."""
    request: Request = context["request"]
    problem = read_error(error)
    if problem is None:
        return fail(request._request, error)  # noqa: SLF001 DRF's own door to Django's request
    return respond(request._request, problem)  # noqa: SLF001 the same


def fail(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our failure: a reference that stands in the log, and no word of what happened."""
    reference = secrets.token_hex(4).upper()
    logger.error("api failure %s at %s", reference, logs.place_of(request), exc_info=error)
    sentence = _("The failure has been recorded. Please try again in a few minutes.")
    return respond(request, Problem(500, sentence), reference=reference)


def describe(code: int, detail: str, path: str) -> dict[str, Any]:
    """What a problem says of itself; a status of no kind of ours is a request that is not read."""
    kind = KINDS.get(code, KINDS[400])
    return {
        "type": f"{settings.PUBLIC_URL}/api/#{kind.slug}",
        "title": force_str(kind.title),
        "status": code,
        "detail": force_str(detail or kind.title),
        "instance": path,
    }


def respond(request: HttpRequest, problem: Problem, **more: str) -> HttpResponse:
    """A problem as it is sent."""
    body = describe(problem.status_code, str(problem.detail), request.path) | more
    if problem.errors:
        body["errors"] = problem.errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.status_code,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def read_error(error: Exception) -> Problem | None:
    """The problem an exception stands for; None for a failure of ours."""
    found: Problem | None = None
    if isinstance(error, Problem):
        found = error
    elif isinstance(error, Refusal):
        found = read_refusal(error)
    elif isinstance(error, exceptions.ValidationError):
        errors = list(list_errors(error.get_full_details()))
        found = Problem(422, _("Some values cannot be taken: see errors."), errors=errors)
    elif isinstance(error, Http404):
        found = Problem(404, _("Nothing is kept at this address."))
    elif isinstance(error, PermissionDenied):
        found = Problem(403, str(error) or _("The token does not allow this."))
    elif isinstance(error, exceptions.APIException) and error.status_code in KINDS:
        found = Problem(error.status_code, force_str(error.detail), headers=headers_of(error))
    elif isinstance(error, OperationalError) and BUSY in str(error):
        # Nothing was written: the same request may come again.
        found = Problem(503, str(KINDS[503].title), headers={"Retry-After": "5"})
    return found


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    """The headers that belong to an exception of DRF."""
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", ""):
        headers["WWW-Authenticate"] = challenge
    if error.status_code == status.HTTP_429_TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(int(getattr(error, "wait", None) or 1))
    return headers


# What is already there, and not the values, is why a rule refuses.
CONFLICTS = frozenset({"known_reference", "document_missing", "confirmed", "reversed", "merged"})


def read_refusal(error: Refusal) -> Problem:
    """What a rule says, with its code; by field where it says so."""
    if hasattr(error, "error_dict"):
        errors = [
            {"pointer": pointer_of(name), "code": each.code or "invalid", "detail": sentence}
            for name, found in error.error_dict.items()
            for each in found
            for sentence in each.messages
        ]
        return Problem(422, _("Some values cannot be taken: see errors."), errors=errors)
    code = next((each.code for each in error.error_list if each.code), None) or "refused"
    sentence = " ".join(error.messages)
    found = [{"pointer": "", "code": code, "detail": sentence}]
    conflict = code in CONFLICTS
    number = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    return Problem(int(number), sentence, errors=found)


def pointer_of(name: str) -> str:
    """A JSON pointer to a field of the body; the whole body for what concerns no field."""
    return "" if name in (NON_FIELD_ERRORS, "non_field_errors") else f"/{name}"


def list_errors(details: Any, pointer: str = "") -> Iterator[dict[str, str]]:  # noqa: ANN401 whatever a serializer found
    """Every error of a serializer with a JSON pointer to the value it is about."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"pointer": pointer, "code": str(details["code"]), "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, found in details.items():
            yield from list_errors(found, pointer + pointer_of(str(name)))
    else:
        for found in details:
            yield from list_errors(found, pointer)
