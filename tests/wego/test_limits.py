"""Limits on tries: counted once for every process, each key for itself, free again in time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections
from django.test import RequestFactory

from wego.limits import Limit, address_of, take_place

THREE_AN_HOUR = Limit("test", 3, 3600)


@pytest.mark.django_db
def test_a_key_has_as_many_tries_as_the_limit_says():
    assert [take_place(THREE_AN_HOUR, "goyang") for _try in range(5)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert take_place(THREE_AN_HOUR, "almaty")
    assert take_place(Limit("other", 3, 3600), "goyang")


@pytest.mark.django_db
def test_tries_come_back_when_their_time_has_run_out():
    brief = Limit("brief", 1, -1)

    assert take_place(brief, "goyang")
    assert take_place(brief, "goyang")


@pytest.fixture
def shared_cache(settings):
    """The cache of an instance without Redis, where tests otherwise count in memory."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "wego_test_cache",
        }
    }
    call_command("createcachetable", verbosity=0)
    yield
    with connections["default"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS wego_test_cache")


@pytest.mark.django_db
@pytest.mark.usefixtures("shared_cache")
def test_what_is_counted_names_nobody():
    take_place(THREE_AN_HOUR, "mayor@goyang.example")

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT cache_key FROM wego_test_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert keys
    assert not [key for key in keys if "goyang" in key]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.usefixtures("shared_cache")
def test_tries_at_once_never_exceed_the_limit():
    def try_once(_number):
        try:
            return take_place(THREE_AN_HOUR, "goyang")
        finally:
            caches.close_all()
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        allowed = sum(pool.map(try_once, range(16)))

    assert allowed == 3


def test_a_proxy_is_believed_only_where_one_is_configured(settings):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.7"
    )

    settings.SECURE_PROXY_SSL_HEADER = None
    assert address_of(request) == "10.0.0.1"

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "203.0.113.7"
