"""Payment plans (S18): dates and amounts in which a member pays; a missed date ends it.

Whether a plan is kept is never written down: it follows from what was open on each of its days.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.ledger import RECEIVABLE, lock_account, of_accounts, open_of, owner_of
from dues.models import Entry, Invoice, PaymentPlan, PlanEnd, PlanInstalment
from members.models import Member, User
from wego import audit, money

MOST_INSTALMENTS = 36


class Instalment(NamedTuple):
    """What is due by a day (US cents); the day itself is still in time."""

    due_on: dt.date
    cents: int


@dataclass(frozen=True)
class Course:
    """A plan and what moved on its invoices: days and US cents in the order of days."""

    plan: PaymentPlan
    instalments: tuple[Instalment, ...]
    ended_on: dt.date | None = None
    invoices: frozenset[int] = frozenset()
    moved: list[tuple[dt.date, int]] = field(default_factory=list)

    @property
    def total_cents(self) -> int:
        """What was open when the plan was agreed."""
        return sum(each.cents for each in self.instalments)

    def open_on(self, day: dt.date) -> int:
        """What is open on the plan's invoices by a day (US cents)."""
        return sum(cents for moved_on, cents in self.moved if moved_on <= day)

    def find_missed(self, on: dt.date) -> Instalment | None:
        """The first instalment that was not paid by the end of its day, or was taken back since."""
        rest = self.total_cents
        for instalment in self.instalments:
            due_on, rest = instalment.due_on, rest - instalment.cents
            if due_on >= on:
                return None
            later = [day for day, _cents in self.moved if due_on < day <= on]
            if any(self.open_on(day) > rest for day in (due_on, *later)):
                return instalment
        return None

    def find_next(self, on: dt.date) -> Instalment | None:
        """The first instalment that is not covered yet, with what of it is to be paid."""
        rest, left = self.total_cents, self.open_on(on)
        for instalment in self.instalments:
            rest -= instalment.cents
            if left > rest:
                return Instalment(instalment.due_on, min(left - rest, instalment.cents))
        return None

    def is_running(self, on: dt.date) -> bool:
        """Whether it is agreed and nobody ended it."""
        return self.plan.agreed_on <= on and (self.ended_on is None or on < self.ended_on)

    def is_kept(self, on: dt.date) -> bool:
        """Whether it runs and every date so far was kept."""
        return self.is_running(on) and self.find_missed(on) is None


@transaction.atomic
def agree_plan(
    member: Member,
    invoices: Collection[Invoice],
    instalments: Sequence[Instalment],
    *,
    reason: str,
    on: dt.date,
    by: User | None,
) -> PaymentPlan:
    """Let a member pay what is open on some of its invoices by these dates (S18).

    Raises:
        ValidationError: an invoice is another's, settled or in a plan that is kept already; the
            dates do not follow each other from tomorrow on; the amounts are not what is open; or no
            reason is given.
    """
    owner = lock_account(member)
    if not reason.strip():
        raise ValidationError(_("Say why a plan is agreed."), code="reason")
    refuse_invoices(owner, invoices, on)
    refuse_dates(instalments, on)
    refuse_sum(instalments, sum(open_of(invoice) for invoice in invoices))
    plan = PaymentPlan.objects.create(
        member=owner, agreed_on=on, reason=reason.strip(), recorded_by=by
    )
    plan.invoices.set(invoices)
    PlanInstalment.objects.bulk_create(
        PlanInstalment(plan=plan, due_on=each.due_on, amount_cents=each.cents)
        for each in instalments
    )
    facts = {
        "invoices": [invoice.number for invoice in invoices],
        "instalments": [
            f"{each.due_on.isoformat()}: {money.display(each.cents)}" for each in instalments
        ],
    }
    audit.record_act("plan.agreed", by=by, subject=plan, file=owner, why=plan.reason, facts=facts)
    return plan


def refuse_invoices(owner: Member, invoices: Collection[Invoice], on: dt.date) -> None:
    """A plan is about open invoices of one member, each in one plan at a time.

    Raises:
        ValidationError: it would be otherwise.
    """
    if not invoices:
        raise ValidationError(_("Choose the invoices that the plan is about."), code="invoices")
    kept = [course for course in read_courses([owner.pk], on) if course.is_kept(on)]
    planned = {key for course in kept for key in course.invoices}
    for invoice in invoices:
        if owner_of(invoice.member) != owner:
            raise ValidationError(
                _("%(number)s is not an invoice of %(member)s.")
                % {"number": invoice.number, "member": owner},
                code="other_member",
            )
        if open_of(invoice) <= 0:
            raise ValidationError(
                _("Nothing is open on %(number)s: leave it out.") % {"number": invoice.number},
                code="settled",
            )
        if invoice.pk in planned:
            raise ValidationError(
                _("%(number)s is in a payment plan already: end that one first.")
                % {"number": invoice.number},
                code="planned",
            )


def refuse_dates(instalments: Sequence[Instalment], on: dt.date) -> None:
    """Dates follow each other, the first one after today, each with an amount.

    Raises:
        ValidationError: they do not, or there are none or too many.
    """
    if not 0 < len(instalments) <= MOST_INSTALMENTS:
        raise ValidationError(
            _("Enter 1 to %(most)s dates with amounts.") % {"most": MOST_INSTALMENTS},
            code="instalments",
        )
    if any(each.cents <= 0 for each in instalments):
        raise ValidationError(_("Every date needs an amount, more than zero."), code="amount")
    days = [on, *(each.due_on for each in instalments)]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValidationError(
            _("Enter dates to come, each later than the one before."), code="dates"
        )


def refuse_sum(instalments: Sequence[Instalment], open_cents: int) -> None:
    """The instalments are what is open, neither more nor less.

    Raises:
        ValidationError: they are not; the sentence says by how much.
    """
    total = sum(each.cents for each in instalments)
    if total != open_cents:
        raise ValidationError(
            _("The dates add up to %(total)s, but %(open)s is open: %(rest)s is missing.")
            % {
                "total": money.display(total),
                "open": money.display(open_cents),
                "rest": money.display(open_cents - total),
            },
            code="sum",
        )


@transaction.atomic
def end_plan(plan: PaymentPlan, *, reason: str, on: dt.date, by: User | None) -> PlanEnd:
    """End a plan before its last date; from today on it protects nothing any more.

    Raises:
        ValidationError: it has ended already, or no reason is given.
    """
    owner = lock_account(plan.member)
    if not reason.strip():
        raise ValidationError(_("Say why the plan ends."), code="reason")
    if PlanEnd.objects.filter(plan=plan).exists():
        raise ValidationError(_("This plan has ended already."), code="ended")
    end = PlanEnd.objects.create(plan=plan, ended_on=on, reason=reason.strip(), recorded_by=by)
    audit.record_act("plan.ended", by=by, subject=plan, file=owner, why=end.reason)
    return end


def is_kept(plan: PaymentPlan, on: dt.date) -> bool:
    """Whether a plan runs on a day and every date so far was kept; the due day is still in time."""
    return read_course(plan).is_kept(on)


def read_course(plan: PaymentPlan) -> Course:
    """A plan and what moved on its invoices."""
    return follow_plans([plan])[0]


def read_courses(owners: Collection[int], on: dt.date) -> list[Course]:
    """The plans of some members that were agreed by a day, the newest first.

    At most five queries; `owners` are the keys of the members whose account it is.
    """
    plans = PaymentPlan.objects.filter(of_accounts(owners), agreed_on__lte=on)
    return follow_plans(list(plans.select_related("member")))


def follow_plans(plans: Sequence[PaymentPlan]) -> list[Course]:
    """Plans with their dates, invoices and what moved on these, in four queries."""
    keys = [plan.pk for plan in plans]
    dates: dict[int, list[Instalment]] = defaultdict(list)
    instalments = PlanInstalment.objects.filter(plan__in=keys).order_by("due_on")
    for plan, due_on, cents in instalments.values_list("plan_id", "due_on", "amount_cents"):
        dates[plan].append(Instalment(due_on, cents))
    invoices: dict[int, set[int]] = defaultdict(set)
    named = PaymentPlan.invoices.through.objects.filter(paymentplan__in=keys)
    for plan, invoice in named.values_list("paymentplan_id", "invoice_id"):
        invoices[plan].add(invoice)
    moved = read_moves({key for found in invoices.values() for key in found})
    ends = dict(PlanEnd.objects.filter(plan__in=keys).values_list("plan", "ended_on"))
    return [
        Course(
            plan,
            tuple(dates[plan.pk]),
            ends.get(plan.pk),
            frozenset(invoices[plan.pk]),
            sorted(move for key in invoices[plan.pk] for move in moved[key]),
        )
        for plan in plans
    ]


def read_moves(invoices: Collection[int]) -> dict[int, list[tuple[dt.date, int]]]:
    """What every entry added to the receivable of some invoices, by invoice."""
    moved: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    rows = Entry.objects.filter(invoice__in=list(invoices)).annotate(moved=RECEIVABLE)
    for invoice, day, cents in rows.values_list("invoice_id", "posted_on", "moved"):
        moved[invoice].append((day, cents))
    return moved
