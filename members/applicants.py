"""Whoever applied: their people, their mailboxes, and what is mailed to them."""

from __future__ import annotations

from members.models import Application, ContactRole, Letter
from members.private_links import private_link
from wego.outbox import Mailbox, post_mail


def person_of(application: Application, role: str) -> dict[str, str]:
    """One contact of an application; empty words for what was left out."""
    person = (application.contacts or {}).get(role) or {}
    return {
        name: str(person.get(name) or "").strip()
        for name in ("full_name", "position", "email", "phone")
    }


def tell(
    application: Application, kind: str, facts: dict[str, str], *, letter: Letter | None = None
) -> None:
    """Mail whoever applied and the liaison; with a letter once it is printed."""
    for box in mailboxes(application):
        post_mail(
            kind,
            to=box,
            facts={
                "name": name_for(application),
                "reference": application.reference,
                "link": private_link(application),
                **facts,
            },
            file=application.member or application,
            waits_for=f"letter:{letter.pk}" if letter else "",
        )


def addresses_of(application: Application) -> dict[str, str]:
    """The applicant's address and the liaison's, once when they are one, with the known names."""
    liaison = person_of(application, ContactRole.LIAISON)
    named = {liaison["email"].lower(): liaison["full_name"]} if liaison["email"] else {}
    return {application.applicant_email.lower(): "", **named}


def mailboxes(application: Application) -> list[Mailbox]:
    """Whom a mail about an application goes to."""
    return [
        Mailbox(email, name, application.language)
        for email, name in addresses_of(application).items()
    ]


def name_for(application: Application) -> str:
    """The organisation's name as the applicant reads it."""
    korean = application.language == "ko" and application.name_ko
    return application.name_ko if korean else application.name_en
