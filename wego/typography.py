"""Typography that CSS alone does not give in print."""

import re

WORD_JOINER = "\u2060"
_BETWEEN_HANGUL = re.compile(r"(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3.,:;!?)\]}%~'\"…])")


def keepall(text: str) -> str:
    """The same text, with Korean words that do not break in the middle of a line.

    WeasyPrint ignores `word-break: keep-all`. A word joiner between syllables has the same effect,
    draws nothing, and is left out when the printed text is copied.
    """
    return _BETWEEN_HANGUL.sub(WORD_JOINER, text)
