"""What an act on an account would do: every entry it posts, and the balances before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dues.account_words import Line, tell_entries
from dues.ledger import credit_of, left_of, lock_account, of_accounts, open_of, receivable_of
from dues.meanwhile import stamp_of
from dues.models import Entry, Invoice, Payment
from members.models import Member
from wego.rehearsal import rehearse


@dataclass(frozen=True)
class Balance:
    """What an account holds before and after an act (US cents)."""

    words: str
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """The entries an act posts, and what it changes."""

    lines: list[Line]
    balances: list[Balance]


def lock_accounts(members: Sequence[Member]) -> None:
    """Lock some accounts in the order of their keys, so that two acts cannot wait in a ring."""
    for member in sorted(members, key=lambda each: each.pk):
        lock_account(member)


def foresee(
    act: Callable[[], object],
    *,
    members: Sequence[Member],
    invoice: Invoice | None = None,
    payment: Payment | None = None,
) -> Effect:
    """What an act on some accounts would do: it is done, told, and taken back.

    Raises:
        ValidationError: as the act does.
    """

    def told() -> Effect:
        lock_accounts(members)
        newest = max(map(stamp_of, members), default=0)
        before = read_balances(members, invoice, payment)
        act()
        after = read_balances(members, invoice, payment)
        keys = [member.pk for member in members]
        posted = Entry.objects.filter(of_accounts(keys), pk__gt=newest)
        lines = tell_entries(posted.order_by("pk"))
        return Effect(
            lines,
            [
                Balance(words, cents, after[words])
                for words, cents in before.items()
                if cents != after[words]
            ],
        )

    return rehearse(told)


def read_balances(
    members: Sequence[Member], invoice: Invoice | None, payment: Payment | None
) -> dict[str, int]:
    """What is open, left, owed and on account, by its words."""
    found: dict[str, int] = {}
    if invoice:
        found[_("Open on %(number)s") % {"number": invoice.number}] = open_of(invoice)
    if payment:
        found[_("Left of %(number)s") % {"number": payment.number}] = left_of(payment)
    for member in members:
        found[_("Owed by %(member)s in all") % {"member": member}] = receivable_of(member)
        found[_("Credit of %(member)s on account") % {"member": member}] = credit_of(member)
    return found
