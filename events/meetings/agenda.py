"""The agenda of a meeting: its template (P9), its order, and the day it was published (R19)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings.stages import last_stage
from events.models import AgendaItem, AgendaKind, Meeting, MeetingState
from members.models import Body, User
from wego import audit

# What stands on every agenda, in the order of 2016 (P9); the Assembly elects first (R15).
TEMPLATES: dict[str, tuple[str, ...]] = {
    Body.EXCOM: (
        AgendaKind.REPORT,
        AgendaKind.ACCOUNTS,
        AgendaKind.OFFICES,
        AgendaKind.MEMBERS,
        AgendaKind.ARREARS,
        AgendaKind.HOSTS,
        AgendaKind.PROGRAMMES,
        AgendaKind.BUDGET,
    ),
    Body.ASSEMBLY: (
        AgendaKind.REPORT,
        AgendaKind.ACCOUNTS,
        AgendaKind.ELECTIONS,
        AgendaKind.HOSTS,
        AgendaKind.MEMBERS,
        AgendaKind.OFFICES,
        AgendaKind.STATUTE,
        AgendaKind.PROGRAMMES,
    ),
}
TITLES = {
    AgendaKind.REPORT: gettext_lazy("Annual report"),
    AgendaKind.ACCOUNTS: gettext_lazy("Financial report"),
    AgendaKind.OFFICES: gettext_lazy("Regional offices: results and approval"),
    AgendaKind.MEMBERS: gettext_lazy("New memberships and withdrawals to date"),
    AgendaKind.ARREARS: gettext_lazy("Arrears over two years"),
    AgendaKind.HOSTS: gettext_lazy("Next hosts"),
    AgendaKind.ELECTIONS: gettext_lazy("Elections"),
    AgendaKind.STATUTE: gettext_lazy("Amendments of the statute"),
    AgendaKind.PROGRAMMES: gettext_lazy("Programmes"),
    AgendaKind.BUDGET: gettext_lazy("Use of membership fees and budget of next year"),
}
# Rows are moved out of the way by this much while two of them change places.
AWAY = 1000


@transaction.atomic
def lay_out_agenda(meeting: Meeting, *, by: User | None) -> list[AgendaItem]:
    """Put the items of the template that are missing on the agenda; returns the new ones.

    What an item is about fills itself from the register, the books and the terms each time it is
    read; only the item stands here.
    """
    meeting = lock(meeting)
    present = set(meeting.items.values_list("kind", flat=True))
    missing = [kind for kind in TEMPLATES[meeting.body] if kind not in present]
    first = next_position(meeting)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            kind=kind,
            title_en=title_in("en", kind),
            title_ko=title_in("ko", kind),
        )
        for position, kind in enumerate(missing, start=first)
    )
    if items:
        audit.record_act("agenda.laid_out", by=by, subject=meeting, facts={"items": len(items)})
    return items


def title_in(language: str, kind: str) -> str:
    """The usual title of an item in a language."""
    with translation.override(language):
        return str(TITLES[AgendaKind(kind)])


def lock(meeting: Meeting) -> Meeting:
    """The meeting, locked; its agenda may change until it is off."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if last_stage(row).state == MeetingState.CANCELLED:
        raise ValidationError(_("%(meeting)s is off.") % {"meeting": row}, code="off")
    return row


def next_position(meeting: Meeting) -> int:
    """The place after the last item."""
    last: int | None = meeting.items.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    kind: str,
    title_en: str,
    title_ko: str = "",
    note: str = "",
    by: User | None,
) -> AgendaItem:
    """Put an item at the end of the agenda.

    Raises:
        ValidationError: it has no title in English.
    """
    meeting = lock(meeting)
    refuse_title(title_en)
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=next_position(meeting),
        kind=kind,
        title_en=title_en.strip(),
        title_ko=title_ko.strip(),
        note=note.strip(),
    )
    audit.record_act("agenda.added", by=by, subject=meeting, facts={"item": item.title_en})
    return item


def refuse_title(title_en: str) -> None:
    """Every item can be named in the memorandum."""
    if not title_en.strip():
        raise ValidationError(_("Give the item a title in English."), code="title")


@transaction.atomic
def edit_item(
    item: AgendaItem, *, title_en: str, title_ko: str, note: str, by: User | None
) -> AgendaItem:
    """Say an item in other words, until something is resolved on it.

    Raises:
        ValidationError: it is decided on, or has no title in English.
    """
    meeting = lock(item.meeting)
    refuse_decided(item)
    refuse_title(title_en)
    item.title_en, item.title_ko, item.note = title_en.strip(), title_ko.strip(), note.strip()
    item.save(update_fields=["title_en", "title_ko", "note"])
    audit.record_act("agenda.changed", by=by, subject=meeting, facts={"item": item.title_en})
    return item


def refuse_decided(item: AgendaItem) -> None:
    """What was resolved was resolved on these words."""
    if item.resolutions.exists() or item.written_answers.exists():
        raise ValidationError(
            _("Something was decided on “%(item)s” already: it stays as it is.")
            % {"item": item.title_en},
            code="decided",
        )


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User | None) -> None:
    """Take an item off the agenda, unless something was put to it or resolved on it.

    Raises:
        ValidationError: it has papers or decisions.
    """
    meeting = lock(item.meeting)
    refuse_decided(item)
    if item.papers.exists():
        raise ValidationError(
            _("“%(item)s” has papers: it stays on the agenda.") % {"item": item.title_en},
            code="papers",
        )
    after, title = item.position, item.title_en
    item.delete()
    meeting.items.filter(position__gt=after).update(position=F("position") + AWAY)
    meeting.items.filter(position__gt=AWAY).update(position=F("position") - AWAY - 1)
    audit.record_act("agenda.removed", by=by, subject=meeting, facts={"item": title})


@transaction.atomic
def move_item_up(item: AgendaItem, *, by: User | None) -> bool:
    """Change places with the item before; False for the first."""
    meeting = lock(item.meeting)
    before = meeting.items.filter(position__lt=item.position).order_by("-position").first()
    if before is None:
        return False
    upper, lower = before.position, item.position
    rows = AgendaItem.objects
    rows.filter(pk=before.pk).update(position=AWAY + lower)
    rows.filter(pk=item.pk).update(position=upper)
    rows.filter(pk=before.pk).update(position=lower)
    audit.record_act("agenda.moved", by=by, subject=meeting, facts={"item": item.title_en})
    return True


@transaction.atomic
def publish_agenda(meeting: Meeting, *, on: dt.date, by: User | None) -> Meeting:
    """Note the day the agenda went out (S32); later changes of it are in the trail.

    Raises:
        ValidationError: there is nothing on it.
    """
    meeting = lock(meeting)
    if not meeting.items.exists():
        raise ValidationError(_("There is nothing on the agenda yet."), code="empty")
    if meeting.agenda_on is None:
        meeting.agenda_on = on
        meeting.save(update_fields=["agenda_on"])
        audit.record_act("agenda.published", by=by, subject=meeting)
    return meeting
