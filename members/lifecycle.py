"""How a member's status changes (R3, R4, R11) and who is settled as what (C3).

A change is one more dated line of the history; nothing is erased. Two things may happen on one day:
a line is judged by the status before its day, so that a mistake can be corrected, or by the line of
the same day that it follows.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.announcements import announce_statuses
from members.history import Entry, lines_after, status_on
from members.models import ENTRY_ORDER, DecisionItem, Kind, Member, Status, StatusEntry, User
from members.rows import sameness, squeeze
from members.transitions import (
    LONGEST_REASON,
    NEXT,
    find_refusal,
    find_undecided,
    refuse_reason,
    words,
)
from wego import audit

__all__ = [
    "LONGEST_REASON",
    "NEXT",
    "add_member",
    "as_lines",
    "confirm_status",
    "facts_of",
    "find_refusal",
    "lock",
    "mark_associate",
    "next_statuses",
    "read_lines",
    "record_status",
    "refuse_merged",
    "refuse_twin",
    "settle_statuses",
    "take_back_entry",
    "words",
    "write_entry",
]


@transaction.atomic
def add_member(member: Member, *, status: str, on: dt.date, reason: str, by: User | None) -> Member:
    """Store a new member and the first line of its history.

    Raises:
        ValidationError: the member is in the register already, or the line is not possible.
    """
    member.name_en, member.name_ko = squeeze(member.name_en), squeeze(member.name_ko)
    member.full_clean(validate_constraints=False)
    refuse_twin(member)
    member.save(force_insert=True)
    entry = write_entry(member, status, on=on, reason=reason, by=by)
    audit.record_act(
        "member.added", by=by, subject=member, why=entry.reason, facts=facts_of(entry, None)
    )
    return member


@transaction.atomic
def record_status(
    member: Member, status: str, *, on: dt.date, reason: str, by: User | None
) -> StatusEntry:
    """Let a status hold from a day on; it counts as confirmed.

    What only a body can decide is refused, unless it is how the member stood before that day: then
    the line corrects another one.

    Raises:
        ValidationError: the table of what may follow what refuses it, or the day or reason does.
    """
    locked = lock(member)
    lines = read_lines(locked)
    if refusal := find_refusal(locked, lines, status, on) or find_undecided(
        locked, lines, status, on
    ):
        raise refusal
    before = status_on(lines, on)
    entry = write_entry(locked, status, on=on, reason=reason, by=by)
    settle(locked, member)
    audit.record_act(
        "status.recorded", by=by, subject=locked, why=entry.reason, facts=facts_of(entry, before)
    )
    return entry


def confirm_status(member: Member, *, by: User | None, on: dt.date) -> StatusEntry:
    """Settle that the status a member was imported with is right (C3).

    The line repeats the status from its own day, so neither the status nor its date moves.

    Raises:
        ValidationError: nothing is left to confirm.
    """
    entries = settle_statuses(confirmed=[member.pk], on=on, by=by)
    member.status_confirmed = True
    return entries[0]


def mark_associate(member: Member, *, on: dt.date, reason: str, by: User | None) -> StatusEntry:
    """Settle that a member imported as full is an associate and owes nothing (C3, R6).

    Raises:
        ValidationError: its status is settled already, or it is no full member.
    """
    entries = settle_statuses(associates=[member.pk], reason=reason, on=on, by=by)
    member.status_confirmed = True
    return entries[0]


@transaction.atomic
def settle_statuses(
    *,
    confirmed: Collection[int] = (),
    associates: Collection[int] = (),
    reason: str = "",
    on: dt.date,
    by: User | None,
) -> list[StatusEntry]:
    """Settle imported statuses: some are right as they stand, some are associates (C3, R6).

    All or nothing, in a constant number of queries. Each new line holds from the day of the line it
    settles; `on` is the day somebody settled it.

    Raises:
        ValidationError: a member is settled already, has no status, or is marked without being a
            full member or without a reason.
    """
    members = Member.objects.select_for_update().in_bulk([*confirmed, *associates])
    standing = latest_entries(members)
    entries = [
        settling_entry(members[pk], standing.get(pk), f"Status confirmed on {on:%Y-%m-%d}.", by)
        for pk in sorted(set(confirmed) - set(associates))
        if pk in members
    ]
    if associates:
        refuse_reason(reason)
    for pk in sorted(set(associates) & set(members)):
        entry = settling_entry(members[pk], standing.get(pk), reason.strip(), by)
        refuse_marking(entry)
        entry.status = Status.ASSOCIATE
        entries.append(entry)
    StatusEntry.objects.bulk_create(entries)
    announce_statuses(
        entry for entry in entries if entry.status != standing[entry.member_id].status
    )
    Member.objects.filter(pk__in=[entry.member_id for entry in entries]).update(
        status_confirmed=True
    )
    audit.record_acts(
        audit.new_entry(
            "status.settled",
            by=by,
            subject=entry.member,
            why=entry.reason,
            facts=facts_of(entry, standing[entry.member_id].status),
        )
        for entry in entries
    )
    return entries


def settling_entry(
    member: Member, standing: StatusEntry | None, reason: str, by: User | None
) -> StatusEntry:
    """The line that settles an unconfirmed member's last line, from the same day; not stored."""
    if member.status_confirmed:
        raise ValidationError(
            _("The status of %(member)s is confirmed already.") % {"member": member},
            code="confirmed",
        )
    if standing is None:
        raise ValidationError(
            _("%(member)s has no status yet: record one.") % {"member": member}, code="no_status"
        )
    return StatusEntry(
        member=member,
        status=standing.status,
        effective_on=standing.effective_on,
        reason=reason,
        recorded_by=by,
    )


def refuse_marking(entry: StatusEntry) -> None:
    """Only who stands as a full member can turn out to be an associate."""
    if entry.status != Status.FULL:
        raise ValidationError(
            _("%(member)s is not a full member but %(status)s: nothing to mark.")
            % {"member": entry.member, "status": entry.get_status_display()},
            code="not_full",
        )


def latest_entries(members: Collection[int]) -> dict[int, StatusEntry]:
    """The last line of each member's history, in one query."""
    rows = StatusEntry.objects.filter(member__in=list(members)).order_by(*ENTRY_ORDER)
    return {entry.member_id: entry for entry in rows}


def next_statuses(member: Member, on: dt.date) -> list[str]:
    """What may be recorded for a member from a day on, in the order of a life."""
    lines = read_lines(member)
    return [
        status
        for status in Status.values
        if not find_refusal(member, lines, status, on)
        and not find_undecided(member, lines, status, on)
    ]


def write_entry(
    member: Member,
    status: str,
    *,
    on: dt.date,
    reason: str,
    by: User | None,
    item: DecisionItem | None = None,
) -> StatusEntry:
    """Append a line to a locked member's history, if the table allows it."""
    lines = read_lines(member)
    if refusal := find_refusal(member, lines, status, on):
        raise refusal
    refuse_reason(reason)
    entry = StatusEntry(
        member=member,
        status=status,
        effective_on=on,
        reason=reason.strip(),
        recorded_by=by,
        decision_item=item,
    )
    announce_statuses([entry])
    return StatusEntry.objects.bulk_create([entry, *carry_on(entry, lines)])[0]


def carry_on(entry: StatusEntry, lines: list[Entry]) -> list[StatusEntry]:
    """The new status repeated for later days whose lines were corrected back to the old one.

    A withdrawal that was taken back leaves two such lines on a day still to come; without this a
    change before that day would end on it.
    """
    return [
        StatusEntry(
            member=entry.member,
            status=entry.status,
            effective_on=line.effective_on,
            reason=entry.reason,
            recorded_by=entry.recorded_by,
            decision_item=entry.decision_item,
        )
        for line in lines_after(lines, entry.effective_on)
    ]


def take_back_entry(
    entry: StatusEntry, *, reason: str, by: User | None, item: DecisionItem | None = None
) -> list[StatusEntry]:
    """Undo what one line of a locked member's history did, by correcting lines (X09).

    The status that held before goes on: from the line's own day, and from each later day whose
    lines had been corrected back to what this one said.

    Raises:
        ValidationError: later lines that still hold stand on this one.
    """
    refuse_reason(reason)
    rows = list(entry.member.status_entries.order_by(*ENTRY_ORDER))
    place = rows.index(entry)
    held = status_on(as_lines(rows[:place]), entry.effective_on)
    later = days_of(rows[place + 1 :])
    if change := next((row for row in later if row.status != entry.status), None):
        raise ValidationError(
            _(
                "%(member)s is %(status)s from %(day)s: that stands on what you want to correct. "
                "Correct the later one first."
            )
            % {
                "member": entry.member,
                "status": words(change.status),
                "day": change.effective_on.isoformat(),
            },
            code="stands_on_it",
        )
    if held is None:
        raise ValidationError(
            _("The history of %(member)s begins here: there is nothing to go back to.")
            % {"member": entry.member},
            code="first_line",
        )
    days = sorted({entry.effective_on, *(row.effective_on for row in later)})
    lines = [
        StatusEntry(
            member=entry.member,
            status=held,
            effective_on=day,
            reason=reason.strip(),
            recorded_by=by,
            decision_item=item,
        )
        for day in days
    ]
    announce_statuses(lines[:1])
    return StatusEntry.objects.bulk_create(lines)


def days_of(rows: list[StatusEntry]) -> list[StatusEntry]:
    """The line that holds for each day, the last recorded one."""
    return list({row.effective_on: row for row in rows}.values())


def facts_of(entry: StatusEntry, before: str | None) -> dict[str, Any]:
    """What the audit trail keeps of a line: the status before and after, and from when."""
    return {"status": [before, entry.status], "from": entry.effective_on.isoformat()}


def read_lines(member: Member) -> list[Entry]:
    """A member's history as the pure rules know it."""
    lines = member.status_entries.order_by(*ENTRY_ORDER).values_list("status", "effective_on")
    return [Entry(status, effective_on) for status, effective_on in lines]


def as_lines(rows: Iterable[StatusEntry]) -> list[Entry]:
    """Stored lines as the pure rules know them."""
    return [Entry(row.status, row.effective_on) for row in rows]


def lock(member: Member) -> Member:
    """The member's row, held until the transaction ends.

    Raises:
        ValidationError: it was merged into another member, on whose file all goes on.
    """
    locked = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    refuse_merged(locked)
    return locked


def refuse_merged(member: Member) -> None:
    """A merged duplicate is history."""
    if member.merged_into_id:
        raise ValidationError(
            _("%(member)s was merged into %(survivor)s: work on that one.")
            % {"member": member, "survivor": member.merged_into},
            code="merged",
        )


def settle(locked: Member, member: Member) -> None:
    """Take a member off the list of statuses to confirm."""
    locked.status_confirmed = member.status_confirmed = True
    locked.save(update_fields=["status_confirmed"])


def refuse_twin(member: Member) -> None:
    """Capitals and spaces do not make another member of the same kind and country."""
    alone = Member.objects.standing_alone()
    names = alone.filter(kind=member.kind, country_code=member.country_code)
    wanted = sameness(member.name_en)
    for pk, name in names.values_list("pk", "name_en"):
        if pk != member.pk and sameness(name) == wanted:
            raise ValidationError(
                {
                    "name_en": ValidationError(
                        _("%(name)s is in the register already (%(kind)s, %(country)s).")
                        % {
                            "name": name,
                            "kind": dict(Kind.choices)[member.kind],
                            "country": member.country,
                        },
                        code="twin",
                    )
                }
            )
