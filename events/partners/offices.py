"""Regional offices: hosted by a member city, established by a decision, assessed yearly (R30, P8).

An office is what its last step says. Which step may follow which is one table; what a body decided
comes by `events.partners.resolved`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import (
    PROPOSABLE,
    AgendaItem,
    AgendaKind,
    OfficeReport,
    OfficeStage,
    OfficeState,
    RegionalOffice,
    Resolution,
)
from members.mandate import standing_of
from members.models import Kind, Member, Status, User
from wego import audit, storage
from wego.uploads import Upload

FIRST_YEAR = 2010
# What may follow on the last step that is no proposal; "" is an office that never was.
NEXT: dict[str, frozenset[str]] = {
    "": frozenset({OfficeState.APPROVED}),
    OfficeState.APPROVED: frozenset(
        {OfficeState.OPENED, OfficeState.MOVED, OfficeState.CLOSED, OfficeState.REVOKED}
    ),
    OfficeState.OPENED: frozenset({OfficeState.RENEWED, OfficeState.MOVED, OfficeState.CLOSED}),
    OfficeState.RENEWED: frozenset({OfficeState.RENEWED, OfficeState.MOVED, OfficeState.CLOSED}),
    OfficeState.MOVED: frozenset(
        {OfficeState.OPENED, OfficeState.RENEWED, OfficeState.MOVED, OfficeState.CLOSED}
    ),
    OfficeState.CLOSED: frozenset({OfficeState.APPROVED}),
    OfficeState.REVOKED: frozenset({OfficeState.APPROVED}),
}
# These rest on a decision of a body (R30).
DECIDED = (*PROPOSABLE, OfficeState.REVOKED)
RUNNING = (OfficeState.OPENED, OfficeState.RENEWED, OfficeState.MOVED)


@dataclass(frozen=True)
class Step:
    """One step of an office; days are Seoul calendar dates, the file is the agreement."""

    state: str
    happened_on: dt.date
    host: Member | None = None
    term_from: dt.date | None = None
    term_until: dt.date | None = None
    decided_by: str = ""
    note: str = ""
    agreement: Upload | None = None


@transaction.atomic
def create_office(name_en: str, name_ko: str, *, by: User | None) -> RegionalOffice:
    """A region that is to have an office; nothing is decided by this.

    Raises:
        ValidationError: there is one of this name.
    """
    name = " ".join(name_en.split())
    if not name:
        raise ValidationError(_("Enter the region."), code="name_en")
    if RegionalOffice.objects.filter(name_en__iexact=name).exists():
        raise ValidationError(_("There is an office for this region."), code="name_en")
    office = RegionalOffice.objects.create(name_en=name, name_ko=" ".join(name_ko.split()))
    audit.record_act("office.stepped", by=by, subject=office, facts={"state": ["", "planned"]})
    return office


@transaction.atomic
def propose_step(
    office: RegionalOffice,
    *,
    proposes: str,
    host: Member | None,
    item: AgendaItem,
    note: str = "",
    on: dt.date,
    by: User | None,
) -> OfficeStage:
    """Put to a body that an office is established, renewed, moved or closed (P8).

    Several cities may be proposed for one office: the body chooses.

    Raises:
        ValidationError: the item is about something else, it cannot follow, or the host is no
            member city.
    """
    row = RegionalOffice.objects.select_for_update().get(pk=office.pk)
    if item.kind != AgendaKind.OFFICES:
        raise ValidationError(_("Choose an agenda item on regional offices."), code="item")
    refuse_step(row, proposes)
    if proposes != OfficeState.CLOSED:
        refuse_host(host, on)
    if item.office_stages.filter(office=row, host=host, proposes=proposes).exists():
        raise ValidationError(_("This is proposed under the item already."), code="host")
    stage = OfficeStage.objects.create(
        office=row,
        state=OfficeState.PROPOSED,
        proposes=proposes,
        host=host if proposes != OfficeState.CLOSED else None,
        happened_on=on,
        item=item,
        note=note.strip(),
        recorded_by=by,
    )
    note_step(stage, by=by)
    return stage


@transaction.atomic
def record_step(
    office: RegionalOffice,
    step: Step,
    *,
    resolution: Resolution | None = None,
    on: dt.date,
    by: User | None,
) -> OfficeStage:
    """What became of an office, with the agreement where there is one.

    Raises:
        ValidationError: it cannot follow on the last step, rests on no decision, lies ahead, its
            term has no order, or the host is no member city.
    """
    row = RegionalOffice.objects.select_for_update().get(pk=office.pk)
    refuse_step(row, step.state)
    refuse_undecided(step, resolution)
    if step.happened_on > on:
        raise ValidationError(_("That day is still to come."), code="happened_on")
    if step.term_until and (step.term_from is None or step.term_until < step.term_from):
        raise ValidationError(
            _("The agreement needs a first day, and its last day after it."), code="term_until"
        )
    last = last_step(row)
    closing = step.state in (OfficeState.CLOSED, OfficeState.REVOKED)
    host = step.host or (None if closing or last is None else last.host)
    if not closing:
        refuse_host(host, on)
    stage = OfficeStage.objects.create(
        office=row,
        state=step.state,
        happened_on=step.happened_on,
        host=host,
        term_from=step.term_from,
        term_until=step.term_until,
        resolution=resolution,
        decided_by=step.decided_by.strip()[:200],
        note=step.note.strip(),
        recorded_by=by,
        **store(step.agreement, f"offices/{row.pk}/agreement"),
    )
    note_step(stage, by=by)
    return stage


def note_step(stage: OfficeStage, *, by: User | None) -> None:
    """Into the audit trail, on the host's file where there is one."""
    facts = {"state": stage.state, "proposes": stage.proposes, "host": str(stage.host or "")}
    audit.record_act(
        "office.stepped", by=by, subject=stage, file=stage.host, why=stage.note, facts=facts
    )


def store(file: Upload | None, name: str) -> dict[str, str]:
    """The columns of a kept file; empty without one."""
    if file is None:
        return {"file_name": "", "file_path": "", "file_sha256": ""}
    kept = storage.store_file(f"{name}{file.suffix}", file.content)
    return {"file_name": file.name[:200], "file_path": kept.path, "file_sha256": kept.sha256}


def last_step(office: RegionalOffice) -> OfficeStage | None:
    """The step by which an office stands; proposals are none."""
    rows = office.stages.exclude(state=OfficeState.PROPOSED).select_related("host")
    return rows.order_by("-pk").first()


def possible_steps(office: RegionalOffice) -> frozenset[str]:
    """What may follow."""
    last = last_step(office)
    return NEXT[last.state if last else ""]


def refuse_step(office: RegionalOffice, state: str) -> None:
    """A step follows on the last one.

    Raises:
        ValidationError: it cannot.
    """
    if state not in possible_steps(office):
        last = last_step(office)
        now = last.get_state_display() if last else _("not established")
        words = dict(OfficeState.choices).get(state, state)
        raise ValidationError(
            _("The office is “%(now)s”: “%(step)s” cannot follow.") % {"now": now, "step": words},
            code="state",
        )


def refuse_undecided(step: Step, resolution: Resolution | None) -> None:
    """Establishing, renewing, moving and closing rest on a decision (R30).

    Raises:
        ValidationError: none is named.
    """
    if step.state in DECIDED and resolution is None and not step.decided_by.strip():
        raise ValidationError(
            _("Say which decision this rests on, for example: EXCOM 2024, item 3."),
            code="decided_by",
        )


def refuse_host(host: Member | None, on: dt.date) -> None:
    """An office is hosted by a full member city (P8).

    Raises:
        ValidationError: there is no host, or it is none.
    """
    if host is None:
        raise ValidationError(_("Say which member city hosts the office."), code="host")
    if host.kind != Kind.CITY or standing_of(host, on).status != Status.FULL:
        raise ValidationError(
            _("%(host)s is no full member city: offices are hosted by one.") % {"host": host},
            code="host",
        )


def is_host(member: Member, office: RegionalOffice) -> bool:
    """Whether a member hosts an office now."""
    last = last_step(office)
    return bool(last and last.state in RUNNING and last.host_id == member.pk)


def offices_of(member: Member) -> list[RegionalOffice]:
    """The offices a member hosts now."""
    asked = RegionalOffice.objects.filter(stages__host=member).distinct()
    return [office for office in asked if is_host(member, office)]


@transaction.atomic
def hand_in_report(
    office: RegionalOffice,
    *,
    year: int,
    summary: str,
    file: Upload | None = None,
    on: dt.date,
    by: User | None,
) -> OfficeReport:
    """What an office did in a year, told by its host; once.

    Raises:
        ValidationError: it is told already, tells nothing, or is of a year to come.
    """
    RegionalOffice.objects.select_for_update().get(pk=office.pk)
    if not FIRST_YEAR <= year <= on.year:
        raise ValidationError(_("Choose a year that has begun."), code="year")
    if not summary.strip():
        raise ValidationError(_("Say what the office did."), code="summary")
    if office.reports.filter(year=year).exists():
        raise ValidationError(
            _("The report of %(year)s is with us already.") % {"year": year}, code="year"
        )
    report = OfficeReport.objects.create(
        office=office,
        year=year,
        summary=summary.strip(),
        reported_on=on,
        reported_by=by,
        **store(file, f"offices/{office.pk}/report-{year}"),
    )
    audit.record_act("office.reported", by=by, subject=report)
    return report


@transaction.atomic
def assess_report(
    report: OfficeReport, *, assessment: str, assessed_at: str, on: dt.date, by: User | None
) -> OfficeReport:
    """What EXCOM makes of a report (P8); once.

    Raises:
        ValidationError: it is assessed already, or says nothing.
    """
    row = OfficeReport.objects.select_for_update().get(pk=report.pk)
    if row.assessed_on:
        raise ValidationError(_("This report is assessed already."), code="assessed")
    if not assessment.strip() or not assessed_at.strip():
        raise ValidationError(
            _("Enter the assessment, and the meeting that made it."), code="assessment"
        )
    row.assessment, row.assessed_at, row.assessed_on = (
        assessment.strip(),
        assessed_at.strip()[:120],
        on,
    )
    row.save(update_fields=["assessment", "assessed_at", "assessed_on"])
    audit.record_act("office.assessed", by=by, subject=row, why=row.assessment[:300])
    return row
