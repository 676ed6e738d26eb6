import datetime as dt

import pytest
from django.urls import get_resolver, reverse

import dues.urls
from members.models import Member
from tests.dues.builders import (
    PASSWORD,
    city,
    issued_invoice,
    one_page_pdf,
    person_of,
)
from tests.dues.snapshots import NO_BANK

pytestmark = pytest.mark.django_db
PDF = one_page_pdf()
NUMBER = "WEGO-2020-0001"
INVOICE, INVOICE_PDF, HOME = (
    f"/portal/invoices/{NUMBER}/",
    f"/portal/invoices/{NUMBER}/pdf/",
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
    "home": {
        "anonymous": LOGIN,
        "own": SEEN,
        "other": EMPTY,
        "finance": ADMIN,
        "secretariat": ADMIN,
        "administrator": ADMIN,
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
ADDRESSES = {"home": HOME, "invoice": INVOICE, "invoice-pdf": INVOICE_PDF}
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
    assert {pattern.name for pattern in dues.urls.urlpatterns} == set(EXPECTED)
    assert {
        name: reverse(f"portal:{name}", args=[NUMBER] * (name != "home")) for name in EXPECTED
    } == (ADDRESSES)
    assert get_resolver().namespace_dict["portal"][0] == "portal/"


@pytest.mark.parametrize("person", EXPECTED["home"])
@pytest.mark.parametrize("name", EXPECTED)
def test_address_shows_own_things_only(request, client, invoice, name, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(FIXTURE_OF.get(person, person)))

    assert outcome(client.get(ADDRESSES[name]), ADDRESSES[name]) == EXPECTED[name][person]


@pytest.mark.parametrize("person", EXPECTED["home"])
@pytest.mark.parametrize("name", EXPECTED)
def test_address_is_for_reading_only(request, client, invoice, name, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(FIXTURE_OF.get(person, person)))

    for method in (client.post, client.put, client.patch, client.delete):
        response = method(ADDRESSES[name])

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "number",
    ["WEGO-2020-0002", "WEGO-2020-1", "wego-2020-0001", "'%20OR%201=1%20--", "%00", "0", "%2e%2e"],
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
        "/login/", {"username": "Treasurer@Goyang.example", "password": PASSWORD, "next": HOME}
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

    assert ("The due day has passed" in text_of(signed_in.get(HOME))) is passed


def test_home_without_bank_details_says_whom_to_ask(signed_in, goyang):
    issued_invoice(goyang, bank=NO_BANK)
    page = text_of(signed_in.get(HOME))

    assert "Please ask the secretariat for the bank details before you pay." in page
    assert 'href="mailto:secretariat@wego.example"' in page
    assert "SWIFT" not in page


def test_home_without_invoices_says_what_will_be_here(signed_in):
    assert "Nothing has been invoiced to your organisation." in text_of(signed_in.get(HOME))


def test_home_while_the_pdf_is_made(signed_in, goyang):
    issued_invoice(goyang)
    page = text_of(signed_in.get(HOME))

    assert "The PDF is being prepared: please look again later." in page
    assert INVOICE_PDF not in page


def test_home_shows_the_latest_year_first_and_keeps_earlier_ones(signed_in, goyang, invoice):
    issued_invoice(goyang, year=2021, size=4_000_000)
    page = text_of(signed_in.get(HOME))

    assert page.index("Dues 2021") < page.index("Earlier invoices") < page.index(NUMBER)
    assert page.index("USD 8,500.00") < page.index("USD 7,500.00")


def test_home_of_an_unconfirmed_status_claims_no_date(signed_in, goyang, invoice):
    Member.objects.update(status_confirmed=False)
    page = text_of(signed_in.get(HOME))

    assert "Full member on the roster of 1 Sep 2012" in page
    assert "since" not in page.split("</h1>")[1].split("</p>")[0]


def test_home_of_a_demonstration_says_so(signed_in, goyang):
    issued_invoice(goyang, demo=True)

    assert "Nothing here is payable." in text_of(signed_in.get(HOME))


@pytest.mark.parametrize("years", [1, 3])
def test_home_takes_the_same_queries_however_many_invoices(
    signed_in, goyang, years, django_assert_num_queries
):
    for year in range(2020, 2020 + years):
        issued_invoice(goyang, year=year, document=PDF)

    with django_assert_num_queries(5):
        signed_in.get(HOME)


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
