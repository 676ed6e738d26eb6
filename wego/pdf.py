"""HTML to PDF: the only door to WeasyPrint.

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
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from wego import fonts

# Archival and tagged: PDF/A-3a, and the mark of PDF/UA-1 beside it.
VARIANT = "pdf/a-3a"
ASSETS = "asset:"
NOTHING: Mapping[str, Any] = MappingProxyType({})
PDFUA = (Path(__file__).parent / "assets" / "pdfua.xmp").read_bytes()
MM = 96 / 25.4
_one_at_a_time = threading.Lock()


class RenderError(Exception):
    """A document that cannot be printed as it is; the sentence says why."""


class FontsMissingError(RenderError):
    """No font of a family documents are set in; printing would kill the process."""


class _Engine(NamedTuple):
    html: Callable[..., Any]
    css: Callable[..., Any]
    fetcher: Callable[[Mapping[str, bytes]], Any]
    fatal: type[BaseException]
    fonts: Any
    version: str


@cache
def _engine() -> _Engine:
    """WeasyPrint, loaded once: half a second, and memory the web processes never need."""
    missing = fonts.missing_families()
    if missing:
        msg = f"No font of {' and '.join(missing)} is installed: {fonts.INSTALL_LINE}"
        raise FontsMissingError(msg)
    import weasyprint  # noqa: PLC0415 -- slow to load, and only workers print
    from weasyprint import urls  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    class PackagedFetcher(urls.URLFetcher):
        """Serves data: addresses and the assets handed in; everything else is fatal."""

        def __init__(self, assets: Mapping[str, bytes]) -> None:
            super().__init__(
                allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
            )
            self._assets = assets

        def fetch(self, url: str, headers: Any = None) -> urls.URLFetcherResponse:
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
) -> bytes:
    """One page of PDF/A-3a, tagged; its title, language and dates are those of the HTML head.

    `identifier` becomes the document's PDF identifier. `assets` are served as `asset:<name>`.
    `limits` names elements (by id) and how far down the page, in mm, each may begin: fixed areas
    cannot push one another, so this is how text that outgrows its area is noticed.
    Raises RenderError.
    """
    engine = _engine()
    with _one_at_a_time, _paused_gc(), _warnings_are_errors(), warnings.catch_warnings():
        # WeasyPrint leaves its colour profile for the interpreter to close.
        warnings.filterwarnings("ignore", "unclosed file .*sRGB2014", ResourceWarning)
        try:
            document = engine.html(string=html, url_fetcher=engine.fetcher(assets)).render(
                font_config=engine.fonts, stylesheets=[_stylesheet(css)], pdf_variant=VARIANT
            )
            _check_geometry(document, limits)
            content: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=identifier.encode(),
                xmp_metadata=[BytesIO(PDFUA)],
            )
        except engine.fatal as error:
            msg = f"{error} ({error.__cause__})"
            raise RenderError(msg) from error
    return content


def _check_geometry(document: Any, limits: Mapping[str, float]) -> None:
    if len(document.pages) != 1:
        msg = f"The text needs {len(document.pages)} pages and has one."
        raise RenderError(msg)
    anchors = document.pages[0].anchors
    for name, limit in limits.items():
        found = anchors[name][1] / MM
        if found > limit:
            msg = f"“{name}” begins at {found:.1f} mm, lower than its area ends ({limit:.1f} mm)."
            raise RenderError(msg)


@contextmanager
def _paused_gc() -> Iterator[None]:
    """A render makes some 100,000 objects that all die together: looking in between is lost time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
