"""What the demonstration shows besides the roster: contacts, and applications to look at.

The organisations are real, what they apply with is not: every made-up fact says that it is one.
"""

import datetime as dt
import io

import pikepdf

from members.applying import (
    CONTACTS,
    FIGURES,
    ORGANISATION,
    attach_file,
    save_section,
    start_application,
    submit_application,
)
from members.models import Contact, Member
from wego.uploads import Upload

SOURCE = "demo figure, not from the organisation"
FREETOWN = {
    "kind": "city",
    "name_en": "Freetown",
    "name_ko": "프리타운",
    "country_code": "SL",
    "level": "city",
    "address": "City Hall\nFreetown\nSierra Leone",
    "website": "https://freetown.example",
    "note": "Demonstration: Freetown did not send this.",
}
ODENSE = {
    "kind": "city",
    "name_en": "Odense",
    "name_ko": "오덴세",
    "country_code": "DK",
    "level": "municipality",
    "address": "Odense Town Hall\n5000 Odense\nDenmark",
    "note": "Demonstration: Odense did not send this.",
}
APPLICATIONS = (
    (FREETOWN, {"figure_value": 1_050_000, "figure_source_year": 2015}),
    (ODENSE, {"figure_value": 205_000, "figure_source_year": 2021}),
)
POSTS = (
    ("head", "Mayor", "mayor"),
    ("liaison", "International relations", "international"),
    ("finance", "Treasurer", "treasurer"),
)
WITH_CONTACTS = ("Kathmandu", "Seoul", "Goyang")


def load_life(on: dt.date) -> None:
    """Contacts of three members, and two applications handed in on a day."""
    for member in Member.objects.filter(name_en__in=WITH_CONTACTS):
        Contact.objects.bulk_create(
            Contact(member=member, role=role, **person)
            for role, person in people_of(member.name_en).items()
        )
    for answers, figure in APPLICATIONS:
        hand_in(answers, figure, on)


def people_of(name: str) -> dict[str, dict[str, str]]:
    """Made-up contacts of an organisation, by role."""
    host = f"{name.lower().replace(' ', '-')}.example"
    return {
        role: {
            "full_name": f"{post} of {name} (demo)",
            "position": post,
            "email": f"{address}@{host}",
            "phone": "",
        }
        for role, post, address in POSTS
    }


def hand_in(answers: dict[str, str], figure: dict[str, int], on: dt.date) -> None:
    """An application as an applicant would send it."""
    people = people_of(answers["name_en"])
    application = start_application(
        email=people["liaison"]["email"], kind=answers["kind"], language="en", on=on
    )
    save_section(application, ORGANISATION, answers, on=on)
    save_section(application, FIGURES, {**figure, "figure_source": SOURCE}, on=on)
    save_section(application, CONTACTS, {"contacts": people}, on=on)
    attach_file(
        application, Upload("signed form.pdf", blank_page(), "application/pdf", ".pdf"), on=on
    )
    submit_application(application, on=on)


def blank_page() -> bytes:
    """A sheet of A4 with nothing on it, in place of a signed form."""
    pdf, stream = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(stream, deterministic_id=True)
    return stream.getvalue()
