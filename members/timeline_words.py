"""The lines of a member's timeline in words: what happened, in the reader's language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.answers import Happening
from members.models import (
    AffiliationRole,
    ApplicationState,
    LetterKind,
    Measure,
    Member,
    Outcome,
    ProposalState,
    Status,
    reason_words,
)
from wego.models import MailState
from wego.templatetags.ui import day, figure

SORT_LABELS = {
    "status": gettext_lazy("Status"),
    "decision": gettext_lazy("Decisions"),
    "dues": gettext_lazy("Invoices"),
    "application": gettext_lazy("Application"),
    "letter": gettext_lazy("Letters"),
    "mail": gettext_lazy("Mails"),
    "figure": gettext_lazy("Figures"),
    "people": gettext_lazy("Invitations"),
    "change": gettext_lazy("Changes"),
}
# Where a line leads, by what it is, and what one must be allowed to follow it.
PAGES = {
    "decision": ("admin:members_decision_change", "members.view_decision"),
    "application": ("admin:members_application_change", "members.view_application"),
    "letter": ("admin:members_letter_pdf", "members.view_letter"),
    "mail": ("admin:wego_mail_change", "wego.view_mail"),
    "proposed": ("admin:members_proposal_change", "members.view_proposal"),
    "answered": ("admin:members_proposal_change", "members.view_proposal"),
}
LONGEST_CHANGE = 60


class Row(NamedTuple):
    """One line as the database gives it; which field means what depends on `what`."""

    sort: str
    what: str
    at: dt.datetime
    code: str
    name: str
    why: str
    who: str
    day: dt.date | None
    number: int | None
    link: int | None


def describe(row: Row, may: Callable[[str], bool]) -> Happening:
    """A line in words; it leads where the reader may go."""
    return Happening(
        at=row.at,
        sort=row.sort,
        what=WORDS[row.what](row),
        who=row.who,
        why=reason_words(row.why) if row.what != "mail" else "",
        url=address_of(row, may),
    )


def address_of(row: Row, may: Callable[[str], bool]) -> str:
    """The page of what a line tells of; "" where there is none for the reader."""
    page, permission = PAGES.get(row.what, ("", ""))
    return reverse(page, args=[row.link]) if row.link and page and may(permission) else ""


def label(choices: list[tuple[Any, Any]], code: str) -> str:
    """A stored code as people read it."""
    return str(dict(choices).get(code, code))


def tell_status(row: Row) -> str:
    """A line of the history."""
    return _("%(status)s from %(day)s") % {
        "status": label(Status.choices, row.code),
        "day": day(row.day),
    }


def tell_notice(row: Row) -> str:
    """A notice of leaving."""
    return _("Notice of withdrawal received on %(day)s") % {"day": day(row.day)}


def tell_proceeding(row: Row) -> str:
    """A proposal to act against the member."""
    return _("Proposed: %(outcome)s; the member may be heard until %(day)s") % {
        "outcome": label(Outcome.choices, row.code),
        "day": day(row.day),
    }


def tell_decision(row: Row) -> str:
    """What a body decided."""
    return _("%(outcome)s, effective %(day)s (%(meeting)s)") % {
        "outcome": label(Outcome.choices, row.code),
        "day": day(row.day),
        "meeting": row.name,
    }


def tell_application(row: Row) -> str:
    """A step of an application."""
    return _("Application %(reference)s: %(state)s") % {
        "reference": row.name,
        "state": label(ApplicationState.choices, row.code),
    }


def tell_letter(row: Row) -> str:
    """A letter or certificate."""
    return f"{label(LetterKind.choices, row.code)} {row.name}"


def tell_mail(row: Row) -> str:
    """A mail and how far it is."""
    return _("Mail to %(address)s: %(subject)s (%(state)s)") % {
        "address": row.name,
        "subject": row.why or _("private"),
        "state": label(MailState.choices, row.code),
    }


def tell_figure(row: Row) -> str:
    """A figure of a dues year."""
    return _("%(measure)s for %(year)s: %(value)s") % {
        "measure": label(Measure.choices, row.code),
        "year": row.name,
        "value": figure(row.number),
    }


def tell_invited(row: Row) -> str:
    """An invitation."""
    return _("%(address)s invited as %(role)s") % {
        "address": row.name,
        "role": label(AffiliationRole.choices, row.code),
    }


def tell_joined(row: Row) -> str:
    """An invitation that was accepted."""
    return _("%(address)s accepted the invitation") % {"address": row.name}


def tell_proposed(row: Row) -> str:
    """What a member's person asked to have changed."""
    return _("Change proposed: %(fields)s") % {"fields": tell_fields(row.name)}


def tell_answered(row: Row) -> str:
    """What the secretariat made of it."""
    return f"{label(ProposalState.choices, row.code)}: {tell_fields(row.name)}"


def tell_act(row: Row) -> str:
    """An act of the audit trail with what it changed."""
    changed = tell_changes(row.name)
    return f"{act_label(row.code)}: {changed}" if changed else act_label(row.code)


WORDS: dict[str, Callable[[Row], str]] = {
    "status": tell_status,
    "notice": tell_notice,
    "proceeding": tell_proceeding,
    "decision": tell_decision,
    "application": tell_application,
    "letter": tell_letter,
    "mail": tell_mail,
    "figure": tell_figure,
    "invited": tell_invited,
    "joined": tell_joined,
    "proposed": tell_proposed,
    "answered": tell_answered,
    "act": tell_act,
}


def act_label(act: str) -> str:
    """An act's name for readers, declared by the app it belongs to."""
    for config in apps.get_app_configs():
        if found := getattr(config, "acts", {}).get(act):
            return str(found)
    return act


def tell_fields(changes: str) -> str:
    """The names of the fields of a proposal."""
    return ", ".join(sorted(field_label(name) for name in read_json(changes)))


def tell_changes(facts: str) -> str:
    """Old and new values, as far as they are words of a line."""
    told = []
    for name, value in sorted(read_json(facts).items()):
        if isinstance(value, list) and len(value) == len(("old", "new")):
            old, new = (shorten(side) for side in value)
            told.append(f"{field_label(name)} {old} → {new}")
    return ", ".join(told)


def shorten(value: object) -> str:
    """A value as part of a line."""
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST_CHANGE else f"{text[: LONGEST_CHANGE - 1]}…"


def field_label(name: str) -> str:
    """What a member's field is called; other facts by their own word."""
    try:
        return str(Member._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 Django's documented door
    except (FieldDoesNotExist, AttributeError):
        return _("figure") if name == "figure" else name.replace("_", " ")


def read_json(text: str) -> dict[str, Any]:
    """The pairs of a JSON column that was read as text."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
