"""Entering for an award without an account (R23, P13): begun, saved, submitted, taken back.

Whoever holds the private link is the entrant; their acts are recorded with nobody as the doer.
Every act but looking is refused after the deadline, whatever page is still open somewhere.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.awards.completeness import find_gaps
from events.awards.links import mail_link, mailbox_of, private_link, say_deadline
from events.awards.moving import lock_edition, takes_entries
from events.awards.naming import name_key
from events.models import (
    ENTERED,
    AwardEdition,
    AwardEntry,
    EntrantKind,
    EntryState,
)
from members.duplicates import core_of, find_duplicates
from members.models import ON_ROSTER, Kind, Member
from wego import audit, outbox
from wego.templatetags.ui import day

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
FIELDS = (
    *("kind", "city", "country_code", "organisation", "contact_name", "contact_position"),
    *("category", "title", "summary", "challenge", "solution", "results", "website"),
)


@transaction.atomic
def begin_entry(edition: AwardEdition, *, email: str, language: str, on: dt.date) -> AwardEntry:
    """A draft with its reference, and the mail with the private link to it.

    Raises:
        ValidationError: no entries are taken now (`deadline`), or the address is none.
    """
    refuse_late(edition, on)
    entry = AwardEntry(
        edition=edition,
        reference=find_reference(edition),
        email=email.strip().lower(),
        language=language,
    )
    entry.clean_fields()
    entry.save(force_insert=True)
    audit.record_act("award.entry_begun", by=None, subject=entry)
    mail_link(entry)
    return entry


def find_reference(edition: AwardEdition) -> str:
    """`AW-2020-7K3Q9`: the year, and signs that nobody can count on."""
    while True:
        signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
        reference = f"AW-{edition.year}-{signs}"
        if not AwardEntry.objects.filter(reference=reference).exists():
            return reference


def refuse_late(edition: AwardEdition, on: dt.date) -> None:
    """Refuse what comes before the call or after the deadline, in words.

    Raises:
        ValidationError: `deadline`.
    """
    if takes_entries(edition, on):
        return
    if on > edition.deadline_on:
        sentence = _("The deadline was %(deadline)s. Entries are no longer taken or changed.")
        raise ValidationError(sentence % {"deadline": say_deadline(edition)}, code="deadline")
    raise ValidationError(
        _("The call for entries is not open. It begins on %(day)s.") % {"day": day(edition.call_on)}
        if on < edition.call_on
        else _("The call for entries is not open."),
        code="deadline",
    )


def lock_draft(entry: AwardEntry, *, on: dt.date) -> AwardEntry:
    """The row of an entry that may still be changed.

    Raises:
        ValidationError: `deadline`, or `submitted`: it was submitted or withdrawn.
    """
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    refuse_late(locked.edition, on)
    if locked.state != EntryState.DRAFT:
        raise ValidationError(
            _("This entry was submitted: open it again before you change it."), code="submitted"
        )
    return locked


@transaction.atomic
def save_entry(entry: AwardEntry, values: Mapping[str, Any], *, on: dt.date) -> AwardEntry:
    """Keep what was typed, complete or not; only the fields that are given.

    Raises:
        ValidationError: `deadline`, `submitted`, or by field.
    """
    locked = lock_draft(entry, on=on)
    known = {name: values[name] for name in FIELDS if name in values}
    category = known.get("category")
    if category is not None and category.edition_id != locked.edition_id:
        raise ValidationError({"category": _("Choose a category of this edition.")})
    for name, value in known.items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    locked.city_key = key_of_city(locked)
    locked.project_key = name_key(locked.title)[:160]
    locked.clean_fields()
    locked.save()
    audit.record_act("award.entry_saved", by=None, subject=locked, facts={"fields": sorted(known)})
    return locked


def key_of_city(entry: AwardEntry) -> str:
    """Whose entries are counted together: the city in its country, or the person."""
    name = entry.contact_name if entry.kind == EntrantKind.INDIVIDUAL else entry.city
    sort = "person" if entry.kind == EntrantKind.INDIVIDUAL else "city"
    key = name_key(name)
    return f"{sort}:{entry.country_code}:{key}"[:220] if key else ""


@transaction.atomic
def submit_entry(entry: AwardEntry, *, on: dt.date) -> AwardEntry:
    """Hand the entry in; it counts among those of its city, and is confirmed by mail.

    Raises:
        ValidationError: `deadline`, `submitted`, `incomplete`, `limit` (the city has its number
            of entries), or `twice` (the project is entered in another category).
    """
    edition = lock_edition(entry.edition)
    locked = lock_draft(entry, on=on)
    if gaps := find_gaps(locked):
        raise ValidationError([ValidationError(gap.sentence, code="incomplete") for gap in gaps])
    locked.member = find_member(locked, on)
    others = edition.entries.filter(state__in=ENTERED).exclude(pk=locked.pk)
    own = others.filter(city_key=locked.city_key)
    if locked.member and locked.kind != EntrantKind.INDIVIDUAL:
        own = own | others.filter(member=locked.member).exclude(kind=EntrantKind.INDIVIDUAL)
    known = list(own.distinct())
    if any(other.project_key == locked.project_key for other in known):
        raise ValidationError(
            _("“%(title)s” is entered already. A project is entered in one category only.")
            % {"title": locked.title},
            code="twice",
        )
    if len(known) >= edition.entries_per_city:
        raise ValidationError(
            _("%(city)s has %(count)s entries already, as many as a city may have: %(names)s.")
            % {
                "city": locked.entrant,
                "count": len(known),
                "names": ", ".join(other.reference for other in known),
            },
            code="limit",
        )
    locked.state, locked.submitted_on = EntryState.SUBMITTED, on
    locked.save(update_fields=["state", "submitted_on", "member"])
    audit.record_act("award.entry_submitted", by=None, subject=locked, file=file_of(locked))
    mail_receipt(locked)
    return locked


def find_member(entry: AwardEntry, on: dt.date) -> Member | None:
    """The member an entering city is; nobody needs to be one (R23).

    “City of Seongnam” is Seongnam, unless two members could be meant.
    """
    twins = find_duplicates(entry.city, "", country_code=entry.country_code, kind=Kind.CITY)
    known = [(twin, twin.found) for twin in twins if isinstance(twin.found, Member)]
    likely = [found.pk for twin, found in known if twin.certain] or [
        found.pk for _twin, found in known if core_of(found.name_en) == core_of(entry.city)
    ]
    rows = Member.objects.with_status(on).filter(
        ("status__in", ON_ROSTER), pk__in=likely, kind=Kind.CITY
    )
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def file_of(entry: AwardEntry) -> Member | AwardEntry:
    """On whose file an act shows: the member's, if the city is one."""
    return entry.member or entry


def mail_receipt(entry: AwardEntry) -> None:
    """Confirm a submitted entry."""
    with override(entry.language):
        facts = {
            "edition": str(entry.edition),
            "project": entry.title,
            "reference": entry.reference,
            "link": private_link(entry),
            "category": str(entry.category),
            "deadline": say_deadline(entry.edition),
        }
    outbox.post_mail("award_entered", to=mailbox_of(entry), facts=facts, file=entry)


@transaction.atomic
def reopen_entry(entry: AwardEntry, *, on: dt.date) -> AwardEntry:
    """Take a submitted entry back into a draft, to change it before the deadline.

    Raises:
        ValidationError: `deadline`, or it is not submitted.
    """
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    refuse_late(locked.edition, on)
    if locked.state != EntryState.SUBMITTED:
        raise ValidationError(_("This entry is not submitted."), code="state")
    locked.state, locked.submitted_on = EntryState.DRAFT, None
    locked.save(update_fields=["state", "submitted_on"])
    audit.record_act("award.entry_reopened", by=None, subject=locked)
    return locked


@transaction.atomic
def withdraw_entry(entry: AwardEntry, *, on: dt.date) -> AwardEntry:
    """Take an entry back for good, before the deadline.

    Raises:
        ValidationError: `deadline`, or it is past that.
    """
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    refuse_late(locked.edition, on)
    if locked.state not in {EntryState.DRAFT, EntryState.SUBMITTED}:
        raise ValidationError(_("This entry cannot be withdrawn any more."), code="state")
    locked.state = EntryState.WITHDRAWN
    locked.save(update_fields=["state"])
    audit.record_act("award.entry_withdrawn", by=None, subject=locked)
    return locked
