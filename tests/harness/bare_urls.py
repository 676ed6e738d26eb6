"""The house's addresses and one more: a page that says "ok", to measure the others against."""

from django.http import HttpResponse
from django.urls import path

from wego.urls import handler400, handler403, handler404, handler500
from wego.urls import urlpatterns as addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def show_nothing(_request):
    """A bare view: everything an answer costs whatever the page."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("bare/", show_nothing), *addresses]
