"""One member's money, moved by many processes at once (R11, R12), on both databases."""

import json

import pytest

pytestmark = pytest.mark.slow
HARNESS = "tests/harness/money_races.py"


def answer_of(instance, act):
    done = instance.run(HARNESS, act, timeout=580)
    return json.loads(done.stdout.splitlines()[-1])


def test_sixteen_workers_with_fifty_payments_each_lose_nothing(instance):
    assert answer_of(instance, "pay") == {
        "failed": 0,
        "payments": 800,
        "received": 1_200_000,
        "allocated": 850_000,
        "owed": 0,
        "credit": 350_000,
        "last_number": 800,
        "faults": {},
    }


def test_without_the_lock_the_race_shows(instance):
    found = answer_of(instance, "pay-unlocked")

    assert found["failed"] or found["faults"]


def test_eight_workers_never_credit_more_than_the_invoice(instance):
    found = answer_of(instance, "credit")

    assert found == {"failed": 0, "amount": 850_000, "credited": 850_000, "open": 0, "faults": {}}


def test_one_transfer_is_booked_once_by_sixteen_workers(instance):
    found = answer_of(instance, "reference")

    assert found == {"booked": 1, "refused": 15, "payments": 1, "faults": {}}
