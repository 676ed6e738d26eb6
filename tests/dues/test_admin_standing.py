"""The list of good standing: every member of a day's roster, its three answers, and the CSV."""

import csv
import datetime as dt
import io

import pytest

from tests.dues.books import pay
from tests.dues.builders import city, issued_invoice
from tests.dues.staff import text_of
from wego.models import AuditEntry

pytestmark = pytest.mark.django_db
PAGE = "/admin/dues/standing/"


@pytest.fixture
def desk(client, finance, time_machine):
    time_machine.move_to(dt.datetime(2021, 6, 1, 3, tzinfo=dt.UTC), tick=False)
    client.force_login(finance)
    return client


@pytest.fixture
def _members(db):
    """Goyang owes of 2020, Seoul paid, Danfoss is a company."""
    issued_invoice(city())
    seoul = city("Seoul", "서울시")
    issued_invoice(seoul, sequence=2)
    pay(seoul, 7_500)
    city("Danfoss", "", country_code="DK", kind="company")


def names(response):
    return [each.member.name_en for each in response.context["page"].object_list]


@pytest.mark.usefixtures("_members")
def test_everybody_with_three_answers_and_the_reasons(desk):
    page = desk.get(PAGE)

    assert names(page) == ["Danfoss", "Goyang", "Seoul"]
    words = text_of(page)
    assert "Not paid of previous years: WEGO-2020-0001 (USD 7,500.00)." in words
    assert "Companies and institutions have no vote in the General Assembly." in words


@pytest.mark.usefixtures("_members")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("answer=votes", ["Seoul"]),
        ("answer=votes_not", ["Danfoss", "Goyang"]),
        ("answer=stands", ["Seoul"]),
        ("answer=arrears", ["Goyang"]),
        ("kind=company", ["Danfoss"]),
        ("kind=city&answer=votes_not", ["Goyang"]),
        ("answer=nonsense", ["Danfoss", "Goyang", "Seoul"]),
        # In 2020 the dues of 2020 take no vote yet.
        ("on=2020-06-01&answer=votes", ["Goyang", "Seoul"]),
        ("on=2012-08-31", []),
    ],
)
def test_it_narrows_by_answer_kind_and_day(desk, query, expected):
    assert names(desk.get(f"{PAGE}?{query}")) == expected


@pytest.mark.usefixtures("_members")
def test_the_csv_has_the_same_rows_with_the_reasons(desk):
    answer = desk.get(f"{PAGE}?answer=votes_not&kind=city&csv=1")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert (
        rows[0]
        | {
            "on": "2021-06-01",
            "member": "Goyang",
            "kind": "city",
            "status": "full",
            "good_standing": "no",
            "vote": "no",
            "candidacy": "no",
            "open_usd": "7500.00",
            "why_no_vote": "Not paid of previous years: WEGO-2020-0001 (USD 7,500.00).",
        }
        == rows[0]
    )
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="wego-standing-2021-06-01.csv"'
    )
    assert AuditEntry.objects.get(act="dues.downloaded").facts == {
        "what": "standing",
        "on": "2021-06-01",
    }
