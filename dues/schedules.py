"""Fee schedules: read for pricing, drafted, put in force.

A schedule is data. What an issued invoice was priced from is frozen, by the database too.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues import fees
from dues.assessment import Schedule
from dues.models import FeeSchedule, Invoice, ScheduleState
from dues.wording import say
from members.models import User
from wego import audit

COPIED = (
    "kind",
    "source",
    "column_measure",
    "column_bounds",
    "row_measure",
    "row_bounds",
    "cells_cents",
)
OWN = ("name_en", "name_ko", "first_dues_year")


def table_of(row: FeeSchedule) -> fees.BandTable:
    """The checked table of a schedule.

    Raises:
        ValidationError: the table has a gap, an overlap, an empty cell or a fee not above zero.
    """
    try:
        return fees.checked_table(
            column_measure=row.column_measure,
            column_bounds=row.column_bounds,
            row_measure=row.row_measure,
            row_bounds=row.row_bounds,
            cells_cents=row.cells_cents,
        )
    except fees.TableError as error:
        raise ValidationError(say(error), code="table") from error


def read_schedule(row: FeeSchedule) -> Schedule:
    """A stored schedule as the pure rules know it."""
    return Schedule(
        pk=row.pk,
        kind=row.kind,
        name_en=row.name_en,
        name_ko=row.name_ko,
        first_dues_year=row.first_dues_year,
        source=row.source,
        table=table_of(row),
    )


def load_schedules() -> list[Schedule]:
    """Every schedule in force, in one query."""
    return [read_schedule(row) for row in FeeSchedule.objects.filter(state=ScheduleState.IN_FORCE)]


def is_frozen(schedule: FeeSchedule) -> bool:
    """Whether an issued invoice was priced from it."""
    return Invoice.objects.filter(schedule=schedule).exists()


@transaction.atomic
def save_draft(schedule: FeeSchedule, *, by: User | None) -> FeeSchedule:
    """Store a new or changed schedule that is not frozen.

    Raises:
        ValidationError: frozen, or a table that would price wrongly.
    """
    if schedule.pk:
        FeeSchedule.objects.select_for_update().get(pk=schedule.pk)
        if is_frozen(schedule):
            raise ValidationError(
                _("%(name)s priced issued invoices and is frozen. Copy it into a new draft.")
                % {"name": schedule},
                code="frozen",
            )
    table_of(schedule)
    if schedule.state == ScheduleState.IN_FORCE:
        refuse_a_second(schedule)
    stored = FeeSchedule.objects.filter(pk=schedule.pk).first() if schedule.pk else None
    schedule.save()
    audit.record_act("schedule.saved", by=by, subject=schedule, facts=differences(stored, schedule))
    return schedule


def differences(stored: FeeSchedule | None, schedule: FeeSchedule) -> dict[str, list[Any]]:
    """What a schedule says now that it did not say before, as [old, new]."""
    pairs = {
        name: [getattr(stored, name, None), getattr(schedule, name)] for name in (*COPIED, *OWN)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def put_in_force(schedule: FeeSchedule, *, by: User | None) -> FeeSchedule:
    """Let a draft price dues from its first dues year on.

    Raises:
        ValidationError: another schedule of the kind is in force from the same year, or the table
            is not sound.
    """
    current = FeeSchedule.objects.select_for_update().get(pk=schedule.pk)
    table_of(current)
    refuse_a_second(current)
    if current.state != ScheduleState.IN_FORCE:
        current.state = ScheduleState.IN_FORCE
        current.save(update_fields=["state"])
        facts = {"kind": current.kind, "first_dues_year": current.first_dues_year}
        audit.record_act("schedule.put_in_force", by=by, subject=current, facts=facts)
    return current


@transaction.atomic
def discard_draft(schedule: FeeSchedule, *, by: User | None) -> None:
    """Throw a draft away; what is or was in force stays.

    Raises:
        ValidationError: it is no draft.
    """
    locked = FeeSchedule.objects.select_for_update().get(pk=schedule.pk)
    if locked.state != ScheduleState.DRAFT:
        raise ValidationError(
            _("%(name)s is in force: only a draft can be thrown away.") % {"name": locked},
            code="in_force",
        )
    facts = {name: getattr(locked, name) for name in ("first_dues_year", "cells_cents")}
    audit.record_act("schedule.discarded", by=by, subject=locked, facts=facts)
    locked.delete()


def refuse_a_second(schedule: FeeSchedule) -> None:
    """One schedule of a kind begins in a year."""
    twin = (
        FeeSchedule.objects.filter(
            kind=schedule.kind,
            first_dues_year=schedule.first_dues_year,
            state=ScheduleState.IN_FORCE,
        )
        .exclude(pk=schedule.pk)
        .first()
    )
    if twin:
        raise ValidationError(
            _("%(name)s is already in force from %(year)s. Choose another first dues year.")
            % {"name": twin, "year": twin.first_dues_year},
            code="twin",
        )


@transaction.atomic
def copy_to_draft(schedule: FeeSchedule, *, first_dues_year: int, by: User | None) -> FeeSchedule:
    """A draft with the same table for a later year: how a change of fees begins."""
    fields: dict[str, Any] = {name: getattr(schedule, name) for name in COPIED}
    draft = FeeSchedule.objects.create(
        state=ScheduleState.DRAFT,
        first_dues_year=first_dues_year,
        name_en=f"{schedule.name_en} → {first_dues_year}"[:120],
        name_ko=f"{schedule.name_ko} → {first_dues_year}"[:120] if schedule.name_ko else "",
        **fields,
    )
    audit.record_act("schedule.copied", by=by, subject=draft, facts={"from": str(schedule)})
    return draft
