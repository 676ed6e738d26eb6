"""The printer: fetches nothing, warns of nothing, prints the same bytes again."""

import ast
import hashlib
import logging
import re
import socket
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from wego import fonts, pdf, system
from wego.pdf import PrinterMissingError, RenderError, render_pdf

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = "html { font-family: NanumGothic, 'DejaVu Sans' }"
PAGE = '<html lang="en"><head><title>Goyang</title>{head}</head><body>{body}</body></html>'


def render(body: str = "", head: str = "", **options) -> bytes:
    return render_pdf(
        PAGE.format(head=head, body=body), **{"css": CSS, "identifier": "WEGO-2020-0001"} | options
    )


@pytest.fixture
def listener():
    """A server on this machine that notes who calls; `calls` is the list."""
    server = socket.create_server(("127.0.0.1", 0))
    calls = []

    def serve() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            with connection:
                calls.append(connection.recv(2000).split(b"\r\n")[0].decode())
                connection.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
DATA_SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E"
    "%3Cimage href='URL' width='9' height='9'/%3E%3C/svg%3E"
)
VECTORS = {
    "image": ("", '<img alt="a" src="URL">'),
    "image by relative address": ('<base href="URL">', '<img alt="a" src="x.png">'),
    "object": ("", '<object data="URL"></object>'),
    "embed": ("", '<embed src="URL">'),
    "style sheet": ('<link rel="stylesheet" href="URL">', ""),
    "import": ("<style>@import url(URL);</style>", ""),
    "font face": ("<style>@font-face { font-family: F; src: url(URL) }</style>", "x"),
    "background": ("<style>body { background: url(URL) }</style>", "x"),
    "background of the page": ("<style>@page { background: url(URL) }</style>", "x"),
    "background in an attribute": ("", '<p style="background-image: url(URL)">x</p>'),
    "list marker": ("<style>li { list-style-image: url(URL) }</style>", "<ul><li>x</ul>"),
    "generated content": ("<style>p::before { content: url(URL) }</style>", "<p>x</p>"),
    "border image": (
        "<style>p { border: 1px solid; border-image: url(URL) 1 }</style>",
        "<p>x</p>",
    ),
    "picture in a drawing": ("", SVG.format('<image href="URL" width="9" height="9"/>')),
    "drawing in a data address": ("", f'<img alt="a" src="{DATA_SVG}">'),
    "attachment": ('<link rel="attachment" href="URL">', "x"),
    "attached link": ("", '<a rel="attachment" href="URL">x</a>'),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_a_document_reaches_no_server(listener, vector) -> None:
    address, calls = listener
    head, body = (text.replace("URL", f"{address}/x") for text in VECTORS[vector])

    with pytest.raises(RenderError, match=r"127\.0\.0\.1|Failed to render SVG image"):
        render(body, head)

    assert calls == []


@pytest.mark.parametrize("vector", VECTORS)
def test_a_document_reaches_no_file(tmp_path, vector) -> None:
    canary = tmp_path / "x.png"
    canary.write_text("canary of the Goyang treasury")
    head, body = (text.replace("URL", canary.as_uri()) for text in VECTORS[vector])

    with pytest.raises(
        RenderError, match=rf"{re.escape(str(tmp_path))}|Failed to render SVG image"
    ):
        render(body, head)


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/x", "FILE:///etc/passwd", "asset:../secret", "http:x", "jar:x"]
)
def test_no_other_kind_of_address_is_fetched(address) -> None:
    with pytest.raises(RenderError, match=re.escape(address)):
        render(f'<img alt="a" src="{address}">')


def test_without_our_fetcher_a_document_reaches_a_server(listener) -> None:
    address, calls = listener
    import weasyprint  # the control: what the printer's fetcher is there to stop

    weasyprint.HTML(string=f'<img alt="a" src="{address}/x">').write_pdf()

    assert calls == ["GET /x HTTP/1.1"]


def test_the_style_sheet_handed_in_fetches_nothing_either(listener) -> None:
    address, calls = listener

    for _attempt in range(2):
        with pytest.raises(RenderError, match=r"127\.0\.0\.1"):
            render("x", css=f"@import url({address}/x);")

    assert calls == []


def test_assets_handed_in_are_drawn() -> None:
    mark = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="#f00"/></svg>'

    without = render('<img alt="mark" src="data:image/svg+xml,%3Csvg/%3E">')
    drawn = render('<img alt="mark" src="asset:mark.svg">', assets={"mark.svg": mark})

    assert b"1 0 0 rg" not in contents(without)
    assert b"1 0 0 rg" in contents(drawn)


def contents(content: bytes) -> bytes:
    """The drawing of the first page and of the pictures on it."""
    with pikepdf.open(BytesIO(content)) as document:
        page = document.pages[0]
        forms = (form.read_bytes() for form in page.Resources.get("/XObject", {}).values())
        return b"\n".join([page.Contents.read_bytes(), *forms])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>ฏ</p>", r"\.notdef glyph .* \(U\+0E0F\)"),
        ('<p style="colour: red">x</p>', "colour"),
        ('<img alt="x" src="data:,x">', "Failed to load image"),
        ('<img src="data:image/svg+xml,%3Csvg/%3E">', "no required alt description"),
    ],
    ids=["glyph no font has", "unknown rule", "picture that is none", "picture undescribed"],
)
def test_what_weasyprint_warns_of_refuses_the_document(body, reason) -> None:
    with pytest.raises(RenderError, match=reason):
        render(body)


def test_a_style_sheet_with_a_mistake_is_refused_every_time() -> None:
    for _attempt in range(2):
        with pytest.raises(RenderError, match="colour"):
            render("x", css="p { colour: red }")


def test_warnings_count_even_when_the_logger_is_silenced() -> None:
    logger = logging.getLogger("weasyprint")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with pytest.raises(RenderError, match="colour"):
            render('<p style="colour: red">x</p>')
        assert logger.level == logging.CRITICAL
    finally:
        logger.setLevel(before)


def test_a_second_page_is_refused() -> None:
    with pytest.raises(RenderError, match="needs 2 pages and has one"):
        render('<p style="break-before: page">x</p>' * 2)


def test_as_many_pages_as_are_allowed_and_no_more() -> None:
    body = '<p style="break-before: page">x</p>' * 3

    with pikepdf.open(BytesIO(render(body, most_pages=3))) as document:
        assert len(document.pages) == 3
    with pytest.raises(RenderError, match="needs 3 pages and has 2"):
        render(body, most_pages=2)


def test_text_that_outgrows_its_area_is_refused() -> None:
    css = CSS + " @page { size: A4; margin: 0 } body { margin: 0 } p { margin: 0; height: 10mm }"
    body = '<p>x</p><p>x</p><p id="end">x</p>'

    assert render(body, css=css, limits={"end": 20.1}).startswith(b"%PDF-1.7")
    with pytest.raises(RenderError, match=r"“end” begins at 20\.0 mm, .* \(19\.9 mm\)"):
        render(body, css=css, limits={"end": 19.9})


def test_a_document_says_what_it_is() -> None:
    content = render(
        "<h1>Invoice</h1><p>고양시</p>",
        head='<meta name="dcterms.created" content="2020-01-15T00:00:00+09:00"/>',
    )

    with pikepdf.open(BytesIO(content)) as document:
        root = document.Root
        metadata = root.Metadata.read_bytes().decode()
        assert str(root.Lang) == "en"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(document.docinfo["/Title"]) == "Goyang"
        assert str(document.docinfo["/CreationDate"]) == "D:20200115000000+09'00"
        kinds = [str(kid.S) for kid in root.StructTreeRoot.K[0].K]
    assert kinds == ["/H1", "/P"]
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


RENDER_AND_HASH = """
import hashlib, sys
from wego.pdf import render_pdf
page = sys.stdin.read()
print(hashlib.sha256(render_pdf(page, css=sys.argv[1], identifier="WEGO-2020-0001")).hexdigest())
"""


@pytest.mark.slow
def test_another_process_prints_the_same_bytes() -> None:
    page = PAGE.format(head="", body="<p>고양시 Goyang <b>USD 6,500.00</b></p>")

    other = subprocess.run(
        [sys.executable, "-c", RENDER_AND_HASH, CSS],
        input=page,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    here = render_pdf(page, css=CSS, identifier="WEGO-2020-0001")
    assert hashlib.sha256(here).hexdigest() == other.stdout.strip()


def test_the_identifier_is_the_documents() -> None:
    with pikepdf.open(BytesIO(render("x", identifier="WEGO-2020-0042"))) as document:
        assert bytes(document.trailer.ID[0]) == b"WEGO-2020-0042"


def test_without_fonts_printing_is_refused_before_it_kills_the_process(monkeypatch) -> None:
    monkeypatch.setattr(fonts, "count_fonts", lambda: {"NanumGothic": 0, "DejaVu Sans": 2})

    with pytest.raises(PrinterMissingError, match=r"the font NanumGothic.*fonts-nanum"):
        pdf._engine.__wrapped__()


def test_without_pango_printing_is_refused_with_the_line_that_helps(monkeypatch) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda: ["Pango"])

    with pytest.raises(PrinterMissingError, match=r"documents: Pango.*libpango-1\.0-0"):
        pdf._engine.__wrapped__()


def test_fonts_are_counted_and_only_ours_are_seen() -> None:
    assert fonts.count_fonts() == {"NanumGothic": 2, "DejaVu Sans": 2}


@pytest.mark.slow
def test_only_the_printer_imports_weasyprint() -> None:
    importers = set()
    for package in ("wego", "members", "dues", "events"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = [alias.name for alias in getattr(node, "names", [])]
                modules = [getattr(node, "module", None) or "", *names]
                if isinstance(node, ast.Import | ast.ImportFrom) and any(
                    name.split(".")[0] == "weasyprint" for name in modules
                ):
                    importers.add(str(path.relative_to(ROOT)))

    assert importers == {"wego/pdf.py"}


def test_importing_the_printer_does_not_load_weasyprint() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, wego.pdf; print('weasyprint' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert seen.stdout == "False\n"
