"""What changes about a member besides its status: its names with their days (X10), kind and facts.

Everything keeps its old value: names in the register, the rest in the audit trail.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.lifecycle import lock, refuse_twin
from members.merging import merge_members, undo_merge
from members.models import Kind, Member, MemberName, User
from members.rows import squeeze
from wego import audit

__all__ = ["change_facts", "change_kind", "merge_members", "rename_member", "undo_merge"]

# What `change_facts` may change; names, kind and status have rules of their own.
CHANGEABLE = frozenset(
    {
        "level",
        "region",
        "is_capital",
        "country_code",
        "address",
        "language",
        "website",
        "in_directory",
        "note",
    }
)
ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def rename_member(
    member: Member,
    *,
    name_en: str,
    name_ko: str,
    on: dt.date,
    reason: str,
    by: User | None,
    used_from: dt.date | None = None,
) -> Member:
    """Give a member a new name from a day on (`used_from`, else `on`); the old one keeps its days.

    Issued invoices and letters keep the name they print. A second name from the very same day
    corrects the first: a name nobody bore for a day leaves no trace but the audit trail.

    Raises:
        ValidationError: the name is empty, as it was, another member's, or its day impossible.
    """
    locked = lock(member)
    first_day = used_from or on
    before, after = (locked.name_en, locked.name_ko), (squeeze(name_en), squeeze(name_ko))
    refuse_reason(reason)
    refuse_name(locked, before, after)
    last_day = refuse_day(locked, first_day, on)
    locked.name_en, locked.name_ko = after
    locked.full_clean(validate_constraints=False)
    refuse_twin(locked)
    if last_day is None or first_day > last_day + ONE_DAY:
        keep_name(locked, before, last_day, first_day - ONE_DAY)
    locked.save(update_fields=["name_en", "name_ko"])
    audit.record_act(
        "member.renamed",
        by=by,
        subject=locked,
        why=reason.strip(),
        facts={
            "name_en": [before[0], after[0]],
            "name_ko": [before[1], after[1]],
            "from": first_day.isoformat(),
        },
    )
    member.name_en, member.name_ko = after
    return locked


def keep_name(
    member: Member, names: tuple[str, str], last_day: dt.date | None, used_until: dt.date
) -> None:
    """Keep a name that ends, from the day after the one before it ended."""
    MemberName.objects.create(
        member=member,
        name_en=names[0],
        name_ko=names[1],
        used_from=last_day + ONE_DAY if last_day else None,
        used_until=used_until,
    )


def refuse_name(member: Member, before: tuple[str, str], after: tuple[str, str]) -> None:
    """Refuse an empty name, and one that changes nothing."""
    if not after[0]:
        raise ValidationError(
            {"name_en": ValidationError(_("Enter the name in English."), code="required")}
        )
    if before == after:
        raise ValidationError(
            _("%(member)s is called so already.") % {"member": member}, code="already"
        )


def refuse_day(member: Member, first_day: dt.date, on: dt.date) -> dt.date | None:
    """The last day of the name before the present one; refuse a day before it, or to come."""
    if first_day > on:
        raise ValidationError(
            _("%(day)s is still to come: rename on that day, or name the day it was decided for.")
            % {"day": first_day.isoformat()},
            code="future",
        )
    ended = member.other_names.filter(used_until__isnull=False).order_by("used_until").last()
    last_day = ended.used_until if ended else None
    if last_day and first_day <= last_day:
        raise ValidationError(
            _("%(member)s bears its name since %(day)s: another one cannot begin before that.")
            % {"member": member, "day": (last_day + ONE_DAY).isoformat()},
            code="before_last",
        )
    return last_day


@transaction.atomic
def change_kind(member: Member, kind: str, *, on: dt.date, reason: str, by: User | None) -> Member:
    """Make a member one of another kind: another fee table from the next invoice on.

    Raises:
        ValidationError: no such kind, as it was, or another member of that kind has the name.
    """
    locked = lock(member)
    refuse_reason(reason)
    if kind not in Kind.values:
        raise ValidationError(_("Choose city, institution or company."), code="unknown")
    if kind == locked.kind:
        raise ValidationError(
            _("%(member)s is of this kind already.") % {"member": locked}, code="already"
        )
    changed: dict[str, list[Any]] = {"kind": [locked.kind, kind]}
    if kind != Kind.CITY and locked.is_capital:
        changed["is_capital"] = [True, False]
    return write_changes(
        locked, member, changed, act="member.kind_changed", on=on, by=by, why=reason
    )


@transaction.atomic
def change_facts(
    member: Member, facts: Mapping[str, Any], *, on: dt.date, reason: str = "", by: User | None
) -> Member:
    """Change facts of the kinds of `CHANGEABLE`; what stays the same is passed over.

    Raises:
        ValidationError: a value is not possible (by field), or none is new.
    """
    locked = lock(member)
    if unknown := sorted(facts.keys() - CHANGEABLE):
        raise ValueError(f"No facts that are changed here: {unknown}.")
    changed = {
        name: [getattr(locked, name), value]
        for name, value in facts.items()
        if value != getattr(locked, name)
    }
    if not changed:
        raise ValidationError(_("Nothing is different from what stands here."), code="already")
    return write_changes(locked, member, changed, act="member.changed", on=on, by=by, why=reason)


def write_changes(
    locked: Member,
    member: Member,
    changed: dict[str, list[Any]],
    *,
    act: str,
    on: dt.date,
    by: User | None,
    why: str,
) -> Member:
    """Store new values of a locked member, checked, with old and new in the audit trail."""
    for name, (_old, new) in changed.items():
        setattr(locked, name, new)
    locked.full_clean(validate_constraints=False)
    if locked.is_capital and locked.kind != Kind.CITY:
        raise ValidationError(
            {"is_capital": ValidationError(_("Only a city can be a capital."), code="capital")}
        )
    if changed.keys() & {"kind", "country_code"}:
        refuse_twin(locked)
    locked.save(update_fields=list(changed))
    audit.record_act(
        act, by=by, subject=locked, why=why.strip(), facts={**changed, "on": on.isoformat()}
    )
    for name in changed:
        setattr(member, name, getattr(locked, name))
    return locked


def refuse_reason(reason: str) -> None:
    """A change that money or a name hangs on says why."""
    if not reason.strip():
        raise ValidationError(_("Say why."), code="reason")
