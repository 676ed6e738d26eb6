import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import get_resolver, reverse

import dues.urls
from dues.adjustments import follow_waiver
from members.models import Decision, DecisionItem, Member
from tests.dues.builders import (
    PASSWORD,
    city,
    issued_invoice,
    one_page_pdf,
    person_of,
)
from tests.dues.snapshots import NO_BANK
from tests.register import add_figure, add_gdp

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()
NUMBER = "WEGO-2020-0001"
# Printed on invoices, as a link and as a QR code: these must never move.
INVOICE, INVOICE_PDF, INVOICES, CLAIM, HOME = (
    f"/portal/invoices/{NUMBER}/",
    f"/portal/invoices/{NUMBER}/pdf/",
    "/portal/invoices/",
    "/portal/invoices/paid/",
    "/portal/",
)


@pytest.fixture
def goyang():
    return city(address="104 Goyang-daero")


@pytest.fixture
def invoice(goyang):
    return issued_invoice(goyang, document=PDF)


@pytest.fixture
def treasurer(goyang):
    return person_of(goyang)


@pytest.fixture
def almaty_person():
    return person_of(
        city("Almaty", "알마티시", country_code="KZ"), "finance@almaty.example", full_name="Aigul"
    )


@pytest.fixture
def signed_in(client, treasurer):
    client.force_login(treasurer)
    return client


def text_of(response):
    return response.content.decode()


# Who may see what: every portal address x every kind of person x every method.

LOGIN, SEEN, MISSING, ADMIN, EMPTY = "login", "seen", "missing", "admin", "empty"
EXPECTED = {
    "invoices": {
        "anonymous": LOGIN,
        "own": SEEN,
        "other": EMPTY,
        "finance": MISSING,
        "secretariat": MISSING,
        "administrator": MISSING,
    },
    "invoice": {
        "anonymous": LOGIN,
        "own": SEEN,
        "other": MISSING,
        "finance": MISSING,
        "secretariat": MISSING,
        "administrator": MISSING,
    },
}
EXPECTED["invoice-pdf"] = EXPECTED["invoice"]
EXPECTED["claim"] = EXPECTED["invoices"]
# Its matrix stands with credit notes.
ELSEWHERE = {"credit-note", "receipt-pdf", "statement", "statement-pdf"}
ADDRESSES = {"invoices": INVOICES, "invoice": INVOICE, "invoice-pdf": INVOICE_PDF, "claim": CLAIM}
FIXTURE_OF = {"own": "treasurer", "other": "almaty_person"}


def outcome(response, path):
    if response.status_code == 302:
        return {f"/login/?next={path}": LOGIN, "/admin/": ADMIN}[response.url]
    if response.status_code == 404:
        return MISSING
    assert response.status_code == 200
    shown = response.content + response.headers.get("Content-Disposition", "").encode()
    return SEEN if NUMBER.encode() in shown else EMPTY


def test_matrix_covers_every_portal_address():
    assert {pattern.name for pattern in dues.urls.urlpatterns} == {*EXPECTED, *ELSEWHERE}
    assert {
        name: reverse(f"dues:{name}", args=[NUMBER] * (name in {"invoice", "invoice-pdf"}))
        for name in EXPECTED
    } == (ADDRESSES)
    assert get_resolver().namespace_dict["dues"][0] == "portal/invoices/"


@pytest.mark.parametrize("role", ["finance", "secretariat", "administrator"])
def test_home_sends_staff_to_the_web_admin(request, client, role):
    client.force_login(request.getfixturevalue(role))

    assert client.get(HOME).url == "/admin/"


@pytest.mark.parametrize("person", EXPECTED["invoices"])
@pytest.mark.parametrize("name", EXPECTED)
def test_address_shows_own_things_only(request, client, invoice, name, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(FIXTURE_OF.get(person, person)))

    assert outcome(client.get(ADDRESSES[name]), ADDRESSES[name]) == EXPECTED[name][person]


@pytest.mark.parametrize("person", EXPECTED["invoices"])
@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - {"claim"}))
def test_address_is_for_reading_only(request, client, invoice, name, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(FIXTURE_OF.get(person, person)))

    for method in (client.post, client.put, client.patch, client.delete):
        response = method(ADDRESSES[name])

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "number",
    ["WEGO-2020-0002", "WEGO-2020-1", "wego-2020-0001", "'%20OR%201=1%20--", "0", "%2e%2e"],
)
def test_unknown_number_is_not_found(signed_in, invoice, number):
    assert signed_in.get(f"/portal/invoices/{number}/").status_code == 404
    assert signed_in.get(f"/portal/invoices/{number}/pdf/").status_code == 404


def test_person_who_left_sees_nothing_more(signed_in, treasurer, invoice):
    treasurer.affiliations.all().delete()

    assert signed_in.get(INVOICE).status_code == 404
    assert "not linked to a member yet" in text_of(signed_in.get(HOME))


def test_person_who_may_not_sign_in_is_sent_away(signed_in, treasurer, invoice):
    treasurer.is_active = False
    treasurer.save()

    assert signed_in.get(INVOICE).url == f"/login/?next={INVOICE}"


def test_staff_with_an_affiliation_sees_its_invoices(client, finance, goyang, invoice):
    finance.affiliations.create(member=goyang, role="reader")
    client.force_login(finance)

    assert outcome(client.get(HOME), HOME) == SEEN
    assert outcome(client.get(INVOICE), INVOICE) == SEEN


def test_password_opens_the_portal(client, treasurer, invoice):
    response = client.post(
        "/login/", {"login": "Treasurer@Goyang.example", "password": PASSWORD, "next": HOME}
    )

    assert response.url == HOME
    assert outcome(client.get(HOME), HOME) == SEEN


# The first page.


def test_home_answers_how_much_until_when_and_where_to(signed_in, invoice):
    page = text_of(signed_in.get(HOME))

    for words in (
        "<h1>Goyang</h1>",
        "City · South Korea",
        "Full member since 1 Sep 2012",
        "USD 7,500.00",
        "Please pay by <strong>31 Mar 2020</strong>",
        "1006-000-123456",
        "DEMOKRSE001",
        "Example Bank, Seoul City Hall Branch",
        f'href="{INVOICE_PDF}"',
        f'href="{INVOICE}"',
    ):
        assert words in page, words


def test_home_prints_the_reference_in_groups_of_four(signed_in, invoice):
    groups = " ".join(invoice.reference[at : at + 4] for at in range(0, 20, 4)).strip()

    assert f"<dd>{groups}</dd>" in text_of(signed_in.get(HOME))


@pytest.mark.parametrize(("due_in_days", "passed"), [(-1, True), (0, False), (1, False)])
def test_home_says_when_the_due_day_has_passed(
    signed_in, goyang, time_machine, due_in_days, passed
):
    # 15:30 UTC on 30 June is past midnight of 1 July in Seoul.
    time_machine.move_to(dt.datetime(2020, 6, 30, 15, 30, tzinfo=dt.UTC), tick=False)
    due_on = dt.date(2020, 7, 1) + dt.timedelta(days=due_in_days)
    issued_invoice(goyang, due_on=due_on)

    assert ("Overdue" in text_of(signed_in.get(HOME))) is passed


def test_home_without_bank_details_says_whom_to_ask(signed_in, goyang):
    issued_invoice(goyang, bank=NO_BANK)
    page = text_of(signed_in.get(HOME))

    assert "Please ask the secretariat for the bank details before you pay." in page
    assert 'href="mailto:secretariat@wego.example"' in page
    assert "SWIFT" not in page


def test_home_without_invoices_says_what_will_be_here(signed_in):
    page = text_of(signed_in.get(HOME))

    assert '<p class="due-amount">Nothing</p>' in page
    assert "Your population is not known yet: please confirm it." in page
    assert "No invoice yet" in text_of(signed_in.get(INVOICES))


def test_home_while_the_pdf_is_made(signed_in, goyang):
    issued_invoice(goyang)
    page = text_of(signed_in.get(HOME))

    assert "The PDF is being prepared: please look again later." in page
    assert INVOICE_PDF not in page


def test_home_shows_the_latest_year_first_and_keeps_earlier_ones(signed_in, goyang, invoice):
    issued_invoice(goyang, year=2021, size=4_000_000)
    _standing, _title, page = text_of(signed_in.get(HOME)).partition("Dues 2021")

    assert page.index("Earlier invoices") < page.index(NUMBER)
    assert page.index("USD 8,500.00") < page.index("USD 7,500.00")


def test_home_of_an_unconfirmed_status_claims_no_date(signed_in, goyang, invoice):
    Member.objects.update(status_confirmed=False)
    page = text_of(signed_in.get(HOME))

    assert "Full member on the roster of 1 Sep 2012" in page
    assert "since 1 Sep 2012" not in page


def test_home_of_a_demonstration_says_so(signed_in, goyang):
    issued_invoice(goyang, demo=True)

    assert "Nothing here is payable." in text_of(signed_in.get(HOME))


def test_first_load_is_light(signed_in, invoice):
    page = signed_in.get(HOME).content
    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg|woff2))"', page.decode())

    files = {name: Path(finders.find(name)).read_bytes() for name in names}

    fonts = sum(len(data) for name, data in files.items() if name.endswith("woff2"))
    packed = sum(len(gzip.compress(data)) for name, data in files.items() if "woff2" not in name)
    assert len(files) > 10
    assert fonts + packed + len(gzip.compress(page)) <= 150_000


def test_list_names_the_organisation_it_was_invoiced_as(signed_in, goyang, invoice):
    ilsan = city("Ilsan", "일산", merged_into=goyang)
    issued_invoice(ilsan, year=2019, sequence=1)
    page = text_of(signed_in.get(INVOICES))

    assert "as Ilsan" in page
    assert page.index("WEGO-2020-0001") < page.index("WEGO-2019-0001")
    assert signed_in.get("/portal/invoices/WEGO-2019-0001/").status_code == 200


def test_waived_dues_are_not_to_be_paid(signed_in, goyang, invoice):
    decision = Decision.objects.create(
        body="excom", decided_on=dt.date(2020, 6, 1), meeting="EXCOM 2020", reference="7"
    )
    item = DecisionItem.objects.create(
        decision=decision,
        member=goyang,
        outcome="waive",
        effective_on=dt.date(2020, 6, 1),
        reason="Earthquake",
    )
    follow_waiver(item, on=dt.date(2020, 6, 1), by=None)
    page = text_of(signed_in.get(HOME))

    assert "Nothing is to be paid: these dues were waived by a decision." in page
    assert "nothing is overdue" in page
    assert "Overdue" not in page
    for address in (INVOICES, INVOICE):
        assert "Waived" in text_of(signed_in.get(address))


def test_home_foretells_the_next_invoice(signed_in, goyang, time_machine):
    time_machine.move_to(dt.datetime(2021, 11, 22, tzinfo=dt.UTC), tick=False)
    signed_in.force_login(goyang.affiliations.get().user)
    add_figure(goyang, 1_073_069, year=2021)
    add_gdp("KR", "42300", year=2021)
    issued_invoice(goyang, year=2021)
    page = text_of(signed_in.get(HOME))

    assert "15 Jan 2022" in page
    assert "Invoice for the dues of 2022: USD 7,500 by your present figures." in page
    assert "31 Mar 2022" in page


@pytest.mark.parametrize("years", [1, 3])
def test_home_takes_the_same_queries_however_many_invoices(
    signed_in, goyang, years, django_assert_num_queries
):
    for year in range(2020, 2020 + years):
        issued_invoice(goyang, year=year, document=PDF)

    with django_assert_num_queries(28):
        signed_in.get(HOME)
    with django_assert_num_queries(12):
        signed_in.get(INVOICES)


def test_home_in_korean(signed_in, invoice):
    signed_in.cookies["django_language"] = "ko"
    page = text_of(signed_in.get(HOME))

    assert '<html lang="ko">' in page
    assert "<h1>고양시</h1>" in page
    assert "2020. 3. 31." in page
    assert 'name="language" value="en"' in page


def test_language_switch_keeps_the_page(signed_in, invoice):
    response = signed_in.post("/i18n/setlang/", {"language": "ko", "next": INVOICE})

    assert response.url == INVOICE
    assert '<html lang="ko">' in text_of(signed_in.get(INVOICE))


# Why this amount.


def test_invoice_page_explains_the_amount(signed_in, invoice):
    page = text_of(signed_in.get(INVOICE))

    for words in (
        "<strong>Population 1,073,069</strong> lies in the band "
        "<strong>1,000,000 to 1,999,999 persons</strong>.",
        "<strong>GDP per capita (PPP) USD 42,300</strong> lies in the band "
        "<strong>USD 20,000 or more</strong>.",
        "Source: UN Demographic Yearbook 2018 (2018)",
        "There the fee table “City dues 2020” says <strong>USD 7,500</strong>, marked below.",
        "In force from dues year 2020.",
    ):
        assert words in page, words


def test_invoice_page_marks_one_cell_of_the_fee_table(signed_in, invoice):
    page = text_of(signed_in.get(INVOICE))

    assert page.count("band-hit") == 1
    assert "</span>7,500</strong>" in page.split("band-hit")[1][:120]


def test_invoice_page_of_a_company_has_one_figure(client):
    danfoss = city("Danfoss", "댄포스", country_code="DK", region="europe", kind="company")
    issued_invoice(danfoss, size=1999)
    client.force_login(person_of(danfoss, "ap@danfoss.example"))
    page = text_of(client.get(INVOICE))

    assert "<strong>1,999 employees</strong> lies in the band" in page
    assert "GDP" not in page
    assert "</span>4,000</strong>" in page


def test_invoice_page_keeps_the_printed_facts(signed_in, goyang, invoice):
    goyang.name_en = "Goyang Special City"
    goyang.save()

    assert "<p>Goyang · Dues 2020</p>" in text_of(signed_in.get(INVOICE))


@pytest.mark.parametrize("path", [HOME, INVOICE])
def test_text_from_outside_is_escaped(client, path):
    member = city('<script>alert("1")</script>')
    issued_invoice(member)
    client.force_login(person_of(member))
    page = text_of(client.get(path))

    assert '<script>alert("1")' not in page
    assert "&lt;script&gt;alert(" in page


@pytest.mark.parametrize("path", [HOME, INVOICE, INVOICE_PDF])
def test_answers_are_kept_by_nobody(signed_in, invoice, path):
    response = signed_in.get(path)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
