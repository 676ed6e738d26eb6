"""A restored house is equal to the last digit, or it is not restored at all."""

import datetime as dt
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import Error, connection, transaction

from dues.models import Entry, Invoice
from members.models import Member
from tests.wego.backup.conftest import AT
from wego import guards, seals, storage
from wego.backup import restoring, tables, writing
from wego.backup.making import check_version
from wego.backup.manifest import BackupError
from wego.backup.reading import Archive
from wego.backup.tables import kept_models, table_of
from wego.models import AuditEntry, PolicyValue

pytestmark = pytest.mark.django_db


def refill(path, spoil=lambda _manifest: None):
    """Empty the database and fill it from a backup, as the restoring process does."""
    with Archive(path) as archive, transaction.atomic():
        restoring.fill_tables(archive)
        spoil(archive.manifest)
        restoring.prove_equal(archive.manifest)


def test_r15_every_row_sum_and_seal_comes_back(backup, tmp_path):
    with Archive(backup) as archive:
        before = archive.manifest

    refill(backup)
    writing.write_backup(tmp_path / "again.zip", at=AT)

    with Archive(tmp_path / "again.zip") as archive:
        assert archive.manifest.tables == before.tables
        assert archive.manifest.money == before.money
        assert archive.manifest.head == before.head
    assert seals.verify_trail(head=before.head).faults == []
    assert AuditEntry.objects.get(act="member.renamed").facts == {
        "name": ["Ulsan", "울산 \u2028 \\ \" '"]
    }
    assert set(PolicyValue.objects.values_list("key", "value")) == {
        ("zeta", "1"),
        ("Alpha", "\u00e9\U0001f600"),
    }


def test_guards_stand_again(backup):
    refill(backup)

    assert guards.missing() == []
    with pytest.raises(Error), transaction.atomic():
        Entry.objects.update(amount_cents=1)


def test_a_new_row_gets_a_number_that_was_never_given(house, tmp_path):
    gone = Member.objects.create(kind="city", name_en="Gone", country_code="KR", region="asia")
    Member.objects.filter(pk=gone.pk).delete()
    writing.write_backup(tmp_path / "x.zip", at=AT)

    refill(tmp_path / "x.zip")

    new = Member.objects.create(kind="city", name_en="New", country_code="KR", region="asia")
    assert new.pk == gone.pk + 1


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda m: m.money.update({"bank.debit": 1}), "the sums of money"),
        (lambda m: m.migrations.pop(), "the migrations"),
        (lambda m: setattr(m, "head", "f" * 64), "the head of the audit trail"),
        (lambda m: m.tables.update(dues_entry=m.tables["dues_payment"]), "dues_entry"),
    ],
    ids=["money", "migrations", "head", "table"],
)
def test_what_comes_out_different_is_named_and_nothing_kept(backup, spoil, what):
    Member.objects.create(kind="city", name_en="Later", country_code="KR", region="asia")

    with pytest.raises(BackupError, match=f"^{what} came out different"):
        refill(backup, spoil)

    assert Member.objects.filter(name_en="Later").exists()


def test_a_row_of_another_version_is_refused(backup, monkeypatch):
    shorter = restoring.fields_of
    monkeypatch.setattr(restoring, "fields_of", lambda model: shorter(model)[:-1])

    with pytest.raises(BackupError, match="is none of this version"):
        refill(backup)

    assert Invoice.objects.count() == 3


def test_a_backup_of_another_version_is_refused(backup):
    with Archive(backup) as archive:
        check_version(archive)
        archive.manifest.migrations.append("dues.9999_from_the_future")

        with pytest.raises(BackupError, match=r"of version .* does not fit .*9999_from_the_future"):
            check_version(archive)


def test_documents_come_back_once(backup, document):
    content = document.read_bytes()
    document.unlink()

    with Archive(backup) as archive:
        restoring.check_store(archive)
        restoring.restore_files(archive)
        restoring.restore_files(archive)

    assert document.read_bytes() == content
    assert [each.name for each in document.parent.iterdir()] == [document.name]


def test_a_store_with_other_documents_is_refused(backup, document):
    storage.store_file("other.pdf", b"%PDF another")

    with Archive(backup) as archive, pytest.raises(BackupError, match=r"holds other-"):
        restoring.check_store(archive)


def test_another_document_of_the_same_name_is_refused(backup, document):
    document.write_bytes(b"%PDF of somebody else")

    with Archive(backup) as archive, pytest.raises(BackupError, match="is another document"):
        restoring.restore_files(archive)

    assert document.read_bytes() == b"%PDF of somebody else"


def test_every_table_of_the_house_is_kept_but_who_is_signed_in():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    kept = {table_of(model) for model in kept_models()}

    assert tables - kept - {"wego_cache"} == {
        "django_migrations",
        "django_session",
        "usersessions_usersession",
    }


def test_every_column_of_the_house_is_of_a_kind_that_a_line_can_carry():
    kinds = {tables.kind_of(field) for model in kept_models() for field in tables.fields_of(model)}

    assert kinds - tables.AS_IT_IS - tables.READ.keys() == set()


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(2020, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
        dt.date(2020, 2, 29),
        dt.time(9, 30),
        uuid.UUID(int=7),
        Decimal("0.10"),
        None,
    ],
)
def test_a_line_gives_back_what_it_was_given(value):
    kind = f"{type(value).__name__.replace('datetime', 'DateTime').replace('date', 'Date')}Field"
    kind = {"timeField": "TimeField"}.get(kind, kind)
    field = SimpleNamespace(get_internal_type=lambda: kind)

    assert tables.values_of(tables.line_of((value,)), [field]) == [value]
