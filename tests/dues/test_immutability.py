"""Twelve ways to alter what was issued, each refused by the database, on SQLite and PostgreSQL."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, ProtectedError

from dues.guards import INVOICE_MESSAGE
from dues.invoicing import issue_dues
from dues.models import DuesRun, FeeSchedule, Invoice, InvoiceDocument
from members.models import CountryFigure, MemberFigure, StatusEntry
from tests.register import add_small_roster
from wego import guards

pytestmark = pytest.mark.django_db


def by_save(invoice):
    invoice.amount_cents += 1
    invoice.save()


def by_update(invoice):
    Invoice.objects.filter(pk=invoice.pk).update(due_on="2030-01-01")


def by_bulk_update(invoice):
    invoice.number = "WEGO-2020-9999"
    Invoice.objects.bulk_update([invoice], ["number"])


def by_expression(invoice):
    Invoice.objects.update(amount_cents=F("amount_cents") + 1)


def by_delete(invoice):
    invoice.delete()


def by_queryset_delete(invoice):
    Invoice.objects.all().delete()


def by_raw_delete(invoice):
    Invoice.objects.all()._raw_delete("default")


def by_sql_update(invoice):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dues_invoice SET snapshot = '{}'")


def by_sql_delete(invoice):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dues_invoice WHERE id = %s", [invoice.pk])


def by_update_or_create(invoice):
    Invoice.objects.update_or_create(pk=invoice.pk, defaults={"amount_cents": 1})


def by_upsert(invoice):
    Invoice.objects.bulk_create(
        [invoice],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["amount_cents"],
    )


def by_member_delete(invoice):
    invoice.member.delete()


def by_replacing(invoice):
    if connection.vendor == "postgresql":
        statement = "TRUNCATE dues_invoice CASCADE"
    else:
        statement = "INSERT OR REPLACE INTO dues_invoice SELECT * FROM dues_invoice"
    with connection.cursor() as cursor:
        cursor.execute(statement)


ATTACKS = [
    by_save,
    by_update,
    by_bulk_update,
    by_expression,
    by_delete,
    by_queryset_delete,
    by_raw_delete,
    by_sql_update,
    by_sql_delete,
    by_update_or_create,
    by_upsert,
    by_member_delete,
    by_replacing,
]


@pytest.fixture
def invoice():
    add_small_roster()
    issue_dues(2020, by=None)
    return Invoice.objects.get(member__name_en="Seoul")


def facts():
    return list(Invoice.objects.order_by("pk").values())


@pytest.mark.parametrize("attack", ATTACKS)
def test_issued_invoice_withstands(attack, invoice):
    before = facts()

    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        attack(invoice)

    assert facts() == before


def test_refusal_says_what_to_do(invoice):
    with pytest.raises(DatabaseError, match=INVOICE_MESSAGE), transaction.atomic():
        by_sql_update(invoice)


def rows_of(model):
    return list(model.objects.order_by("pk").values())


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (DuesRun, {"total_cents": 1}),
        (FeeSchedule, {"cells_cents": [[1]]}),
        (StatusEntry, {"status": "associate"}),
        (MemberFigure, {"value": 1}),
        (CountryFigure, {"gdp_cents": 1}),
        (InvoiceDocument, {"sha256": "0" * 64}),
    ],
)
def test_what_an_invoice_rests_on_cannot_be_changed_or_deleted(model, change, invoice):
    InvoiceDocument.objects.create(
        invoice=invoice, path="x.pdf", sha256="a" * 64, size=1, renderer="test"
    )
    used = model.objects.filter(kind="city") if model is FeeSchedule else model.objects.all()
    before = rows_of(model)
    assert before

    with pytest.raises(DatabaseError), transaction.atomic():
        used.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        used._raw_delete("default")

    assert rows_of(model) == before


def test_schedule_that_priced_nothing_may_still_change(invoice):
    draft = FeeSchedule.objects.create(
        kind="city",
        name_en="Draft",
        first_dues_year=2028,
        source="paper",
        column_measure="population",
        column_bounds=[0],
        cells_cents=[[100]],
    )
    FeeSchedule.objects.filter(pk=draft.pk).update(cells_cents=[[200]])

    draft.refresh_from_db()
    assert draft.cells_cents == [[200]]
    draft.delete()
    assert not FeeSchedule.objects.filter(name_en="Draft").exists()


@contextmanager
def altered_invoice_table():
    """A migration's work on the invoice table: one column added, one widened, both taken back."""
    added = models.CharField(max_length=10, default="")
    added.model = Invoice
    added.set_attributes_from_name("added")
    currency = Invoice._meta.get_field("currency")
    wider = models.CharField(max_length=4)
    wider.model = Invoice
    wider.set_attributes_from_name("currency")
    emit_pre_migrate_signal(0, interactive=False, db="default")
    with connection.schema_editor() as editor:
        editor.alter_field(Invoice, currency, wider)
        editor.add_field(Invoice, added)
    yield
    emit_pre_migrate_signal(0, interactive=False, db="default")
    with connection.schema_editor() as editor:
        editor.remove_field(Invoice, added)
        editor.alter_field(Invoice, wider, currency)
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_guards_stand_again_after_an_added_migration(serialized_schedules):
    add_small_roster()
    issue_dues(2020, by=None)
    invoice = Invoice.objects.get(member__name_en="Seoul")
    before = facts()

    with altered_invoice_table():
        if connection.vendor == "sqlite":
            assert "wego_guard_dues_invoice_update" in guards.missing()
        call_command("migrate", verbosity=0)

        assert guards.missing() == []
        for attack in ATTACKS:
            if attack is not by_replacing or connection.vendor == "postgresql":
                with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
                    attack(invoice)
        assert facts() == before

    with pytest.raises(DatabaseError), transaction.atomic():
        by_replacing(invoice)
    assert facts() == before


def test_every_guard_stands():
    assert guards.missing() == []
    assert len(guards.declared()) == 86
