"""Lets in whoever shows a token; a browser's session opens nothing here, so no form can be forged.

The frame does not know whose tokens there are: it asks "api caller", and an app above answers.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from wego import questions
from wego.api.bearer import digest_of, read_header
from wego.api.caller import Caller
from wego.limits import Limit, address_of, take_place

# Wrong tokens from one address: far more than a mistyped one, far less than a search.
UNKNOWN = Limit("api-unknown-token", 30, 60)


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer wego_…`."""

    def authenticate(self, request: Request) -> tuple[object, Caller] | None:
        """The person behind the token, if it has one, and the caller.

        Raises:
            AuthenticationFailed: the token is unknown, taken back, or has run out.
        """
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        secret = read_header(header)
        found = find_caller(secret) if secret else None
        if found is None:
            if not take_place(UNKNOWN, address_of(request._request)):  # noqa: SLF001 DRF's own door to Django's request
                raise Throttled(wait=UNKNOWN.seconds)
            raise AuthenticationFailed(
                _("This token is unknown, was taken back, or has run out."), code="token"
            )
        return found.person or AnonymousUser(), found

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 DRF's signature
        """What is asked for."""
        return 'Bearer realm="WeGO Members"'


def find_caller(secret: str) -> Caller | None:
    """Whoever the token speaks for, by the first app that knows it."""
    answers = questions.ask("api caller", digest_of(secret), at=timezone.now())
    return next((each for each in answers if each is not None), None)
