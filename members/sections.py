"""The parts of an application: which answers belong to each, and what an answer may be."""

import datetime as dt
import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.figures import find_source_year_problem, find_value_problem
from members.models import Application, ContactRole, Kind, Measure, is_country
from members.rows import squeeze

# In the order an applicant meets them.
ORGANISATION, FIGURES, CONTACTS, FORM = "organisation", "figures", "contacts", "form"
SECTIONS = (ORGANISATION, FIGURES, CONTACTS, FORM)
FIELDS_OF: dict[str, tuple[str, ...]] = {
    ORGANISATION: (
        "kind",
        "name_en",
        "name_ko",
        "name_local",
        "country_code",
        "level",
        "address",
        "website",
        "language",
        "note",
    ),
    FIGURES: ("figure_value", "figure_source", "figure_source_year"),
    CONTACTS: ("contacts",),
}
ONE_LINE = frozenset({"name_en", "name_ko", "name_local", "level", "figure_source"})
# What breaks lines or turns the direction of what is read has no place in a name.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
CONTACT_FIELDS = {"full_name": 200, "position": 200, "email": 254, "phone": 40}


def refuse_values(application: Application, changed: Collection[str], on: dt.date) -> None:
    """Refuse values no part may hold."""
    others = {field.name for field in Application._meta.fields} - set(changed)  # noqa: SLF001 Django's documented door
    application.clean_fields(exclude=others)
    if application.country_code and not is_country(application.country_code):
        raise ValidationError({"country_code": _("Choose a country from the list.")})
    value = application.figure_value
    if value is not None and (
        problem := find_value_problem(measure_of(application.kind) or Measure.EMPLOYEES, value)
    ):
        raise ValidationError({"figure_value": problem})
    year = application.figure_source_year
    if problem := find_source_year_problem(year):
        raise ValidationError({"figure_source_year": problem})
    if year is not None and year > on.year:
        raise ValidationError({"figure_source_year": _("This year is still to come.")})


def measure_of(kind: str) -> str:
    """What a kind is counted in; "" while the kind is unknown."""
    if not kind:
        return ""
    return Measure.POPULATION if kind == Kind.CITY else Measure.EMPLOYEES


def forget_figure(application: Application) -> None:
    """Persons are no employees: a figure of the other measure does not stay."""
    application.figure_value = None
    application.figure_source = ""
    application.figure_source_year = None


def tidy_contacts(typed: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The contacts by role, with the known facts of each and nothing else."""
    return {
        role: {
            field: one_line(str(typed[role].get(field, "")))[:longest]
            for field, longest in CONTACT_FIELDS.items()
        }
        for role in ContactRole.values
        if role in typed
    }


def one_line(text: str) -> str:
    """A text as it may stand in a heading, an address or a mail: one line, nothing hidden."""
    return squeeze(UNSEEN.sub(" ", text))
