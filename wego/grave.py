"""Grave acts: roles, bank data, the issue of a run. Whoever does one has signed in just now.

An old session that was left open cannot do them: its owner is asked once more who they are and
comes back to where they were, with what they had typed.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# When a session began, as noted at sign-in.
BEGAN = "session_began"
READING = frozenset({"GET", "HEAD", "OPTIONS"})

View = Callable[..., HttpResponseBase]


def began_at(request: HttpRequest) -> float:
    """When this session began; the person's last sign-in where it does not say."""
    last = getattr(request.user, "last_login", None)
    return float(request.session.get(BEGAN) or (last.timestamp() if last else 0))


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the person signed in, or confirmed who they are, within the last minutes (S12)."""
    confirmed = get_authentication_records(request, request.user)
    times = [began_at(request), *(record["at"] for record in confirmed)]
    return bool(time.time() - max(times) < settings.GRAVE_ACT_SECONDS)


def recently_signed_in(view: View, *, reading: bool = False) -> View:
    """A view that acts only for somebody who signed in just now; anybody may read it.

    With `reading` even looking asks, for pages that show something secret. On methods of classes:
    `@method_decorator(recently_signed_in)`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 passed on
        asked = reading or request.method not in READING
        if asked and request.user.is_authenticated and not signed_in_recently(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return guarded
