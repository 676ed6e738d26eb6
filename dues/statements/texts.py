"""Bytes of a bank become text; whatever had to be guessed is said in a warning."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Two bytes of KS X 1001 and its extension, as Korean banks write it.
KOREAN = re.compile(r"[\uac00-\ud7a3]")
WESTERN, EAST = "cp1252", "cp949"
STRAY = "\ufffd"


def decode(content: bytes) -> tuple[str, str, list[str]]:
    """The text, the encoding it was in, and what to look at again.

    UTF-8 proves itself. Of the others, Korean is known by its syllables; what is left is taken for
    Western. Letters may be wrong then, amounts and dates never are.

    Raises:
        ValidationError: the bytes are in none of these encodings.
    """
    try:
        return content.decode("utf-8-sig"), "utf-8", []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    text = content.decode("utf-8-sig", "replace")
    beyond_ascii = sum(1 for sign in text if sign > "\x7f")
    if text.count(STRAY) * 2 < beyond_ascii:
        warning = _("Line %(line)s: a byte there is no letter. Check the texts of that line.")
        return text, "utf-8", [warning % {"line": line}]
    for encoding in (EAST, WESTERN):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == EAST and not is_korean(text):
            continue
        warning = _("The file is not in UTF-8 and was read as %(encoding)s. Check unusual letters.")
        return text, encoding, [warning % {"encoding": encoding}]
    raise ValidationError(
        _("Line %(line)s: the file is not text in UTF-8. Save it as UTF-8 and try again.")
        % {"line": line},
        code="encoding",
    )


def is_korean(text: str) -> bool:
    """Whether most letters beyond ASCII are syllables of Korean."""
    return len(KOREAN.findall(text)) * 2 > sum(1 for sign in text if sign > "\x7f")
