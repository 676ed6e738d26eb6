"""Calls for bids to host, for everybody: what is asked, by when, and how to bid (P12)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.hosting.calls import open_calls, state_of
from events.hosts import host_in_force
from events.models import HostCall
from wego import questions, seoul

app_name = "hosting"


@require_safe
def list_calls(request: HttpRequest) -> HttpResponse:
    """Calls to which bids can be handed in today."""
    today = seoul.today()
    context = {"title": _("Host a WeGO meeting"), "calls": open_calls(today), "today": today}
    return own(render(request, "public/hosting/list.html", context))


@require_safe
def show_call(request: HttpRequest, code: str) -> HttpResponse:
    """One call, open or over, once it was published."""
    today = seoul.today()
    rows = HostCall.objects.filter(published_on__lte=today).select_related("meeting")
    call = get_object_or_404(rows, code=code)
    contact = next((address for address in questions.ask("secretariat address") if address), "")
    context = {
        "title": _("Host the %(meeting)s") % {"meeting": call.meeting},
        "call": call,
        "criteria": list(call.criteria.all()),
        "state": state_of(call, on=today),
        "host": host_in_force(call.meeting, on=today),
        "contact": contact,
        "today": today,
    }
    return own(render(request, "public/hosting/call.html", context))


def own(response: HttpResponse) -> HttpResponse:
    """A page whose header names its reader is kept by nobody in between."""
    patch_cache_control(response, private=True)
    return response


urlpatterns = [
    path("", list_calls, name="list"),
    path("<slug:code>/", show_call, name="call"),
]
