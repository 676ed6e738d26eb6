"""What Today says of dues: numbers, words, where they lead; constant queries."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from dues import digest
from dues.claims import Claimed, file_claim
from dues.models import IssuerProfile, Paper, ParkedPaper
from dues.refunds import refund_payment
from members.models import Contact, Member, User
from tests.dues.bank import line_in
from tests.dues.books import TODAY, pay
from tests.dues.builders import city, issued_invoice, one_page_pdf
from tests.dues.staff import text_of
from tests.register import add_figure, add_gdp, add_member, add_small_roster
from wego.audit import record_act

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
    assert "Dues year 2020 Record a payment Payments 2 to bill USD 9,750" in words
    assert "2 blocked: a figure is missing" in words
    assert "Dues year 2020: 2 members to bill, USD 9,750 preview" in words
    assert "Dues year 2020: 2 members cannot be billed, figures are missing blocked" in words
    assert "Invoices have no bank details missing" in words
    assert b'href="/admin/dues/year/2020/"' in shown.content
    assert b'href="/admin/dues/year/2020/#blocked"' in shown.content
    assert b'href="/admin/dues/issuerprofile/"' in shown.content


def test_today_counts_unmatched_money_for_those_who_may_book_it(finance, secretariat):
    line_in("7000.00", "WHO", bank="B-100001")
    line_in("8000.00", "WHO ELSE", bank="B-100002")
    line_in("-5.00", "CHARGES", bank="B-100003")

    shown = today(finance)

    assert "2 unmatched money" in text_of(shown)
    assert "2 lines of the bank to book or set aside unmatched" in text_of(shown)
    assert b'href="/admin/dues/bank/"' in shown.content
    assert b"/admin/dues/bank/" not in today(secretariat).content


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
    monkeypatch.setattr(digest, "MOST_PREVIEWED", 1)
    add_small_roster()

    words = text_of(today(finance))

    assert "Dues year 2020: see the preview" in words
    assert "to bill" not in words


def test_today_shows_nothing_of_dues_to_those_without_the_role(db):
    stranger = User.objects.create_user("x@example.org", full_name="X")

    assert text_of(today(stranger)) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_today_takes_three_queries_until_something_changes(
    finance, django_assert_num_queries, django_assert_max_num_queries, count
):
    add_gdp("KR", "42300")
    for number in range(count):
        add_figure(add_member(f"City {number}"), 500_000)
        issued_invoice(city(f"Issued {number}"), sequence=number + 1, parked="no font")
    with django_assert_max_num_queries(17):
        assert f"{count} to bill" in text_of(today(finance))

    with django_assert_num_queries(3):
        words = text_of(today(finance))

    assert f"{count} to bill" in words


@pytest.mark.parametrize(
    "change",
    [
        lambda: add_figure(add_member("Daegu"), 500_000),
        lambda: record_act("member.changed", by=None),
        lambda: issued_invoice(city("Busan")),
    ],
)
def test_what_is_remembered_gives_way_to_a_change(
    finance, django_assert_num_queries, change, monkeypatch
):
    add_gdp("KR", "42300")
    add_figure(add_member("Seoul"), 9_776_000)
    today(finance)
    made = []
    make = digest.make_digest
    monkeypatch.setattr(
        digest,
        "make_digest",
        lambda year, **how: made.append(year) or make(year, **how),
    )

    today(finance)
    assert made == []
    change()
    today(finance)

    assert made == [2020]


def test_today_counts_papers_that_could_not_be_printed(finance):
    paper = Paper.objects.create(
        kind="receipt",
        reference="WEGO-2020-RC-222222",
        language="en",
        issued_on=dt.date(2020, 9, 30),
        member=add_member("Goyang"),
        snapshot={},
    )
    ParkedPaper.objects.create(paper=paper, reason="no font")

    shown = today(finance)

    assert "1 paper could not be printed; the mail that carries it waits try again" in text_of(
        shown
    )
    assert b'href="/admin/dues/paper/"' in shown.content


def test_today_says_what_waits_for_finance(finance):
    goyang = city("Goyang", "고양시")
    claimed = Claimed(750_000, dt.date(2020, 4, 1))
    file_claim(goyang, claimed, on=dt.date(2020, 4, 2), by=None)
    refund_payment(pay(goyang, "500"), 20_000, reason="Paid twice", on=TODAY, by=finance)

    shown = today(finance)

    words = text_of(shown)
    assert "1 member says it has paid: look for the money announced" in words
    assert "1 refund to pay out to pay out" in words
    assert b'href="/admin/dues/paymentclaim/"' in shown.content
    assert b'href="/admin/dues/payment/record/"' in shown.content


def test_s8_today_counts_reminders_whose_day_has_come(finance):
    issued_invoice(city("Goyang", "고양시"))
    waits = city("Kathmandu", "카트만두")
    issued_invoice(waits, sequence=2)
    for member in Member.objects.all():
        Contact.objects.create(member=member, role="finance", full_name="Kim", email="k@x.kr")
    file_claim(waits, Claimed(750_000, dt.date(2020, 3, 16)), on=dt.date(2020, 3, 16), by=None)

    shown = today(finance, on=dt.date(2020, 3, 17))

    assert "1 reminder is due to send" in text_of(shown)
    assert b'href="/admin/dues/reminders/"' in shown.content
    assert "is due" not in text_of(today(finance, on=dt.date(2020, 3, 16)))


def test_today_offers_no_money_to_the_secretariat(secretariat):
    assert "Record a payment" not in text_of(today(secretariat))
