"""Entity tags: who has the answer is told so (304), who would write over another is not let.

A tag is a hash of the bytes that would be sent, so it changes exactly when they do.
"""

from __future__ import annotations

import hashlib

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from wego.api.problems import Problem

KEPT = ("Cache-Control", "Vary", "Content-Language", "Link")


def tag_of(content: bytes) -> str:
    """The tag of some bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def tag_of_data(data: object) -> str:
    """The tag of what would be sent as JSON."""
    return tag_of(JSONRenderer().render(data))


def answer_known(request: Request, response: HttpResponse, tag: str) -> HttpResponse:
    """The response with its tag, or 304 when the caller has it."""
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if "*" in known or tag in [each.removeprefix("W/") for each in known]:
        kept = {name: response.headers[name] for name in KEPT if name in response.headers}
        response = HttpResponseNotModified(headers=kept)
    response.headers["ETag"] = tag
    return response


def refuse_unseen(request: Request, tag: str) -> None:
    """Let nobody write over what they never saw.

    Raises:
        Problem: no If-Match (428), or it names another state than the present one (412).
    """
    header = request.META.get("HTTP_IF_MATCH", "")
    if not header:
        raise Problem(
            428, _("Send If-Match with the ETag of what you read, so that nothing is written over.")
        )
    if tag not in parse_etags(header):
        raise Problem(
            412,
            _("Somebody changed this since you read it. Read it again, then decide."),
            headers={"ETag": tag},
        )
