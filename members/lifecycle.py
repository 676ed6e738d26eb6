"""How a member's status may change (R3, R4, R11, S12-S16) and who is settled as what (C3).

A change is one more dated line of the history; nothing is erased. A mistake is corrected by a line
of the same day, which is judged by the status before that day.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.history import Entry, status_on
from members.models import ENTRY_ORDER, Kind, Member, Status, StatusEntry, User
from members.rows import sameness, squeeze

# From the status before (None: not a member yet) to what may follow.
NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({Status.ASSOCIATE, Status.FULL}),
    Status.ASSOCIATE: frozenset({Status.FULL, Status.REJECTED, Status.WITHDRAWN}),
    Status.FULL: frozenset({Status.SUSPENDED, Status.WITHDRAWN, Status.EXPELLED}),
    Status.SUSPENDED: frozenset({Status.FULL, Status.WITHDRAWN, Status.EXPELLED}),
    Status.REJECTED: frozenset({Status.ASSOCIATE}),
    Status.WITHDRAWN: frozenset({Status.ASSOCIATE}),
    Status.EXPELLED: frozenset({Status.ASSOCIATE}),
}
LONGEST_REASON = 300
FOUNDED_ON = dt.date(2010, 1, 1)


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
    write_entry(member, status, on=on, reason=reason, by=by)
    return member


@transaction.atomic
def record_status(
    member: Member, status: str, *, on: dt.date, reason: str, by: User | None
) -> StatusEntry:
    """Let a status hold from a day on; it counts as confirmed, being decided.

    Raises:
        ValidationError: the table of what may follow what refuses it, or the day or reason does.
    """
    locked = lock(member)
    entry = write_entry(locked, status, on=on, reason=reason, by=by)
    settle(locked, member)
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
    Member.objects.filter(pk__in=[entry.member_id for entry in entries]).update(
        status_confirmed=True
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
    return [status for status in Status.values if not find_refusal(member, lines, status, on)]


def write_entry(
    member: Member, status: str, *, on: dt.date, reason: str, by: User | None
) -> StatusEntry:
    """Append a line to a locked member's history, if the table allows it."""
    if refusal := find_refusal(member, read_lines(member), status, on):
        raise refusal
    refuse_reason(reason)
    return StatusEntry.objects.create(
        member=member, status=status, effective_on=on, reason=reason.strip(), recorded_by=by
    )


def refuse_reason(reason: str) -> None:
    """Every line of a history says why."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise ValidationError(
            _("Give a reason of at most %(longest)s characters: a decision, letter or meeting.")
            % {"longest": LONGEST_REASON},
            code="reason",
        )


def find_refusal(
    member: Member, lines: list[Entry], status: str, on: dt.date
) -> ValidationError | None:
    """Why a status cannot hold from a day on; None when it can."""
    facts: dict[str, Any] = {"member": member, "day": on.isoformat(), "status": words(status)}
    if status not in Status.values:
        return ValidationError(_("“%(status)s” is no status.") % facts, code="unknown")
    if on < FOUNDED_ON:
        return ValidationError(
            _("%(day)s is before WeGO was founded in 2010.") % facts, code="too_early"
        )
    if lines and on < lines[-1].effective_on:
        facts |= {"last": words(lines[-1].status), "since": lines[-1].effective_on.isoformat()}
        return ValidationError(
            _("%(member)s is %(last)s from %(since)s: a change cannot lie before that.") % facts,
            code="before_last",
        )
    if status_on(lines, on) == status:
        return ValidationError(_("%(member)s is already: %(status)s.") % facts, code="already")
    before = status_on(lines, on - dt.timedelta(days=1))
    if status in NEXT[before] or (status == before and lines[-1].effective_on == on):
        return None
    facts["before"] = words(before) if before else _("not a member yet")
    return ValidationError(
        _("%(member)s is %(before)s: that cannot become “%(status)s”.") % facts, code="not_allowed"
    )


def words(status: str) -> str:
    """A status as people read it."""
    return str(dict(Status.choices).get(status, status))


def read_lines(member: Member) -> list[Entry]:
    """A member's history as the pure rules know it."""
    lines = member.status_entries.order_by(*ENTRY_ORDER).values_list("status", "effective_on")
    return [Entry(status, effective_on) for status, effective_on in lines]


def lock(member: Member) -> Member:
    """The member's row, held until the transaction ends."""
    return Member.objects.select_for_update().get(pk=member.pk)


def settle(locked: Member, member: Member) -> None:
    """Take a member off the list of statuses to confirm."""
    locked.status_confirmed = member.status_confirmed = True
    locked.save(update_fields=["status_confirmed"])


def refuse_twin(member: Member) -> None:
    """Capitals and spaces do not make another member of the same kind and country."""
    names = Member.objects.filter(kind=member.kind, country_code=member.country_code)
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
