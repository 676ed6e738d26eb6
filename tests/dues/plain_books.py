"""The books as somebody with a pencil keeps them: a plain model that knows nothing of the rules."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Settled:
    """A part of an invoice that something took off: money of a payment, or an adjustment."""

    kind: str
    invoice: "Bill"
    cents: int
    payment: "Money | None" = None
    key: int = 0
    alive: bool = True


@dataclass(eq=False)
class Given:
    """A refund."""

    cents: int
    key: int
    alive: bool = True
    paid: "int | None" = None


@dataclass(eq=False)
class Money:
    """A payment."""

    member: int
    cents: int
    key: int
    alive: bool = True
    refunds: list = field(default_factory=list)


@dataclass(eq=False)
class Bill:
    """An invoice."""

    member: int
    year: int
    cents: int
    key: int
    credited: int = 0


@dataclass(eq=False)
class PlainBooks:
    """Everything written down once, added up when asked."""

    owners: dict = field(default_factory=dict)
    bills: list = field(default_factory=list)
    money: list = field(default_factory=list)
    settled: list = field(default_factory=list)
    credit_notes: int = 0

    def owner(self, member):
        return self.owners.get(member, member)

    def taken_off(self, bill):
        return [each for each in self.settled if each.alive and each.invoice is bill]

    def spent(self, money):
        return [each for each in self.settled if each.alive and each.payment is money]

    def open(self, bill):
        return bill.cents - bill.credited - sum(each.cents for each in self.taken_off(bill))

    def left(self, money):
        if not money.alive:
            return 0
        refunded = sum(refund.cents for refund in money.refunds if refund.alive)
        return money.cents - refunded - sum(each.cents for each in self.spent(money))

    def owed(self, member):
        mine = [bill for bill in self.bills if self.owner(bill.member) == self.owner(member)]
        return sum(map(self.open, mine))

    def on_account(self, member):
        mine = [each for each in self.money if self.owner(each.member) == self.owner(member)]
        return sum(map(self.left, mine))

    def unsettled(self, member):
        mine = [
            bill
            for bill in self.bills
            if self.owner(bill.member) == self.owner(member) and self.open(bill) > 0
        ]
        return sorted(mine, key=lambda bill: (bill.year, bill.key))

    def receive(self, member, cents, key):
        """Money that settles the oldest bills."""
        money = Money(self.owner(member), cents, key)
        self.money.append(money)
        for bill in self.unsettled(member):
            part = min(self.left(money), self.open(bill))
            if part > 0:
                self.settled.append(Settled("allocation", bill, part, money))
        return money

    def take_back(self, money):
        for each in self.spent(money):
            each.alive = False
        money.alive = False

    def credit(self, bill, cents):
        """Take so much off a bill for good; what was paid for it goes back, the newest first."""
        for each in reversed(self.taken_off(bill)):
            short = cents - self.open(bill)
            if short <= 0:
                break
            each.alive = False
            if each.cents > short:
                rest = each.cents - short
                self.settled.append(Settled(each.kind, bill, rest, each.payment))
        bill.credited += cents
        self.credit_notes += 1

    def void(self, bill):
        for each in self.taken_off(bill):
            each.alive = False
        bill.credited = bill.cents
        self.credit_notes += 1

    def balances(self):
        """The balance of every account that is not zero, debits positive."""
        refunds = [refund for money in self.money for refund in money.refunds if refund.alive]
        paid_out = sum(refund.cents for refund in refunds if refund.paid)
        alive = [each for each in self.settled if each.alive]
        found = {
            "bank": sum(money.cents for money in self.money if money.alive) - paid_out,
            "receivables": sum(map(self.open, self.bills)),
            "credit": -sum(map(self.left, self.money)),
            "refunds": paid_out - sum(refund.cents for refund in refunds),
            "income": sum(bill.credited - bill.cents for bill in self.bills),
        }
        names = {"bank_charge": "bank_charges", "waiver": "waivers", "write_off": "write_offs"}
        for kind, account in names.items():
            found[account] = sum(each.cents for each in alive if each.kind == kind)
        return {account: cents for account, cents in found.items() if cents}
