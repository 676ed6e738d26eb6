"""The Executive Vice President City: the host of the next Assembly, by the decision in force (P3).

Whatever way a host was decided, changed or let go (C7), the office follows it: a sweep compares the
two and writes what is missing, so doing it twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.hosts import latest_decision
from events.models import Basis, HostDecision, HostStep, Meeting, Office, Term
from events.office_policies import load_office_policies
from events.offices.limits import refuse_too_many
from events.offices.terms import (
    NewTerm,
    default_end,
    end_running,
    lock_board,
    open_assemblies,
    record_term,
    refuse_city,
)
from members.models import User


@dataclass(frozen=True)
class Succession:
    """Who is Executive Vice President, and which decision says who should be.

    `problem` is why the office could not follow by itself: a host that is no member, or one that a
    limit keeps out.
    """

    term: Term | None
    decision: HostDecision | None
    problem: str = ""


def coming_assemblies(on: dt.date) -> list[Meeting]:
    """The Assemblies to come on a day, the first first; one without a day comes last."""
    far = dt.date.max
    found = [(day or far, meeting.pk, meeting) for meeting, day in open_assemblies()]
    return [meeting for day, _key, meeting in sorted(found) if day >= on]


def decision_to_follow(on: dt.date) -> HostDecision | None:
    """Of the confirmed hosts of Assemblies to come, the one decided last.

    At an Assembly the host of the one after it is confirmed; from then on the office follows that.
    """
    rows = HostDecision.objects.filter(meeting__in=coming_assemblies(on), decided_on__lte=on)
    last: dict[int, HostDecision] = {}
    for row in rows.select_related("member", "bid", "meeting").order_by("decided_on", "pk"):
        last[row.meeting_id] = row
    found = [row for row in last.values() if row.step == HostStep.CONFIRMED]
    return max(found, key=lambda each: (each.decided_on, each.pk), default=None)


def executive_on(day: dt.date) -> Term | None:
    """The term of the Executive Vice President City on a day."""
    found: Term | None = Term.objects.filter(office=Office.EXECUTIVE).running_on(day).first()
    return found


def read_succession(on: dt.date) -> Succession:
    """Who is Executive Vice President, and whether the office follows the host decided on."""
    term, decision = executive_on(on), decision_to_follow(on)
    if decision is None or (term and term.member_id == decision.member_id):
        return Succession(term, decision)
    if decision.member is None:
        problem = _("%(host)s hosts the next Assembly and is no member: nobody follows.")
        return Succession(term, decision, problem % {"host": decision.host})
    return Succession(term, decision, find_hindrance(decision, on))


def find_hindrance(decision: HostDecision, on: dt.date) -> str:
    """Why the host cannot take the office, in the words of the rule; "" when it can."""
    policies, running = load_office_policies(), executive_on(on)
    term = term_of_host(decision, running, on)
    leaving = [running.pk] if running else []
    try:
        refuse_city(term, policies, "")
        if term.member:
            refuse_too_many([term.member], term.starts_on, term.ends_on, policies, leaving=leaving)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


@transaction.atomic
def settle_executive(*, on: dt.date, by: User | None) -> Term | None:
    """Let the office follow the host in force; returns the new term, None when nothing changed.

    A host that was let go ends its term too. One that cannot hold the office is left to people:
    `read_succession` says why.
    """
    lock_board()
    decision = decision_to_follow(on)
    if decision is None:
        end_if_released(on=on, by=by)
        return None
    term = executive_on(on)
    if decision.member is None or (term and term.member_id == decision.member_id):
        return None
    try:
        with transaction.atomic():
            return follow_decision(decision, on=on, by=by)
    except ValidationError:
        return None


@transaction.atomic
def follow_decision(
    decision: HostDecision, *, override_reason: str = "", on: dt.date, by: User | None
) -> Term:
    """Write the term of a confirmed host; whoever held the office hands over.

    Raises:
        ValidationError: `record_term` refuses it.
    """
    return record_term(
        term_of_host(decision, executive_on(on), on),
        override_reason=override_reason,
        follows=True,
        on=on,
        by=by,
    )


def term_of_host(decision: HostDecision, running: Term | None, on: dt.date) -> NewTerm:
    """The term a host decision leads to.

    It starts on the day of the decision, or the day after the one before it started.
    """
    starts_on = decision.decided_on
    if running and running.starts_on >= starts_on:
        starts_on = min(on, running.starts_on + dt.timedelta(days=1))
    return NewTerm(
        office=Office.EXECUTIVE,
        member=decision.member,
        starts_on=starts_on,
        ends_on=default_end(starts_on, after=decision.meeting),
        basis=Basis.HOST,
        meeting=decision.meeting,
        reference=decision.reference,
    )


def end_if_released(*, on: dt.date, by: User | None) -> None:
    """End the term that rests on a host who was let go, from the day after that decision."""
    term = executive_on(on)
    if term is None or term.basis != Basis.HOST or term.meeting is None:
        return
    last = latest_decision(term.meeting, on=on)
    if last and last.step == HostStep.RELEASED and last.decided_on < on:
        end_running(
            Office.EXECUTIVE,
            max(last.decided_on, term.starts_on) + dt.timedelta(days=1),
            because=last.reason,
            by=by,
        )
