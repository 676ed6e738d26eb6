"""The chain of seals: whatever is done to the trail behind the guards, the check names it."""

import datetime as dt
import json
import random

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from wego import audit, guards, seals
from wego.models import AuditEntry, AuditSeal, SealedEntry

pytestmark = pytest.mark.django_db
CITIES = ("Goyang", "Almaty", "Kathmandu", "Seoul", "Dhaka North")
TABLES = ("wego_auditentry", "wego_auditseal", "wego_sealedentry")


def write_entries(count, *, by=None):
    audit.record_acts(
        AuditEntry(
            act="member.renamed",
            label=CITIES[number % len(CITIES)],
            by=by,
            facts={"name": [f"old {number}", f"새 이름 {number}"], "ratio": 1.5, "nothing": None},
        )
        for number in range(count)
    )


@pytest.fixture
def trail(db, secretariat):
    """Thirty entries under six seals, and the head that was printed."""
    for _batch in range(6):
        write_entries(5, by=secretariat)
        seals.seal_entries()
    return AuditSeal.objects.latest("pk").digest


@pytest.fixture
def unguarded(trail):
    """An intruder who owns the database."""
    for guard in guards.declared():
        if guard.table in TABLES:
            guards.run_statements(connection, guard.remove(connection.vendor))
    return trail


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_intact_trail_is_proved(trail):
    write_entries(2)

    verdict = seals.verify_trail(head=trail)

    assert (verdict.sealed, verdict.seals, verdict.unsealed) == (30, 6, 2)
    assert verdict.head == trail
    assert verdict.faults == []


def test_earlier_head_stays_valid_as_the_trail_grows(trail):
    write_entries(3)
    seals.seal_entries()

    assert seals.verify_trail(head=trail).faults == []


def test_empty_trail_is_proved():
    assert seals.verify_trail() == seals.Verdict()


def test_sealing_goes_on_in_batches_and_ends():
    write_entries(7)

    assert [seals.seal_entries(3), seals.seal_entries(3), seals.seal_entries(3)] == [3, 3, 1]
    assert seals.seal_entries() == 0
    assert list(AuditSeal.objects.order_by("pk").values_list("count", flat=True)) == [3, 3, 1]


def test_entry_that_ends_late_is_sealed_later():
    write_entries(3)
    late = AuditEntry.objects.order_by("pk").first()
    before = AuditEntry(pk=late.pk - 1, act="member.renamed", label="Almaty")
    seals.seal_entries()

    before.save(force_insert=True)
    seals.seal_entries()

    assert SealedEntry.objects.get(entry=before).seal.count == 1
    assert seals.verify_trail().faults == []


def test_entry_dated_long_before_its_seal_is_named(unguarded):
    write_entries(1)
    entry = AuditEntry.objects.latest("pk")
    AuditEntry.objects.filter(pk=entry.pk).update(at=entry.at - dt.timedelta(hours=2))

    faults = [f"Entry {entry.pk} is dated before what was sealed earlier."]
    assert seals.verify_trail(head=unguarded).faults == faults
    seals.seal_entries()
    assert seals.verify_trail(head=unguarded).faults == faults


def edit(dice):
    column, value = dice.choice(
        [("why", "x"), ("label", "Evil"), ("act", "a.b"), ("facts", '{"x": 1}'), ("by_id", None)]
    )
    entry = dice.choice(list(AuditEntry.objects.all()))
    run(f"UPDATE wego_auditentry SET {column} = %s WHERE id = %s", value, entry.pk)


def delete(dice):
    row = dice.choice(list(SealedEntry.objects.all()))
    run("DELETE FROM wego_sealedentry WHERE id = %s", row.pk)
    run("DELETE FROM wego_auditentry WHERE id = %s", row.entry_id)


def delete_seal(dice):
    seal = dice.choice(list(AuditSeal.objects.all()))
    entries = list(seal.sealed.values_list("entry_id", flat=True))
    run("DELETE FROM wego_sealedentry WHERE seal_id = %s", seal.pk)
    for entry in entries:
        run("DELETE FROM wego_auditentry WHERE id = %s", entry)
    run("DELETE FROM wego_auditseal WHERE id = %s", seal.pk)


def swap(dice):
    one, other = dice.sample(list(SealedEntry.objects.all()), 2)
    run("UPDATE wego_sealedentry SET entry_id = %s WHERE id = %s", other.entry_id + 10_000, one.pk)
    run("UPDATE wego_sealedentry SET entry_id = %s WHERE id = %s", one.entry_id, other.pk)
    run("UPDATE wego_sealedentry SET entry_id = %s WHERE id = %s", other.entry_id, one.pk)


def insert(dice):
    seal = dice.choice(list(AuditSeal.objects.all()))
    forged = AuditEntry.objects.create(act="policy.changed", label="Evil")
    SealedEntry.objects.create(seal=seal, entry=forged, place=seal.count)
    if dice.random() < 0.5:
        run("UPDATE wego_auditseal SET count = count + 1 WHERE id = %s", seal.pk)


def truncate(dice):
    for seal in AuditSeal.objects.order_by("-pk")[: dice.randint(1, 5)]:
        entries = list(seal.sealed.values_list("entry_id", flat=True))
        run("DELETE FROM wego_sealedentry WHERE seal_id = %s", seal.pk)
        for entry in entries:
            run("DELETE FROM wego_auditentry WHERE id = %s", entry)
        run("DELETE FROM wego_auditseal WHERE id = %s", seal.pk)


def rewrite(dice):
    """Alter an entry and hash everything again, as somebody who has read this house would."""
    edit(dice)
    run("DELETE FROM wego_sealedentry")
    run("DELETE FROM wego_auditseal")
    seals.seal_entries(dice.randint(3, 10))
    seals.seal_all()


ATTACKS = (edit, delete, delete_seal, swap, insert, truncate, rewrite)


@pytest.mark.slow
def test_two_hundred_attacks_are_all_detected(unguarded):
    dice = random.Random(2020)
    undetected = []

    for number in range(200):
        attack = ATTACKS[number % len(ATTACKS)]
        with transaction.atomic():
            sqlite = connection.vendor == "sqlite"
            run("PRAGMA defer_foreign_keys = ON" if sqlite else "SET CONSTRAINTS ALL DEFERRED")
            attack(dice)
            if not seals.verify_trail(head=unguarded).faults:
                undetected.append(attack.__name__)
            transaction.set_rollback(True)

    assert undetected == []
    assert seals.verify_trail(head=unguarded).faults == []


def test_without_a_kept_head_a_rewritten_trail_looks_well(unguarded):
    rewrite(random.Random(1))

    assert seals.verify_trail().faults == []


def test_guards_refuse_the_attacks_to_begin_with(trail):
    for sql in ("UPDATE wego_auditentry SET why = 'x'", "DELETE FROM wego_auditseal"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            run(sql)


def test_command_proves_and_prints_the_head(trail, capsys):
    call_command("verify_audit", "--head", trail.upper())

    out, err = capsys.readouterr()
    assert out == f"30 entries under 6 seals, 0 not sealed yet.\nHead: {trail}\n"
    assert err == ""


def test_command_fails_and_says_why(unguarded, capsys):
    entry = SealedEntry.objects.order_by("pk").first().entry_id
    run("UPDATE wego_auditentry SET why = 'x' WHERE id = %s", entry)

    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", "--json")

    assert stopped.value.code == 1
    answer = json.loads(capsys.readouterr().out)
    (fault,) = answer["faults"]
    assert "its entries" in fault
    assert answer["sealed"] == 30


def test_command_names_a_head_nobody_has(trail, capsys):
    with pytest.raises(SystemExit):
        call_command("verify_audit", "--head", "f" * 64)

    assert "cut off or written anew" in capsys.readouterr().err
