"""The task list of an application: its parts, how far each is, where it leads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.applying import CONTACTS, FIGURES, FORM, ORGANISATION, SECTIONS, Gap
from members.models import Application, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TITLES: dict[str, StrOrPromise] = {
    ORGANISATION: gettext_lazy("Your organisation"),
    FIGURES: gettext_lazy("Figures"),
    CONTACTS: gettext_lazy("Contacts"),
    FORM: gettext_lazy("The signed form"),
}


@dataclass(frozen=True)
class Task:
    """One part: `tone` and `label` say how far it is; without an address it cannot begin yet."""

    section: str
    title: StrOrPromise
    words: str
    tone: str
    label: str
    can_begin: bool = True


def list_tasks(application: Application, gaps: Collection[Gap]) -> list[Task]:
    """The four parts in order."""
    lacking = {gap.section for gap in gaps}
    tasks = []
    for section in SECTIONS:
        waits = section == FORM and bool(lacking - {FORM})
        tone, label = how_far(application, section, lacking=section in lacking, waits=waits)
        words = words_of(application, section)
        tasks.append(Task(section, TITLES[section], words, tone, label, can_begin=not waits))
    return tasks


def how_far(
    application: Application, section: str, *, lacking: bool, waits: bool
) -> tuple[str, str]:
    """Tone and word of a part."""
    if not lacking:
        return "ok", _("Completed")
    if waits:
        return "quiet", _("Cannot start yet")
    if has_begun(application, section):
        return "warn", _("Incomplete")
    return "info", _("Not started")


def has_begun(application: Application, section: str) -> bool:
    """Whether something was typed into a part."""
    if section == ORGANISATION:
        return any((application.name_en, application.name_ko, application.country_code))
    if section == FIGURES:
        return application.figure_value is not None or bool(application.figure_source)
    if section == CONTACTS:
        return any(any(person.values()) for person in application.contacts.values())
    return False


def words_of(application: Application, section: str) -> str:
    """What a part asks for, in a line."""
    if section == ORGANISATION:
        return _("Names, country, address")
    if section == FIGURES:
        if application.kind == Kind.CITY:
            return _("Population, with its source and year")
        return _("Number of employees")
    if section == CONTACTS:
        return _("Head, liaison officer, finance contact")
    return _("Print it, have it signed, upload it")
