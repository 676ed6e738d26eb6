"""The house with one address more, at which it fails: settings and addresses in one."""

from django.urls import path

from wego.settings import *  # noqa: F403 the house's own settings, all of them

ROOT_URLCONF = "tests.harness.failing"
FAILS = "fails/"


def fail(_request):
    raise RuntimeError("planted")


def __getattr__(name):
    """Addresses and error pages, once they are asked for: settings are read before."""
    from wego import urls

    if name == "urlpatterns":
        return [path(FAILS, fail), *urls.urlpatterns]
    if name.startswith("handler"):
        return getattr(urls, name)
    raise AttributeError(name)
