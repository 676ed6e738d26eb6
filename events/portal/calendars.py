"""A person's private calendar address: made, made anew, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.calendars.links import close_link, open_link
from events.portal.pages import meeting_page
from members.access import person
from wego import seoul


@meeting_page(shows=False, acts=True)
def change_link(request: HttpRequest) -> HttpResponse:
    """Give the reader a new address, or take theirs back."""
    user = person(request)
    if request.POST.get("step") == "close":
        close_link(user, on=seoul.today(), by=user)
        messages.success(request, _("Your calendar address opens nothing any more."))
    else:
        open_link(user, on=seoul.today(), by=user)
        messages.success(request, _("Your calendar address is made. Subscribe to it once."))
    return redirect("meetings:list")
