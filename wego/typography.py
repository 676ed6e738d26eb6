"""Typography that CSS alone does not give in print."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

WORD_JOINER = "\u2060"
_HANGUL = r"[\uac00-\ud7a3]"
_INSIDE_WORDS = re.compile(rf"(?<={_HANGUL})(?=\S)|(?<=\S)(?={_HANGUL})")


def keepall(text: str) -> str:
    """The same text, with Korean words that do not break in the middle of a line.

    WeasyPrint ignores `word-break: keep-all`. A word joiner beside every syllable has the same
    effect, draws nothing, and is left out when the printed text is copied.
    """
    return _INSIDE_WORDS.sub(WORD_JOINER, text)


# Letters that the text font lacks; a text that holds one is set in the other font throughout.
EXTENDED = (
    frozenset("ÃÄÅÌÒÕÖÝãåìòõýÿµ")
    | {*map(chr, range(0x100, 0x250))}
    | {*map(chr, range(0x1E00, 0x1F00))}
)


def printed(text: str) -> SafeString:
    """A text as a page carries it: escaped, Korean words whole, foreign letters in one font."""
    safe = escape(keepall(text))
    if not EXTENDED.isdisjoint(text):
        return format_html('<span class="extended">{}</span>', safe)
    return safe


def width(text: str) -> float:
    """How wide a text is, roughly, in Latin letters; a Hangul syllable is as wide as two."""
    return sum(1.8 if letter >= "\u1100" else 1.3 if letter.isupper() else 1 for letter in text)


def cut(text: str, most: float) -> str:
    """A text as far as there is room for it, with a sign that there is more."""
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
