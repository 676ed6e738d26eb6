"""What a resolution on regional offices does: what was put to the body takes place (R30, P8)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.models import (
    LineOutcome,
    OfficeStage,
    OfficeState,
    RegionalOffice,
    Resolution,
    Verdict,
)
from events.partners.offices import Step, last_step, record_step
from members.models import User

NAMING = (LineOutcome.OPEN, LineOutcome.SELECT, LineOutcome.CONFIRM)


def take_effect(resolution: Resolution, *, on: dt.date, by: User | None) -> None:
    """Carry out what was proposed under the item; a correction takes back what it corrects.

    Raises:
        ValidationError: several cities are proposed for one office and none is named, or a step
            cannot follow.
    """
    take_back(resolution, by=by)
    for proposal in chosen_proposals(resolution):
        step = Step(
            state=proposal.proposes,
            happened_on=resolution.resolved_on,
            host=proposal.host,
            note=resolution.note or resolution.reference,
        )
        record_step(proposal.office, step, resolution=resolution, on=on, by=by)


def chosen_proposals(resolution: Resolution) -> list[OfficeStage]:
    """The proposals of the item that the resolution approves, one an office.

    Raises:
        ValidationError: it leaves open which city it chose.
    """
    proposals = list(
        resolution.item.office_stages.filter(state=OfficeState.PROPOSED)
        .select_related("office", "host")
        .order_by("pk")
    )
    named = {line.member_id for line in resolution.lines.filter(outcome__in=NAMING)}
    if named:
        proposals = [each for each in proposals if each.host_id in named]
    elif resolution.verdict != Verdict.APPROVE:
        return []
    for office in {each.office for each in proposals}:
        if sum(each.office == office for each in proposals) > 1:
            raise ValidationError(
                _("Several cities are proposed for %(office)s: say which one was chosen.")
                % {"office": office},
                code="no_host",
            )
    return proposals


def take_back(resolution: Resolution, *, by: User | None) -> None:
    """What a corrected resolution established is revoked, or goes back to what it was."""
    if resolution.corrects is None:
        return
    for made in resolution.corrects.office_stages.select_related("office", "host"):
        if last_step(made.office) == made:
            restore(made, resolution, by=by)


def restore(made: OfficeStage, resolution: Resolution, *, by: User | None) -> None:
    """The office as it stood before a step, by a step of its own."""
    before = step_before(made.office, made)
    undone = OfficeStage(
        office=made.office,
        state=before.state if before else OfficeState.REVOKED,
        happened_on=resolution.resolved_on,
        host=before.host if before else None,
        term_from=before.term_from if before else None,
        term_until=before.term_until if before else None,
        resolution=resolution,
        note=_("Taken back: %(reference)s") % {"reference": resolution.reference},
        recorded_by=by,
    )
    undone.save(force_insert=True)


def step_before(office: RegionalOffice, made: OfficeStage) -> OfficeStage | None:
    """The step by which an office stood before one."""
    rows = office.stages.exclude(state=OfficeState.PROPOSED).filter(pk__lt=made.pk)
    return rows.select_related("host").order_by("-pk").first()
