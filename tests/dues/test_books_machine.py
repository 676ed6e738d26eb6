"""Random books through the real rules, beside a plain model that knows nothing of them (R13)."""

import datetime as dt
from collections import Counter
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dues.adjustments import (
    close_as_bank_charge,
    reverse_adjustment,
    waive_invoice,
    write_off_invoice,
)
from dues.credit_notes import Resolution, credit_reduction, void_invoice
from dues.ledger import (
    ON_ACCOUNT,
    RECEIVABLE,
    balances,
    locked_through,
    with_left,
    with_open,
)
from dues.models import (
    Adjustment,
    Allocation,
    CreditNote,
    Entry,
    Invoice,
    Payment,
    Payout,
    Refund,
)
from dues.payments import (
    allocate_payment,
    apply_credit,
    move_payment,
    record_payment,
    release_allocation,
    reverse_payment,
)
from dues.periods import lock_period, unlock_period
from dues.plans import Instalment, agree_plan
from dues.proof import verify_books
from dues.received import Received
from dues.refunds import pay_out_refund, refund_payment, reverse_payout, reverse_refund
from members.models import Member, StatusEntry
from tests.dues.books import trial_balance
from tests.dues.builders import city, issued_invoice
from tests.dues.plain_books import Bill, Given, PlainBooks, Settled
from tests.harness.extent import share

BEGIN = dt.date(2020, 5, 1)
EXCOM = Resolution(dt.date(2020, 4, 17), "EXCOM", "EXCOM 2020, item 7")
CITIES = (("Seoul", "서울"), ("Goyang", "고양시"), ("Seongnam", "성남시"), ("Gimpo", "김포시"))
CENTS = st.sampled_from([1, 2_500, 5_000, 5_001, 100_000, 249_999, 250_000, 500_000])
PLACE = st.integers(0, 1_000)
FEW = share({"sqlite": 100, "postgresql": 15}, {"sqlite": 30, "postgresql": 6})
ENOUGH = 100
DONE = Counter()


class Books(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.model, self.today = PlainBooks(), BEGIN
        self.locked = None

    def teardown(self):
        try:
            assert verify_books().faults == []
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, name, allowed, act):
        """Do what the model allows; what it forbids must be refused and write nothing."""
        DONE[name, bool(allowed)] += 1
        if allowed:
            return act()
        before = Entry.objects.count()
        with pytest.raises(ValidationError), transaction.atomic():
            act()
        assert Entry.objects.count() == before
        return None

    def pick(self, things, place):
        things = list(things)
        return things[place % len(things)] if things else None

    @property
    def how(self):
        return {"reason": "Because", "on": self.today, "by": None}

    @initialize(seed=st.integers(1, 4))
    def begin(self, seed):
        self.members = [city(*names) for names in CITIES]
        self.issue(seed)
        if seed == 1:
            self.do_what_chance_seldom_does()

    def do_what_chance_seldom_does(self):
        self.pay_everything_that_is_open(0)
        self.pay(1, 249_999, 0)
        self.void(1)
        self.issue(1)
        self.allocate(1, 5, 2_500)
        self.refund(1, 2_500)
        self.pay_out(0)
        self.payout_comes_back(0)
        self.take_refund_back(0)
        self.forgive(2, 1, "waiver")
        self.forgive(2, 1, "write_off")
        self.take_adjustment_back(0)
        last = self.members[3].pk
        self.pay(3, self.model.owed(last) - 2_500, 0)
        [rest] = self.model.unsettled(last)
        self.close_as_charge(self.model.bills.index(rest))
        self.pay(3, 5_000, 0)
        self.move(len(self.model.money) - 1, 2)
        self.move(0, 1)
        self.pay(0, 2_000_000, 0)
        self.issue(2)
        self.use_credit(len(self.model.bills) - len(CITIES))
        self.release(len(self.model.settled) - 1)

    @rule(days=st.integers(1, 40))
    def wait(self, days):
        self.today += dt.timedelta(days=days)

    @rule(place=PLACE)
    def issue(self, place):
        """The next dues year is issued to everybody; fees differ."""
        year = 2015 + len(self.model.bills) // len(CITIES)
        if year > 2021 or (self.locked and dt.date(year, 1, 15) <= self.locked):
            return
        DONE["issue", True] += 1
        for sequence, member in enumerate(self.members, start=1):
            cents = (40_000, 250_000, 750_000)[(place + sequence) % 3]
            invoice = issued_invoice(member, year=year, sequence=sequence, amount_cents=cents)
            self.model.bills.append(Bill(member.pk, year, cents, invoice.pk))

    @rule(place=PLACE, cents=CENTS, back=st.integers(0, 400))
    def pay(self, place, cents, back):
        member = self.pick(self.members, place)
        day = self.today - dt.timedelta(days=back)
        received = Received(cents, day, payer="City Hall")
        payment = self.attempt(
            "pay", True, lambda: record_payment(member, received, on=self.today, by=None)
        )
        self.model.receive(member.pk, cents, payment.pk)

    @rule(place=PLACE)
    def pay_everything_that_is_open(self, place):
        member = self.pick(self.members, place)
        cents = self.model.owed(member.pk)
        payment = self.attempt(
            "pay everything",
            cents > 0,
            lambda: record_payment(member, Received(cents, self.today), on=self.today, by=None),
        )
        if payment:
            self.model.receive(member.pk, cents, payment.pk)

    @precondition(lambda self: self.model.money)
    @rule(place=PLACE, other=PLACE, cents=CENTS)
    def allocate(self, place, other, cents):
        model = self.model
        money, bill = self.pick(model.money, place), self.pick(model.bills, other)
        allowed = (
            model.owner(money.member) == model.owner(bill.member)
            and cents <= model.left(money)
            and cents <= model.open(bill)
        )
        payment, invoice = Payment.objects.get(pk=money.key), Invoice.objects.get(pk=bill.key)
        made = self.attempt(
            "allocate",
            allowed,
            lambda: allocate_payment(payment, {invoice: cents}, on=self.today, by=None),
        )
        if made:
            model.settled.append(Settled("allocation", bill, cents, money))

    @rule(place=PLACE)
    def use_credit(self, place):
        model = self.model
        bill = self.pick(model.bills, place)
        owner = model.owner(bill.member)
        mine = [each for each in model.money if model.owner(each.member) == owner]
        # The oldest money first; money of one day in the order of its receipts.
        days = dict(Payment.objects.values_list("pk", "received_on"))
        mine.sort(key=lambda each: (days[each.key], each.key))
        rest = model.open(bill)
        allowed = rest > 0 and any(model.left(each) for each in mine)
        invoice = Invoice.objects.get(pk=bill.key)
        self.attempt("use credit", allowed, lambda: apply_credit(invoice, on=self.today, by=None))
        for money in mine if allowed else ():
            part = min(rest, model.left(money))
            if part > 0:
                model.settled.append(Settled("allocation", bill, part, money))
                rest -= part

    @rule(place=PLACE)
    def release(self, place):
        """Allocations are found by their rows: the model's are matched by what they say."""
        rows = Allocation.objects.order_by("pk").select_related("entry")
        allocation = self.pick(rows, place)
        if allocation is None:
            return
        alive = Entry.objects.standing().filter(allocation=allocation).exists()
        self.attempt("release", alive, lambda: release_allocation(allocation, **self.how))
        if alive:
            self.end_settled(allocation, payment=allocation.payment_id)

    @rule(place=PLACE)
    def take_adjustment_back(self, place):
        adjustment = self.pick(Adjustment.objects.order_by("pk"), place)
        if adjustment is None:
            return
        alive = Entry.objects.standing().filter(adjustment=adjustment).exists()
        act = partial(reverse_adjustment, adjustment, **self.how)
        self.attempt("take adjustment back", alive, act)
        if alive:
            self.end_settled(adjustment, kind=adjustment.kind)

    def end_settled(self, row, *, payment=None, kind="allocation"):
        """The model's settlements stand in the order of the rows, so equal ones match by place."""
        about = {"payment": row.payment} if payment else {}
        same = type(row).objects.filter(
            invoice=row.invoice, amount_cents=row.amount_cents, pk__lte=row.pk, **about
        )
        if not payment:
            same = same.filter(kind=kind)
        place = same.count() - 1
        matching = [
            each
            for each in self.model.settled
            if each.kind == kind
            and each.invoice.key == row.invoice_id
            and each.cents == row.amount_cents
            and (each.payment.key if each.payment else None) == payment
        ]
        assert matching[place].alive
        matching[place].alive = False

    @precondition(lambda self: self.model.money)
    @rule(place=PLACE)
    def reverse(self, place):
        money = self.pick(self.model.money, place)
        allowed = money.alive and not any(refund.alive for refund in money.refunds)
        payment = Payment.objects.get(pk=money.key)
        self.attempt("reverse payment", allowed, lambda: reverse_payment(payment, **self.how))
        if allowed:
            self.model.take_back(money)

    @precondition(lambda self: self.model.money)
    @rule(place=PLACE, other=PLACE)
    def move(self, place, other):
        model = self.model
        money, member = self.pick(model.money, place), self.pick(self.members, other)
        allowed = (
            money.alive
            and not any(refund.alive for refund in money.refunds)
            and model.owner(money.member) != model.owner(member.pk)
        )
        payment = Payment.objects.get(pk=money.key)
        moved = self.attempt("move", allowed, lambda: move_payment(payment, member, **self.how))
        if moved:
            model.take_back(money)
            model.receive(member.pk, money.cents, moved.pk)

    @precondition(lambda self: self.model.money)
    @rule(place=PLACE, cents=CENTS)
    def refund(self, place, cents):
        money = self.pick(self.model.money, place)
        payment = Payment.objects.get(pk=money.key)
        made = self.attempt(
            "refund",
            cents <= self.model.left(money),
            lambda: refund_payment(payment, cents, **self.how),
        )
        if made:
            money.refunds.append(Given(cents, made.pk))

    def refunds(self):
        return [refund for money in self.model.money for refund in money.refunds]

    @precondition(lambda self: self.refunds())
    @rule(place=PLACE)
    def pay_out(self, place):
        given = self.pick(self.refunds(), place)
        refund = Refund.objects.get(pk=given.key)
        made = self.attempt(
            "pay out",
            given.alive and not given.paid,
            lambda: pay_out_refund(refund, paid_on=self.today, on=self.today, by=None),
        )
        if made:
            given.paid = made.pk

    @precondition(lambda self: self.refunds())
    @rule(place=PLACE)
    def take_refund_back(self, place):
        given = self.pick(self.refunds(), place)
        allowed = given.alive and not given.paid
        refund = Refund.objects.get(pk=given.key)
        self.attempt("take refund back", allowed, lambda: reverse_refund(refund, **self.how))
        given.alive = given.alive and not allowed

    @precondition(lambda self: any(refund.paid for refund in self.refunds()))
    @rule(place=PLACE)
    def payout_comes_back(self, place):
        given = self.pick((each for each in self.refunds() if each.paid), place)
        payout = Payout.objects.get(pk=given.paid)
        self.attempt("payout comes back", True, lambda: reverse_payout(payout, **self.how))
        given.paid = None

    @rule(place=PLACE)
    def void(self, place):
        bill = self.pick(self.model.bills, place)
        invoice, allowed = Invoice.objects.get(pk=bill.key), bill.credited < bill.cents
        self.attempt("void", allowed, lambda: void_invoice(invoice, **self.how))
        if allowed:
            self.model.void(bill)

    @rule(place=PLACE, cents=CENTS)
    def reduce(self, place, cents):
        bill = self.pick(self.model.bills, place)
        invoice, allowed = Invoice.objects.get(pk=bill.key), cents <= bill.cents - bill.credited
        self.attempt(
            "reduce",
            allowed,
            lambda: credit_reduction(invoice, cents, resolution=EXCOM, **self.how),
        )
        if allowed:
            self.model.credit(bill, cents)

    @rule(place=PLACE)
    def close_as_charge(self, place):
        bill = self.pick(self.model.bills, place)
        rest = self.model.open(bill)
        invoice, allowed = Invoice.objects.get(pk=bill.key), 0 < rest <= 5_000
        self.attempt(
            "bank charge",
            allowed,
            lambda: close_as_bank_charge(invoice, limit_cents=5_000, **self.how),
        )
        if allowed:
            self.model.settled.append(Settled("bank_charge", bill, rest))

    @rule(place=PLACE, cents=CENTS, kind=st.sampled_from(["waiver", "write_off"]))
    def forgive(self, place, cents, kind):
        bill = self.pick(self.model.bills, place)
        act = {"waiver": waive_invoice, "write_off": write_off_invoice}[kind]
        invoice, allowed = Invoice.objects.get(pk=bill.key), cents <= self.model.open(bill)
        self.attempt(kind, allowed, lambda: act(invoice, cents, resolution=EXCOM, **self.how))
        if allowed:
            self.model.settled.append(Settled(kind, bill, cents))

    @rule(back=st.integers(0, 200))
    def lock(self, back):
        through = self.today - dt.timedelta(days=back)
        allowed = back > 0 and (self.locked is None or through > self.locked)
        self.attempt("lock", allowed, lambda: lock_period(through, **self.how))
        self.locked = through if allowed else self.locked

    @rule(back=st.one_of(st.none(), st.integers(0, 400)))
    def unlock(self, back):
        through = None if back is None else self.today - dt.timedelta(days=back)
        allowed = self.locked is not None and (through is None or through < self.locked)
        self.attempt("unlock", allowed, lambda: unlock_period(through, **self.how))
        self.locked = through if allowed else self.locked

    @rule(place=PLACE)
    def plan(self, place):
        """A plan moves no money, whether it can be agreed or not."""
        member = self.pick(self.members, place)
        bills = self.model.unsettled(member.pk)
        if not bills:
            return
        invoices = [Invoice.objects.get(pk=bill.key) for bill in bills]
        dates = [Instalment(self.today + dt.timedelta(days=30), self.model.owed(member.pk))]
        before = Entry.objects.count()
        try:
            with transaction.atomic():
                agree_plan(member, invoices, dates, **self.how)
        except ValidationError:
            DONE["plan", False] += 1
        else:
            DONE["plan", True] += 1
        assert Entry.objects.count() == before

    @rule(place=PLACE)
    def leave(self, place):
        """Whoever leaves owes what it owed (A15, A16)."""
        member = self.pick(self.members, place)
        StatusEntry.objects.create(
            member=member, status="withdrawn", effective_on=self.today, reason="Notice"
        )
        DONE["leave", True] += 1

    @rule(place=PLACE, other=PLACE)
    def merge(self, place, other):
        """A duplicate's account becomes the survivor's."""
        gone, stays = self.pick(self.members, place), self.pick(self.members, other)
        owners = self.model.owners
        if gone == stays or gone.pk in owners or stays.pk in owners or gone.pk in owners.values():
            return
        Member.objects.filter(pk=gone.pk).update(merged_into=stays)
        self.members = [Member.objects.get(pk=member.pk) for member in self.members]
        owners[gone.pk] = stays.pk
        DONE["merge", True] += 1

    @invariant()
    def the_ledger_says_what_the_model_says(self):
        model = self.model
        if not model.bills:
            return
        opened = dict(with_open(Invoice.objects.all()).values_list("pk", "open_cents"))
        assert opened == {bill.key: model.open(bill) for bill in model.bills}
        left = dict(with_left(Payment.objects.all()).values_list("pk", "left_cents"))
        assert left == {money.key: model.left(money) for money in model.money}
        for amount, asked in ((RECEIVABLE, model.owed), (ON_ACCOUNT, model.on_account)):
            owners = {model.owner(member.pk) for member in self.members}
            told = {owner: asked(owner) for owner in owners if asked(owner)}
            assert balances(amount) == told
        assert trial_balance() == model.balances()
        assert CreditNote.objects.count() == model.credit_notes
        assert locked_through() == self.locked


@pytest.mark.slow
@pytest.mark.django_db
def test_random_books():
    """With `--hypothesis-profile=long` two thousand of them; `-s` shows what was tried."""
    long = settings.get_current_profile_name() == "long"
    examples = 2_000 if long else FEW[connection.vendor]
    DONE.clear()
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=list(Phase) if long else [Phase.reuse, Phase.generate],
        ),
    )
    for (name, allowed), times in sorted(DONE.items()):
        print(f"{name:24}{'done' if allowed else 'refused':10}{times:6}")
    # A few lives need not try everything; a hundred must.
    assert examples < ENOUGH or {name for name, allowed in DONE if allowed} == {
        *("issue", "pay", "pay everything", "allocate", "use credit", "release", "move"),
        *("reverse payment", "refund", "pay out", "take refund back", "payout comes back"),
        *("void", "reduce", "bank charge", "waiver", "write_off", "take adjustment back"),
        *("lock", "unlock", "plan", "leave", "merge"),
    }
