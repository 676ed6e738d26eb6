"""What Today says of dues: numbers, words, where they lead; constant queries."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from dues.models import IssuerProfile
from dues.templatetags import dues_today
from members.models import User
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.dues.staff import text_of
from tests.register import add_figure, add_gdp, add_member, add_small_roster

pytestmark = pytest.mark.django_db


class Shown:
    """A rendered tag, read as a page is."""

    def __init__(self, html):
        self.content = html.encode()


def today(user, on=dt.date(2020, 1, 10)):
    request = RequestFactory().get("/admin/")
    request.user = user
    template = Template("{% load dues_today %}{% dues_today %}")
    return Shown(template.render(Context({"request": request, "today": on})))


def test_today_counts_what_is_to_bill_and_what_is_blocked(finance):
    add_small_roster()

    shown = today(finance)

    words = text_of(shown)
    assert "Dues year 2020 2 to bill USD 9,750 2 blocked: a figure is missing" in words
    assert "Dues year 2020: 2 members to bill, USD 9,750 preview" in words
    assert "Dues year 2020: 2 members cannot be billed, figures are missing blocked" in words
    assert "Invoices have no bank details missing" in words
    assert b'href="/admin/dues/year/2020/"' in shown.content
    assert b'href="/admin/dues/year/2020/#blocked"' in shown.content
    assert b'href="/admin/dues/issuerprofile/"' in shown.content


def test_today_counts_documents_of_every_year(finance):
    issued_invoice(city("Goyang"), year=2020, sequence=1, document=one_page_pdf())
    issued_invoice(city("Busan"), year=2020, sequence=2)
    issued_invoice(city("Daegu"), year=2019, sequence=1, parked="no font")

    words = text_of(today(finance))

    assert "2 invoices issued USD 15,000" in words
    assert "1 of 2 documents made" in words
    assert "Dues year 2020: 1 of 2 documents made in progress" in words
    assert "Dues year 2019: 1 document could not be made try again" in words


def test_today_is_silent_when_nothing_waits(finance):
    IssuerProfile.objects.create(pk=1, bank_account="1006-000-123456")
    issued_invoice(city("Goyang"), year=2020, document=one_page_pdf())

    words = text_of(today(finance))

    assert "1 invoices issued USD 7,500" in words
    assert "Nothing waits in dues." in words


@pytest.mark.parametrize(
    ("on", "years", "chosen"),
    [
        (dt.date(2026, 11, 22), [2020], 2020),
        (dt.date(2026, 11, 22), [2026, 2027], 2027),
        (dt.date(2026, 1, 2), [2026, 2028], 2026),
        (dt.date(2026, 1, 2), [], 2026),
    ],
)
def test_today_looks_at_the_latest_year_people_work_on(finance, on, years, chosen):
    for year in years:
        add_gdp("KR", "42300", year=year)

    assert text_of(today(finance, on)).startswith(f"Dues year {chosen} ")


def test_thousands_of_members_are_left_to_the_preview_page(finance, monkeypatch):
    monkeypatch.setattr(dues_today, "MOST_PREVIEWED", 1)
    add_small_roster()

    words = text_of(today(finance))

    assert "Dues year 2020: see the preview" in words
    assert "to bill" not in words


def test_today_shows_nothing_of_dues_to_those_without_the_role(db):
    stranger = User.objects.create_user("x@example.org", full_name="X")

    assert text_of(today(stranger)) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_today_takes_thirteen_queries(finance, django_assert_num_queries, count):
    add_gdp("KR", "42300")
    for number in range(count):
        add_figure(add_member(f"City {number}"), 500_000)
        issued_invoice(city(f"Issued {number}"), sequence=number + 1, parked="no font")

    with django_assert_num_queries(13):
        words = text_of(today(finance))

    assert f"{count} to bill" in words
