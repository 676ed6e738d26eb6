"""Before a page sees a request: old sessions end, staff have a second factor, and it is known for
which organisation the person acts.
"""  # noqa: D205 one sentence

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from members.access import CHOSEN_MEMBER, MemberRequest, choose_affiliations, has_second_factor
from members.models import User
from wego.grave import began_at

View = Callable[..., HttpResponseBase]
Answer = Callable[[HttpRequest], HttpResponseBase]

SEEN = "session_seen"
# What somebody was sending when their session ended.
TYPED = "typed"
LARGEST_TYPED = 100_000
# Passwords, codes and votes are never kept.
SECRET_FIELDS = ("password", "code", "credential", "ballot", "csrfmiddlewaretoken")
# A session's last use is noted no finer than this, so that reading costs no writes.
GRAIN = 60


@dataclass(frozen=True)
class Limits:
    """How long a session lasts, in seconds: unused, and at most."""

    idle: int
    absolute: int


STAFF = Limits(idle=60 * 60, absolute=12 * 60 * 60)
MEMBERS = Limits(idle=2 * 60 * 60, absolute=24 * 60 * 60)


def limits_of(user: User) -> Limits:
    """The limits of a person's sessions (S12)."""
    return STAFF if user.is_staff else MEMBERS


class SessionLimitMiddleware:
    """Ends sessions that are idle or old; what was being sent is kept for after the next sign-in.

    Pages find in `request.session_ends_in` how many seconds are left.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End the session, or note that it is used."""
        if isinstance(request.user, User):
            limits, now = limits_of(request.user), int(time.time())
            whole = int(began_at(request)) + limits.absolute - now
            seen = request.session.get(SEEN) or int(began_at(request))
            if whole <= 0 or now - seen >= limits.idle:
                return self.end(request, request.user)
            if now - seen >= GRAIN:
                note_use(request, now)
            request.session_ends_in = min(whole, limits.idle)  # type: ignore[attr-defined]
        return self.get_response(request)

    def end(self, request: HttpRequest, user: User) -> HttpResponseBase:
        """Sign out, say why, and lead back to the page or to what was typed."""
        typed = typed_by(request, user)
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
        messages.info(
            request,
            _("You were signed out: your session was unused for long, or old. Sign in to go on."),
        )
        if typed:
            request.session[TYPED] = typed
            return redirect("account_typed")
        return self.get_response(request)


def note_use(request: HttpRequest, now: int) -> None:
    """Note the use, in the session and in the person's list of sessions."""
    request.session[SEEN] = now
    own = UserSession.objects.filter(session_key=request.session.session_key)
    own.update(last_seen_at=timezone.now())


def typed_by(request: HttpRequest, user: User) -> dict[str, object] | None:
    """The fields of a form that was being sent, and where to; nothing secret, no files."""
    if request.method != "POST" or int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_TYPED:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(secret in name for secret in SECRET_FIELDS)
    ]
    files = bool(request.FILES)
    return {"user": user.pk, "path": request.get_full_path(), "fields": fields, "files": files}


# Where staff without a second factor may still go: to make one, to sign out, to change language.
WITHOUT_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_reauthenticate_code",
        "account_stay",
        "logout",
        "account_logout",
        "set_language",
        "healthz",
        "readyz",
    }
)
# Once seen, not asked again in this session; taking a factor away ends the other sessions.
FACTOR_SEEN = "second_factor"


class SecondFactorMiddleware:
    """Sends staff without a second factor to the page that makes one, and nowhere else (S10)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Let pass members, and staff who have one."""
        user, match = request.user, request.resolver_match
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(user, User) or not user.is_staff:
            return None
        if request.session.get(FACTOR_SEEN):
            return None
        if has_second_factor(user):
            request.session[FACTOR_SEEN] = True
            return None
        if match and match.view_name in WITHOUT_FACTOR:
            return None
        return redirect("mfa_index")


class MemberMiddleware:
    """Sets `request.member` and `request.member_roles`; pages of a member reach nothing else.

    The web admin is nobody's portal: there both stay empty, and cost no query.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Begin with nobody."""
        own = cast("MemberRequest", request)
        own.member, own.member_roles = None, frozenset()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: View, _args: object, _kwargs: object
    ) -> None:
        """The organisation chosen in the session among the person's own, else the first."""
        match = request.resolver_match
        if match is None or match.app_name == "admin" or not isinstance(request.user, User):
            return
        mine = choose_affiliations(request.user, request.session.get(CHOSEN_MEMBER))
        if mine:
            own = cast("MemberRequest", request)
            own.member = mine[0].member
            own.member_roles = frozenset(each.role for each in mine)
