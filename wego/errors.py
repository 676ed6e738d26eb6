"""Error pages: what happened, what to do, whom to ask, and a reference that is in the log."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wego.api import problems
from wego.logs import place_of

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)


def for_programs(request: HttpRequest, status: int) -> HttpResponse | None:
    """The error as programs read it, below the programming interface."""
    if not request.path.startswith(problems.PROGRAMS):
        return None
    return problems.respond(request, problems.Problem(status, str(problems.KINDS[status].title)))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense (400)."""
    return for_programs(request, 400) or _page(
        request,
        400,
        _("This request cannot be read"),
        [_("Please go back and try again from the page you came from.")],
        cause=exception,
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which role the reader has and who gives another (403)."""
    return for_programs(request, 403) or _page(
        request,
        403,
        _("You do not have access to this page"),
        [*_reason(exception), _who_is_asking(request), _("An administrator can give you access.")],
        cause=exception,
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address nobody lives at (404)."""
    return for_programs(request, 404) or _page(
        request,
        404,
        _("Page not found"),
        [
            _("Nothing is kept at this address."),
            _("Please check that the address is complete, or begin at the first page."),
        ],
        cause=exception,
        with_reference=False,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed (500), without asking the database or the session again."""
    if answer := for_programs(request, 500):
        return answer
    reference = _new_reference()
    log.error("error page 500 %s at %s", reference, place_of(request))
    context = {
        "heading": _("Something went wrong on our side"),
        "sentences": [
            _("What you were doing may not be saved. The failure has been recorded."),
            _("Please try again in a few minutes."),
        ],
        "reference": reference,
    }
    return HttpResponse(render_to_string("ui/error_page_bare.html", context), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent from a page that is too old (403)."""
    return _page(
        request,
        403,
        _("This form has expired"),
        [
            _("For your safety a form can only be sent from a fresh page of this site."),
            _("Please go back, reload the page and send it again; cookies must be allowed."),
        ],
        cause=PermissionError(reason),
    )


def _page(
    request: HttpRequest,
    status: int,
    heading: str,
    sentences: list[str],
    *,
    cause: Exception,
    with_reference: bool = True,
) -> HttpResponse:
    reference = _new_reference() if with_reference else ""
    if reference:
        log.warning("error page %s %s at %s: %s", status, reference, place_of(request), cause)
    context = {"heading": heading, "sentences": sentences, "reference": reference}
    return render(request, "ui/error_page.html", context, status=status)


def _reason(exception: Exception) -> list[str]:
    return [str(argument) for argument in exception.args[:1] if argument]


def _who_is_asking(request: HttpRequest) -> str:
    user = request.user
    if not user.is_authenticated:
        return _("You are not logged in.")
    role = user.get_role_display() if getattr(user, "role", "") else _("no staff role")
    return _("You are logged in as %(name)s (%(role)s).") % {
        "name": user.get_username(),
        "role": role,
    }


def _new_reference() -> str:
    return secrets.token_hex(4).upper()
