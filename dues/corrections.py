"""Invoices that what was recorded after their issue no longer supports: a list, and nothing else.

An issued invoice never changes. When an approval is corrected (X09), a leaving year costs less
(S15), or two members turn out to be one, the invoice is named here with its reason until finance
voids it. All of it is computed from the history, so undoing a mistake takes the name off again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dues.assessment import (
    Facts,
    belongs_in,
    count_months,
    find_leaving,
)
from dues.models import DuesRun, Invoice
from dues.preview import TermsOf, load_notices, load_terms
from members.history import Entry, ended_on
from members.models import ENTRY_ORDER, Member, Outcome, StatusEntry

# The day of the approval a line's decision corrects; nothing for every other line.
APPROVAL_TAKEN_BACK = When(
    decision_item__reverses__outcome=Outcome.APPROVE,
    then="decision_item__reverses__decision__decided_on",
)


@dataclass(frozen=True, slots=True)
class Flag:
    """An issued invoice to void, or to lower to some months of the year, and why in words."""

    invoice: Invoice
    why: str
    months: int = 0


class Known(NamedTuple):
    """A line of a member's history and when it was recorded.

    `correction` are the days of the approval it takes back and of the decision that did so.
    """

    entry: Entry
    recorded_at: dt.datetime
    correction: tuple[dt.date, dt.date] | None


def flag_invoices(
    invoices: QuerySet[Invoice] | None = None, *, terms: TermsOf | None = None
) -> list[Flag]:
    """The invoices to void or lower, oldest first: two queries, one when there are none.

    Without `terms` (the switches as chosen) two more, and one for notices where S15 asks them.
    """
    asked = Invoice.objects.all() if invoices is None else invoices
    live = Invoice.objects.live().filter(pk=OuterRef("pk"))
    suspects = list(find_suspects(asked).filter(Exists(live)))
    if not suspects:
        return []
    judge = Judge(suspects, terms or load_terms())
    return [flag for invoice in suspects if (flag := judge.find_flag(invoice))]


def find_suspects(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Invoices whose member's history has grown since they were issued, or has become another's.

    Few members have such a history: theirs are the only invoices looked at, however many there are.
    """
    first_run = DuesRun.objects.order_by("issued_at").values("issued_at")[:1]
    changed = StatusEntry.objects.filter(recorded_at__gt=Subquery(first_run)).values("member")
    members = Member.objects.filter(Q(pk__in=changed) | Q(merged_into__isnull=False)).order_by()
    later = StatusEntry.objects.filter(
        member=OuterRef("member"), recorded_at__gt=OuterRef("run__issued_at")
    )
    twin = Invoice.objects.live().filter(
        member=OuterRef("member__merged_into"), dues_year=OuterRef("dues_year")
    )
    return (
        invoices.filter(Exists(later) | Exists(twin), member__in=members)
        .annotate(doubled=Exists(twin), issued_at=F("run__issued_at"))
        .select_related("member__merged_into")
        .order_by("dues_year", "sequence")
    )


class Judge:
    """What is known of the members of some invoices, read once, and what follows for each."""

    def __init__(self, invoices: Sequence[Invoice], terms: TermsOf) -> None:
        members = {invoice.member_id for invoice in invoices}
        self.terms = terms
        self.histories = load_known(members)
        self.notices = load_notices(self.terms, members)

    def find_flag(self, invoice: Invoice) -> Flag | None:
        """The flag of an invoice, if its ground is gone."""
        if getattr(invoice, "doubled", False):
            return Flag(invoice, say_doubled(invoice))
        year, lines = invoice.dues_year, self.histories[invoice.member_id]
        issued_at: dt.datetime = invoice.issued_at  # type: ignore[attr-defined]  # annotated
        then = [line.entry for line in lines if line.recorded_at <= issued_at]
        now = [line.entry for line in lines]
        months = self.months_of(invoice, now)
        if belongs_in(now, year) and months >= self.months_of(invoice, then):
            return None
        return Flag(invoice, self.say(invoice, now, months), months)

    def months_of(self, invoice: Invoice, history: Sequence[Entry]) -> int:
        """How many months of the invoice's year a history owes."""
        notice = self.notices.get(invoice.member_id)
        facts = Facts(invoice.member.kind, history, {}, notice)
        return count_months(facts, invoice.dues_year, self.terms.for_year(invoice.dues_year))

    def say(self, invoice: Invoice, now: Sequence[Entry], months: int) -> str:
        """Why the invoice has lost its ground, and what to do with it."""
        year = invoice.dues_year
        left_on = find_leaving(now, year)
        if belongs_in(now, year) and left_on:
            if not months:
                return _("To void: the notice of withdrawal came before the due day.")
            return _("To lower: the member left on %(day)s and owes %(months)s of 12 months.") % {
                "day": date_format(left_on),
                "months": months,
            }
        if correction := self.find_correction(invoice):
            approved, corrected = map(date_format, correction)
            return _("To void: the approval of %(approved)s was corrected on %(corrected)s.") % {
                "approved": approved,
                "corrected": corrected,
            }
        if gone := ended_on(now, dt.date(year - 1, 12, 31)):
            return _("To void: the membership ended on %(day)s.") % {"day": date_format(gone)}
        return _("To void: by its corrected status the member owes nothing for %(year)s.") % {
            "year": year
        }

    def find_correction(self, invoice: Invoice) -> tuple[dt.date, dt.date] | None:
        """The last taking back of an approval that was recorded since the issue (X09)."""
        issued_at: dt.datetime = invoice.issued_at  # type: ignore[attr-defined]  # annotated
        lines = self.histories[invoice.member_id]
        found = [line.correction for line in lines if line.recorded_at > issued_at]
        return next((correction for correction in reversed(found) if correction), None)


def say_doubled(invoice: Invoice) -> str:
    """Two members were one, and both were invoiced."""
    return _(
        "To void: %(member)s, into which this member was merged, has an invoice of %(year)s."
    ) % {
        "member": invoice.member.merged_into,
        "year": invoice.dues_year,
    }


def load_known(members: Iterable[int]) -> dict[int, list[Known]]:
    """The histories of members with the instants at which each line was recorded, in one query."""
    histories: dict[int, list[Known]] = defaultdict(list)
    rows = StatusEntry.objects.filter(member__in=members).order_by("member_id", *ENTRY_ORDER)
    rows = rows.annotate(approved_on=Case(APPROVAL_TAKEN_BACK))
    fields = (
        *("member_id", "status", "effective_on", "recorded_at"),
        *("approved_on", "decision_item__decision__decided_on"),
    )
    for member, status, on, recorded_at, approved_on, decided_on in rows.values_list(*fields):
        correction = (approved_on, decided_on) if approved_on else None
        histories[member].append(Known(Entry(status, on), recorded_at, correction))
    return histories
