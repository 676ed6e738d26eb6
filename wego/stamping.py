"""The same page with other texts: laid out once, then stamped.

Most of a document is the same as the last one. A form is a full print of the page in which every
element marked `data-v` holds a token; a document is its form with the tokens' glyphs replaced, set
in the same fonts, at the same places, under the same tags. What a form cannot hold (a letter it
does not embed, a text that would need a second line) is for the full print: the caller falls back.

Forms and documents are functions of the page alone, so the same page gives the same bytes in every
process. Every form is compared with a full print, glyph by glyph, before it is trusted.
"""

import logging
import re
import threading
from collections.abc import Mapping
from functools import lru_cache, partial
from html import escape, unescape
from io import BytesIO
from typing import NamedTuple

import pikepdf

from wego import pdf
from wego.drawing import (
    CannotSetError,
    Text,
    alike,
    find_texts,
    put_picture,
    set_text,
    text_operators,
)

# What names, sources and figures are mostly written in; both weights of the text font have it.
ALPHABET = "".join(map(chr, range(0x21, 0x7F))) + "ÁÇÉÍÑÓÚÜáàâäçéèêíñóôöúü–’“”·"
MOST_FORMS = 64

_SLOT = re.compile(
    r'(?P<start><(?!img\b)(?P<tag>\w+)[^>]* data-v="(?P<name>[^"]*)"[^>]*>)'
    r"(?P<inner>.*?)(?P<end></(?P=tag)>)",
    re.DOTALL,
)
_TEXT = re.compile(r"[^<>]*[^<>\s][^<>]*(?=<|$)")
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)" data-v="[^"]*"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# What a form can hold: its alphabet in words with one space between them.
_PLAIN = re.compile(rf"[{re.escape(ALPHABET)}\u2060]+(?:[ \xa0][{re.escape(ALPHABET)}\u2060]+)*")
# A picture of one white point, the form's stand-in.
_POINT = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsC3J8gAAAABJRU5ErkJggg=="
)
_one_at_a_time = threading.Lock()
logger = logging.getLogger(__name__)


class CannotStampError(CannotSetError):
    """A page that no form can hold; it has to be printed in full."""


class Page(NamedTuple):
    """A page taken apart: its form, and what stands in the form's places."""

    form: str
    texts: tuple[str, ...]
    names: tuple[str, ...]
    often: frozenset[str]
    pictures: tuple[str, ...]


class _Place(NamedTuple):
    """Where a token's glyphs stood in the form's drawing."""

    token: int
    y: bytes
    font: str
    size: bytes


class _Line(NamedTuple):
    """Tokens that share a line, the room they have, and the gaps between them."""

    tokens: tuple[int, ...]
    left: float
    right: float
    side: str
    start: float
    gaps: tuple[float, ...]


def print_page(
    html: str,
    *,
    css: str,
    identifier: str,
    assets: Mapping[str, bytes],
    limits: Mapping[str, float],
) -> bytes:
    """The PDF of a page, stamped where a form can hold it, printed in full otherwise.

    The page marks what changes from one document to the next: `data-v` on an element whose texts
    vary, `data-v data-often` where many documents share a text (one that does not fit on its line
    becomes part of the form), and `<img src alt data-v>`; the title varies too.
    Raises wego.pdf.RenderError.
    """
    print_in_full = partial(
        pdf.render_pdf, html, css=css, identifier=identifier, assets=assets, limits=limits
    )
    with _one_at_a_time:
        try:
            stamp, page = _find_form(html, css, tuple(assets.items()), tuple(limits.items()))
            stamped = stamp.apply(page, identifier)
        except CannotSetError as reason:
            logger.debug("%s is printed in full: %s", identifier, reason)
            return print_in_full()
        if stamp.trusted:
            return stamped
        full = print_in_full()
        if stamp.trusted is None:
            stamp.trusted = alike(stamped, full)
            if stamp.trusted:
                return stamped
            logger.error("The form of %s differs from its full print", identifier)
        return full


def _find_form(
    html: str,
    css: str,
    assets: tuple[tuple[str, bytes], ...],
    limits: tuple[tuple[str, float], ...],
) -> tuple["_Stamp", Page]:
    """The form that holds a page, and the page taken apart for it; raises CannotSetError."""
    kept: frozenset[str] = frozenset()
    while True:
        page = take_apart(html, kept)
        if odd := [text for text in page.texts if not _PLAIN.fullmatch(text)]:
            raise CannotStampError(f"other letters or spaces than a form embeds: {odd[0]!r}")
        stamp = _stamp_of(page.form, css, assets, limits)
        too_wide = stamp.names_too_wide(page)
        if not too_wide:
            return stamp, page
        if not too_wide <= page.often:
            raise CannotStampError(f"a second line is needed: {', '.join(too_wide - page.often)}")
        kept |= too_wide


def take_apart(html: str, kept: frozenset[str] = frozenset()) -> Page:
    """The form of a page, and what was in its places; elements named in `kept` stay in the form."""
    texts: list[str] = []
    names: list[str] = []
    often: set[str] = set()
    pictures: list[str] = []

    def token(text: str, name: str) -> str:
        texts.append(unescape(text))
        names.append(name)
        return f"#{len(texts) - 1:03d}"

    def slot(found: re.Match[str]) -> str:
        start, name, inner, end = found["start"], found["name"], found["inner"], found["end"]
        if name in kept:
            return found[0]
        if " data-often" in start:
            often.add(name)
        return start + _TEXT.sub(lambda text: token(text[0], name), inner) + end

    def picture(found: re.Match[str]) -> str:
        source, description = found.groups()
        pictures.append(source)
        return f'<img src="{_POINT}" alt="{token(description, "picture")}"'

    form = _TITLE.sub(lambda found: f"<title>{token(found[1], 'title')}</title>", html)
    form = _PICTURE.sub(picture, _SLOT.sub(slot, form))
    return Page(form, tuple(texts), tuple(names), frozenset(often), tuple(pictures))


@lru_cache(maxsize=MOST_FORMS)
def _stamp_of(
    form: str,
    css: str,
    assets: tuple[tuple[str, bytes], ...],
    limits: tuple[tuple[str, float], ...],
) -> "_Stamp":
    try:
        printed = pdf.render_form(
            form,
            css=css,
            identifier="form",
            alphabet=ALPHABET,
            assets=dict(assets),
            limits=dict(limits),
        )
    except pdf.RenderError as error:
        raise CannotStampError(f"its form cannot be printed: {error}") from error
    return _Stamp(printed)


class _Stamp:
    """A printed form, opened: the drawing cut at its tokens, and the objects that vary."""

    def __init__(self, form: pdf.Form) -> None:
        self.trusted: bool | None = None
        self.fonts = form.fonts
        self.document = pikepdf.open(BytesIO(form.content))
        self.metadata = self.document.Root.Metadata.read_bytes()
        self.lines = [
            _line(line)
            for line in form.lines
            if any(_token(text.text) is not None for text in line.texts)
        ]
        self.chunks, self.places = self._cut(self.document.pages[0].Contents.read_bytes())
        self.descriptions = {
            index: element
            for element in self.document.objects
            if isinstance(element, pikepdf.Dictionary)
            and element.get("/S") == "/Figure"
            and (index := _token(str(element.get("/Alt", "")))) is not None
        }
        self.pictures = [
            picture
            for picture in self.document.pages[0].Resources.get("/XObject", {}).values()
            if picture.get("/Width") == 1 and picture.get("/Height") == 1
        ]
        laid = sorted(token for line in self.lines for token in line.tokens)
        if laid != sorted({place.token for place in self.places}):
            raise CannotStampError("the texts of its form were not found where they were laid out")

    def _cut(self, drawing: bytes) -> tuple[list[bytes], list[_Place]]:
        """The drawing between the tokens, and the tokens' places."""
        chunks, places, end = [], [], 0
        for found, text in find_texts(drawing, self.fonts):
            if (index := _token(text)) is not None:
                chunks.append(drawing[end : found.start()])
                places.append(_Place(index, found["y"], found["font"].decode(), found["size"]))
                end = found.end()
        return [*chunks, drawing[end:]], places

    def apply(self, page: Page, identifier: str) -> bytes:
        """The form with the page's texts and pictures; raises CannotSetError."""
        drawing = self._draw(page)
        if len(page.pictures) != len(self.pictures):
            raise CannotStampError("its pictures are not those of its form")
        document = self.document
        document.pages[0].Contents.write(drawing)
        title = page.texts[0]
        document.trailer.Info.Title = pikepdf.String(title)
        document.trailer.ID = pikepdf.Array([pikepdf.String(identifier)] * 2)
        document.Root.Metadata.write(self.metadata.replace(b"#000", escape(title).encode()))
        for index, element in self.descriptions.items():
            element.Alt = pikepdf.String(page.texts[index])
        for image, source in zip(self.pictures, page.pictures, strict=True):
            put_picture(image, source)
        stream = BytesIO()
        document.save(
            stream,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return stream.getvalue()

    def names_too_wide(self, page: Page) -> frozenset[str]:
        """The names of texts that would need a second line; raises CannotSetError."""
        texts = self._set(page.texts)
        return frozenset(
            page.names[token]
            for line in self.lines
            if _spare(line, texts) < 0
            for token in line.tokens
        )

    def _set(self, texts: tuple[str, ...]) -> dict[int, Text]:
        return {
            place.token: set_text(texts[place.token], self.fonts[place.font], float(place.size))
            for place in self.places
        }

    def _draw(self, page: Page) -> bytes:
        """The form's drawing with the page's texts in the tokens' places."""
        texts = self._set(page.texts)
        lefts: dict[int, float] = {}
        for line in self.lines:
            lefts |= _spread(line, texts)
        parts = [self.chunks[0]]
        for place, chunk in zip(self.places, self.chunks[1:], strict=True):
            token, y, font, size = place
            parts += (text_operators(lefts[token], y, font, size, texts[token].glyphs), chunk)
        return b"".join(parts)


def _token(text: str) -> int | None:
    """The number of a token; nothing for any other text."""
    return int(text[1:]) if re.fullmatch(r"#\d{3}", text) else None


def _line(line: pdf.LaidLine) -> _Line:
    """A laid out line of tokens; raises CannotStampError when other texts stand between them."""
    tokens = [index for text in line.texts if (index := _token(text.text)) is not None]
    if len(tokens) != len(line.texts):
        raise CannotStampError("a line of its form mixes what varies with what does not")
    gaps = tuple(
        after.left - (before.left + before.width)
        for before, after in zip(line.texts, line.texts[1:], strict=False)
    )
    return _Line(tuple(tokens), line.left, line.right, line.side, line.texts[0].left, gaps)


def _spare(line: _Line, texts: Mapping[int, Text]) -> float:
    """The room a line has left; negative when its texts need a second line."""
    total = sum(texts[token].advance for token in line.tokens) + sum(line.gaps)
    return line.right - line.left - total


def _spread(line: _Line, texts: Mapping[int, Text]) -> dict[int, float]:
    """Where each text of a line begins."""
    spare = _spare(line, texts)
    left = {
        "right": line.left + spare,
        "end": line.left + spare,
        "center": line.left + spare / 2,
    }.get(line.side, line.start)
    lefts = {}
    for token, gap in zip(line.tokens, (*line.gaps, 0.0), strict=True):
        lefts[token] = left
        left += texts[token].advance + gap
    return lefts
