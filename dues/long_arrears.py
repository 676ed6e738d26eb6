"""Arrears over two years, for EXCOM: the only ones it is told by name (S12, workflow 4.5).

Whoever owes an invoice whose due day lies more than two years back is named, with what of it is
open, for which years, and what was last heard: our last mail, its word that it paid, its plan.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from dues.aging import OpenInvoice, read_aging
from dues.models import PaymentClaim
from dues.plans import read_courses
from members.models import Member
from wego.audit import file_of
from wego.models import Mail, MailState
from wego.seoul import date_of, shift_months

TWO_YEARS: Final = -24


@dataclass(frozen=True)
class Debtor:
    """A member with invoices unpaid for more than two years (US cents)."""

    member: Member
    long_cents: int
    total_cents: int
    years: tuple[int, ...]
    oldest_due_on: dt.date
    written_on: dt.date | None
    claimed_on: dt.date | None
    plan_agreed_on: dt.date | None
    plan_is_kept: bool


@dataclass(frozen=True)
class LongArrears:
    """Who is named on a day, the largest debt first; and what all members owe (US cents)."""

    on: dt.date
    debtors: Sequence[Debtor]
    open_cents: int
    overdue_cents: int

    @property
    def long_cents(self) -> int:
        """What is open for more than two years."""
        return sum(debtor.long_cents for debtor in self.debtors)


def is_long(row: OpenInvoice, on: dt.date) -> bool:
    """Whether an open invoice was due more than two years ago."""
    return row.due_on < shift_months(on, TWO_YEARS)


def read_long_arrears(on: dt.date) -> LongArrears:
    """Everybody with arrears over two years on a day, in a constant number of queries."""
    aging = read_aging(on)
    named = {row.member_id for row in aging.rows if is_long(row, on)}
    # Not `in_bulk`, which asks SQLite in portions of a thousand.
    members = {member.pk: member for member in Member.objects.filter(pk__in=named)}
    written, claimed = last_mails(members.values(), on), last_claims(named, on)
    plans: dict[int, tuple[dt.date, bool]] = {}
    for course in read_courses(named, on):
        member_id = course.plan.member.merged_into_id or course.plan.member_id
        plans.setdefault(member_id, (course.plan.agreed_on, course.is_kept(on)))
    debtors = []
    for key in named:
        own = [row for row in aging.rows if row.member_id == key]
        long = [row for row in own if is_long(row, on)]
        agreed_on, is_kept = plans.get(key, (None, False))
        debtors.append(
            Debtor(
                member=members[key],
                long_cents=sum(row.open_cents for row in long),
                total_cents=sum(row.open_cents for row in own),
                years=tuple(sorted({row.dues_year for row in long})),
                oldest_due_on=min(row.due_on for row in long),
                written_on=written.get(key),
                claimed_on=claimed.get(key),
                plan_agreed_on=agreed_on,
                plan_is_kept=is_kept,
            )
        )
    debtors.sort(key=lambda debtor: (-debtor.long_cents, debtor.member.name_en))
    return LongArrears(on, debtors, aging.total_cents, aging.overdue_cents)


def last_mails(members: Collection[Member], on: dt.date) -> dict[int, dt.date]:
    """The Seoul day of the last mail that left to each member, by its key."""
    files = {file_of(member): member.pk for member in members}
    rows = Mail.objects.filter(file__in=files, state=MailState.SENT).order_by().values_list("file")
    sent = {files[file]: date_of(at) for file, at in rows.annotate(last=Max("sent_at")) if at}
    return {key: day for key, day in sent.items() if day <= on}


def last_claims(members: Collection[int], on: dt.date) -> dict[int, dt.date]:
    """The day on which each member last said that it had paid, by its key."""
    rows = PaymentClaim.objects.filter(member__in=members, claimed_on__lte=on).order_by()
    return dict(rows.values_list("member").annotate(last=Max("claimed_on")))
