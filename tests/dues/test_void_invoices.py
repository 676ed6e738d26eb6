"""Void and lowered invoices where invoices are listed: marked, and totals say what they count."""

import csv
import datetime as dt
import io

import pikepdf
import pytest

from dues.credit_notes import Resolution, credit_reduction, void_invoice
from dues.overview import read_board, summarise_years
from dues.register import Tally, summary_rows
from dues.reports import write_csv, write_merged, write_xlsx, zip_stream
from tests.dues.books import TODAY
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.dues.staff import REGISTER, text_of

pytestmark = pytest.mark.django_db
EXCOM = Resolution(dt.date(2020, 11, 17), "EXCOM", "EXCOM 2020, item 7")


@pytest.fixture
def year():
    """Goyang's invoice stands, Busan's is lowered by USD 2,500, Daegu's is void."""
    invoices = [
        issued_invoice(city(name, ""), sequence=sequence, document=one_page_pdf())
        for sequence, name in enumerate(("Goyang", "Busan", "Daegu"), start=1)
    ]
    credit_reduction(invoices[1], 250_000, resolution=EXCOM, reason="Flood", on=TODAY, by=None)
    void_invoice(invoices[2], reason="Wrong", on=TODAY, by=None)
    return invoices


def test_the_board_counts_what_was_invoiced_credited_and_stands(year, django_assert_num_queries):
    with django_assert_num_queries(1):
        board = read_board(2020)

    assert (board.count, board.void) == (3, 1)
    assert (board.total_cents, board.credited_cents, board.net_cents) == (
        2_250_000,
        1_000_000,
        1_250_000,
    )


def test_the_years_do_so_too(year, django_assert_num_queries):
    with django_assert_num_queries(2):
        (summary,) = [each for each in summarise_years() if each.year == 2020]

    assert (summary.invoices, summary.void, summary.ready) == (3, 1, 3)
    assert (summary.total_cents, summary.credited_cents, summary.net_cents) == (
        2_250_000,
        1_000_000,
        1_250_000,
    )


def test_the_register_marks_each_and_its_totals_add_up(year):
    stream = io.BytesIO()

    tally = write_csv(2020, stream)

    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert [(row["standing"], row["amount"], row["credited"], row["net"]) for row in rows] == [
        ("stands", "7500.00", "0.00", "7500.00"),
        ("lowered", "7500.00", "2500.00", "5000.00"),
        ("void", "7500.00", "7500.00", "0.00"),
    ]
    assert tally == Tally(
        2020,
        invoices=3,
        total_cents=2_250_000,
        states={"ready": 3},
        void=1,
        credited_cents=1_000_000,
    )
    said = dict(summary_rows(tally))
    assert (said["Void, credited in full"], said["Total less credited"]) == ("1", "USD 12,500.00")
    assert write_xlsx(2020, io.BytesIO()) == tally


def test_the_zip_and_the_merged_pdf_keep_it_and_say_so(year, tmp_path):
    archive = zip_stream(2020)
    merged = tmp_path / "merged.pdf"
    write_merged(2020, merged)

    assert archive.tally.void == 1
    assert b"".join(archive).count(b"WEGO-2020-0003-Daegu.pdf") >= 2
    with pikepdf.open(merged) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "WEGO-2020-0001 Goyang",
            "WEGO-2020-0002 Busan",
            "WEGO-2020-0003 Daegu (void)",
        ]


def test_the_page_of_the_register_marks_it(desk, year):
    words = text_of(desk.get(REGISTER))

    assert "1 of them void" in words
    assert "WEGO-2020-0003 void" in words
    assert "WEGO-2020-0002 void" not in words
    assert "credited 2,500.00" in words
    assert "USD 12,500 invoiced less credited" in words
    assert "less credited: USD 12,500" in text_of(desk.get("/admin/dues/year/"))
