"""What a printed page draws: its texts and pictures, read from a PDF and written into one.

It knows the operators WeasyPrint writes, and nothing of a drawing it does not recognise.
"""

import base64
import re
import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple

import pikepdf

from wego.pdf import Letters
from wego.typography import WORD_JOINER

# CSS pixels by which a stamped text may differ from the print of the same page.
TOLERANCE = 0.05
# 1/1000 em by which the kerning of a whole text may: WeasyPrint cuts it to whole units.
KERNING_TOLERANCE = 5
_DRAWN = re.compile(
    rb"BT\n1 0 0 -1 (?P<x>[\d.-]+) (?P<y>[\d.-]+) Tm\n/(?P<font>\w+) (?P<size>[\d.]+) Tf\n"
    rb"(?P<glyphs>\[[^\]]*\]) TJ\nET\n"
)
_GLYPH = re.compile(rb"<([0-9a-f]+)>")
_KERN = re.compile(rb">(-?[\d.]+)<")


class CannotSetError(Exception):
    """A text or picture that the fonts and places at hand cannot hold."""


class Drawn(NamedTuple):
    """A text as a page draws it: font, size and glyphs, place in CSS pixels, kerning in all."""

    font: bytes
    size: bytes
    glyphs: bytes
    x: float
    y: float
    kerning: float


class Text(NamedTuple):
    """A text set in glyphs: the operand of PDF's TJ, and its advance in CSS pixels."""

    glyphs: bytes
    advance: float


def set_text(text: str, letters: Letters, size: float) -> Text:
    """A text in a font and size, kerned as HarfBuzz kerns; raises CannotSetError."""
    parts, advance, before = ["<"], 0.0, None
    for letter in text.replace(WORD_JOINER, ""):
        glyph = letters.glyphs.get(" " if letter == "\xa0" else letter)
        if glyph is None:
            raise CannotSetError(f"{letter!r} is not embedded")
        kern = letters.kerning.get((before, glyph), 0) if before is not None else 0
        if kern:
            parts.append(f">{-kern:g}<")
        parts.append(f"{glyph:04x}")
        advance += letters.advances[glyph] + kern
        before = glyph
    parts.append(">")
    return Text("".join(parts).encode(), advance * size / 1000)


def find_texts(
    drawing: bytes, fonts: Mapping[str, Letters]
) -> Iterator[tuple[re.Match[bytes], str]]:
    """Every text a drawing shows, where it stands, in the letters of the fonts at hand."""
    names = {
        font.encode(): {f"{glyph:04x}".encode(): letter for letter, glyph in letters.glyphs.items()}
        for font, letters in fonts.items()
    }
    for found in _DRAWN.finditer(drawing):
        letters = names.get(found["font"], {})
        yield found, "".join(letters.get(glyph, "\0") for glyph in _GLYPH.findall(found["glyphs"]))


def text_operators(x: float, y: bytes, font: str, size: bytes, glyphs: bytes) -> bytes:
    """The operators that draw a text."""
    left = f"{x:.6f}".rstrip("0").rstrip(".").encode()
    return b"BT\n1 0 0 -1 %b %b Tm\n/%b %b Tf\n[%b] TJ\nET\n" % (
        left,
        y,
        font.encode(),
        size,
        glyphs,
    )


def put_picture(image: pikepdf.Object, source: str) -> None:
    """A black and white PNG in a picture's place; its data are PDF's own, predictors and all.

    Raises CannotSetError.
    """
    data = base64.b64decode(source.partition(",")[2])
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    if (depth, kind) != (1, 0):
        raise CannotSetError("its picture is not black and white")
    image.Width, image.Height, image.BitsPerComponent = width, height, 1
    image.ColorSpace = pikepdf.Name.DeviceGray
    rows = pikepdf.Dictionary(Predictor=15, Colors=1, BitsPerComponent=1, Columns=width)
    image.write(b"".join(_png_data(data)), filter=pikepdf.Name.FlateDecode, decode_parms=rows)


def _png_data(data: bytes) -> Iterator[bytes]:
    start = 8
    while start < len(data):
        (length,) = struct.unpack(">I", data[start : start + 4])
        if data[start + 4 : start + 8] == b"IDAT":
            yield data[start + 8 : start + 8 + length]
        start += length + 12


def drawing_of(content: bytes) -> tuple[list[Drawn], bytes]:
    """The texts a document draws, and the rest of its drawing."""
    with pikepdf.open(BytesIO(content)) as document:
        drawing = document.pages[0].Contents.read_bytes()
    texts = [
        Drawn(
            found["font"],
            found["size"],
            b"".join(_GLYPH.findall(found["glyphs"])),
            float(found["x"]),
            float(found["y"]),
            sum(map(float, _KERN.findall(found["glyphs"]))),
        )
        for found in _DRAWN.finditer(drawing)
    ]
    return texts, re.sub(rb"/i\w+ Do", b"/picture Do", _DRAWN.sub(b"", drawing))


def alike(one: bytes, other: bytes) -> bool:
    """Whether two documents draw the same: same glyphs in the same places, all else equal."""
    (texts, rest), (others, other_rest) = drawing_of(one), drawing_of(other)
    return (
        rest == other_rest
        and [text[:3] for text in texts] == [text[:3] for text in others]
        and all(
            abs(a.x - b.x) < TOLERANCE
            and abs(a.y - b.y) < TOLERANCE
            and abs(a.kerning - b.kerning) < KERNING_TOLERANCE
            for a, b in zip(texts, others, strict=True)
        )
    )
