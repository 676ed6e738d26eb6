import csv
import datetime as dt
import io
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wego.spreadsheet import (
    Column,
    Sheet,
    clean_text,
    csv_lines,
    guard_text,
    write_csv,
    write_xlsx,
)

COLUMNS = (
    Column("name", "Member", width=30),
    Column("people", "Population", "whole", total=True),
    Column("gdp", "GDP per capita", "decimal"),
    Column("due_on", "Due on", "date"),
    Column("amount", "Amount (USD)", "money", total=True),
)
GOYANG = ("Goyang 고양", 1_073_069, Decimal("42300.50"), dt.date(2020, 3, 31), 750_000)
REFUND = ("Danfoss", None, None, None, -150_050)
ISSUE_DAY = dt.date(2020, 1, 15)
# S8: every way a text can start so that some spreadsheet program runs it.
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", "=cmd|' /C calc'!A1", " =", "；=", ";="]


def workbook(rows, columns=COLUMNS, total_label=""):
    stream = io.BytesIO()
    count = write_xlsx(
        stream,
        [Sheet("Register", columns, rows, total_label)],
        title="Dues 2020",
        on=ISSUE_DAY,
    )
    return count, stream


def first_sheet(stream):
    return openpyxl.load_workbook(stream).active


def csv_rows(rows, columns=COLUMNS):
    stream = io.BytesIO()
    write_csv(stream, columns, rows)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def test_xlsx_cells_have_their_types():
    count, stream = workbook([GOYANG, REFUND], total_label="Total")
    sheet = first_sheet(stream)

    assert count == 2
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Member", "Population", "GDP per capita", "Due on", "Amount (USD)"],
        ["Goyang 고양", 1073069, 42300.5, dt.datetime(2020, 3, 31), 7500],  # noqa: DTZ001
        ["Danfoss", None, None, None, -1500.5],
        ["Total", 1073069, None, None, 5999.5],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "n"]
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "#,##0",
        "#,##0.00",
        "yyyy-mm-dd",
        "#,##0.00",
    ]


def test_xlsx_header_is_frozen_and_filtered_without_the_totals():
    _, stream = workbook([GOYANG, REFUND], total_label="Total")
    sheet = first_sheet(stream)

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)
    assert sheet.print_title_rows == "$1:$1"


def test_xlsx_total_is_a_value_not_a_formula():
    _, stream = workbook([GOYANG], total_label="Total")

    assert "<f>" not in zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml").decode()


def test_xlsx_without_rows_is_a_header():
    count, stream = workbook([])

    assert count == 0
    assert first_sheet(stream).max_row == 1


def test_xlsx_same_rows_same_bytes():
    assert workbook([GOYANG])[1].getvalue() == workbook([GOYANG])[1].getvalue()
    assert workbook([GOYANG])[1].getvalue() != workbook([REFUND])[1].getvalue()


@pytest.mark.slow
def test_xlsx_rows_take_no_memory():
    rows = ((f"City {n}" * 20, n, None, None, n) for n in range(4000))
    tracemalloc.start()
    count, _ = workbook(rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 4000
    assert peak < 2**20


def test_xlsx_says_the_given_day():
    properties = openpyxl.load_workbook(workbook([GOYANG])[1]).properties

    assert (properties.title, properties.created.date()) == ("Dues 2020", ISSUE_DAY)


def test_xlsx_text_longer_than_a_cell_is_cut():
    _, stream = workbook([("가" * 40_000,)], columns=[Column("name", "Member")])

    assert first_sheet(stream)["A2"].value == "가" * 32_767


@pytest.mark.parametrize("start", STARTS)
def test_xlsx_text_is_never_a_formula(start):
    _, stream = workbook([(f"{start}1+1",)], columns=[Column("name", "Member")])
    cell = first_sheet(stream)["A2"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == clean_text(f"{start}1+1")
    assert cell.quotePrefix == (start not in {"；=", ";="})


def test_xlsx_heading_is_never_a_formula():
    _, stream = workbook([], columns=[Column("name", "=1+1")])

    assert first_sheet(stream)["A1"].data_type == "s"


@pytest.mark.slow
@given(st.text())
def test_xlsx_any_text_reads_back(text):
    _, stream = workbook([(text,)], columns=[Column("name", "Member")])
    value = first_sheet(stream)["A2"].value or ""

    assert value.replace("_x000D_", "\r") == clean_text(text)[:32_767]


def test_csv_is_for_programs():
    stream = io.BytesIO()
    count = write_csv(stream, COLUMNS, [GOYANG, REFUND])

    assert count == 2
    assert stream.getvalue().decode() == (
        "\ufeffname,people,gdp,due_on,amount\r\n"
        "Goyang 고양,1073069,42300.50,2020-03-31,7500.00\r\n"
        "Danfoss,,,,-1500.50\r\n"
    )


@pytest.mark.parametrize("start", STARTS)
def test_csv_text_is_guarded(start):
    [[cell]] = csv_rows([(f"{start}1+1",)], columns=[Column("name", "Member")])[1:]

    for part in cell.split(";"):
        assert part == "" or part[0] in "'；", cell


def test_csv_negative_number_stays_a_number():
    columns = [Column("n", "N", "whole"), Column("d", "D", "decimal"), Column("m", "M", "money")]

    assert csv_rows([(-5, Decimal("-0.50"), -1)], columns)[1:] == [["-5", "-0.50", "-0.01"]]


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("Goyang-si", "Goyang-si"),
        ("고양시", "고양시"),
        ("+82 2 1234", "'+82 2 1234"),
        ("line\r\nbreak\tand tab", "line break and tab"),
        ("a;=cmd", "a;'=cmd"),
        ("bell\x07 and\x00 nothing", "bell and nothing"),
        ("", ""),
    ],
)
def test_guard_text(text, guarded):
    assert guard_text(text) == guarded


@given(st.text())
def test_csv_any_text_is_one_line_and_no_formula(text):
    [_, line] = csv_lines([Column("name", "Member")], [(text,)])
    [[cell]] = csv.reader([line.decode().removesuffix("\r\n")], strict=True) if text else [[""]]

    assert line.count(b"\n") == 1
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "|"))


def test_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="argument"):
        workbook([("Goyang",)])


def test_money_must_be_whole_cents():
    with pytest.raises(TypeError, match="whole number"):
        csv_rows([("Goyang", 1, None, None, Decimal("1.5"))])
