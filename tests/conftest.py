"""What every test shares: guards come off only to empty a test database, people have names."""

from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from tests.harness.traces import watch_everywhere
from wego import guards, kept

# How long an example takes is the machine's affair; benchmarks measure, tests do not.
hypothesis.settings.register_profile("house", deadline=None)
# Random lives by the thousand; minutes, not seconds.
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
# Fixtures through which a test reaches a database.
ASKS_A_DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "django_db_blocker"})
_teardown = TransactionTestCase._fixture_teardown


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks no database is the same on the second one."""
    for item in items:
        # Those marked postgresql ask it in processes of their own.
        asks = any(item.get_closest_marker(name) for name in ("django_db", "postgresql"))
        if not asks and not ASKS_A_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.once)


def _teardown_without_guards(self):
    """Flushing a test database is the one act the guards must let through."""
    for name in self._databases_names(include_mirrors=False):
        connection = connections[name]
        for guard in guards.declared():
            guards.run_statements(connection, guard.remove(connection.vendor))
    _teardown(self)


TransactionTestCase._fixture_teardown = _teardown_without_guards
watch_everywhere()


@pytest.fixture(autouse=True)
def _own_documents(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.fixture(autouse=True)
def _no_tries_counted():
    """A test begins with all its tries."""
    cache.clear()
    kept.forget()


@pytest.fixture
def _steady_session(monkeypatch):
    """A slow machine does not note a session's use amid a page whose queries are counted."""
    monkeypatch.setattr("members.middleware.GRAIN", 3600)


@pytest.fixture(autouse=True)
def _in_english():
    """A test that asked in Korean leaves no Korean to the next."""
    with translation.override("en"):
        yield


@pytest.fixture
def secretariat(db):
    """Kim of the secretariat."""
    from members.models import User

    return User.objects.create_user(
        "kim@wego.example", "correct horse battery", full_name="Kim Seo-yeon", role="secretariat"
    )


@pytest.fixture
def finance(db):
    """Lee of finance."""
    from members.models import User

    return User.objects.create_user(
        "lee@wego.example", "correct horse battery", full_name="Lee Ji-hoon", role="finance"
    )


@pytest.fixture
def administrator(db):
    """Park, who gives out roles."""
    from members.models import User

    return User.objects.create_user(
        "park@wego.example",
        "correct horse battery",
        full_name="Park Min-ji",
        role="administrator",
    )


@pytest.fixture
def serialized_schedules(transactional_db):
    """The shipped schedules for a test on a flushed database, which lost what migrations wrote."""
    from importlib import import_module

    from django.apps import apps
    from django.db import connection

    from dues.models import FeeSchedule

    if not FeeSchedule.objects.exists():
        with connection.schema_editor() as editor:
            import_module("dues.migrations.0002_schedules_2020").ship(apps, editor)
