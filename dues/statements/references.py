"""References in texts: the invoice's own (ISO 11649), and the words for having none."""

import re
import unicodedata

from stdnum import iso11649

NOTHING_SAID = frozenset({"NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NOREF", "UNKNOWN", "NONE"})
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
OTHER_SIGNS = re.compile(r"[^A-Z]")
# As printed on an invoice, in groups of four, or in one piece.
REFERENCE = re.compile(r"\bRF[0-9]{2}(?:[A-Z0-9]{1,21}|(?: [A-Z0-9]{4}){0,5}(?: [A-Z0-9]{1,4})?)\b")


def tell(*texts: str) -> str:
    """The first text that is not empty, composed, with single spaces and no control characters."""
    for text in texts:
        plain = " ".join(CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())
        if plain:
            return plain
    return ""


def known(*names: str) -> str:
    """As `tell`, for references and names, where some words only say that there is none."""
    plain = (tell(name) for name in names)
    return next(
        (one for one in plain if one and OTHER_SIGNS.sub("", one.upper()) not in NOTHING_SAID), ""
    )


def find_creditor_reference(text: str) -> str:
    """The first reference with the right check digits: `RF18WEGO20200001`, or ""."""
    for found in REFERENCE.finditer(text.upper()):
        groups = found[0].split()
        # What follows in the text may look like another group.
        for count in range(len(groups), 0, -1):
            reference = "".join(groups[:count])
            if iso11649.is_valid(reference):
                return reference
    return ""
