"""Who writes a letter: says its phrases and facts in its language, with letters our fonts draw."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from members.letter_words import FRAME, Phrase
from wego.typography import printed

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
# Scripts that the two fonts draw; Hangul, kana and hanja are those of KS X 1001.
DRAWN = (
    *((0x20, 0x7E), (0xA0, 0x2AF), (0x370, 0x525), (0x531, 0x556), (0x561, 0x587)),
    *((0x5D0, 0x5EA), (0x621, 0x63A), (0x640, 0x652), (0x660, 0x669), (0x6CC, 0x6CC)),
    *((0x10D0, 0x10FC), (0x1E00, 0x1EFB), (0x1F00, 0x1FFF), (0x2010, 0x2027)),
    *((0x2030, 0x205E), (0x20A0, 0x20B5), (0xAC00, 0xD7A3)),
)
LOST = "\u25a1"


class Row(NamedTuple):
    """One labelled fact."""

    label: SafeString
    value: SafeString


class Writer:
    """Says phrases and facts in the language of a letter."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.language: str = snapshot["language"]
        self.facts: Mapping[str, Any] = snapshot["facts"]
        self.to: Mapping[str, Any] = snapshot["to"]

    @property
    def name(self) -> str:
        """The organisation's name in the letter's language."""
        korean = self.language == "ko" and self.to["name_ko"]
        return clean(self.to["name_ko"] if korean else self.to["name_en"] or self.to["name_ko"])

    def say(self, words: Mapping[str, Phrase], key: str, **fields: object) -> str:
        """A phrase filled with facts, unescaped."""
        return words[key].of(self.language).format(**fields)

    def show(self, words: Mapping[str, Phrase], key: str, **fields: object) -> SafeString:
        """A phrase as the page carries it."""
        return printed(self.say(words, key, **fields))

    def day(self, iso: str) -> str:
        """`15 November 2026` and `2026년 11월 15일`."""
        if not iso:
            return "–"
        day = dt.date.fromisoformat(iso)
        if self.language == "ko":
            return f"{day.year}년 {day.month}월 {day.day}일"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    @property
    def body(self) -> str:
        """Who decided, as a sentence names it."""
        return self.say(FRAME, self.facts["body"]) if self.facts.get("body") else ""


def clean(text: str) -> str:
    """A text without signs that no font of ours draws: such a letter is never printed at all."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(sign if is_drawn(sign) else LOST for sign in composed)


def is_drawn(sign: str) -> bool:
    """Whether our fonts have a sign."""
    if unicodedata.category(sign) in {"Cn", "Cc", "Cs", "Co"}:
        return False
    if any(first <= ord(sign) <= last for first, last in DRAWN):
        return True
    try:
        sign.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True
