"""Mails on money: to whoever pays a member's dues, in the member's language."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from dues.models import Paper
from dues.papers import ADDRESSEES, waits_for
from members.correspondence import name_of
from members.models import Contact, Member
from wego.outbox import Mailbox, is_mailbox, post_mail


def find_payers(member: Member) -> list[Contact]:
    """The finance contacts; where there is none the liaison officer, else the head. Each once."""
    return choose_payers(list(member.contacts.order_by("pk")))


def choose_payers(contacts: Sequence[Contact]) -> list[Contact]:
    """Those of a member's contacts that mails on money go to.

    A contact whose stored address is none is passed over, so that it holds up nobody else's mail.
    """
    for role in ADDRESSEES:
        asked = (each for each in contacts if each.role == role)
        found = {
            each.email.lower(): each for each in asked if is_mailbox(each.email, each.full_name)
        }
        if found:
            return list(found.values())
    return []


def write_to_payer(
    kind: str,
    member: Member,
    facts: Mapping[str, str],
    *,
    paper: Paper | None = None,
    attachments: Sequence[Mapping[str, str]] = (),
) -> int:
    """Post a mail to who pays; it waits for the paper it brings. Returns how many were posted.

    `attachments` are files made already, as the outbox takes them.

    Each kind is also told the member's name and the address of its portal. Without a contact
    nothing is sent: 0.
    """
    told = {**facts, "member": name_of(member), "portal": f"{settings.PUBLIC_URL}/portal/"}
    payers = find_payers(member)
    for contact in payers:
        post_mail(
            kind,
            to=Mailbox(contact.email, contact.full_name, member.language),
            facts=told,
            file=member,
            waits_for=waits_for(paper) if paper else "",
            attachments=attachments,
        )
    return len(payers)
