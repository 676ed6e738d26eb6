"""The page of a letter: every printed fact of a snapshot, as HTML for the printer.

Pure: no clock, no database, no setting and no reader's language; the same snapshot gives the same
page for ever.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from members.letter_page.bodies import body_of
from members.letter_page.sheets import certificate_of, form_of
from members.letter_page.writer import Writer
from members.letter_words import FRAME, TITLES
from wego.typography import printed

# The layout's own version: raised when the same snapshot would print differently.
LAYOUT = "letter 1"
TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
ASSETS = TEMPLATES / "members" / "pdf"
PAGES = {"application_form": "form", "certificate": "certificate"}
SHEETS = {"letter": ("paper", "address", "letter")}
CONTENTS = {"letter": body_of, "form": form_of, "certificate": certificate_of}
WAYS = ("email", "phone", "website")
# How far down the page (mm) the areas end that hold texts of any length.
LIMITS = {
    "letter": {"end-of-address": 86.0, "end-of-body": 279.0},
    "form": {"end-of-answers": 205.0},
    "certificate": {"end-of-name": 125.0},
}


def letter_html(snapshot: Mapping[str, Any]) -> str:
    """The whole page of a letter."""
    template = f"members/pdf/{page_kind(snapshot['kind'])}.html"
    return get_template(template).render({"page": page_of(snapshot)})


def page_kind(kind: str) -> str:
    """Which page a kind of letter is printed on."""
    return PAGES.get(kind, "letter")


@cache
def stylesheet(kind: str) -> str:
    """The CSS of a kind of letter."""
    page = page_kind(kind)
    sheets = SHEETS.get(page, ("paper", page))
    return "\n".join((ASSETS / f"{sheet}.css").read_text() for sheet in sheets)


@cache
def assets() -> dict[str, bytes]:
    """The pictures of the pages, by the name a page calls them."""
    return {
        "mark.svg": (TEMPLATES / "dues" / "pdf" / "mark.svg").read_bytes(),
        "frame.svg": (ASSETS / "frame.svg").read_bytes(),
    }


def limits(kind: str) -> dict[str, float]:
    """How far down the page (mm) each area may reach."""
    return LIMITS[page_kind(kind)]


def page_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates place: texts and facts, ready to print."""
    writer = Writer(snapshot)
    own = CONTENTS[page_kind(snapshot["kind"])]
    title = writer.say(TITLES, snapshot["kind"])
    return {**frame_of(writer, snapshot, title), **own(writer, snapshot["kind"])}


def frame_of(writer: Writer, snapshot: Mapping[str, Any], title: str) -> dict[str, Any]:
    """What stands on every paper of the secretariat: letterhead, title, reference and date."""
    head = snapshot["letterhead"]
    korean = writer.language == "ko"
    return {
        "language": writer.language,
        "title": f"{title} {snapshot['reference']}",
        "heading": printed(title),
        # Midnight in Seoul of the paper's day, not the printer's clock.
        "created": f"{snapshot['issued_on']}T00:00:00+09:00",
        "author": head["name_en"],
        "organisation": printed(head["name_ko"] if korean else head["name_en"]),
        "organisation_second": printed(head["name_en"]) if korean else "",
        "address": lines_of(head["address_ko"] if korean else head["address_en"]),
        "contact": printed(
            " · ".join(head[key] for key in ("email", "phone", "website") if head[key])
        ),
        "demo": writer.show(FRAME, "demo") if head["demo"] else "",
        "t": {key: writer.show(FRAME, key) for key in FRAME if "{" not in FRAME[key].en},
        "reference": printed(snapshot["reference"]),
        "date": printed(writer.day(snapshot["issued_on"])),
    }


def lines_of(lines: list[str]) -> SafeString:
    """Lines of an address, one beneath the other."""
    return format_html_join(mark_safe("<br/>"), "{}", ((printed(line),) for line in lines if line))
