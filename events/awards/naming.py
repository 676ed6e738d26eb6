"""Names as they are compared: no case, accents or signs. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters that are not Latin beyond this share are no English text; names may be quoted in theirs.
MOST_OTHER = 0.2


def name_key(name: str) -> str:
    """A name by its words alone: `São Paulo` and `SAO-PAULO` are `sao paulo`."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", plain)))


def is_in_latin(text: str) -> bool:
    """Whether a text is written in Latin letters, but for a name here and there (P13)."""
    letters = [sign for sign in text if sign.isalpha()]
    others = [sign for sign in letters if "LATIN" not in unicodedata.name(sign, "")]
    return len(others) <= MOST_OTHER * len(letters)
