"""The page of a paper of dues: every printed fact of a snapshot, as HTML for the printer.

Pure: no clock, no database, no setting and no reader's language; the same snapshot gives the same
page for ever. The letterhead and the addressee are those of the secretariat's letters; the body
flows over as many pages as it needs.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template

from dues.paper_page.kinds import BODIES
from members.letter_page import frame_of
from members.letter_page.bodies import addressee_of
from members.letter_page.writer import Writer

# The layout's own version: raised when the same snapshot would print differently.
LAYOUT = "paper 1"
TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
SHEETS = ("members/pdf/paper.css", "members/pdf/address.css", "dues/pdf/paper.css")
# How far down its page (mm) the address may reach.
LIMITS = {"end-of-address": 86.0}
MOST_PAGES = 50


def paper_html(snapshot: Mapping[str, Any]) -> str:
    """The whole paper."""
    return get_template("dues/pdf/paper.html").render({"page": page_of(snapshot)})


@cache
def stylesheet() -> str:
    """The CSS of every paper."""
    return "\n".join((TEMPLATES / sheet).read_text() for sheet in SHEETS)


@cache
def assets() -> dict[str, bytes]:
    """The pictures of the page, by the name the page calls them."""
    return {"mark.svg": (TEMPLATES / "dues" / "pdf" / "mark.svg").read_bytes()}


def limits(snapshot: Mapping[str, Any]) -> Mapping[str, float]:
    """How far down the page (mm) each area may reach; a paper of the house has no address."""
    return LIMITS if snapshot["to"] else {}


def page_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What the template places: texts and facts, ready to print."""
    writer = Writer(snapshot)
    body = BODIES[snapshot["kind"]](writer)
    return {
        **frame_of(writer, snapshot, body.title),
        "addressed": bool(snapshot["to"]),
        **(addressee_of(writer) if snapshot["to"] else {}),
        "head": body.head,
        "blocks": body.blocks,
        "greeted": body.greeted and bool(snapshot["to"]),
        "signed": body.signed,
    }
