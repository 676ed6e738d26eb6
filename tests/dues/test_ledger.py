"""Entries are balanced by construction, belong to one document, and cannot overdraw."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dues.ledger import (
    ON_ACCOUNT,
    RECEIVABLE,
    balances,
    find_covered_day,
    total_balance,
    with_left,
    with_open,
)
from dues.models import Account, Entry, Invoice, Payment
from tests.dues.books import account_of, pay, trial_balance
from tests.dues.builders import city, issued_invoice

DAY = dt.date(2020, 1, 1)


@pytest.mark.django_db
class TestBalances:
    def test_every_balance_is_what_the_entries_say(self):
        goyang, almaty = city(), city("Almaty", "알마티", country_code="KZ")
        first = issued_invoice(goyang)
        issued_invoice(almaty, sequence=2)
        payment = pay(goyang, "7500.10")

        assert balances(RECEIVABLE) == {almaty.pk: 750_000}
        assert balances(ON_ACCOUNT) == {goyang.pk: 10}
        assert balances(RECEIVABLE, dt.date(2020, 3, 19)) == {
            goyang.pk: 750_000,
            almaty.pk: 750_000,
        }
        assert with_open(Invoice.objects.all()).get(pk=first.pk).open_cents == 0
        assert with_left(Payment.objects.all()).get(pk=payment.pk).left_cents == 10
        assert {name: total_balance(name) for name in Account.values if total_balance(name)} == (
            trial_balance()
        )
        assert account_of(goyang, dt.date(2020, 1, 14)) == (0, 0)

    @pytest.mark.slow
    def test_200_settled_members_are_found_200_times(self):
        # The sums of decimal columns fail here on SQLite; whole cents do not.
        parts = [80_830, 11_176, 657_994]
        members = [city(f"City {number}", "") for number in range(200)]
        for number, member in enumerate(members, start=1):
            issued_invoice(member, sequence=number)
            for cents in parts:
                pay(member, f"{cents // 100}.{cents % 100:02d}")

        settled = with_open(Invoice.objects.all()).filter(open_cents=0)

        assert settled.count() == 200
        assert balances(RECEIVABLE) == balances(ON_ACCOUNT) == {}


@pytest.mark.django_db
class TestGuards:
    def attempt(self, **changed):
        entry = Entry.objects.order_by("-pk").first()
        fields = {name: getattr(entry, name) for name in ("kind", "debit", "credit", "posted_on")}
        fields |= {"amount_cents": 1, "member": entry.member, "invoice": entry.invoice}
        fields |= {"payment": entry.payment}
        with transaction.atomic():
            Entry.objects.create(**{**fields, **changed})

    def test_entry_has_the_accounts_of_its_kind_and_one_document(self):
        goyang = city()
        issued_invoice(goyang)
        pay(goyang, 100)
        before = Entry.objects.count()

        for changed in (
            {"amount_cents": 0},
            {"amount_cents": -5},
            {"debit": "bank", "credit": "bank"},
            {"debit": "gold"},
            {"kind": "invoice"},
            {"kind": "gift"},
            {"kind": "allocation", "debit": "credit", "credit": "receivables"},
            {"kind": "payment", "debit": "credit", "credit": "bank"},
        ):
            with pytest.raises(DatabaseError):
                self.attempt(**changed)

        assert Entry.objects.count() == before

    def test_second_entry_of_a_document_is_refused(self):
        invoice = issued_invoice(city())

        with pytest.raises(IntegrityError):
            self.attempt(kind="invoice", debit="receivables", credit="income", invoice=invoice)

    def test_database_refuses_to_overdraw(self):
        goyang = city()
        invoice = issued_invoice(goyang)
        payment = pay(goyang, 100)
        entry = Entry.objects.get(kind="allocation")
        allocation = entry.allocation
        allocation.pk = None
        allocation.save(force_insert=True)

        with pytest.raises(DatabaseError, match="more than is open"):
            self.attempt(
                kind="allocation",
                debit="credit",
                credit="receivables",
                allocation=allocation,
                invoice=invoice,
                payment=payment,
            )

    @pytest.mark.parametrize("table", ["entry", "payment", "allocation"])
    def test_nothing_is_changed_or_deleted(self, table):
        goyang = city()
        issued_invoice(goyang)
        pay(goyang, 100)

        for statement in (f"UPDATE dues_{table} SET amount_cents = 1", f"DELETE FROM dues_{table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                connection.cursor().execute(statement)


days = st.integers(0, 40).map(lambda number: DAY + dt.timedelta(days=number))
moves = st.lists(st.tuples(days, st.integers(-50, 50)), max_size=12)


@pytest.mark.once
@given(moves=moves, cents=st.integers(1, 60), day=days)
def test_covered_day_is_the_first_from_which_the_amount_stays_covered(moves, cents, day):
    moves = sorted(moves, key=lambda move: move[0])
    total = sum(amount for _day, amount in moves)
    candidates = sorted({day, *(posted for posted, _amount in moves if posted > day)})

    def covered_from(start):
        checked = [start, *(posted for posted, _amount in moves if posted >= start)]
        return all(
            sum(amount for posted, amount in moves if posted <= end) >= cents for end in checked
        )

    found = find_covered_day(moves, cents, day)

    if total >= cents:
        assert found == next(each for each in candidates if covered_from(each))
