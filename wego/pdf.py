# ruff: noqa: ANN401 - WeasyPrint is untyped
"""HTML to PDF: the only door to WeasyPrint, and to its private parts.

Documents are one process's work, one at a time: fonts are read once, style sheets are parsed once,
nothing is fetched but data: addresses and the assets handed in, and whatever WeasyPrint would only
have warned of (a glyph no font has, a rule it does not know) refuses the document instead.
The same input gives the same bytes, today and in another process.
"""

import atexit
import gc
import logging
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from wego import fonts, system

# Archival and tagged: PDF/A-3a, and the mark of PDF/UA-1 beside it.
VARIANT = "pdf/a-3a"
ASSETS = "asset:"
NOTHING: Mapping[str, Any] = MappingProxyType({})
PDFUA = (Path(__file__).parent / "assets" / "pdfua.xmp").read_bytes()
MM = 96 / 25.4
_one_at_a_time = threading.Lock()


class RenderError(Exception):
    """A document that cannot be printed as it is; the sentence says why."""


class PrinterMissingError(RenderError):
    """This machine lacks a library or font; without a font printing would kill the process."""


class _Engine(NamedTuple):
    html: Callable[..., Any]
    css: Callable[..., Any]
    fetcher: Callable[[Mapping[str, bytes]], Any]
    fatal: type[BaseException]
    fonts: Any
    font_file: Callable[..., Any]
    font_data: Callable[..., bytes]
    kerning: dict[str, dict[tuple[int, int], float] | None]
    version: str


@cache
def _engine() -> _Engine:
    """WeasyPrint, loaded once: half a second, and memory the web processes never need."""
    missing = system.missing_libraries() or fonts.missing_fonts()
    if missing:
        msg = f"Missing to print documents: {', '.join(missing)}. {system.install_line()}"
        raise PrinterMissingError(msg)
    import weasyprint  # noqa: PLC0415 -- slow to load, and only workers print
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from weasyprint import urls  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration, get_hb_object_data  # noqa: PLC0415

    class PackagedFetcher(urls.URLFetcher):  # type: ignore[misc] # WeasyPrint is untyped
        """Serves data: addresses and the assets handed in; everything else is fatal."""

        def __init__(self, assets: Mapping[str, bytes]) -> None:
            super().__init__(
                allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
            )
            self._assets = assets

        def fetch(self, url: str, headers: object = None) -> urls.URLFetcherResponse:
            if url.startswith(ASSETS):
                return urls.URLFetcherResponse(url, self._assets[url.removeprefix(ASSETS)])
            return super().fetch(url, headers)

    with fonts.only_ours():
        configuration = FontConfiguration()
    # It cleans up after itself, which fails once the interpreter is half gone.
    atexit.register(_engine.cache_clear)
    return _Engine(
        weasyprint.HTML,
        weasyprint.CSS,
        PackagedFetcher,
        urls.FatalURLFetchingError,
        configuration,
        TTFont,
        get_hb_object_data,
        {},
        weasyprint.__version__,
    )


def renderer() -> str:
    """The name and version that made a document, kept beside it."""
    return f"WeasyPrint {_engine().version}"


@lru_cache(maxsize=8)
def _stylesheet(css: str) -> Any:
    engine = _engine()
    with _warnings_are_errors():
        return engine.css(string=css, font_config=engine.fonts, url_fetcher=engine.fetcher(NOTHING))


def render_pdf(
    html: str,
    *,
    css: str,
    identifier: str,
    assets: Mapping[str, bytes] = NOTHING,
    limits: Mapping[str, float] = NOTHING,
    most_pages: int = 1,
) -> bytes:
    """PDF/A-3a of one page or more, tagged; title, language and dates are those of the HTML head.

    `identifier` becomes the document's PDF identifier. `assets` are served as `asset:<name>`.
    `limits` names elements of the first page (by id) and how far down it, in mm, each may begin:
    fixed areas cannot push one another, so this is how text that outgrows its area is noticed.
    Raises RenderError.
    """
    with _printing() as engine:
        return _write(
            _lay_out(engine, html, css, assets, limits, most_pages=most_pages), identifier
        )


class LaidText(NamedTuple):
    """A text of one line and one font where the layout put it; CSS pixels from the left."""

    text: str
    left: float
    width: float


class LaidLine(NamedTuple):
    """A line of texts, the area it may fill, and the CSS side it is set to."""

    left: float
    right: float
    side: str
    texts: tuple[LaidText, ...]


class Letters(NamedTuple):
    """A font as a document embeds it: glyphs by letter, advances and kerning in 1/1000 em."""

    glyphs: Mapping[str, int]
    advances: Mapping[int, float]
    kerning: Mapping[tuple[int, int], float]


class Form(NamedTuple):
    """A printed page with what is needed to set other texts in the places of its own."""

    content: bytes
    lines: tuple[LaidLine, ...]
    fonts: Mapping[str, Letters]


def render_form(
    html: str,
    *,
    css: str,
    identifier: str,
    alphabet: str,
    assets: Mapping[str, bytes] = NOTHING,
    limits: Mapping[str, float] = NOTHING,
) -> Form:
    """As `render_pdf`, with the letters of `alphabet` embedded, regular and bold, for later texts.

    Raises RenderError.
    """
    words = escape(" ".join(alphabet))
    sample = f'<html lang="en"><body>{words} <b>{words}</b></body></html>'
    with _printing() as engine:
        letters = _lay_out(engine, sample, css, NOTHING, NOTHING)
        _write(letters, identifier)
        page = _lay_out(engine, html, css, assets, limits)
        page.fonts = letters.fonts
        return _form(engine, page, _write(page, identifier))


def _form(engine: _Engine, document: Any, content: bytes) -> Form:
    # Where texts lie is said nowhere else.
    lines = tuple(_lines(document.pages[0]._page_box))  # noqa: SLF001
    used = {font.hash: _letters(engine, font) for font in document.fonts.values()}
    return Form(content, lines, used)


@contextmanager
def _printing() -> Iterator[_Engine]:
    """One document at a time; whatever WeasyPrint warns of or may not fetch is a RenderError."""
    engine = _engine()
    with _one_at_a_time, _paused_gc(), _warnings_are_errors(), warnings.catch_warnings():
        # WeasyPrint leaves its colour profile for the interpreter to close.
        warnings.filterwarnings("ignore", "unclosed file .*sRGB2014", ResourceWarning)
        try:
            yield engine
        except engine.fatal as error:
            msg = f"{error} ({error.__cause__})"
            raise RenderError(msg) from error


def _lay_out(
    engine: _Engine,
    html: str,
    css: str,
    assets: Mapping[str, bytes],
    limits: Mapping[str, float],
    *,
    most_pages: int = 1,
) -> Any:
    document = engine.html(string=html, url_fetcher=engine.fetcher(assets)).render(
        font_config=engine.fonts, stylesheets=[_stylesheet(css)], pdf_variant=VARIANT
    )
    _check_geometry(document, limits, most_pages)
    return document


def _write(document: Any, identifier: str) -> bytes:
    content: bytes = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_identifier=identifier.encode(),
        xmp_metadata=[BytesIO(PDFUA)],
    )
    return content


def _lines(page: Any) -> Iterator[LaidLine]:
    """Every line of texts of a laid out page."""
    for box in page.descendants(placeholders=True):
        for line in getattr(box, "children", ()):
            if type(line).__name__ == "LineBox":
                texts = tuple(
                    LaidText(text.text, text.position_x, text.width)
                    for text in line.descendants(placeholders=True)
                    if type(text).__name__ == "TextBox" and text.text.strip()
                )
                left = box.content_box_x()
                yield LaidLine(left, left + box.width, box.style["text_align_all"], texts)


def _letters(engine: _Engine, font: Any) -> Letters:
    """What is needed to set a text in a font; nothing of a font that shapes more than kerning."""
    if font.hash not in engine.kerning:
        engine.kerning[font.hash] = _kerning(engine, font)
    kerning = engine.kerning[font.hash]
    if kerning is None:
        return Letters({}, {}, {})
    glyphs = {text: glyph for glyph, text in font.to_unicode.items() if len(text) == 1}
    return Letters(glyphs, dict(font.widths), kerning)


def _kerning(engine: _Engine, font: Any) -> dict[tuple[int, int], float] | None:
    """Pairs of glyphs and the space between them, 1/1000 em; None where a font does more."""
    tables = engine.font_file(BytesIO(engine.font_data(font.hb_face)), fontNumber=font.index)
    if "GSUB" in tables or "GPOS" in tables:
        return None
    pairs = tables["kern"].kernTables[0].kernTable if "kern" in tables else {}
    scale = 1000 / tables["head"].unitsPerEm
    return {
        (tables.getGlyphID(first), tables.getGlyphID(second)): value * scale
        for (first, second), value in pairs.items()
    }


def _check_geometry(document: Any, limits: Mapping[str, float], most_pages: int) -> None:
    if len(document.pages) > most_pages:
        room = "one" if most_pages == 1 else most_pages
        msg = f"The text needs {len(document.pages)} pages and has {room}."
        raise RenderError(msg)
    anchors = document.pages[0].anchors
    for name, limit in limits.items():
        if name not in anchors:
            raise RenderError(f"“{name}” is not on the first page: its text is far too long.")
        found = anchors[name][1] / MM
        if found > limit:
            msg = f"“{name}” begins at {found:.1f} mm, lower than its area ends ({limit:.1f} mm)."
            raise RenderError(msg)


@contextmanager
def _paused_gc() -> Iterator[None]:
    """A render makes 100,000 objects that all die together: looking in between is lost time.

    They are swept up at once: counted as survivors, those of many renders would wait together.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
            gc.collect(0)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """Within: what WeasyPrint warns of refuses the document, whatever level its logger has."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    before = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.setLevel(before[0])
        logger.propagate = before[1]
    if collector.messages:
        raise RenderError("; ".join(dict.fromkeys(collector.messages)))
