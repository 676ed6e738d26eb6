"""Typography that CSS alone does not give in print."""

import re

WORD_JOINER = "\u2060"
_HANGUL = r"[\uac00-\ud7a3]"
_INSIDE_WORDS = re.compile(rf"(?<={_HANGUL})(?=\S)|(?<=\S)(?={_HANGUL})")


def keepall(text: str) -> str:
    """The same text, with Korean words that do not break in the middle of a line.

    WeasyPrint ignores `word-break: keep-all`. A word joiner beside every syllable has the same
    effect, draws nothing, and is left out when the printed text is copied.
    """
    return _INSIDE_WORDS.sub(WORD_JOINER, text)
