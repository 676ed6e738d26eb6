"""The badge of a delegate: A6 to wear, the name large enough to read across a table."""

from typing import Any

from events.paper_page.delegates import days_of
from members.letter_page.sheets import plain
from members.letter_page.writer import Writer, clean
from members.letter_words import Phrase
from wego.typography import cut, printed, width

LONGEST_NAME, LONGEST_LINE, LONGEST_SECOND = 60, 70, 40
# The widest name that each size holds.
NAME_SIZES = ((13, "short"), (22, "middle"), (36, "long"))
WORDS = {
    "badge": Phrase("Badge", "명찰"),
    "head": Phrase("Head of delegation", "대표단장"),
    "deputy": Phrase("Deputy", "부단장"),
    "observer": Phrase("Observer", "참관인"),
    "speaker": Phrase("Speaker", "연사"),
    "vote": Phrase("Vote", "투표권"),
}


def badge_of(writer: Writer) -> dict[str, Any]:
    """What a badge prints."""
    facts = writer.facts
    name = cut(clean(facts["name"]), LONGEST_NAME)
    voter = facts["votes"] and facts["role"] in {"head", "deputy"}
    return {
        "name": plain(name),
        "name_size": next((size for most, size in NAME_SIZES if width(name) <= most), "longest"),
        "position": printed(cut(clean(facts["position"]), LONGEST_LINE)),
        "represents": printed(cut(clean(facts["organisation"]), LONGEST_SECOND)),
        "represents_ko": printed(cut(clean(facts["organisation_ko"]), LONGEST_SECOND)),
        "country": printed(facts["country"]),
        "role": writer.show(WORDS, facts["role"]),
        "role_kind": "voter" if voter else "observer",
        "vote": writer.show(WORDS, "vote") if voter else "",
        "speaker": writer.show(WORDS, "speaker") if facts["speaks"] else "",
        "meeting": printed(cut(clean(facts["meeting_en"]), LONGEST_LINE)),
        "days": printed(days_of(writer, facts) if facts["starts_on"] else ""),
        "place": printed(cut(clean(facts["place"]), LONGEST_LINE)),
    }
