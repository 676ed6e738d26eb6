"""XML from strangers, read into plain elements that know their line (S7).

`defusedxml` refuses document types, entities and anything outside; here come the limits it does not
have: depth, number of elements, and the encodings a bank uses. Prefixes are dropped, for banks
write the same names with and without.
"""

import io
import re
import xml.sax
from functools import cache
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DEEPEST = 40
MOST_ELEMENTS = 250_000
# Somewhere in every so many bytes, an element ends.
LONGEST_STRETCH = 50_000
LONGEST_TEXT = 10_000
DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
# One byte or UTF-8: what cannot hide a sign from the checks before it.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
}


class Element:
    """A name without its prefix, the line it opens on, its text and what is inside it."""

    __slots__ = ("inside", "line", "name", "pieces", "unit")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        # The attribute Ccy, the only one a statement has.
        self.unit = ""
        self.pieces = ""
        self.inside: list[Element] = NOTHING

    @property
    def text(self) -> str:
        """The text, trimmed, with single spaces."""
        return " ".join(self.pieces.split())

    def all(self, path: str) -> list["Element"]:
        """Every element at a path such as "Bal/Tp"."""
        found = [self]
        for name in steps_of(path):
            found = [one for above in found for one in above.inside if one.name == name]
        return found

    def first(self, *paths: str) -> "Element | None":
        """The first element at any of the paths, in the order asked."""
        return next((one for path in paths for one in self.all(path)), None)

    def said(self, *paths: str) -> str:
        """The first text at any of the paths that is not empty."""
        return next((one.text for path in paths for one in self.all(path) if one.pieces), "")


@cache
def steps_of(path: str) -> tuple[str, ...]:
    """The names along a path; there are as many paths as the readers write down."""
    return tuple(path.split("/"))


NOTHING: list[Element] = []


class Builder(ContentHandler):
    """Builds elements while the parser reads, and stops at the limits."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", 0)
        self.path = [self.root]
        self.count = 0
        self.names: dict[str, str] = {}
        self.locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 the name is SAX's
        """Remember who knows the line."""
        self.locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 SAX's
        """Open an element inside the last open one."""
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.path) > DEEPEST:
            raise refuse_size(self.line)
        plain = self.names.get(name)
        if plain is None:
            plain = self.names.setdefault(name, name.rpartition(":")[2])
        element = Element(plain, self.line)
        if attrs:
            element.unit = attrs.get("Ccy", "")
        above = self.path[-1]
        if above.inside is NOTHING:
            above.inside = []
        above.inside.append(element)
        self.path.append(element)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 SAX's
        """Close the last open element."""
        self.path.pop()

    def characters(self, content: str) -> None:
        """Keep text; blanks between elements say nothing."""
        element = self.path[-1]
        if element.pieces or not content.isspace():
            element.pieces += content
            if len(element.pieces) > LONGEST_TEXT:
                raise refuse_size(self.line)

    @property
    def line(self) -> int:
        """Where the parser is."""
        return (self.locator.getLineNumber() if self.locator else 0) or 0


def refuse_size(line: int) -> ValidationError:
    """Deeper, or more of it, than a statement ever is."""
    return ValidationError(
        _("Line %(line)s: the file is nested or filled beyond what a statement needs.")
        % {"line": line},
        code="size",
    )


def read_elements(content: bytes) -> Element:
    """The root of a document, from bytes that hold no NUL.

    Raises:
        ValidationError: no XML, too deep or large, an encoding no bank uses, or a document type.
    """
    document = recoded(content)
    for start in range(0, len(document) - LONGEST_STRETCH, LONGEST_STRETCH):
        if document.find(b">", start, start + LONGEST_STRETCH) < 0:
            raise refuse_size(document.count(b"\n", 0, start) + 1)
    builder = Builder()
    source = InputSource()
    source.setByteStream(io.BytesIO(document))
    source.setEncoding("utf-8")
    try:
        defusedxml.sax.parse(source, builder, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ValidationError(
            _(
                "Line %(line)s: the file declares a document type or entities, which no bank's"
                " statement does. It was not read."
            )
            % {"line": builder.line},
            code="unsafe",
        ) from error
    except xml.sax.SAXParseException as error:
        raise ValidationError(
            _(
                "Line %(line)s: the XML is broken there. The file may have been cut off or edited:"
                " download it from the bank again."
            )
            % {"line": error.getLineNumber()},
            code="broken",
        ) from error
    return builder.root.inside[0]


def recoded(content: bytes) -> bytes:
    """The document in UTF-8, whatever its first line declares.

    Raises:
        ValidationError: an encoding no bank uses, or bytes that are not in the one declared.
    """
    head = content[:200].decode("latin-1").removeprefix("\xef\xbb\xbf")
    found = DECLARED.match(head)
    declared = found[1].lower() if found else "utf-8"
    if declared not in ENCODINGS:
        raise ValidationError(
            _("Line 1: the encoding “%(encoding)s” is not read. Ask the bank for UTF-8.")
            % {"encoding": declared},
            code="encoding",
        )
    try:
        text = content.decode(ENCODINGS[declared])
    except UnicodeDecodeError as error:
        raise ValidationError(
            _(
                "Line %(line)s: a sign there is not in %(encoding)s, as the file says it is."
                " Download it from the bank again."
            )
            % {"line": content.count(b"\n", 0, error.start) + 1, "encoding": declared},
            code="encoding",
        ) from error
    return text.encode()
