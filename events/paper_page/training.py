"""The certificate of attendance: whoever came, large, and to which training (R28). Pure."""

from __future__ import annotations

from typing import Any

from members.letter_page.sheets import LONGEST_SECOND, NAME_SIZES, plain
from members.letter_page.writer import Writer, clean
from members.letter_words import Phrase
from wego.typography import cut, printed, width

LONGEST_NAME, LONGEST_TRAINING = 90, 200
WORDS = {
    "title": Phrase("Certificate of Attendance", "수료증"),
    "opening": Phrase("This is to certify that", "다음 사람이"),
    "attended": Phrase("attended the training", "과정을 이수하였음을 증명합니다."),
    "days": Phrase("from {first} to {last}, {place}", "{first}부터 {last}까지, {place}"),
    "day": Phrase("on {first}, {place}", "{first}, {place}"),
}


def training_of(writer: Writer) -> dict[str, Any]:
    """What the certificate places."""
    facts, to = writer.facts, writer.to
    person = cut(clean(facts["person"]), LONGEST_NAME)
    widest = width(person)
    country = to["country_ko"] if writer.language == "ko" else to["country_en"]
    second = ", ".join(filter(None, (clean(facts["position"]), writer.name)))
    key = "day" if facts["starts_on"] == facts["ends_on"] else "days"
    days = writer.show(
        WORDS,
        key,
        first=writer.day(facts["starts_on"]),
        last=writer.day(facts["ends_on"]),
        place=clean(facts["place"]),
    )
    return {
        "name": plain(person),
        "name_size": next((size for most, size in NAME_SIZES if widest <= most), "longest"),
        "second": plain(cut(second, LONGEST_SECOND)),
        "country": printed(country),
        "certificate": {
            "opening": writer.show(WORDS, "opening"),
            "member": writer.show(WORDS, "attended"),
            "of": printed(cut(clean(facts["training"]), LONGEST_TRAINING)),
            "since": days,
            "decision": "",
        },
        "korean": writer.language == "ko",
    }
