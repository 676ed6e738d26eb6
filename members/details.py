"""What a member changes about itself at once: nothing here moves money or its name.

Whoever saves says which values they had before them (`seen`): when somebody else saved meanwhile,
the second person is told and sees both. Every change is in the audit trail.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.changes import change_facts
from members.lifecycle import lock
from members.models import Contact, Member, User
from wego import audit
from wego.outbox import Mailbox

DETAILS = ("address", "website", "language", "in_directory")
CONTACT_FIELDS = ("full_name", "position", "email", "phone")
MOST_CONTACTS = 12


def mark_of(values: Mapping[str, Any]) -> str:
    """A short mark of values as a page showed them; other values, another mark."""
    written = json.dumps(dict(values), sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def details_of(member: Member) -> dict[str, Any]:
    """What stands now."""
    return {name: getattr(member, name) for name in DETAILS}


def contact_facts(contact: Contact) -> dict[str, Any]:
    """What stands of a contact now."""
    return {name: getattr(contact, name) for name in CONTACT_FIELDS}


@transaction.atomic
def update_details(
    member: Member, *, seen: str, on: dt.date, by: User | None, **wanted: str | bool
) -> bool:
    """Store address, website, language or listing; returns whether anything is different now.

    Raises:
        ValidationError: somebody else saved since the page was read (`changed_meanwhile`), or a
            value is none (by field).
    """
    before = details_of(lock(member))
    refuse_unseen(seen, before)
    facts = {
        name: wanted[name] for name in DETAILS if wanted.get(name, before[name]) != before[name]
    }
    if facts:
        change_facts(member, facts, on=on, by=by)
    return bool(facts)


@transaction.atomic
def add_contact(member: Member, *, role: str, by: User | None, **facts: str) -> Contact:
    """One more person the secretariat writes to.

    Raises:
        ValidationError: a value is none (by field), or there are very many already.
    """
    locked = lock(member)
    if locked.contacts.count() >= MOST_CONTACTS:
        raise ValidationError(
            _("At most %(most)s contacts can be kept: remove one first.") % {"most": MOST_CONTACTS},
            code="too_many",
        )
    contact = Contact(member=locked, role=role, **stripped(facts))
    refuse_mailbox(contact)
    contact.full_clean()
    contact.save()
    record_contact("contact.added", contact, by=by, facts=contact_facts(contact))
    return contact


@transaction.atomic
def change_contact(
    contact: Contact, *, seen: str, by: User | None, **facts: str
) -> dict[str, list[Any]]:
    """Correct a contact; returns old and new of what changed.

    Raises:
        ValidationError: somebody else saved since the page was read, or a value is none.
    """
    lock(contact.member)
    locked = lock_contact(contact)
    before = contact_facts(locked)
    refuse_unseen(seen, before)
    for name, value in stripped(facts).items():
        setattr(locked, name, value)
    refuse_mailbox(locked)
    locked.full_clean()
    changed = differences(before, contact_facts(locked))
    if changed:
        locked.save(update_fields=CONTACT_FIELDS)
        record_contact("contact.changed", locked, by=by, facts=changed)
    return changed


@transaction.atomic
def remove_contact(contact: Contact, *, by: User | None) -> None:
    """Write to this person no more.

    Raises:
        ValidationError: somebody removed it already.
    """
    lock(contact.member)
    locked = lock_contact(contact)
    record_contact("contact.removed", locked, by=by, facts=contact_facts(locked))
    locked.delete()


def refuse_mailbox(contact: Contact) -> None:
    """Letters go to exactly one mailbox (S9)."""
    try:
        Mailbox(contact.email, contact.full_name)
    except ValidationError as error:
        field = "full_name" if error.code == "name" else "email"
        raise ValidationError({field: error.messages}) from error


def lock_contact(contact: Contact) -> Contact:
    """The contact's row, held until the transaction ends."""
    locked = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if locked is None:
        raise ValidationError(_("Somebody removed this contact meanwhile."), code="gone")
    return locked


def record_contact(act: str, contact: Contact, *, by: User | None, facts: dict[str, Any]) -> None:
    """On the file of the member."""
    audit.record_act(
        act, by=by, subject=contact, file=contact.member, facts={"role": contact.role, **facts}
    )


def refuse_unseen(seen: str, now: Mapping[str, Any]) -> None:
    """Refuse to write over values the person never saw."""
    if seen != mark_of(now):
        raise ValidationError(
            _(
                "Somebody else changed this while you were writing. Nothing of yours is stored "
                "yet: what stands now is shown beside what you wrote. Save again to keep yours."
            ),
            code="changed_meanwhile",
        )


def stripped(facts: Mapping[str, str]) -> dict[str, str]:
    """Texts without the blanks around them; only what a contact has."""
    return {name: facts[name].strip() for name in CONTACT_FIELDS if name in facts}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new of every value that is another now."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}
