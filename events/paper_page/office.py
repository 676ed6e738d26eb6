"""The certificate of office: which city, large, which office, and from when to when. Pure."""

from __future__ import annotations

from typing import Any

from members.letter_page.sheets import LONGEST_SECOND, NAME_SIZES, plain
from members.letter_page.writer import Writer, clean
from members.letter_words import Phrase
from wego.typography import cut, printed, width

LONGEST_NAME, LONGEST_OFFICE = 90, 120
WORDS = {
    "title": Phrase("Certificate of Office", "임명장"),
    "opening": Phrase("This is to certify that", "다음 회원도시가"),
    "member": Phrase("holds the office of", "직을 맡고 있음을 증명합니다."),
    "elected": Phrase("elected by the General Assembly", "총회 선출"),
    "host": Phrase("as host of the next General Assembly", "차기 총회 개최도시"),
    "appointed": Phrase("appointed by the President", "의장도시 임명"),
    "term": Phrase("from {first} until {last}", "임기: {first}부터 {last}까지"),
}


def office_of(writer: Writer) -> dict[str, Any]:
    """What the certificate places."""
    facts, to = writer.facts, writer.to
    name = cut(writer.name, LONGEST_NAME)
    other = to["name_en"] if writer.language == "ko" else to["name_ko"]
    second = clean(other) if other and clean(other) != writer.name else ""
    # What was taken from a record says nothing of how it came about.
    how = writer.say(WORDS, facts["how"]) if facts["how"] in WORDS else ""
    widest = width(name)
    title = facts["office"] + (f", {facts['label']}" if facts["label"] else "")
    return {
        "name": plain(name),
        "name_size": next((size for most, size in NAME_SIZES if widest <= most), "longest"),
        "second": plain(cut(second, LONGEST_SECOND)),
        "country": printed(to["country_ko"] if writer.language == "ko" else to["country_en"]),
        "certificate": {
            "opening": writer.show(WORDS, "opening"),
            "member": writer.show(WORDS, "member"),
            "of": printed(cut(clean(title), LONGEST_OFFICE)),
            "since": writer.show(
                WORDS,
                "term",
                first=writer.day(facts["starts_on"]),
                last=writer.day(facts["ends_on"]),
            ),
            "decision": printed(clean(", ".join(filter(None, (how, facts["meeting"]))))),
        },
        "korean": writer.language == "ko",
    }
