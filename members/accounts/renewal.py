"""What happens to the session itself: a new key for whoever confirmed who they are, and its end."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase

from wego.grave import View


def renewing(view: View) -> View:
    """A page that confirms who somebody is: the session goes on under a new key.

    Whoever learnt the old one before has nothing of what the confirmation opens.
    """

    @wraps(view)
    def renewed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 passed on
        before = count_confirmations(request)
        response = view(request, *args, **kwargs)
        if count_confirmations(request) > before:
            renew_key(request)
        return response

    return renewed


def count_confirmations(request: HttpRequest) -> int:
    """How often the person said in this session who they are."""
    return len(get_authentication_records(request, request.user))


def renew_key(request: HttpRequest) -> None:
    """Another key for the same session, also in the person's list of sessions."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def forgetting(view: View) -> View:
    """Signing out: the browser forgets the pages it kept.

    What it keeps of its own accord, the choice of colours, is nobody's secret and stays.
    """

    @wraps(view)
    def forgotten(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 passed on
        was_in = request.user.is_authenticated
        response = view(request, *args, **kwargs)
        if was_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    return forgotten
