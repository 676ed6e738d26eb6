"""What a member was invoiced and owes, for the member's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from dues.arrears import invoices_of
from dues.ledger import with_left
from dues.payments import payments_of
from dues.states import TONES, InvoiceState, is_taken_back, state_of, with_state
from members.models import Member
from wego import seoul

register = template.Library()

SHOWN = 8
FEW = 4


@dataclass(frozen=True)
class Row:
    """An invoice, and how it stands today."""

    invoice: Any
    state: InvoiceState

    @property
    def open(self) -> bool:
        """Whether something is left to pay."""
        return bool(self.invoice.open_cents)

    @property
    def overdue(self) -> bool:
        """Whether that is past its due day."""
        return self.state == InvoiceState.OVERDUE

    @property
    def tone(self) -> str:
        """How its state is drawn."""
        return TONES[self.state]


@dataclass(frozen=True)
class Standing:
    """A member's invoices, newest first; what is open, overdue, and on its account (cents)."""

    rows: list[Row]
    payments: list[Any]

    @property
    def credit_cents(self) -> int:
        """What is on account."""
        return sum(payment.left_cents for payment in self.payments)

    @property
    def newest_payments(self) -> list[Any]:
        """The last that came in."""
        return self.payments[:FEW]

    @property
    def open_rows(self) -> list[Row]:
        """Invoices with something left to pay."""
        return [row for row in self.rows if row.open]

    @property
    def overdue_rows(self) -> list[Row]:
        """Those past their due day."""
        return [row for row in self.rows if row.overdue]

    @property
    def open_cents(self) -> int:
        """What is open."""
        return sum(row.invoice.open_cents for row in self.open_rows)

    @property
    def overdue_cents(self) -> int:
        """What is overdue."""
        return sum(row.invoice.open_cents for row in self.overdue_rows)

    @property
    def shown(self) -> list[Row]:
        """The newest."""
        return self.rows[:SHOWN]


@register.simple_tag
def dues_of_member(member: Member) -> Standing:
    """A member's invoices and payments and those of its merged duplicates, in two queries."""
    today = seoul.today()
    rows = invoices_of(member).select_related("document").defer("snapshot")
    invoices = with_state(rows).order_by("-dues_year", "-sequence")
    payments = with_left(payments_of(member)).annotate(is_taken_back=is_taken_back())
    return Standing(
        [Row(invoice, state_of(invoice, today)) for invoice in invoices], list(payments)
    )
