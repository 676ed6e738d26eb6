"""The guard generator: what it declares, notices missing, and puts back."""

import pytest
from django.core.management import call_command
from django.db import connection

from wego import guards
from wego.guards import Guard

pytestmark = pytest.mark.django_db

PLAIN = Guard("dues_invoice", "no")
CONDITIONAL = Guard("dues_feeschedule", "no", when="OLD.id > 0")


def test_names_per_database():
    assert PLAIN.names("sqlite") == [
        "wego_guard_dues_invoice_update",
        "wego_guard_dues_invoice_delete",
    ]
    assert PLAIN.names("postgresql") == [
        *PLAIN.names("sqlite"),
        "wego_guard_dues_invoice_truncate",
    ]
    assert CONDITIONAL.names("postgresql") == CONDITIONAL.names("sqlite")


def test_missing_guard_is_named_and_comes_back():
    name = "wego_guard_members_statusentry_delete"
    with connection.cursor() as cursor:
        on = " ON members_statusentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")

    assert guards.missing() == [name]

    call_command("migrate", verbosity=0)

    assert guards.missing() == []


@pytest.mark.postgresql
def test_guard_that_is_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dues_invoice DISABLE TRIGGER wego_guard_dues_invoice_truncate")

    assert guards.missing() == ["wego_guard_dues_invoice_truncate"]


def test_installing_twice_changes_nothing():
    guards.install()
    guards.install()

    assert guards.missing() == []
