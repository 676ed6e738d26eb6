"""What a member's timeline is made of: the tables whose rows are its lines, in shared columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from members.models import (
    ApplicationEntry,
    DecisionItem,
    Invitation,
    Letter,
    Member,
    MemberFigure,
    Proceeding,
    Proposal,
    StatusEntry,
    WithdrawalNotice,
)
from wego.models import AuditEntry, Mail

Rows = QuerySet[Any]
# How a row that counts lines is told from a line, and why it comes first.
COUNTED, BEFORE_ALL = "counted", dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
# What an act of the audit trail begins with when it left a row that is a line of its own.
OWN_ROWS = (
    "status.",
    "application.",
    "decision.",
    "letter.",
    "mail.",
    "figure.",
    "proposal.",
    "notice.",
    "proceeding.",
    "dues.",
    "payment.recorded",
    "payment.reversed",
    "refund.",
    "payout.",
    "adjustment.",
    "invoice.voided",
    "invoice.reduced",
    "invoice.bank_charge",
    "invoice.waiver",
    "invoice.write_off",
    "member.added",
    "member.decided",
)


class Owner(NamedTuple):
    """Whose happenings: the member with its merged duplicates, and the files that are theirs."""

    members: Sequence[int]
    files: Sequence[str]
    applications: Sequence[str]


def owner_of(member: Member, *, merged: Collection[int], applications: Collection[int]) -> Owner:
    """Whose happenings are a member's: its own and those of the duplicates merged into it."""
    members = [member.pk, *merged]
    return Owner(
        members,
        [f"member:{pk}" for pk in members],
        [f"application:{pk}" for pk in applications],
    )


class Source(NamedTuple):
    """A table whose rows are lines: the sort of line, which rows, and the field for each column."""

    sort: str
    what: str
    rows: Callable[[Owner], Rows]
    at: str
    code: str = ""
    name: str = ""
    why: str = ""
    who: str = ""
    day: str = ""
    number: str = ""
    link: str = ""

    def lines(self, owner: Owner) -> Rows:
        """The rows in the columns all sources share."""
        columns: dict[str, Any] = {
            "line_sort": Value(self.sort, CharField()),
            "line_what": Value(self.what, CharField()),
            "line_at": F(self.at),
            **{
                f"line_{name}": text_of(getattr(self, name))
                for name in ("code", "name", "why", "who")
            },
            "line_day": Cast(F(self.day) if self.day else Value(None), DateField()),
            "line_number": whole_of(self.number),
            "line_link": whole_of(self.link),
        }
        rows: Rows = self.rows(owner).order_by()
        annotated: Rows = rows.annotate(**columns)
        return annotated.values_list(*columns)

    def counted(self, owner: Owner) -> Rows:
        """One row in the same columns, before all lines: the sort, and how many as its number."""
        rows: Rows = self.rows(owner).order_by()
        named: Rows = rows.annotate(line_sort=Value(self.sort, CharField()))
        columns: dict[str, Any] = {
            "line_what": Value(COUNTED, CharField()),
            "line_at": Value(BEFORE_ALL, DateTimeField()),
            **{f"line_{name}": text_of("") for name in ("code", "name", "why", "who")},
            "line_day": Cast(Value(None), DateField()),
            "line_number": Cast(Count("pk"), BigIntegerField()),
            "line_link": whole_of(""),
        }
        grouped: Rows = named.values("line_sort").annotate(**columns)
        return grouped.values_list("line_sort", *columns)


def text_of(column: str) -> Coalesce:
    """A field as text; "" where there is none."""
    text = Cast(F(column) if column else Value(""), TextField())
    return Coalesce(text, Value("", TextField()))


def whole_of(column: str) -> Cast:
    """A field as a whole number; nothing where there is none."""
    return Cast(F(column) if column else Value(None), BigIntegerField())


def of_members(rows: Rows, member: str = "member", **narrowed: object) -> Callable[[Owner], Rows]:
    """The rows of a table that belong to the member or a duplicate of it."""
    return lambda owner: rows.filter(**{f"{member}__in": owner.members}, **narrowed)


def acts_without_rows(owner: Owner) -> Rows:
    """Acts on the member's file that left no row of their own."""
    acts = AuditEntry.objects.filter(file__in=owner.files)
    for start in OWN_ROWS:
        acts = acts.exclude(act__startswith=start)
    return acts


def mails(*, private: bool) -> Callable[[Owner], Rows]:
    """Mails on the member's file and on those of its applications."""
    return lambda owner: Mail.objects.filter(
        file__in=[*owner.files, *owner.applications], private=private
    )


SOURCES = (
    Source(
        "status",
        "status",
        # What a decision made is told by the decision.
        of_members(StatusEntry.objects.all(), decision_item__isnull=True),
        at="recorded_at",
        code="status",
        why="reason",
        who="recorded_by__full_name",
        day="effective_on",
    ),
    Source(
        "status",
        "notice",
        of_members(WithdrawalNotice.objects.all()),
        at="filed_at",
        why="reason",
        who="filed_by__full_name",
        day="received_on",
    ),
    Source(
        "status",
        "proceeding",
        of_members(Proceeding.objects.all()),
        at="recorded_at",
        code="outcome",
        why="reason",
        who="recorded_by__full_name",
        day="heard_until",
    ),
    Source(
        "decision",
        "decision",
        of_members(DecisionItem.objects.all()),
        at="decision__recorded_at",
        code="outcome",
        name="decision__meeting",
        why="reason",
        who="decision__recorded_by__full_name",
        day="effective_on",
        link="decision_id",
    ),
    Source(
        "application",
        "application",
        of_members(ApplicationEntry.objects.all(), "application__member"),
        at="recorded_at",
        code="state",
        name="application__reference",
        why="reason",
        who="recorded_by__full_name",
        link="application_id",
    ),
    Source(
        "letter",
        "letter",
        of_members(Letter.objects.all()),
        at="created_at",
        code="kind",
        name="reference",
        who="created_by__full_name",
        link="pk",
    ),
    Source(
        "mail",
        "mail",
        mails(private=False),
        at="queued_at",
        code="state",
        name="to_email",
        why="subject",
        link="pk",
    ),
    # Of a private mail not even the subject is shown.
    Source(
        "mail",
        "mail",
        mails(private=True),
        at="queued_at",
        code="state",
        name="to_email",
        link="pk",
    ),
    Source(
        "figure",
        "figure",
        of_members(MemberFigure.objects.all()),
        at="entered_at",
        code="measure",
        name="dues_year",
        why="source",
        who="entered_by__full_name",
        number="value",
    ),
    Source(
        "people",
        "invited",
        of_members(Invitation.objects.all()),
        at="invited_at",
        code="affiliation_role",
        name="email",
        who="invited_by__full_name",
    ),
    Source(
        "people",
        "joined",
        of_members(Invitation.objects.all(), accepted_at__isnull=False),
        at="accepted_at",
        code="affiliation_role",
        name="email",
        who="accepted_by__full_name",
    ),
    Source(
        "change",
        "proposed",
        of_members(Proposal.objects.all()),
        at="proposed_at",
        name="changes",
        why="note",
        who="proposed_by__full_name",
        link="pk",
    ),
    Source(
        "change",
        "answered",
        of_members(Proposal.objects.all(), answered_at__isnull=False),
        at="answered_at",
        code="state",
        name="changes",
        why="answer",
        who="answered_by__full_name",
        link="pk",
    ),
    Source(
        "change",
        "act",
        acts_without_rows,
        at="at",
        code="act",
        name="facts",
        why="why",
        who="by__full_name",
    ),
)
