"""What a member owes and has not paid: its open invoices, and those past their due day.

An invoice is open by what the ledger says is left of it on a day. What was invoiced to a duplicate
stays as it was printed and is owed by the member it was merged into.
"""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dues.ledger import of_account, with_open
from dues.models import Invoice
from dues.policies import DuesPolicies, load_policies
from dues.switches import ArrearsFrom
from members.answers import Arrear
from members.models import Member


def invoices_of(member: Member) -> QuerySet[Invoice]:
    """Everything invoiced to a member or to a duplicate merged into it, newest first."""
    return Invoice.objects.filter(of_account(member.pk))


def find_open_invoices(member: Member, on: dt.date) -> QuerySet[Invoice]:
    """Invoices with something left to pay on a day, with `open_cents`, the oldest first."""
    return (
        with_open(invoices_of(member), on)
        .filter(Q(("open_cents__gt", 0)), issued_on__lte=on)
        .order_by("dues_year", "sequence")
    )


def find_unsettled(member: Member) -> QuerySet[Invoice]:
    """Invoices with something left to pay, whenever they were issued, the oldest first."""
    unsettled = with_open(invoices_of(member)).filter(Q(("open_cents__gt", 0)))
    return unsettled.order_by("dues_year", "sequence")


def is_in_arrears(due_on: dt.date, dues_year: int, *, on: dt.date, policies: DuesPolicies) -> bool:
    """Whether an open invoice is in arrears on a day; the due day itself is still in time (S9)."""
    if policies.arrears_from == ArrearsFrom.YEAR_END:
        return max(due_on, dt.date(dues_year, 12, 31)) < on
    return due_on < on


def find_arrears(member: Member, *, on: dt.date) -> list[Arrear]:
    """The debts in arrears, the oldest first (S9)."""
    policies = load_policies()
    return [
        Arrear(
            _("Dues %(year)s, invoice %(number)s")
            % {"year": invoice.dues_year, "number": invoice.number},
            invoice.open_cents,
            invoice.due_on,
        )
        for invoice in find_open_invoices(member, on)
        if is_in_arrears(invoice.due_on, invoice.dues_year, on=on, policies=policies)
    ]
