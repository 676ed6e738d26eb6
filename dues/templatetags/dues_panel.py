"""What a member owes, for pages of other apps: asked once by a page, shown by what it includes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.utils.translation import gettext as _

from dues.answers import foresee_invoice
from dues.arrears import invoices_of
from dues.claims import Told, claims_of
from dues.explained import payment_of
from dues.invoicing import default_days
from dues.ledger import credit_of
from dues.models import Invoice
from dues.preview import load_issuer
from dues.standing import Standing, standing_of
from dues.states import TONES, InvoiceState, state_of, with_state
from members.answers import NextInvoice
from members.models import Member
from wego import seoul

register = template.Library()


@dataclass(frozen=True)
class Stood:
    """An invoice and how it stands on a day."""

    invoice: Invoice
    state: InvoiceState

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES[self.state]


@dataclass(frozen=True)
class MemberDues:
    """A member's invoices, newest first, and what comes after them."""

    today: dt.date
    stood: list[Stood]
    credit_cents: int
    coming: NextInvoice
    issue_on: dt.date
    due_on: dt.date
    payment: dict[str, Any] = field(default_factory=dict)

    @property
    def invoices(self) -> list[Invoice]:
        """The invoices that are not void, newest first."""
        return [each.invoice for each in self.stood if each.state != InvoiceState.VOID]

    @property
    def latest(self) -> Invoice | None:
        """The invoice of the newest dues year."""
        return next(iter(self.invoices), None)

    @property
    def state(self) -> InvoiceState | None:
        """How the newest one stands."""
        return next((each.state for each in self.stood if each.invoice == self.latest), None)

    @property
    def tone(self) -> str:
        """How its state is drawn."""
        return TONES[self.state] if self.state else ""

    @property
    def earlier(self) -> list[Stood]:
        """The others, void ones among them."""
        return [each for each in self.stood if each.invoice != self.latest]

    @property
    def nothing_because(self) -> str:
        """Why no next invoice can be foretold, as a member should read it."""
        words = {
            "population_missing": _("Your population is not known yet: please confirm it."),
            "employees_missing": _("Your number of employees is not known yet: please confirm it."),
            "gdp_missing": _("Your dues will be worked out when the figures of the year are in."),
            "no_fee_schedule": _("Institutions pay no dues at present."),
        }
        return words.get(self.coming.reason, self.coming.why)

    @property
    def open_in_all_cents(self) -> int:
        """What is left to pay of every invoice, in US cents."""
        return sum(each.invoice.open_cents for each in self.stood)

    @property
    def overdue(self) -> list[Invoice]:
        """Invoices past their due day with something left to pay."""
        return [each.invoice for each in self.stood if each.state == InvoiceState.OVERDUE]

    @property
    def overdue_cents(self) -> int:
        """What is left to pay of them, in US cents."""
        return sum(invoice.open_cents for invoice in self.overdue)


@register.simple_tag
def dues_of(member: Member) -> MemberDues:
    """A member's dues as its home page needs them, in a constant number of queries."""
    today = seoul.today()
    stood = read_stood(member, today)
    coming = foresee_invoice(member, on=today)
    issue_on, due_on = default_days(coming.dues_year, load_issuer())
    return MemberDues(
        today=today,
        stood=stood,
        credit_cents=credit_of(member),
        coming=coming,
        issue_on=issue_on,
        due_on=due_on,
        payment=payment_of(stood[0].invoice) if stood else {},
    )


@register.simple_tag
def rights_of(member: Member) -> Standing:
    """Good standing, vote and candidacy of a member today, in a constant number of queries."""
    return standing_of(member, on=seoul.today())


@register.simple_tag
def claims_told_by(member: Member) -> list[Told]:
    """What a member said of payments that waits or was answered of late."""
    return claims_of(member, on=seoul.today())


def read_stood(member: Member, on: dt.date) -> list[Stood]:
    """A member's invoices, newest first, each with how it stands on a day: one query."""
    rows = with_state(invoices_of(member).select_related("document", "schedule", "member"))
    return [Stood(invoice, state_of(invoice, on)) for invoice in rows]
