"""The address without a path: everybody lands where their work is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@login_required
def go_home(request: HttpRequest) -> HttpResponse:
    """Staff to the web admin, members to their portal."""
    return redirect("admin:index" if getattr(request.user, "is_staff", False) else "portal:home")
