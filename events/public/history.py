"""The history of the organisation, for everybody: assemblies, growth, awards, offices, partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from events.history.showing import read_public_history

app_name = "history"
KEEP_SECONDS = 300


@require_safe
def show_history(request: HttpRequest) -> HttpResponse:
    """The whole history on one page, each fact with its source."""
    history = read_public_history()
    response = render(
        request,
        "public/history/page.html",
        {"title": pgettext("of the organisation", "History"), "history": history},
    )
    keep = 0 if request.user.is_authenticated else KEEP_SECONDS
    patch_cache_control(response, private=True, max_age=keep)
    return response


urlpatterns = [path("", show_history, name="page")]
