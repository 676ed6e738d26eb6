"""Stamped documents: what a full print would draw, and the full print where a form will not do."""

import hashlib
import logging
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from wego import drawing, pdf, stamping
from wego.stamping import print_page, take_apart

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = """
@page { size: A4; margin: 20mm }
html { font: 10pt/1.4 NanumGothic, "DejaVu Sans" }
body, p { margin: 0 }
table { width: 100%; table-layout: fixed }
.amount { text-align: right; font-weight: bold }
.middle { text-align: center }
img { width: 26mm; height: 26mm; image-rendering: crisp-edges }
"""
PAGE = """<html lang="en"><head><title>Invoice {number}</title></head><body>
<h1>Invoice</h1>
<p data-v="name">{name}</p>
<table><tr><td>Total</td><td class="amount" data-v="amount">{amount}</td></tr></table>
<p class="middle" data-v="pair"><b>{number}</b> <i>{country}</i></p>
<p data-v="source" data-often="">{source}</p>
<img src="{picture}" alt="{address}" data-v="qr"/>
</body></html>"""
FACTS = {
    "number": "WEGO-2020-0001",
    "name": "Goyang",
    "amount": "USD 6,500.00",
    "country": "Korea",
    "source": "Census 2018",
    "address": "http://127.0.0.1:8000/portal/invoices/WEGO-2020-0001/",
}


def page(**facts: str) -> str:
    facts = FACTS | facts
    picture = segno.make(facts["address"], error="m").png_data_uri(scale=1, border=0)
    return PAGE.format(picture=picture, **facts)


def options(number: str = "WEGO-2020-0001") -> dict:
    return {"css": CSS, "identifier": number, "assets": {}, "limits": {}}


def full(html: str) -> bytes:
    return pdf.render_pdf(html, **options())


def stamped(html: str) -> bytes:
    """The page, stamped; fails when it was printed in full."""
    before = pdf.render_pdf
    printed = print_page(html, **options())
    assert printed != before(html, **options())
    return printed


@pytest.fixture(autouse=True)
def _no_forms_from_before():
    stamping._stamp_of.cache_clear()


def picture_of(content: bytes, tmp_path, name: str) -> Image.Image:
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(content)
    command = ["pdftoppm", "-r", "110", "-png", "-singlefile", str(file), str(tmp_path / name)]
    subprocess.run(command, check=True)
    return Image.open(tmp_path / f"{name}.png").convert("L")


@pytest.mark.slow
def test_a_stamped_page_looks_like_its_full_print(tmp_path) -> None:
    print_page(page(), **options())
    html = page(name="Wow, AVAST To. Tokyo", amount="USD 1,111.00", country="Sri Lanka")

    one = picture_of(stamped(html), tmp_path, "stamped")
    other = picture_of(full(html), tmp_path, "full")

    # Poppler places glyphs on quarters of a pixel: a hair's breadth moves the edge of a letter.
    differing = ImageChops.difference(one, other).point(lambda level: 255 * (level > 16))
    assert sum(differing.histogram()[1:]) <= 20
    assert one.getextrema() == (0, 255)


WORDS = st.text(alphabet=stamping.ALPHABET, min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=TEXTS, amount=WORDS, country=WORDS, source=TEXTS)
def test_any_text_of_the_alphabet_is_drawn_as_in_full(name, amount, country, source) -> None:
    facts = {"name": name, "amount": amount, "country": country, "source": source}
    html = page(**{key: escaped(text) for key, text in facts.items()})

    assert drawing.alike(print_page(html, **options()), full(html))


def test_a_stamped_document_says_what_it_is() -> None:
    facts = {"number": "WEGO-2020-0042", "address": "http://127.0.0.1:8000/portal/42/"}
    print_page(page(), **options())

    content = print_page(page(**facts), **options("WEGO-2020-0042"))

    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.docinfo["/Title"]) == "Invoice WEGO-2020-0042"
        assert b"Invoice WEGO-2020-0042</rdf:li>" in document.Root.Metadata.read_bytes()
        assert bytes(document.trailer.ID[0]) == b"WEGO-2020-0042"
        described = [str(kid.Alt) for kid in document.objects if "/Alt" in dict_of(kid)]
        (picture,) = document.pages[0].Resources.XObject.values()
        dots = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    assert described == ["http://127.0.0.1:8000/portal/42/"]
    expected = segno.make(facts["address"], error="m").matrix
    assert [
        [dots.getpixel((x, y)) == 0 for x in range(dots.width)] for y in range(dots.height)
    ] == [[bool(dot) for dot in row] for row in expected]


def dict_of(thing):
    return thing if isinstance(thing, pikepdf.Dictionary) else {}


def test_nothing_of_the_form_or_of_the_last_document_is_left() -> None:
    print_page(page(name="Secret City"), **options())

    content = print_page(page(name="Almaty"), **options())

    assert content == stamped(page(name="Almaty"))
    with pikepdf.open(BytesIO(content)) as document:
        assert "#0" not in str(document.docinfo)
        assert b"#0" not in document.Root.Metadata.read_bytes()
        # Every object is reached from the page: no earlier drawing stays behind.
        drawings = [
            thing.read_bytes()
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and b" Tf" in thing.read_bytes()
        ]
        assert drawings == [document.pages[0].Contents.read_bytes()]
    texts, _rest = drawing.drawing_of(content)
    assert len(texts) == 7


def test_a_form_whose_layout_hangs_on_its_picture_is_never_used(caplog) -> None:
    css = CSS.replace("width: 26mm; height: 26mm;", "")
    html = page(name="Almaty")

    printed = print_page(html, **options() | {"css": css})

    assert printed == pdf.render_pdf(html, **options() | {"css": css})
    assert "differs from its full print" in caplog.text


HASHES = """
import hashlib, sys
from tests.wego.test_stamping import options, page
from wego.stamping import print_page
for name in sys.argv[1:]:
    print(name, hashlib.sha256(print_page(page(name=name), **options())).hexdigest())
"""


@pytest.mark.slow
def test_another_process_and_another_order_give_the_same_bytes() -> None:
    names = ["Goyang", "Almaty", "Kathmandu"]
    here = {
        name: hashlib.sha256(print_page(page(name=name), **options())).hexdigest() for name in names
    }

    other = subprocess.run(
        [sys.executable, "-c", HASHES, *reversed(names)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert dict(line.split() for line in other.stdout.splitlines()) == here


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"name": "고양시"}, "other letters"),
        ({"name": "Go  yang"}, "other letters or spaces"),
        ({"name": " Goyang"}, "other letters or spaces"),
        ({"name": "Go\nyang"}, "other letters or spaces"),
        ({"name": "City " * 40}, "other letters or spaces"),
        ({"name": ("City " * 40).strip()}, "a second line is needed: name"),
    ],
)
def test_what_a_form_cannot_hold_is_printed_in_full(caplog, facts, reason) -> None:
    caplog.set_level(logging.DEBUG, "wego.stamping")
    html = page(**facts)

    assert print_page(html, **options()) == full(html)
    assert f"WEGO-2020-0001 is printed in full: {reason}" in caplog.text


def test_a_text_many_documents_share_becomes_part_of_the_form() -> None:
    source = "Department of Census and Statistics, mid-year estimates, second revision. " * 3
    first = page(source=source.strip())
    print_page(first, **options())

    for name in ("Almaty", "Makati"):
        html = page(source=source.strip(), name=name)
        assert drawing.alike(stamped(html), full(html))
    # One form with a token for the source, tried and left, and one that holds it.
    assert stamping._stamp_of.cache_info().misses == 2


def test_a_form_that_differs_from_its_full_print_is_never_used(caplog, monkeypatch) -> None:
    monkeypatch.setattr(stamping, "alike", lambda _one, _other: False)

    for name in ("Goyang", "Almaty"):
        html = page(name=name)
        assert print_page(html, **options()) == full(html)

    assert caplog.text.count("differs from its full print") == 1


def test_a_token_written_by_hand_spoils_no_document() -> None:
    html = page(name="#002").replace("<td>Total</td>", "<td>#002</td>")

    assert print_page(html, **options()) == full(html)


def test_a_page_that_cannot_be_printed_is_refused_the_same() -> None:
    with pytest.raises(pdf.RenderError, match="needs 2 pages"):
        print_page(page() + "<p style='break-before: page'>x</p>", **options())


def test_take_apart_leaves_tokens_and_keeps_texts_in_order() -> None:
    apart = take_apart(page(name="A &amp; B"))

    assert apart.texts == (
        "Invoice WEGO-2020-0001",
        "A & B",
        "USD 6,500.00",
        "WEGO-2020-0001",
        "Korea",
        "Census 2018",
        FACTS["address"],
    )
    assert apart.names == ("title", "name", "amount", "pair", "pair", "source", "picture")
    assert apart.often == {"source"}
    assert re.findall(r"#\d{3}", apart.form) == [
        f"#{number:03d}" for number in (0, 1, 2, 3, 4, 5, 6)
    ]
    assert apart.form == take_apart(page(name="Almaty", number="1")).form


def test_only_black_and_white_pictures_are_stamped() -> None:
    grey = segno.make("x").png_data_uri(scale=1, dark="#777")

    html = page().replace(take_apart(page()).pictures[0], grey)

    assert print_page(html, **options()) == full(html)
