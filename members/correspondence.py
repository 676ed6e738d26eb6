"""Mails to a member: to its liaison officer and its head, in the member's language."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from members.models import Contact, ContactRole, Language, Letter, Member
from wego import reader
from wego.outbox import Mailbox, post_mail

WRITTEN_TO = (ContactRole.LIAISON, ContactRole.HEAD)


def find_recipients(member: Member) -> list[Contact]:
    """The contacts a mail goes to, each address once, the liaison officer first."""
    contacts = sorted(member.contacts.all(), key=lambda contact: contact.role != WRITTEN_TO[0])
    by_address = {
        contact.email.lower(): contact
        for contact in reversed(contacts)
        if contact.role in WRITTEN_TO
    }
    return list(reversed(by_address.values()))


def write_to_member(
    kind: str, member: Member, facts: Mapping[str, str], *, letter: Letter | None = None
) -> int:
    """Post a mail to everybody it goes to; it waits for the letter it brings. Returns how many.

    Each kind is also told the member's name and the address of its portal. Without a contact
    nothing is sent: 0.
    """
    told = {**facts, "member": name_of(member), "portal": f"{settings.PUBLIC_URL}/portal/"}
    recipients = find_recipients(member)
    for contact in recipients:
        post_mail(
            kind,
            to=Mailbox(contact.email, contact.full_name, member.language),
            facts=told,
            file=member,
            waits_for=f"letter:{letter.pk}" if letter else "",
        )
    return len(recipients)


def name_of(member: Member) -> str:
    """The member's name in its own language."""
    with translation.override(member.language):
        return reader.choose(member.name_en, member.name_ko)


def say_day(day: dt.date, language: str) -> str:
    """A date as a letter in that language says it."""
    if language == Language.KOREAN:
        return f"{day.year}년 {day.month}월 {day.day}일"
    with translation.override(language):
        return date_format(day, "j F Y")
