"""The invitation, on the page of the secretariat's letters, and the certificate to frame."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.loader import get_template

from events.award_page.words import CERTIFICATE, INVITATION, OTHER_RANK, RANKS, TITLES
from members import letter_page
from members.letter_page.sheets import NAME_SIZES, plain
from members.letter_page.writer import Row, Writer, clean
from wego.typography import cut, printed, width

LAYOUT = "award 1"
OWN = letter_page.TEMPLATES / "events" / "pdf"
LONGEST_TITLE = 160
# A title wider than this is set smaller.
WIDE_TITLE = 90
MEDALS = {1: "gold", 2: "silver", 3: "bronze"}
LIMITS = {
    "invitation": {"end-of-address": 86.0, "end-of-body": 279.0},
    "certificate": {"end-of-name": 113.0, "end-of-what": 160.0},
}


def paper_html(snapshot: Mapping[str, Any]) -> str:
    """The whole page of a paper."""
    writer = Writer(snapshot)
    kind = snapshot["kind"]
    title = writer.say(TITLES, kind)
    contents = {"invitation": invitation_of, "certificate": certificate_of}
    page = {**letter_page.frame_of(writer, snapshot, title), **contents[kind](writer)}
    template = {"invitation": "members/pdf/letter.html", "certificate": "events/pdf/award.html"}
    return get_template(template[kind]).render({"page": page})


@cache
def stylesheet(kind: str) -> str:
    """The CSS of a kind of paper."""
    if kind == "invitation":
        return letter_page.stylesheet("letter")
    shared = (letter_page.ASSETS / "paper.css").read_text()
    return shared + "\n" + (OWN / "award.css").read_text()


@cache
def assets() -> dict[str, bytes]:
    """The pictures of the pages."""
    medals = {f"{name}.svg": (OWN / f"{name}.svg").read_bytes() for name in MEDALS.values()}
    return {**letter_page.assets(), **medals}


def limits(kind: str) -> dict[str, float]:
    """How far down the page (mm) each area may reach."""
    return LIMITS[kind]


def own_word(writer: Writer, word: str) -> str:
    """A name of the facts in the paper's language, or in English."""
    korean = writer.language == "ko" and writer.facts.get(f"{word}_ko")
    return clean(korean or writer.facts[f"{word}_en"])


def edition_of(writer: Writer) -> str:
    """`WeGO Awards 2020`."""
    return f"{own_word(writer, 'series')} {writer.facts['year']}"


def rank_of(writer: Writer) -> str:
    """Gold, silver, bronze, or the number of the prize."""
    rank = writer.facts["rank"]
    return RANKS.get(rank, OTHER_RANK).of(writer.language).format(rank=rank)


def project_of(writer: Writer) -> str:
    """The title of the project, with letters our fonts draw."""
    return cut(clean(writer.facts["project"]), LONGEST_TITLE)


def country_of(writer: Writer) -> str:
    """The country in the paper's language."""
    return str(writer.to["country_ko"] if writer.language == "ko" else writer.to["country_en"])


def certificate_of(writer: Writer) -> dict[str, Any]:
    """The certificate: the winner, large, the prize and the project."""
    words = {
        "rank": rank_of(writer),
        "category": own_word(writer, "category"),
        "edition": edition_of(writer),
    }
    widest = width(writer.name)
    title = project_of(writer)
    second = clean(writer.to["organisation"])
    return {
        "name": plain(writer.name),
        "name_size": next((size for most, size in NAME_SIZES if widest <= most), "longest"),
        "second": plain(" · ".join(part for part in (second, country_of(writer)) if part)),
        "say": {key: writer.show(CERTIFICATE, key, **words) for key in CERTIFICATE},
        "wins": writer.show(
            CERTIFICATE, "wins_person" if writer.facts["person"] else "wins", **words
        ),
        "project": plain(title),
        "project_size": "long" if width(title) > WIDE_TITLE else "",
        "shared": writer.facts["shared"],
        "rank": printed(words["rank"]),
        "edition": printed(words["edition"]),
        "medal": MEDALS.get(writer.facts["rank"], ""),
        "korean": writer.language == "ko",
    }


def invitation_of(writer: Writer) -> dict[str, Any]:
    """The letter: what was won, where it is presented, and to keep silent till then."""
    facts, to = writer.facts, writer.to
    result = facts["result_on"]
    on_day = writer.say(INVITATION, "on_day", day=writer.day(result)) if result else ""
    lines = [to["attention"], to["position"], to["organisation"], country_of(writer)]
    return {
        "name": printed(cut(writer.name, LONGEST_TITLE)),
        "second": "",
        "to_size": "",
        "to_lines": [printed(cut(clean(line), 70)) for line in lines if line],
        "body_size": "",
        "greeting": writer.show(
            INVITATION, "dear", attention=clean(to["attention"] or writer.name)
        ),
        "paragraphs": [
            writer.show(INVITATION, "congratulate"),
            writer.show(INVITATION, "present"),
            writer.show(INVITATION, "embargo", result=on_day),
        ],
        "facts": [
            Row(writer.show(INVITATION, label), printed(value))
            for label, value in (
                ("edition", edition_of(writer)),
                ("category", own_word(writer, "category")),
                ("prize", rank_of(writer)),
                ("project", project_of(writer)),
                ("ceremony", ceremony_of(writer)),
            )
        ],
    }


def ceremony_of(writer: Writer) -> str:
    """When and where it is presented."""
    parts = [
        writer.day(writer.facts["ceremony_on"]) if writer.facts["ceremony_on"] else "",
        clean(writer.facts["place"]),
    ]
    known = ", ".join(part for part in parts if part)
    return known or writer.say(INVITATION, "later")
