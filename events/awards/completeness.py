"""What an entry still lacks before it can be submitted, each as a sentence at its field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.awards.naming import is_in_latin
from events.models import AwardEntry, EntrantKind, FilePurpose

WHO, PROJECT, FILES = "who", "project", "files"
PARTS = (WHO, PROJECT, FILES)
TEXTS = ("title", "summary", "challenge", "solution", "results")


class Gap(NamedTuple):
    """Something missing: in which part, at which field, in words."""

    part: str
    field: str
    sentence: str


def find_gaps(entry: AwardEntry) -> list[Gap]:
    """Everything that is missing or cannot stay, in the order it is asked."""
    return [*gaps_of_who(entry), *gaps_of_project(entry), *gaps_of_files(entry)]


def gaps_of_who(entry: AwardEntry) -> Iterator[Gap]:
    """Who enters, and for which city."""
    asked = {
        "city": _("Enter the name of the city."),
        "country_code": _("Choose the country."),
        "contact_name": _("Enter the full name."),
    }
    if entry.kind == EntrantKind.ORGANISATION:
        asked["organisation"] = _("Enter the name of the organisation.")
        if not entry.edition.takes_organisations:
            yield Gap(WHO, "kind", _("In this edition cities enter themselves."))
    for field, sentence in asked.items():
        if not getattr(entry, field):
            yield Gap(WHO, field, sentence)


def gaps_of_project(entry: AwardEntry) -> Iterator[Gap]:
    """What is entered, in which category, and in English (P13)."""
    if entry.category is None:
        yield Gap(PROJECT, "category", _("Choose the category."))
    elif entry.category.for_individuals != (entry.kind == EntrantKind.INDIVIDUAL):
        yield Gap(
            PROJECT,
            "category",
            _("“%(category)s” is for individuals only.") % {"category": entry.category}
            if entry.category.for_individuals
            else _("“%(category)s” is for cities, not for individuals.")
            % {"category": entry.category},
        )
    asked = {
        "title": _("Enter the title of the project."),
        "summary": _("Write a summary."),
        "challenge": _("Describe the challenge."),
        "solution": _("Describe the solution."),
        "results": _("Describe the results."),
    }
    for field, sentence in asked.items():
        text = getattr(entry, field)
        if not text:
            yield Gap(PROJECT, field, sentence)
        elif not is_in_latin(text):
            yield Gap(PROJECT, field, _("Please write this in English: the jury is international."))


def gaps_of_files(entry: AwardEntry) -> Iterator[Gap]:
    """An organisation shows that the city approves (P13)."""
    if entry.kind != EntrantKind.ORGANISATION:
        return
    if not entry.files.filter(purpose=FilePurpose.APPROVAL, is_removed=False).exists():
        yield Gap(FILES, "file", _("Upload the letter in which the city approves the entry."))
