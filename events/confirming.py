"""Confirming a resolution, and which rule carries it out: one line per kind of agenda item.

A topic writes `take_effect(resolution, *, on, by)` in a module of its own, in the transaction of
the confirmation, and names it here. It may refuse with a ValidationError: then nothing is
confirmed. Kinds without a line have no effect beyond being on record.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events import succession
from events.meetings.register import decide_on_members
from events.meetings.stages import last_stage
from events.models import AgendaKind, Confirmation, MeetingState, Resolution, Verdict
from events.partners import resolved as office_effects
from members.models import Decision, User
from wego import audit
from wego.webhooks.announcing import announce


class TakeEffect(Protocol):
    """What a topic offers."""

    def __call__(self, resolution: Resolution, *, on: dt.date, by: User | None) -> Any:  # noqa: ANN401 a Decision of the register, or nothing
        """Carry out a confirmed resolution; `on` is the Seoul day of the confirmation."""


# By AgendaKind. A resolution that corrects one with effects names it: `resolution.corrects`; the
# rule of its kind takes those back first.
EFFECTS: dict[str, TakeEffect] = {
    AgendaKind.MEMBERS: decide_on_members,
    AgendaKind.ARREARS: decide_on_members,
    AgendaKind.HOSTS: succession.take_effect,
    AgendaKind.OFFICES: office_effects.take_effect,
}


@transaction.atomic
def confirm_resolution(resolution: Resolution, *, on: dt.date, by: User | None) -> Confirmation:
    """Let a resolution take effect: with its confirmation, all of it or nothing.

    Raises:
        ValidationError: the quorum did not hold, it is confirmed or corrected already, what it
            corrects was never confirmed and still waits, or a rule it calls refuses.
    """
    row = (
        Resolution.objects.select_for_update(of=("self",))
        .select_related("item__meeting", "corrects")
        .get(pk=resolution.pk)
    )
    refuse_confirmation(row, on)
    made = carry_out(row, on=on, by=by)
    confirmation = Confirmation.objects.create(
        resolution=row,
        confirmed_on=on,
        decision=made if isinstance(made, Decision) else None,
        recorded_by=by,
    )
    audit.record_act(
        "resolution.confirmed",
        by=by,
        subject=row.item.meeting,
        facts={"item": row.item.title_en, "verdict": row.verdict},
    )
    told = {
        "resolution": row.pk,
        "meeting": row.item.meeting.code,
        "verdict": row.verdict,
        "reference": row.reference,
        "effective_on": row.effective_on.isoformat(),
    }
    announce("decision.confirmed", told)
    return confirmation


def carry_out(resolution: Resolution, *, on: dt.date, by: User | None) -> object:
    """What was approved, what it says of members, and what it corrects take effect."""
    rule = EFFECTS.get(resolution.item.kind)
    has_effect = (
        resolution.verdict == Verdict.APPROVE
        or resolution.corrects is not None
        or resolution.lines.exists()
    )
    return rule(resolution, on=on, by=by) if rule and has_effect else None


def refuse_confirmation(resolution: Resolution, on: dt.date) -> None:
    """Only what was resolved with a quorum, once, and still holds."""
    facts = {"item": resolution.item}
    if Confirmation.objects.filter(resolution=resolution).exists():
        raise ValidationError(_("“%(item)s” is confirmed already.") % facts, code="confirmed")
    if Resolution.objects.filter(corrects=resolution).exists():
        raise ValidationError(
            _("“%(item)s” was corrected by a later resolution: confirm that one.") % facts,
            code="corrected",
        )
    if not resolution.quorum_held:
        raise ValidationError(
            _(
                "“%(item)s” was resolved without a quorum: %(there)s cities were there or "
                "represented, %(needed)s were needed (S28). Nothing takes effect."
            )
            % {**facts, "there": resolution.represented, "needed": resolution.quorum},
            code="quorum",
        )
    if last_stage(resolution.item.meeting).state == MeetingState.CANCELLED:
        raise ValidationError(_("The meeting was cancelled."), code="off")
    if on < resolution.resolved_on:
        raise ValidationError(_("That day is still to come."), code="future")


@transaction.atomic
def confirm_resolutions(
    resolutions: Sequence[Resolution], *, on: dt.date, by: User | None
) -> list[Confirmation]:
    """Confirm several of a meeting at once: all of them or none.

    Raises:
        ValidationError: one cannot be confirmed, or none was chosen.
    """
    if not resolutions:
        raise ValidationError(_("Choose what to confirm."), code="nothing")
    ordered = sorted(resolutions, key=lambda each: each.pk)
    return [confirm_resolution(each, on=on, by=by) for each in ordered]
