"""The Meeting Memorandum (P9): who was there, what was resolved, who came and who leaves.

Written as often as needed while it is a draft; one version is approved, and only that one is
published. Always in English.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from events.meetings.stages import last_stage
from events.models import (
    Attendance,
    Delegation,
    EventPaperKind,
    LineOutcome,
    Meeting,
    MeetingState,
    Memorandum,
    Proxy,
    Resolution,
    ResolutionLine,
)
from events.papers import write_event_paper
from members.history import first_dues_year
from members.models import DecisionItem, Language, Member, Outcome, User, country_name
from members.policies import load_policies
from wego import audit

NEW = (LineOutcome.APPROVE, LineOutcome.REJECT, LineOutcome.DEFER)
LEAVING = (LineOutcome.NOTE, LineOutcome.EXPEL)


@transaction.atomic
def write_memorandum(meeting: Meeting, *, on: dt.date, by: User | None) -> Memorandum:
    """A new draft from what is on record now; earlier drafts stay in the store.

    Raises:
        ValidationError: the meeting was not held, or its memorandum is approved.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if last_stage(meeting).state != MeetingState.HELD:
        raise ValidationError(
            _("Record first that the meeting was held: the memorandum is about that."),
            code="not_held",
        )
    if meeting.memoranda.filter(approved_on__isnull=False).exists():
        raise ValidationError(
            _("The memorandum is approved: what comes later stands in the next one."),
            code="approved",
        )
    with translation.override(Language.ENGLISH):
        facts = gather_facts(meeting)
    paper = write_event_paper(
        EventPaperKind.MEMORANDUM,
        meeting=meeting,
        language=Language.ENGLISH,
        snapshot=facts,
        on=on,
        by=by,
    )
    audit.record_act("memorandum.written", by=by, subject=meeting)
    return Memorandum.objects.create(meeting=meeting, paper=paper)


@transaction.atomic
def approve_memorandum(memorandum: Memorandum, *, on: dt.date, by: User | None) -> Memorandum:
    """Say that this version is the memorandum.

    Raises:
        ValidationError: it is not the latest draft, or one is approved already.
    """
    row = lock(memorandum)
    if row.meeting.memoranda.filter(approved_on__isnull=False).exists():
        raise ValidationError(_("The memorandum is approved already."), code="approved")
    if row.meeting.memoranda.filter(pk__gt=row.pk).exists():
        raise ValidationError(_("There is a newer draft: approve that one."), code="older")
    row.approved_on, row.approved_by = on, by
    row.save(update_fields=["approved_on", "approved_by"])
    audit.record_act("memorandum.approved", by=by, subject=row.meeting)
    return row


@transaction.atomic
def publish_memorandum(memorandum: Memorandum, *, on: dt.date, by: User | None) -> Memorandum:
    """Let members read the approved memorandum.

    Raises:
        ValidationError: it is a draft.
    """
    row = lock(memorandum)
    if row.approved_on is None:
        raise ValidationError(_("Approve the memorandum before it is published."), code="draft")
    if row.published_on is None:
        row.published_on = on
        row.save(update_fields=["published_on"])
        audit.record_act("memorandum.published", by=by, subject=row.meeting)
    return row


def lock(memorandum: Memorandum) -> Memorandum:
    """The row, locked."""
    rows = Memorandum.objects.select_for_update(of=("self",)).select_related("meeting", "paper")
    return rows.get(pk=memorandum.pk)


def gather_facts(meeting: Meeting) -> dict[str, Any]:
    """Everything the memorandum prints, as JSON; a constant number of queries an item."""
    stage = last_stage(meeting)
    resolutions = list(
        Resolution.objects.standing()
        .filter(item__meeting=meeting)
        .select_related("item", "corrects")
        .prefetch_related("lines__member", "named_votes__member")
        .order_by("item__position", "pk")
    )
    effects = find_effects(resolutions)
    return {
        "name": meeting.name_en,
        "body": str(meeting.get_body_display()),
        "from": iso(stage.starts_on),
        "until": iso(stage.ends_on),
        "mode": str(stage.get_mode_display()),
        "place": ", ".join(filter(None, [stage.place, stage.host.name_en if stage.host else ""])),
        "there": attendance_facts(meeting),
        "items": [
            {
                "number": item.position,
                "title": item.title_en,
                "note": item.note,
                "papers": [
                    paper.title for paper in item.papers.all() if paper.taken_back_on is None
                ],
                "resolutions": [
                    resolution_facts(each) for each in resolutions if each.item_id == item.pk
                ],
            }
            for item in meeting.items.prefetch_related("papers").order_by("position")
        ],
        "joining": annex(resolutions, NEW, effects),
        "leaving": annex(resolutions, LEAVING, effects),
    }


def iso(day: dt.date | None) -> str:
    """A day for JSON; "" for none."""
    return day.isoformat() if day else ""


def attendance_facts(meeting: Meeting) -> dict[str, Any]:
    """Who was there: voting cities, proxies, observers, each with who spoke for it."""
    there = (
        Attendance.objects.filter(delegation__meeting=meeting)
        .select_related("delegation__member", "delegate")
        .order_by("delegation__member__name_en", "delegation__organisation", "pk")
    )
    rows: dict[int, dict[str, str]] = {}
    for note in there:
        rows[note.delegation_id] = {
            "who": name_of(note.delegation),
            "kind": note.delegation.kind,
            "how": str(note.get_takes_part_display()),
        }
    for delegation in (
        Delegation.objects.filter(pk__in=rows).prefetch_related("delegates").order_by("pk")
    ):
        people = [each for each in delegation.delegates.all() if each.left_on is None]
        rows[delegation.pk]["people"] = "; ".join(
            ", ".join(filter(None, [each.name, each.position])) for each in people
        )
    proxies = Proxy.objects.standing().filter(meeting=meeting)
    return {
        "rows": list(rows.values()),
        "proxies": [
            {"by": name_of(each.giver), "to": name_of(each.holder)}
            for each in proxies.select_related("giver__member", "holder__member")
        ],
    }


def name_of(delegation: Delegation) -> str:
    """A delegation in English."""
    return delegation.member.name_en if delegation.member else delegation.organisation


def resolution_facts(resolution: Resolution) -> dict[str, Any]:
    """What was resolved, how it was voted, and whether the quorum held."""
    return {
        "verdict": resolution.verdict,
        "manner": resolution.manner,
        "votes": [resolution.votes_for, resolution.votes_against, resolution.abstentions],
        "there": [resolution.represented, resolution.entitled, resolution.quorum],
        "held": resolution.quorum_held,
        "on": iso(resolution.resolved_on),
        "effective_on": iso(resolution.effective_on),
        "reference": resolution.reference,
        "note": resolution.note,
        "corrects": resolution.corrects.reference if resolution.corrects else "",
        "others": [
            {
                "who": line.member.name_en if line.member else line.about,
                "outcome": str(line.get_outcome_display()),
            }
            for line in resolution.lines.all()
            if line.outcome not in {*NEW, *LEAVING}
        ],
        "counts": count_lines(resolution),
        "roll": [
            {"who": vote.member.name_en, "choice": str(vote.get_choice_display())}
            for vote in resolution.named_votes.all()
        ],
    }


def count_lines(resolution: Resolution) -> list[tuple[str, int]]:
    """How many of those in the annexes were decided on in which way, the commonest first."""
    outcomes = {*NEW, *LEAVING}
    lines = [line for line in resolution.lines.all() if line.outcome in outcomes]
    return Counter(str(line.get_outcome_display()) for line in lines).most_common()


def find_effects(resolutions: list[Resolution]) -> dict[int, DecisionItem]:
    """What the register holds of the members named, by member."""
    decided = DecisionItem.objects.standing().filter(
        decision__confirmation__resolution__in=[each.pk for each in resolutions]
    )
    return {item.member_id: item for item in decided.order_by("pk")}


def annex(
    resolutions: list[Resolution], outcomes: tuple[str, ...], effects: dict[int, DecisionItem]
) -> list[dict[str, Any]]:
    """The members of an annex, those approved first, then by name."""
    policy = load_policies()
    rows = []
    for resolution in resolutions:
        for line in resolution.lines.all():
            if line.member and line.outcome in outcomes and resolution.quorum_held:
                item = effects.get(line.member.pk)
                rows.append(annex_row(line, line.member, item, policy.first_dues))
    return sorted(rows, key=lambda row: (outcomes.index(row["outcome"]), row["name"]))


def annex_row(
    line: ResolutionLine, member: Member, item: DecisionItem | None, first_dues: str
) -> dict[str, Any]:
    """One member: what was decided, from when it holds and from which year it pays dues."""
    approved = item is not None and item.outcome == Outcome.APPROVE
    return {
        "name": member.name_en,
        "country": country_name(member.country_code, Language.ENGLISH),
        "kind": str(member.get_kind_display()),
        "outcome": line.outcome,
        "said": str(line.get_outcome_display()),
        "reason": line.reason,
        "from": iso(item.effective_on) if item else "",
        "dues_from": first_dues_year(item.effective_on, first_dues) if item and approved else None,
    }
