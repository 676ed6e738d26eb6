"""An application read back: every answer with its question, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from members.apply.tasks import TITLES
from members.applying import CONTACTS, FIGURES, ORGANISATION
from members.models import Application, ContactRole, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Answer:
    """One answer: its question, what was said, and the field to change it at."""

    question: StrOrPromise
    said: str
    field: str
    script: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the application with its answers; `heading` for one of several in a part."""

    section: str
    title: StrOrPromise
    answers: tuple[Answer, ...]


def list_answers(application: Application) -> list[Part]:
    """Everything that was answered, in the order it was asked."""
    return [
        Part(ORGANISATION, TITLES[ORGANISATION], tuple(about_organisation(application))),
        Part(FIGURES, TITLES[FIGURES], tuple(about_figures(application))),
        *(
            Part(CONTACTS, ContactRole(role).label, tuple(about_person(application, role)))
            for role in ContactRole.values
        ),
    ]


def about_organisation(application: Application) -> list[Answer]:
    """Who applies; what was left out and need not be said is left out here too."""
    city = application.kind == Kind.CITY
    return [
        Answer(_("Kind"), str(application.get_kind_display()), "kind"),
        Answer(_("Name in English"), application.name_en, "name_en"),
        *said(_("Name in Korean"), application.name_ko, "name_ko", "ko"),
        *said(_("Name in your own script"), application.name_local, "name_local"),
        Answer(_("Country"), application.country, "country_code"),
        *([Answer(_("Territory"), application.level, "level")] if city else []),
        Answer(_("Postal address"), application.address, "address"),
        *said(_("Website"), application.website, "website"),
        Answer(_("Our letters in"), str(application.get_language_display()), "language"),
        *said(_("Message to the secretariat"), application.note, "note"),
    ]


def about_figures(application: Application) -> list[Answer]:
    """The figure with where it is from."""
    city, value = application.kind == Kind.CITY, application.figure_value
    year = application.figure_source_year
    question = _("Population (persons)") if city else _("Number of employees")
    source = (_("Source"), application.figure_source, "figure_source")
    dated = (_("Year of the figure"), str(year or ""), "figure_source_year")
    return [
        Answer(question, "" if value is None else f"{value:,}", "figure_value"),
        *([Answer(*source), Answer(*dated)] if city else [*said(*source), *said(*dated)]),
    ]


def about_person(application: Application, role: str) -> list[Answer]:
    """One contact."""
    person = application.contacts.get(role, {})
    questions = {
        "full_name": _("Full name"),
        "position": _("Position"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
    }
    return [
        Answer(question, person.get(name, ""), f"{role}-{name}")
        for name, question in questions.items()
        if name != "phone" or person.get(name)
    ]


def said(question: str, answer: str, field: str, script: str = "") -> list[Answer]:
    """An answer that is shown only where it was given."""
    return [Answer(question, answer, field, script)] if answer else []
