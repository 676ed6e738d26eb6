"""A page that forgot to escape; only the tests serve it, to see what stands behind it."""

from django.http import HttpResponse
from django.urls import path

from tests.attacks.markup import ALL
from wego.urls import handler400, handler403, handler404, handler500
from wego.urls import urlpatterns as site_patterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def show_hole(_request) -> HttpResponse:
    return HttpResponse(f"<!DOCTYPE html><title>Hole</title><p>{ALL}</p>")


urlpatterns = [path("hole/", show_hole), *site_patterns]
