"""The page of a paper around meetings: every printed fact of a snapshot, as HTML for the printer.

Pure: no clock, no database, no setting and no reader's language; the same snapshot gives the same
page for ever. Letterhead, addressee and blocks are those of the papers of dues; a badge has a page
of its own.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template

from dues import paper_page as dues_page
from events.paper_page.badge import WORDS as BADGE_WORDS
from events.paper_page.badge import badge_of
from events.paper_page.kinds import BODIES
from events.paper_page.office import WORDS as OFFICE_WORDS
from events.paper_page.office import office_of
from events.paper_page.training import WORDS as TRAINING_WORDS
from events.paper_page.training import training_of
from members import letter_page
from members.letter_page import frame_of
from members.letter_page.bodies import addressee_of
from members.letter_page.writer import Writer
from members.letter_words import Phrase

# The layout's own version: raised when the same snapshot would print differently.
LAYOUT = "event paper 1"
MOST_PAGES = 50
TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "events" / "pdf"
# Pages of their own, by kind: what they print, their title, how far down (mm) an area may reach.
SHEETS: Mapping[str, tuple[Callable[[Writer], dict[str, Any]], Phrase, Mapping[str, float]]] = {
    "badge": (badge_of, BADGE_WORDS["badge"], {"end-of-name": 121.0}),
    "certificate": (office_of, OFFICE_WORDS["title"], letter_page.limits("certificate")),
    "training": (training_of, TRAINING_WORDS["title"], letter_page.limits("certificate")),
}
# Set like the certificate of membership.
CERTIFICATES = frozenset({"certificate", "training"})
# Shown to others than the member they are about, or signed by it: they carry no addressee.
NOT_ADDRESSED = frozenset({"credentials", "visa"})

assets = letter_page.assets


@cache
def stylesheet(kind: str = "") -> str:
    """The CSS of a kind of paper."""
    if kind in CERTIFICATES:
        return letter_page.stylesheet("certificate")
    return (TEMPLATES / f"{kind}.css").read_text() if kind in SHEETS else dues_page.stylesheet()


def limits(snapshot: Mapping[str, Any]) -> Mapping[str, float]:
    """How far down the page (mm) each area may reach."""
    if snapshot["kind"] in SHEETS:
        return SHEETS[snapshot["kind"]][2]
    return dues_page.limits({"to": snapshot["to"] if is_addressed(snapshot) else {}})


def is_addressed(snapshot: Mapping[str, Any]) -> bool:
    """Whether a paper prints whom it is to."""
    return bool(snapshot["to"]) and snapshot["kind"] not in NOT_ADDRESSED


def paper_html(snapshot: Mapping[str, Any]) -> str:
    """The whole paper."""
    own = snapshot["kind"] in SHEETS
    template = f"events/pdf/{snapshot['kind']}.html" if own else "dues/pdf/paper.html"
    return get_template(template).render({"page": page_of(snapshot)})


def page_of(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What the template places: texts and facts, ready to print."""
    writer = Writer(snapshot)
    if snapshot["kind"] in SHEETS:
        own, title, _limits = SHEETS[snapshot["kind"]]
        return {**frame_of(writer, snapshot, title.of(writer.language)), **own(writer)}
    body = BODIES[snapshot["kind"]](writer)
    addressed = is_addressed(snapshot)
    return {
        **frame_of(writer, snapshot, body.title),
        "addressed": addressed,
        **(addressee_of(writer) if addressed else {}),
        "head": body.head,
        "blocks": body.blocks,
        "greeted": body.greeted and addressed,
        "signed": body.signed,
    }
