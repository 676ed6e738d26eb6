"""The address without a path: everybody lands where their work is, strangers at the front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from wego.questions import ask

KEEP_SECONDS = 300


@require_safe
def go_home(request: HttpRequest) -> HttpResponse:
    """Staff to the web admin, members to their portal; who is not signed in reads what WeGO is."""
    if request.user.is_authenticated:
        if getattr(request.user, "is_staff", False):
            return redirect("admin:index")
        # A juror, say, who acts for no member has a home of their own.
        own = next(filter(None, ask("home", request.user)), "")
        return redirect(own or "portal:home")
    response = render(request, "home.html")
    patch_cache_control(response, private=True, max_age=KEEP_SECONDS)
    return response
