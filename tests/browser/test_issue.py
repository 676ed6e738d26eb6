"""The main job in a real browser: from Today to 106 invoices as PDF, then every page again."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import house, journey
from tests.browser.inspection import Inspector, walk
from tests.browser.test_pages import LOOKS, faulty, name_of

FINISHED_PAGES = ("/admin/", "/admin/dues/year/2020/documents/", "/admin/dues/year/2020/invoices/")


@pytest.fixture(scope="module")
def issued(browser, tmp_path_factory):
    """A house whose dues year 2020 was issued by clicking; its address, clicks and cookies."""
    with house.serve(tmp_path_factory.mktemp("issued")) as address:
        state = house.log_in(browser, address, "secretariat@wego.example")
        context = house.open_context(browser, address, state=state)
        inspector = Inspector(context)
        page = inspector.page
        faults = inspector.visit("/admin/")
        page.locator("main a[href*='/dues/year/2020/']").first.click()
        page.get_by_role("link", name="Check and issue").last.click()
        faults += inspector.faults()
        number = journey.confirm_issue(page)
        faults += inspector.faults()
        journey.wait_for_documents(page)
        yield {"address": address, "state": state, "number": number, "faults": faults, "clicks": 5}
        context.close()


def test_a_year_is_issued_within_six_clicks(issued):
    # Today, preview, "Check and issue", the tick, the button.
    assert issued["number"] == "106"
    assert issued["clicks"] <= 6
    assert issued["faults"] == []


def test_every_page_of_an_issued_year(browser, issued):
    wrong = {}
    for look in LOOKS:
        context = house.open_context(browser, issued["address"], state=issued["state"], **look)
        inspector = Inspector(context)
        if not wrong:
            pages = walk(inspector, "/admin/dues/year/2020/invoices/", most=25)
        else:
            pages = {path: (path, inspector.visit(path)) for path in FINISHED_PAGES}
        wrong[name_of(look)] = faulty(pages)
        context.close()

    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)


def test_any_invoice_is_found_in_two_clicks_and_opens_as_pdf(browser, issued):
    context = house.open_context(browser, issued["address"], state=issued["state"])
    page = context.new_page()
    page.goto("/admin/")

    page.locator("#frame-nav").get_by_role("link", name="Invoices").click()
    page.locator("#searchbar").fill("서울")
    page.locator("#searchbar").press("Enter")
    page.locator("#result_list tbody").get_by_role("link").first.click()

    expect(page.locator("h1")).to_contain_text(re.compile(r"WEGO-2020-\d{4}"))
    target = page.locator("a[href*='/pdf']").first.get_attribute("href")
    answer = context.request.get(target)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    context.close()


def test_member_city_reaches_its_pdf_in_two_clicks(browser, issued):
    state = house.log_in(browser, issued["address"], "kathmandu@wego.example")
    wrong = {}
    for look in LOOKS:
        context = house.open_context(browser, issued["address"], state=state, **look)
        wrong[name_of(look)] = faulty(walk(Inspector(context), "/portal/", most=6))
        context.close()

    context = house.open_context(browser, issued["address"], state=state)
    page = context.new_page()
    page.goto("/portal/")
    target = page.locator("a[href*='/pdf/']").first.get_attribute("href")

    assert context.request.get(target).body().startswith(b"%PDF-")
    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)
    context.close()
