"""What waits for a body to decide (P9): associates, notices to note, proposals; and the year's end.

S3, C4: an application that no EXCOM of its year decided on is carried over to the next one, or
lapses, as the policy says.
"""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from members.hearings import open_proceedings
from members.history import status_on
from members.lifecycle import find_refusal, read_lines, write_entry
from members.models import (
    Application,
    ApplicationState,
    DecisionItem,
    Member,
    Outcome,
    Proceeding,
    Status,
    User,
    WithdrawalNotice,
)
from members.policies import load_policies
from members.rulings import is_noted
from members.steps import record_step
from members.switches import CarryOver
from wego import audit


class Waiting(NamedTuple):
    """A member something is to be decided of, and what; `note` says what a reader should know."""

    member: Member
    ask: str
    excom_year: int | None = None
    application: Application | None = None
    notice: WithdrawalNotice | None = None
    proceeding: Proceeding | None = None
    note: str = ""


def waiting_members(on: dt.date) -> list[Waiting]:
    """Everything that waits on a day: associates by EXCOM and name, then notices, then proposals.

    Seven queries, however many wait.
    """
    return [*find_associates(on), *find_notices(), *find_proposals(on)]


def find_associates(on: dt.date) -> list[Waiting]:
    """Settled associates, with the application that goes to an EXCOM (none for the roster's)."""
    applications = {
        application.member_id: application
        for application in Application.objects.filter(state=ApplicationState.ACCEPTED)
    }
    associates = Member.objects.standing_alone().with_status(on).filter(status_confirmed=True)
    found = [
        say_waiting(member, applications.get(member.pk), on)
        for member in associates.filter(Q(("status", Status.ASSOCIATE))).order_by("name_en", "pk")
    ]
    return sorted(found, key=lambda waiting: waiting.excom_year or on.year)


def say_waiting(member: Member, application: Application | None, on: dt.date) -> Waiting:
    """An associate's place on the agenda, and whether it was carried over (C4)."""
    year = excom_year_of(application, on) if application else None
    accepted_on = application.accepted_on if application else None
    carried = year is not None and accepted_on is not None and year > accepted_on.year
    note = _("carried over to EXCOM %(year)s") % {"year": year} if carried else ""
    return Waiting(member, Outcome.APPROVE, year, application, note=note)


def excom_year_of(application: Application, on: dt.date) -> int:
    """The EXCOM an application goes to: never one of a year that has passed."""
    return max(application.target_excom_year or on.year, on.year)


def find_notices() -> list[Waiting]:
    """Notices of withdrawal that no body has noted yet (R11)."""
    notices = (
        WithdrawalNotice.objects.standing()
        .filter(member__merged_into__isnull=True)
        .select_related("member")
        .order_by("member__name_en", "pk")
    )
    noted: dict[int, list[DecisionItem]] = {}
    items = DecisionItem.objects.standing().filter(outcome=Outcome.NOTE)
    for item in items.select_related("decision"):
        noted.setdefault(item.member_id, []).append(item)
    return [
        Waiting(notice.member, Outcome.NOTE, notice=notice)
        for notice in notices
        if not is_noted(notice, noted.get(notice.member_id, []))
    ]


def find_proposals(on: dt.date) -> list[Waiting]:
    """Open proposals on members of the day, and until when the member may be heard."""
    proceedings = (
        open_proceedings().filter(member__merged_into__isnull=True).select_related("member")
    )
    there = Member.objects.on_roster(on).filter(pk__in=[each.member_id for each in proceedings])
    keys = set(there.values_list("pk", flat=True))
    return [
        Waiting(each.member, each.outcome, proceeding=each, note=say_hearing(each, on))
        for each in proceedings
        if each.member_id in keys
    ]


def say_hearing(proceeding: Proceeding, on: dt.date) -> str:
    """Whether a hearing has ended."""
    if on <= proceeding.heard_until:
        return _("may be heard until %(day)s") % {"day": proceeding.heard_until.isoformat()}
    return ""


def close_excom_year(year: int, *, on: dt.date, by: User | None) -> int:
    """After 31 December: carry over or lapse what no EXCOM of the year decided on (S3, C4).

    Returns how many applications moved; running it again moves none.
    """
    if load_policies().carry_over == CarryOver.LAPSES:
        return len(lapse_associates(year, on=on, by=by))
    return carry_over(year, by=by)


@transaction.atomic
def carry_over(year: int, *, by: User | None) -> int:
    """Send what still aims at an EXCOM of a past year to the next one."""
    late = Application.objects.select_for_update().filter(
        state=ApplicationState.ACCEPTED, target_excom_year__lte=year
    )
    notes = [
        audit.new_entry(
            "application.carried_over",
            by=by,
            subject=application,
            facts={"excom": [application.target_excom_year, year + 1]},
        )
        for application in late
    ]
    Application.objects.filter(pk__in=[row.pk for row in late]).update(target_excom_year=year + 1)
    audit.record_acts(notes)
    return len(notes)


@transaction.atomic
def lapse_associates(year: int, *, on: dt.date, by: User | None) -> list[Application]:
    """S3, where set so: an associate nobody decided on ends on 31 December and must apply anew.

    One that an EXCOM expressly deferred to a later year stays. Only a year that has ended lapses.
    """
    last_day = dt.date(year, 12, 31)
    if on <= last_day:
        return []
    deferred = DecisionItem.objects.standing().filter(
        outcome=Outcome.DEFER, decision__decided_on__year=year, application__isnull=False
    )
    waiting = (
        Application.objects.select_for_update(of=("self",))
        .filter(state=ApplicationState.ACCEPTED, accepted_on__lte=last_day)
        .exclude(pk__in=deferred.values("application"))
        .select_related("member")
        .order_by("pk")
    )
    return [
        application
        for application in waiting
        if application.member and lapse(application, application.member, last_day, by)
    ]


def lapse(application: Application, member: Member, on: dt.date, by: User | None) -> bool:
    """End one application and the associate status it gave; False if its history forbids it."""
    lines = read_lines(member)
    if status_on(lines, on) != Status.ASSOCIATE:
        return False
    if find_refusal(member, lines, Status.WITHDRAWN, on):
        return False
    reason = f"The application lapsed: no EXCOM of {on.year} decided on it."
    write_entry(member, Status.WITHDRAWN, on=on, reason=reason, by=by)
    record_step(application, ApplicationState.LAPSED, on=on, reason=reason, by=by)
    audit.record_act("application.lapsed", by=by, subject=application, file=member, why=reason)
    return True
