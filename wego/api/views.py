"""What every resource does first and last: see who asks, keep limits, tag the answer."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.http.request import HttpRequest
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from wego.api.caller import Caller, caller_of
from wego.api.etags import answer_known, tag_of
from wego.api.problems import Problem

LARGEST_BODY = 64 * 1024
READING = frozenset({"GET", "HEAD"})


class StrictJSONParser(JSONParser):
    """JSON; what is nested without end is no request, and no failure of ours."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 DRF's signature
        """The value that was sent."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise Problem(400, _("The JSON is nested too deeply.")) from error


class Resource(APIView):
    """A resource: its scope, and the permission a token of staff needs besides.

    A token needs `<scope>:read` to look and `<scope>:write` to act. A member's token reaches only
    what a view hands out for its member; a view with `staff_only` hands out nothing to it.
    """

    scope: ClassVar[str]
    permission: ClassVar[str] = ""
    write_permission: ClassVar[str] = ""
    staff_only: ClassVar[bool] = False
    permission_classes = ()
    parser_classes = (StrictJSONParser,)
    renderer_classes: Any = (JSONRenderer,)
    content_negotiation_class = DefaultContentNegotiation
    http_method_names = ("get", "head", "post", "patch")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 DRF's signature
        """Check in this order: size, token, limit, scope, format."""
        refuse_large(request._request)  # noqa: SLF001 DRF's own door to Django's request
        request._request.body  # noqa: B018, SLF001 read before DRF reads it, for its digest
        if not isinstance(request.auth, Caller):
            raise NotAuthenticated(_("Send a token: Authorization: Bearer wego_…"))
        caller = request.auth
        if caller.use.used > caller.use.most:
            raise Throttled(wait=caller.use.resets_in)
        if hasattr(self, str(request.method).lower()):
            self.refuse_caller(request, caller)
        super().initial(request, *args, **kwargs)

    def refuse_caller(self, request: Request, caller: Caller) -> None:
        """Whether the token may do this at all; on what, the view decides."""
        reading = request.method in READING
        needed = f"{self.scope}:{'read' if reading else self.act_needs}"
        if needed not in caller.scopes:
            raise PermissionDenied(_("This token lacks the scope %(scope)s.") % {"scope": needed})
        if caller.member is not None:
            if self.staff_only:
                raise PermissionDenied(_("This is open to tokens of the secretariat alone."))
            return
        permission = self.permission if reading else self.write_permission
        if permission and not caller.permits(permission):
            raise PermissionDenied(_("The role of this token does not allow this."))

    @property
    def act_needs(self) -> str:
        """What a POST or PATCH asks of the scope; a question asked by POST changes nothing."""
        return "write"

    def finalize_response(
        self,
        request: Request,
        response: Any,  # noqa: ANN401 DRF's or Django's
        *args: Any,  # noqa: ANN401 DRF's signature
        **kwargs: Any,  # noqa: ANN401 the same
    ) -> Any:  # noqa: ANN401 the same
        """Tag what was read, and say how much of the limit is left."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in READING and response.status_code == 200:  # noqa: PLR2004 HTTP's own number
            response = self.tag(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Authorization",))
        if isinstance(request.auth, Caller):
            note_limit(response, request.auth)
        return response

    def tag(self, request: Request, response: Any) -> Any:  # noqa: ANN401 a response of DRF or Django
        """The response with its tag, or 304."""
        if isinstance(response, Response):
            response.render()
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return answer_known(request, response, tag_of(response.content))


class Question(Resource):
    """A resource that is asked by POST: reading is all it takes."""

    @property
    def act_needs(self) -> str:
        """Nothing is written."""
        return "read"


class Nowhere(APIView):
    """Any other address below the interface: a problem, and not a page for people."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, ARG002 DRF's signature
        """Whatever the method or format."""
        raise Problem(404, _("Nothing is kept at this address."))


def refuse_large(request: HttpRequest) -> None:
    """A request here is a few lines.

    Raises:
        Problem: it is larger than any could be (413).
    """
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not re.fullmatch(r"[0-9]{1,12}", length) or int(length) > LARGEST_BODY:
        raise Problem(413, _("At most %(most)s bytes are read here.") % {"most": LARGEST_BODY})


def note_limit(response: HttpResponseBase, caller: Caller) -> None:
    """The headers that tell a program to slow down before it is told to stop."""
    use = caller.use
    response.headers["RateLimit-Policy"] = f"{use.most};w={use.seconds}"
    response.headers["RateLimit-Limit"] = str(use.most)
    response.headers["RateLimit-Remaining"] = str(use.left)
    response.headers["RateLimit-Reset"] = str(use.resets_in)


def member_of(request: Request) -> Any:  # noqa: ANN401 the frame does not know what a member is
    """The organisation the caller's token is of; None for tokens of staff."""
    return caller_of(request).member
