"""What becomes of a meeting: planned, called, postponed, moved, held, cancelled (C6, X16, R21).

Nothing is overwritten: every change is another stage with its reason, and the last one holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Meeting, MeetingStage, MeetingState, Mode, Precision
from members.models import Body, Member, User
from wego import audit

AFTER: dict[str, frozenset[str]] = {
    MeetingState.PLANNED: frozenset(MeetingState.values),
    MeetingState.CALLED: frozenset(MeetingState.values),
    MeetingState.POSTPONED: frozenset(MeetingState.values),
    MeetingState.MOVED: frozenset(MeetingState.values),
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
# What a reader must be told the reason of.
SAYS_WHY = (MeetingState.POSTPONED, MeetingState.MOVED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Plan:
    """When, where and how a meeting takes place; days are Seoul calendar dates."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    host: Member | None = None
    place: str = ""
    mode: str = Mode.ON_SITE
    precision: str = Precision.DAY


def last_stage(meeting: Meeting) -> MeetingStage:
    """What holds of a meeting now."""
    return meeting.stages.select_related("host").order_by("-pk")[:1].get()


def plan_of(stage: MeetingStage) -> Plan:
    """The plan a stage says, to change parts of it."""
    return Plan(
        stage.starts_on, stage.ends_on, stage.host, stage.place, stage.mode, stage.precision
    )


@transaction.atomic
def plan_meeting(
    *,
    body: str,
    name_en: str,
    name_ko: str = "",
    number: int | None = None,
    plan: Plan,
    source: str = "",
    state: str = MeetingState.PLANNED,
    on: dt.date,
    by: User | None,
) -> Meeting:
    """Enter a meeting with its first stage; `source` says where an old one is known from.

    Raises:
        ValidationError: no name, a number that is taken, or days that cannot be.
    """
    if not name_en.strip():
        raise ValidationError(_("Give the meeting a name in English."), code="name")
    if number is not None and Meeting.objects.filter(body=body, number=number).exists():
        raise ValidationError(
            _("There is a %(body)s number %(number)s already.")
            % {"body": Body(body).label, "number": number},
            code="number",
        )
    refuse_plan(state, plan, on)
    meeting = Meeting.objects.create(
        body=body,
        number=number,
        code=find_code(body, plan),
        name_en=name_en.strip(),
        name_ko=name_ko.strip(),
        source=source.strip(),
    )
    write_stage(meeting, state, plan, reason="", by=by)
    audit.record_act("meeting.planned", by=by, subject=meeting, facts=facts_of(state, plan))
    return meeting


def find_code(body: str, plan: Plan) -> str:
    """The word in a meeting's address: `excom-2019`, and `excom-2019-2` for another one."""
    stem = f"{body}-{plan.starts_on.year}" if plan.starts_on else body
    taken = set(Meeting.objects.filter(code__startswith=stem).values_list("code", flat=True))
    names = [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


@transaction.atomic
def record_stage(
    meeting: Meeting, state: str, *, plan: Plan, reason: str, on: dt.date, by: User | None
) -> MeetingStage:
    """Say what became of a meeting, and when and where it is now to be.

    Calling it notes the day of the call; a meeting that is postponed may have no new day yet.

    Raises:
        ValidationError: it is over, the days cannot be, or the reason is missing.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    before = last_stage(meeting)
    if state not in AFTER[before.state]:
        raise ValidationError(
            _("%(meeting)s is %(state)s: that is final. Plan another meeting instead.")
            % {"meeting": meeting, "state": before.get_state_display().lower()},
            code="over",
        )
    if state in SAYS_WHY and not reason.strip():
        raise ValidationError(_("Say why: the history of the meeting shows it."), code="reason")
    refuse_plan(state, plan, on)
    stage = write_stage(meeting, state, plan, reason=reason, by=by)
    if state == MeetingState.CALLED and meeting.called_on is None:
        meeting.called_on = on
        meeting.save(update_fields=["called_on"])
    audit.record_act(
        f"meeting.{state}",
        by=by,
        subject=meeting,
        why=reason.strip(),
        facts=facts_of(state, plan) | {"before": before.state},
    )
    return stage


def write_stage(
    meeting: Meeting, state: str, plan: Plan, *, reason: str, by: User | None
) -> MeetingStage:
    """The row."""
    return MeetingStage.objects.create(
        meeting=meeting,
        state=state,
        mode=plan.mode,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on or plan.starts_on,
        precision=plan.precision,
        host=plan.host,
        place=plan.place.strip(),
        reason=reason.strip(),
        recorded_by=by,
    )


def refuse_plan(state: str, plan: Plan, on: dt.date) -> None:
    """Days in their order, and none to come for what is said to be over."""
    if plan.ends_on and (plan.starts_on is None or plan.ends_on < plan.starts_on):
        raise ValidationError(_("The last day is before the first."), code="days")
    if plan.starts_on is None and state in {MeetingState.CALLED, MeetingState.HELD}:
        raise ValidationError(_("Enter the first day of the meeting."), code="day")
    if state == MeetingState.HELD and plan.starts_on and plan.starts_on > on:
        raise ValidationError(
            _("%(day)s is still to come: a meeting is held when it has begun.")
            % {"day": plan.starts_on.isoformat()},
            code="future",
        )


def facts_of(state: str, plan: Plan) -> dict[str, object]:
    """A stage for the audit trail."""
    return {
        "state": state,
        "from": plan.starts_on.isoformat() if plan.starts_on else "",
        "host": plan.host.name_en if plan.host else "",
        "mode": plan.mode,
    }


def voting_day(stage: MeetingStage, today: dt.date) -> dt.date:
    """The day whose statuses say who votes: today while it meets, its own days before and after."""
    first = stage.starts_on or today
    last = stage.ends_on or first
    return today if today < first else min(today, last)
