"""The calendar feeds: one for everybody, and one a person by a private address (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.calendars.feed import Entry, list_host_calls, list_meetings, list_topics, write_calendar
from events.calendars.links import find_user
from wego import reader, seoul

app_name = "calendar"
TYPE = "text/calendar; charset=utf-8"
KEEP_SECONDS = 60 * 60


@require_safe
def show_public(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """Meetings, and calls to host."""
    today = seoul.today()
    hosting = f"{settings.PUBLIC_URL}{reverse('hosting:list')}"
    entries = [*list_meetings(today, hosting), *list_host_calls(today, hosting)]
    response = feed(entries, _("WeGO meetings"))
    patch_cache_control(response, public=True, max_age=KEEP_SECONDS)
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def show_private(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 the address says it all
    """Everything that concerns a member's person, in that person's language."""
    user = find_user(token)
    if user is None:
        raise Http404
    with translation.override(user.language):
        today = seoul.today()
        portal = f"{settings.PUBLIC_URL}{reverse('meetings:list')}"
        entries = [
            *list_meetings(today, portal),
            *list_host_calls(today, portal),
            *list_topics(today, portal),
        ]
        response = feed(entries, _("My WeGO meetings"))
    patch_cache_control(response, private=True, no_store=True)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def feed(entries: list[Entry], name: str) -> HttpResponse:
    """The calendar as a file that programs take in."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    content = write_calendar(entries, name=name, host=host, stamp=dt.datetime.now(tz=dt.UTC))
    headers = {
        "Content-Disposition": 'inline; filename="wego.ics"',
        "Content-Language": reader.language(),
    }
    return HttpResponse(content, content_type=TYPE, headers=headers)


urlpatterns = [
    path("wego.ics", show_public, name="public"),
    path("<str:token>.ics", show_private, name="private"),
]
