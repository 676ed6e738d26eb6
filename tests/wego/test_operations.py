"""Operations are noted once they ended and never changed; the night proves once a Seoul day."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.utils import timezone

from wego import audit, guards, nightly, operations, seals, tasks
from wego.models import AuditEntry, AuditSeal, Operation, OperationKind, SealedEntry
from wego.operations import Outcome, record_operation, watch_operation

pytestmark = pytest.mark.django_db
NIGHT = dt.date(2020, 5, 1)
NOON = dt.datetime(2020, 5, 1, 3, tzinfo=dt.UTC)


def note(kind="backup", *, ok=True, **facts):
    return record_operation(
        kind, Outcome(ok=ok, facts=facts), started_at=NOON, finished_at=timezone.now()
    )


@pytest.mark.parametrize(
    "act",
    [lambda: Operation.objects.update(ok=False), lambda: Operation.objects.all().delete()],
    ids=["update", "delete"],
)
def test_r7_what_was_noted_is_neither_changed_nor_deleted(act):
    note()

    with pytest.raises(Error, match="what was done is not changed"), transaction.atomic():
        act()

    assert Operation.objects.get().ok is True


def test_the_last_of_each_kind_comes_in_one_query(django_assert_num_queries):
    note("backup", ok=False)
    kept = note("backup")
    books = note("verify_books")

    with django_assert_num_queries(1):
        last = operations.last_operations()

    assert last == {"backup": kept, "verify_books": books}


def test_a_clock_that_is_set_back_meanwhile_breaks_nothing():
    later = timezone.now() + dt.timedelta(hours=1)

    noted = record_operation(
        "backup", Outcome(ok=True), started_at=later, finished_at=timezone.now()
    )

    assert noted.finished_at == later


def test_what_breaks_off_is_noted_as_a_failure(caplog):
    def fail():
        raise OSError("No space left on device")

    assert watch_operation("backup", fail) is False

    noted = Operation.objects.get()
    assert (noted.ok, noted.facts) == (False, {"error": "OSError: No space left on device"})
    assert "backup broke off" in caplog.text


def test_nothing_is_proved_before_three_in_the_morning():
    assert nightly.prove_by_night(on=NIGHT, hour=2) == []

    assert not Operation.objects.exists()


def test_a_night_proves_books_and_trail_once():
    assert nightly.prove_by_night(on=NIGHT, hour=3) == ["verify_books", "verify_audit"]
    assert nightly.prove_by_night(on=NIGHT, hour=4) == []
    cache.clear()
    assert nightly.prove_by_night(on=NIGHT, hour=5) == []

    noted = Operation.objects.order_by("pk").values_list("kind", "night", "ok")
    assert list(noted) == [("verify_books", NIGHT, True), ("verify_audit", NIGHT, True)]
    books = Operation.objects.get(kind="verify_books").facts
    assert books["counts"]["entries"] == 0
    assert books["sums"]["bank"] == "0.00"
    assert books["faults"] == []


def test_the_next_day_is_another_night():
    nightly.prove_by_night(on=NIGHT, hour=3)

    assert nightly.prove_by_night(on=NIGHT + dt.timedelta(days=1), hour=3) == [
        "verify_books",
        "verify_audit",
    ]


def test_a_turn_that_another_worker_holds_is_left_to_it():
    cache.add(f"night:{OperationKind.BOOKS}:2020-05-01", 1)

    assert nightly.prove_by_night(on=NIGHT, hour=3) == ["verify_audit"]


def test_two_that_end_the_same_night_are_noted_once():
    first = record_operation(
        "verify_books", Outcome(ok=True), started_at=NOON, finished_at=NOON, night=NIGHT
    )
    second = record_operation(
        "verify_books", Outcome(ok=False), started_at=NOON, finished_at=NOON, night=NIGHT
    )

    assert (first.ok, second) == (True, None)
    assert Operation.objects.get() == first


def test_an_end_that_is_no_repetition_is_still_an_error():
    with pytest.raises(Error), transaction.atomic():
        record_operation("unheard_of", Outcome(ok=True), started_at=NOON, finished_at=NOON)

    assert not Operation.objects.exists()


def test_s14_a_night_finds_a_trail_that_was_cut_off_since_the_last(caplog):
    audit.record_act("member.changed", by=None)
    seals.seal_all()
    nightly.prove_by_night(on=NIGHT, hour=3)
    head = Operation.objects.get(kind="verify_audit").facts["head"]
    for guard in guards.declared():
        if guard.table.startswith("wego_"):
            guards.run_statements(connection, guard.remove(connection.vendor))
    SealedEntry.objects.all().delete()
    AuditSeal.objects.all().delete()
    AuditEntry.objects.all().delete()

    nightly.prove_by_night(on=NIGHT + dt.timedelta(days=1), hour=3)

    last = Operation.objects.filter(kind="verify_audit").latest("pk")
    assert last.ok is False
    assert last.facts["faults"] == [
        f"No seal has the head {head}: the trail was cut off or written anew."
    ]
    assert "The nightly verify_audit found faults" in caplog.text


@pytest.mark.parametrize(
    ("moment", "night"),
    [("2020-04-30T17:59Z", None), ("2020-04-30T18:00Z", NIGHT), ("2020-05-01T14:59Z", NIGHT)],
)
def test_r21_the_night_is_a_seoul_night(moment, night):
    with time_machine.travel(moment, tick=False):
        tasks.prove_by_night()

    assert {each.night for each in Operation.objects.all()} == ({night} if night else set())
