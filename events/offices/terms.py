"""Terms of office: who may hold one, from when to when, and how it ends (P3-P5, C8, C9, R17).

A term always has a last day. It is never changed: an early end is a row of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.hosts import OVER
from events.models import (
    Basis,
    Board,
    Meeting,
    Office,
    OfficeHolder,
    Precision,
    Seat,
    Term,
    TermEnd,
)
from events.office_policies import OfficePolicies, load_office_policies
from events.office_switches import AssociateSeats, TermEnds
from events.offices.limits import refuse_too_many
from members.mandate import standing_of
from members.models import Body, Kind, Member, Status, User
from wego import audit

LATEST_YEAR_OF_A_TERM = 2
# Offices that one city, or person, holds at a time.
SINGLE = (Office.PRESIDENT, Office.EXECUTIVE, Office.SECRETARY)


@dataclass(frozen=True, kw_only=True)
class NewTerm:
    """A term as it is asked for; `member` is its city, or `person_en` the Secretary General."""

    office: str
    starts_on: dt.date
    ends_on: dt.date
    basis: str
    member: Member | None = None
    person_en: str = ""
    person_ko: str = ""
    label: str = ""
    meeting: Meeting | None = None
    reference: str = ""
    source: str = ""
    precision: str = Precision.DAY


def default_end(
    starts_on: dt.date, *, policies: OfficePolicies | None = None, after: Meeting | None = None
) -> dt.date:
    """The last day offered for a term (S35): 31 December of the third calendar year (R17).

    Counted from the year it starts, never from the number of a term. `after` is the meeting that
    elected: with the switch at the next Assembly, one that comes later and has its day is taken.
    """
    chosen = policies or load_office_policies()
    year_end = dt.date(starts_on.year + LATEST_YEAR_OF_A_TERM, 12, 31)
    if chosen.term_ends != TermEnds.NEXT_ASSEMBLY:
        return year_end
    days = [day for meeting, day in open_assemblies() if day and meeting != after]
    return min((day for day in days if day > starts_on), default=year_end)


def open_assemblies() -> list[tuple[Meeting, dt.date | None]]:
    """The Assemblies that are neither held nor cancelled, each with its first day if it is set."""
    found = []
    rows = Meeting.objects.filter(body=Body.ASSEMBLY).prefetch_related("stages")
    for meeting in rows.order_by("pk"):
        stages = list(meeting.stages.all())
        if stages and stages[-1].state not in OVER:
            found.append((meeting, stages[-1].starts_on))
    return found


def lock_board() -> Board:
    """The EXCOM as a body, locked until the end of the transaction: its seats change one by one."""
    Board.objects.get_or_create(body=Seat.EXCOM)
    return Board.objects.select_for_update().get(body=Seat.EXCOM)


@transaction.atomic
def record_term(
    term: NewTerm,
    *,
    override_reason: str = "",
    follows: bool = False,
    on: dt.date,
    by: User | None,
) -> Term:
    """Record who holds an office from when to when.

    With `follows` whoever holds the office then hands over: their term ends the day before. A
    reason overrides the number of seats (X14) and lets an associate sit (R20, X15); it is kept.

    Raises:
        ValidationError: the city may not hold it, somebody else holds it, the days are wrong, or
            it is one city too many.
    """
    lock_board()
    policies = load_office_policies()
    override_reason = override_reason.strip()
    refuse_days(term)
    refuse_record(term, on)
    refuse_person(term)
    refuse_city(term, policies, override_reason)
    if follows:
        end_running(term.office, term.starts_on, because=say_successor(term), by=by)
    refuse_overlap(term)
    if term.member:
        refuse_too_many(
            [term.member], term.starts_on, term.ends_on, policies, override_reason=override_reason
        )
    return write_term(term, override_reason, by=by)


def write_term(term: NewTerm, override_reason: str, *, by: User | None) -> Term:
    """The row, and its entry on the trail; the caller has checked it."""
    row = Term.objects.create(
        body=Seat.SECRETARIAT if term.office == Office.SECRETARY else Seat.EXCOM,
        office=term.office,
        member=term.member,
        person_en=term.person_en.strip(),
        person_ko=term.person_ko.strip(),
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        precision=term.precision,
        label=term.label.strip(),
        basis=term.basis,
        meeting=term.meeting,
        reference=term.reference.strip(),
        source=term.source.strip(),
        override_reason=override_reason,
        recorded_by=by,
    )
    audit.record_act(
        "term.recorded",
        by=by,
        subject=row,
        file=row.member or row,
        why=override_reason or row.reference,
        facts={
            "office": row.office,
            "from": row.starts_on.isoformat(),
            "until": row.ends_on.isoformat(),
        },
    )
    return row


def refuse_days(term: NewTerm) -> None:
    """A term ends, and not before it starts (C9)."""
    if term.ends_on < term.starts_on:
        raise ValidationError(_("A term ends on the day it starts or later."), code="days")


def refuse_record(term: NewTerm, on: dt.date) -> None:
    """What is taken from a record has a source, and has begun."""
    if term.basis != Basis.RECORDED:
        return
    if not term.source.strip():
        raise ValidationError(_("Say from which record this is known."), code="source")
    if term.starts_on > on:
        raise ValidationError(_("This day lies ahead: record it when it has come."), code="future")


def refuse_person(term: NewTerm) -> None:
    """The Secretary General is a person the President appointed (P5); other offices are a city's.

    Raises:
        ValidationError: it is the other way round, or nobody says who appointed.
    """
    if term.office != Office.SECRETARY:
        if term.member is None:
            raise ValidationError(_("The office belongs to a city: choose one."), code="city")
        return
    if term.member or not term.person_en.strip():
        raise ValidationError(
            _("The Secretary General is a person: enter the name in English."), code="person"
        )
    if term.basis == Basis.APPOINTED and not term.reference.strip():
        raise ValidationError(
            _("Enter the letter by which the President appointed the Secretary General."),
            code="reference",
        )


def refuse_city(term: NewTerm, policies: OfficePolicies, override_reason: str) -> None:
    """Only full member cities hold an office; an associate by way of exception (S34, R20, X15).

    Raises:
        ValidationError: the city may not hold it.
    """
    city = term.member
    if city is None:
        return
    if city.kind != Kind.CITY:
        raise ValidationError(
            _("%(member)s is no city: offices are held by cities.") % {"member": city}, code="kind"
        )
    status = standing_of(city, term.starts_on)
    if status.status == Status.FULL or term.basis == Basis.RECORDED:
        return
    facts = {"member": city, "status": status.label or _("not a member")}
    if status.status != Status.ASSOCIATE or policies.associate_seats == AssociateSeats.NEVER:
        raise ValidationError(
            _("%(member)s is %(status)s on that day: only full members hold an office.") % facts,
            code="status",
        )
    if not override_reason:
        raise ValidationError(
            _(
                "%(member)s is %(status)s on that day. It may hold an office by way of exception: "
                "give the reason in writing."
            )
            % facts,
            code="associate",
        )


def refuse_overlap(term: NewTerm) -> None:
    """Nobody holds the same office twice, and some offices one holds at a time.

    Raises:
        ValidationError: it names who holds it, and until when.
    """
    rows = (
        Term.objects.filter(office=term.office, starts_on__lte=term.ends_on)
        .with_end()
        .filter(ends_on__gte=term.starts_on)
        .exclude(ending__ended_on__lt=term.starts_on)
    )
    if term.office not in SINGLE:
        rows = rows.filter(member=term.member)
    for other in rows.select_related("member"):
        if held_until(other) < other.starts_on:
            continue
        raise ValidationError(
            _("%(who)s is %(office)s until %(day)s: end that term first, or start later.")
            % {
                "who": other.who,
                "office": other.get_office_display(),
                "day": date_format(held_until(other)),
            },
            code="held",
        )


def held_until(term: Term) -> dt.date:
    """The last day of a term, with an early end."""
    ending = TermEnd.objects.filter(term=term).first()
    return min(term.ends_on, ending.ended_on) if ending else term.ends_on


def say_successor(term: NewTerm) -> str:
    """Why the term before ended."""
    who = term.member.name_en if term.member else term.person_en
    return f"{who} follows on {term.starts_on.isoformat()}."


def end_running(office: str, starts_on: dt.date, *, because: str, by: User | None) -> list[Term]:
    """End the terms of an office that would still run on a day, the day before; returns them."""
    running = list(Term.objects.filter(office=office).running_on(starts_on))
    for term in running:
        write_end(term, starts_on - dt.timedelta(days=1), because, by=by)
    return running


@transaction.atomic
def end_term(term: Term, *, ended_on: dt.date, reason: str, by: User | None) -> TermEnd:
    """End a term before its time; `ended_on` is its last day, which may lie ahead.

    Raises:
        ValidationError: it has ended, the day lies outside it, or no reason is given.
    """
    lock_board()
    if TermEnd.objects.filter(term=term).exists() or term.ends_on < ended_on:
        raise ValidationError(
            _("This term ended on %(day)s already.") % {"day": date_format(held_until(term))},
            code="ended",
        )
    if ended_on < term.starts_on - dt.timedelta(days=1):
        raise ValidationError(
            _("The term began on %(day)s: it cannot end before.")
            % {"day": date_format(term.starts_on)},
            code="days",
        )
    if not reason.strip():
        raise ValidationError(_("Say why the term ends."), code="reason")
    return write_end(term, ended_on, reason.strip(), by=by)


def write_end(term: Term, ended_on: dt.date, reason: str, *, by: User | None) -> TermEnd:
    """The row, and its entry on the trail."""
    ending = TermEnd.objects.create(term=term, ended_on=ended_on, reason=reason, recorded_by=by)
    audit.record_act(
        "term.ended",
        by=by,
        subject=term,
        file=term.member or term,
        why=reason,
        facts={"until": [term.ends_on.isoformat(), ended_on.isoformat()]},
    )
    return ending


@transaction.atomic
def record_holder(
    member: Member,
    *,
    person_en: str,
    person_ko: str = "",
    position: str = "",
    since_on: dt.date,
    source: str = "",
    precision: str = Precision.DAY,
    on: dt.date,
    by: User | None,
) -> OfficeHolder:
    """Record who is at the head of a city from a day on (R22); its offices stay as they are.

    Raises:
        ValidationError: no name, or the day lies ahead.
    """
    if not person_en.strip():
        raise ValidationError(_("Enter the name in English."), code="person")
    if since_on > on:
        raise ValidationError(_("This day lies ahead: record it when it has come."), code="future")
    holder = OfficeHolder.objects.create(
        member=member,
        person_en=person_en.strip(),
        person_ko=person_ko.strip(),
        position=position.strip(),
        since_on=since_on,
        source=source.strip(),
        precision=precision,
        recorded_by=by,
    )
    audit.record_act(
        "holder.recorded",
        by=by,
        subject=holder,
        file=member,
        why=holder.source,
        facts={"person": holder.person_en, "since": since_on.isoformat()},
    )
    return holder
