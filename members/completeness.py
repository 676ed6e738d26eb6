"""What an application still lacks before the secretariat can look at it (R2, R8-R10)."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from members.figures import is_missing
from members.models import Application, ContactRole, Kind, Measure
from members.sections import CONTACTS, FIGURES, FORM, ORGANISATION


class Gap(NamedTuple):
    """One thing that is missing: in which part, at which field, and what to do."""

    section: str
    field: str
    sentence: str


def find_gaps(application: Application) -> list[Gap]:
    """Everything that is missing, in the order of the parts; empty when it is complete."""
    return [
        *find_gaps_of_organisation(application),
        *find_gaps_of_figures(application),
        *find_gaps_of_contacts(application),
        *find_gaps_of_form(application),
    ]


def find_gaps_of_organisation(application: Application) -> list[Gap]:
    """Who applies: kind, a name in English, where, and for a city which territory (C22)."""
    wanted = [
        ("kind", _("Say what kind of organisation you are.")),
        ("name_en", _("Enter the name in English.")),
        ("country_code", _("Choose the country.")),
        ("address", _("Enter the postal address.")),
    ]
    if application.kind == Kind.CITY:
        wanted.insert(3, ("level", _("Say what your territory is: city, province, district …")))
    return [
        Gap(ORGANISATION, field, sentence)
        for field, sentence in wanted
        if not getattr(application, field).strip()
    ]


def find_gaps_of_figures(application: Application) -> list[Gap]:
    """What the fee is priced from; institutions have no fee table (R10) and need none."""
    value, gaps = application.figure_value, []
    if application.kind == Kind.CITY:
        if value is None or is_missing(Measure.POPULATION, value):
            gaps.append(Gap(FIGURES, "figure_value", _("Enter the population in persons.")))
        if not application.figure_source.strip():
            gaps.append(
                Gap(FIGURES, "figure_source", _("Say where the population figure is from."))
            )
        if application.figure_source_year is None:
            gaps.append(Gap(FIGURES, "figure_source_year", _("Enter the year of the figure.")))
    elif application.kind == Kind.COMPANY and value is None:
        gaps.append(Gap(FIGURES, "figure_value", _("Enter the number of employees.")))
    return gaps


def find_gaps_of_contacts(application: Application) -> list[Gap]:
    """Whom to write to: the head, the liaison and who pays, each with name, post and e-mail."""
    wanted = (
        ("full_name", _("Enter the full name of the %(who)s.")),
        ("position", _("Enter the position of the %(who)s.")),
        ("email", _("Enter the e-mail address of the %(who)s.")),
    )
    return [
        Gap(CONTACTS, f"{role}-{field}", sentence % {"who": name_of_role(role)})
        for role in ContactRole.values
        for field, sentence in wanted
        if not application.contacts.get(role, {}).get(field, "").strip()
    ]


def find_gaps_of_form(application: Application) -> list[Gap]:
    """The form, signed by the mayor or whoever may sign (P6)."""
    if application.pk and application.files.exists():
        return []
    return [Gap(FORM, "file", _("Upload the signed form."))]


def name_of_role(role: str) -> str:
    """A contact's role in the middle of a sentence."""
    names = {
        ContactRole.HEAD: _("head of your organisation"),
        ContactRole.LIAISON: _("liaison officer"),
        ContactRole.FINANCE: _("finance contact"),
    }
    return names[ContactRole(role)]
