"""What bears on a decision: the wish, the sitting, and all that is known of the member.

Everything about all members of a sitting is read at once, in a constant number of queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from members.hearings import open_proceedings
from members.history import Entry
from members.lifecycle import find_refusal
from members.models import (
    ENTRY_ORDER,
    Application,
    ApplicationState,
    DecisionItem,
    Member,
    Proceeding,
    StatusEntry,
    WithdrawalNotice,
)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Wish:
    """What is to be decided of one member; its application and proposal are found by themselves."""

    member: Member
    outcome: str
    reason: str = ""
    application: Application | None = None
    proceeding: Proceeding | None = None


@dataclass(frozen=True)
class Sitting:
    """Who decides, and the days a meeting has (S4)."""

    body: str
    decided_on: dt.date
    meeting_ended_on: dt.date | None = None
    memorandum_on: dt.date | None = None


@dataclass
class Case:
    """All that bears on one wish; `member` is locked."""

    wish: Wish
    member: Member
    lines: list[Entry] = field(default_factory=list)
    application: Application | None = None
    notice: WithdrawalNotice | None = None
    proceedings: list[Proceeding] = field(default_factory=list)
    decided: list[DecisionItem] = field(default_factory=list)

    def refuse(self, sentence: str, code: str, **facts: object) -> ValidationError:
        """A refusal that names the member."""
        return ValidationError(sentence % {"member": self.member, **facts}, code=code)

    def require(self, status: str, on: dt.date) -> None:
        """Refuse unless the status can hold from a day on."""
        if refusal := find_refusal(self.member, self.lines, status, on):
            raise refusal


def load_cases(wishes: Sequence[Wish]) -> list[Case]:
    """Lock the members and read what bears on the wishes, in seven queries."""
    keys = sorted({wish.member.pk for wish in wishes})
    rows = Member.objects.select_for_update(of=("self",)).order_by("pk")
    members = rows.prefetch_related("contacts").in_bulk(keys)
    lines = group(StatusEntry.objects.filter(member__in=keys).order_by(*ENTRY_ORDER))
    waiting = group(
        Application.objects.select_for_update().filter(
            member__in=keys, state=ApplicationState.ACCEPTED
        )
    )
    notices = group(
        WithdrawalNotice.objects.standing()
        .select_for_update(of=("self",))
        .filter(member__in=keys)
        .order_by("received_on", "pk")
    )
    proceedings = group(open_proceedings().filter(member__in=keys).order_by("pk"))
    decided = group(
        DecisionItem.objects.standing()
        .filter(member__in=keys)
        .select_related("decision")
        .order_by("pk")
    )
    return [
        Case(
            wish=wish,
            member=members[pk],
            lines=[Entry(line.status, line.effective_on) for line in lines[pk]],
            application=next(iter(waiting[pk]), None),
            notice=next(reversed(notices[pk]), None),
            proceedings=proceedings[pk],
            decided=decided[pk],
        )
        for wish in wishes
        for pk in [wish.member.pk]
    ]


def group(rows: QuerySet[Row]) -> dict[int, list[Row]]:
    """Rows by the member they belong to."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)  # type: ignore[attr-defined]  # each of these has one
    return found
