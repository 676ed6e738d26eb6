"""From the application letter to the first dues: one city's way, by the people who walk it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.journey import confirm_issue, wait_for_documents
from tests.browser.test_apply import (
    begin,
    fill_contacts,
    fill_figures,
    fill_organisation,
    go_on,
    hand_in,
)
from wego import seoul

LINK = re.compile(r"http://127\.0\.0\.1:\d+/join/[^/\s]+/")
NEW_PASSWORD = "a quiet harbour at dawn"
WORDS = {
    "en": {"associate": "associate", "full": "Full member", "nothing": "Nothing"},
    "ko": {"associate": "준회원", "full": "정회원", "nothing": "없음"},
}


@pytest.fixture(params=["en", "ko"])
def own_house(request, tmp_path, browser):
    """A house of this journey's own, and windows in it in one language."""
    contexts = []
    with house.serve(tmp_path, settings="tests.browser.settings") as address:

        def open_window(name=""):
            state = house.log_in(browser, address, f"{name}@wego.example") if name else None
            contexts.append(
                house.open_context(browser, address, state=state, language=request.param)
            )
            return contexts[-1].new_page()

        yield open_window, WORDS[request.param]
        for context in contexts:
            context.close()


def test_suncheon_from_application_to_its_first_dues(own_house):
    open_window, words = own_house
    applicant, officer = open_window(), open_window("secretariat")
    this_year = seoul.today().year

    link = apply_as_suncheon(applicant)
    return_to(officer)
    complete(applicant, link)
    accept(officer)
    applicant.goto(link)
    expect(applicant.locator("main")).to_contain_text(words["associate"])
    approve(officer, seoul.today())
    expect_status(officer, words["full"])
    certificate(officer)

    person = open_window()
    join(person, invitation_to(officer, "liaison@city.example"))
    person.goto("/portal/")
    expect(person.locator("main")).to_contain_text(words["full"])
    expect(person.locator("main .due-amount").first).to_have_text(words["nothing"])
    assert "WEGO-" not in person.locator("main").inner_text()
    person.goto("/portal/documents/")
    expect(person.locator("main a[href*='/portal/documents/WEGO-']")).to_have_count(3)

    # Listed among those not billed, with the year its dues begin.
    unbilled = preview(officer, this_year)
    assert "6,000" not in unbilled
    assert str(this_year + 1) in unbilled
    add_gdp(officer, this_year + 1)
    assert "6,000" in preview(officer, this_year + 1)
    issue(officer, this_year + 1)
    person.goto("/portal/")
    expect(person.locator("main")).to_contain_text("USD 6,000.00")
    assert_pdf_is_one_click_away(person)


def apply_as_suncheon(page):
    """Everything but the scan of the signature is right."""
    link = begin(page, "hong@suncheon.example")
    page.locator("main a.button").first.click()
    fill_organisation(page, "Suncheon", "순천시")
    fill_figures(page)
    fill_contacts(page)
    hand_in(page)
    page.locator(".apply-submit button").click()
    expect(page.locator(".apply-reference")).to_have_text(re.compile(r"^WA-\d{4}-\w{5}$"))
    return link


def open_application(page):
    """From the front page: the tile, then the application."""
    page.goto("/admin/")
    page.locator("main a[href*='/admin/members/application/']").first.click()
    page.locator("main td a, main th a").filter(has_text=re.compile("Suncheon|순천")).first.click()


def return_to(page):
    open_application(page)
    page.locator("main form[action$='/return/'] input[type=checkbox]").first.check()
    page.locator("main form[action$='/return/'] button").click()
    expect(page.locator(".messages, .messagelist").first).to_be_visible()


def complete(page, link):
    page.goto(link)
    page.locator("main a[href$='/form/']").first.click()
    hand_in(page)
    page.locator(".apply-submit button").click()
    expect(page.locator(".apply-reference")).to_be_visible()


def accept(page):
    open_application(page)
    page.locator("main form[action$='/accept/'] button").click()
    expect(page.locator("main form[action$='/accept/']")).to_have_count(0)


def approve(page, on: date):
    """The EXCOM's decision; the day's own sitting."""
    page.goto("/admin/members/decision/record/")
    confirm_password(page)
    page.select_option("[name=body]", "excom")
    page.fill("[name=decided_on]", on.isoformat())
    page.fill("[name=meeting]", "16th EXCOM, Seongnam")
    page.fill("[name=reference]", "agenda item 3")
    go_on(page)
    page.locator("main button[name=step][value=record]").click()
    expect(page).to_have_url(re.compile(r"/decision/\d+/change/"))


def confirm_password(page):
    """A grave act asks for the password when it was typed long ago; here it was not."""
    expect(page).to_have_url(re.compile(r"/decision/record/"))


def expect_status(page, status):
    page.goto("/admin/search/?q=Suncheon")
    if "/search/" in page.url:
        page.locator("main a[href*='/admin/members/member/']").first.click()
    expect(page.locator("main .page-head")).to_contain_text(status)


def certificate(page):
    """The worker prints acceptance, approval and certificate; each opens as a PDF."""
    papers = page.locator("main a[href*='/admin/members/letter/'][href$='/pdf/']")
    # The timeline leads to them too once they are printed.
    hrefs = set(papers.evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    assert len(hrefs) == 3
    for href in hrefs:
        for _turn in range(120):
            answer = page.request.get(href)
            if answer.ok:
                break
            page.wait_for_timeout(500)
        assert answer.body().startswith(b"%PDF-"), answer.text()


def invitation_to(page, address):
    """The link in the mail, which the demonstration shows instead of sending it."""
    page.goto(f"/admin/wego/mail/?q={address}")
    hrefs = page.eval_on_selector_all(
        "main td a, main th a", "all => all.map(a => a.getAttribute('href'))"
    )
    for href in dict.fromkeys(hrefs):
        page.goto(href if href.startswith("/") else f"/admin/wego/mail/{href}")
        if found := LINK.search(page.content()):
            return found[0]
    message = f"No invitation among {hrefs}"
    raise AssertionError(message)


def join(page, link):
    page.goto(link)
    page.fill("[name=full_name]", "Hong Gil-dong")
    for field in ("password1", "password2"):
        if page.locator(f"[name={field}]").count():
            page.fill(f"[name={field}]", NEW_PASSWORD)
    go_on(page)
    expect(page).not_to_have_url(re.compile("/join/"))


def preview(page, year):
    page.goto(f"/admin/dues/year/{year}/?q=Suncheon")
    return page.locator("main").inner_text()


def add_gdp(page, year):
    page.goto("/admin/members/countryfigure/add/")
    page.fill("[name=year]", str(year))
    page.select_option("[name=country_code]", "KR")
    page.fill("[name=value]", "56,000")
    page.fill("[name=source]", "IMF WEO October 2026")
    page.fill("[name=source_year]", str(year - 2))
    go_on(page)


def issue(page, year):
    page.goto(f"/admin/dues/year/{year}/check/")
    confirm_issue(page)
    wait_for_documents(page)


def assert_pdf_is_one_click_away(page):
    link = page.locator("main a[href*='/portal/invoices/'][href$='/pdf/']").first
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF-")
