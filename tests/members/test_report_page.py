"""The membership report as a page and as a workbook."""

import io

import pytest
from openpyxl import load_workbook

from members.models import Member
from tests.register import add_member


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2020-03-02 03:00:00Z")


@pytest.mark.parametrize("count", [1, 3])
def test_report_page_counts_any_day(kim, count, django_assert_num_queries):
    for number in range(count):
        add_member(f"City {number}", is_capital=number == 0)

    with django_assert_num_queries(3):
        page = kim.get("/admin/members/member/report/?on=2019-12-31")

    assert page.context["report"]["cities"]["total"] == count
    assert "Capitals" in page.content.decode()
    earlier = kim.get("/admin/members/member/report/?on=2019-12-30")
    assert "Nobody was a member on this day" in earlier.content.decode()


def test_report_page_refuses_no_day(kim, db):
    page = kim.get("/admin/members/member/report/?on=2019-02-30")

    assert page.status_code == 422
    assert "This is not a day" in page.content.decode()


def test_report_workbook_lists_members_and_counts(kim, register):
    Member.objects.filter(name_en="Danfoss").update(name_en="=cmd|' /C calc'!A0")

    response = kim.get("/admin/members/member/report/xlsx/?on=2020-01-01")

    assert response["Content-Disposition"] == 'attachment; filename="wego-members-2020-01-01.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    members, regions, countries = book.worksheets
    assert [row[1].value for row in members.iter_rows(min_row=2)] == [
        "Seoul",
        "Nur-Sultan",
        "Kathmandu",
        "=cmd|' /C calc'!A0",
    ]
    assert {cell.data_type for row in members.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert [cell.value for cell in regions[regions.max_row]] == ["Total", 3, 0, 1, 4]
    assert [[cell.value for cell in row] for row in countries.iter_rows(min_row=2)] == [
        ["South Korea", 1, 0, 0, 1],
        ["Kazakhstan", 1, 0, 0, 1],
        ["Nepal", 1, 0, 0, 1],
        ["Denmark", 0, 0, 1, 1],
        ["Total", 3, 0, 1, 4],
    ]


def test_report_workbook_speaks_korean(kim, register):
    kim.cookies["django_language"] = "ko"

    response = kim.get("/admin/members/member/report/xlsx/?on=2020-01-01")

    members, regions, _ = load_workbook(io.BytesIO(response.content)).worksheets
    head, seoul = ([cell.value for cell in row] for row in members.iter_rows(max_row=2))
    row = dict(zip(head, seoul, strict=True))
    assert (row["영문 명칭"], row["회원 구분"], row["수도"]) == ("Seoul", "도시", "예")
    assert [cell.value for cell in regions[1]] == ["지역", "도시", "기관", "기업", "전체"]
