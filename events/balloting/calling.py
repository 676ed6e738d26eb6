"""The call for candidacies: at least so many days before the Assembly, for which offices (S32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.elections import candidacy_deadline
from events.hosts import OVER
from events.models import (
    ELECTED,
    Election,
    ElectionCall,
    Meeting,
    MeetingStage,
    Office,
    Precision,
)
from events.policies import load_policies
from members.models import Body, User
from wego import audit


class Vacancy(NamedTuple):
    """One office to be filled: how many seats, and whether all who hold it hand over."""

    office: str
    seats: int
    replaces_running: bool = True


def assembly_day(meeting: Meeting) -> dt.date:
    """The first day of an Assembly, as its last stage says; a postponed one has its new day.

    Raises:
        ValidationError: no day is set yet.
    """
    day = day_in(meeting.stages.order_by("-pk").first())
    if day is None:
        raise ValidationError(
            _("The day of %(meeting)s is not set yet: set it first.") % {"meeting": meeting},
            code="no_day",
        )
    return day


def day_in(stage: MeetingStage | None) -> dt.date | None:
    """The first day that a stage names; None while it names none to the day."""
    if stage is None or stage.precision != Precision.DAY:
        return None
    return stage.starts_on


def deadline_of(call: ElectionCall) -> dt.date:
    """The last day to stand; it moves with the Assembly (A17)."""
    return candidacy_deadline(assembly_day(call.meeting))


@transaction.atomic
def call_elections(
    meeting: Meeting,
    vacancies: Sequence[Vacancy],
    *,
    called_on: dt.date,
    record_on: dt.date,
    notice_reason: str = "",
    on: dt.date,
    by: User | None,
) -> ElectionCall:
    """Call the elections of an Assembly (R15): which offices, and the record date of the voters.

    Raises:
        ValidationError: it is no Assembly or over, called already, at too short notice without a
            reason, or the days or offices are wrong.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_meeting(locked)
    day = assembly_day(locked)
    refuse_vacancies(vacancies)
    if called_on > on:
        raise ValidationError(_("This day lies ahead: record it when it has come."), code="future")
    if not called_on <= record_on <= day:
        raise ValidationError(
            _("The record date lies between the call and the Assembly on %(day)s.")
            % {"day": date_format(day)},
            code="record",
        )
    notice = load_policies().assembly_call_days
    if (day - called_on).days < notice and not notice_reason.strip():
        raise ValidationError(
            _(
                "The Assembly is on %(day)s: elections are called at least %(days)s days before. "
                "Say why it is called later."
            )
            % {"day": date_format(day), "days": notice},
            code="notice",
        )
    call = ElectionCall.objects.create(
        meeting=locked,
        called_on=called_on,
        record_on=record_on,
        notice_reason=notice_reason.strip(),
        recorded_by=by,
    )
    for vacancy in vacancies:
        Election.objects.create(call=call, **vacancy._asdict())
    audit.record_act(
        "election.called",
        by=by,
        subject=call,
        why=call.notice_reason,
        facts={"offices": {each.office: each.seats for each in vacancies}},
    )
    return call


def refuse_meeting(meeting: Meeting) -> None:
    """Only an Assembly that is still to come elects, and it is called once."""
    if meeting.body != Body.ASSEMBLY:
        raise ValidationError(
            _("Offices are elected by the General Assembly: choose one."), code="body"
        )
    last = meeting.stages.order_by("pk").last()
    if last and last.state in OVER:
        raise ValidationError(_("%(meeting)s is over.") % {"meeting": meeting}, code="over")
    if ElectionCall.objects.filter(meeting=meeting).exists():
        raise ValidationError(
            _("The elections of %(meeting)s are called already.") % {"meeting": meeting},
            code="called",
        )


def refuse_vacancies(vacancies: Sequence[Vacancy]) -> None:
    """At least one office, each once, one President and some seats."""
    offices = [each.office for each in vacancies]
    if not offices or len(set(offices)) < len(offices) or not set(offices) <= set(ELECTED):
        raise ValidationError(_("Choose what is to be elected."), code="offices")
    for each in vacancies:
        if each.seats < 1 or (each.office == Office.PRESIDENT and each.seats != 1):
            raise ValidationError(
                _("One President City is elected, and at least one EXCOM city."), code="seats"
            )
