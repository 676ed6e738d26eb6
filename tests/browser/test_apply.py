"""The application in a real browser: ten minutes without an account, in every look, by script."""

import json
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.inspection import Inspector
from tests.browser.test_pages import LOOKS, name_of
from tests.drafts import scan_bytes

NAMES = {
    "1280-en-light": ("Suncheon", "순천시"),
    "1280-ko-dark": ("Yeosu", "여수시"),
    "360-en-dark": ("Mokpo", "목포시"),
    "360-ko-light": ("Naju", "나주시"),
    "360-ko-dark": ("Gokseong", "곡성군"),
}
MOST_FIRST_LOAD = 150_000


@pytest.fixture
def open_door(browser, address):
    """Opens windows as nobody and closes them after the test."""
    contexts = []

    def open_window(**look):
        contexts.append(house.open_context(browser, address, **look))
        return contexts[-1]

    yield open_window
    for context in contexts:
        context.close()


def go_on(page):
    page.locator("main form button[type=submit]").first.click()


def begin(page, email):
    page.goto("/apply/")
    page.locator("main a.button").first.click()
    page.check("input[value=city]")
    page.fill("[name=email]", email)
    go_on(page)
    expect(page).to_have_url(re.compile(r"/apply/[^/]{40,}/$"))
    return page.url


def fill_organisation(page, name_en, name_ko):
    page.fill("[name=name_en]", name_en)
    page.fill("[name=name_ko]", name_ko)
    page.select_option("[name=country_code]", "KR")
    page.fill("[name=level]", "City")
    page.fill("[name=address]", "1 Sicheong-ro")
    go_on(page)


def fill_figures(page):
    page.fill("[name=figure_value]", "970")
    page.fill("[name=figure_source]", "Census")
    page.fill("[name=figure_source_year]", "2019")
    go_on(page)
    expect(page.locator("[name=few_confirmed]")).to_be_visible()
    page.fill("[name=figure_value]", "276,329")
    go_on(page)


def fill_contacts(page):
    for role in ("head", "liaison"):
        page.fill(f"[name={role}-full_name]", "Hong Gil-dong")
        page.fill(f"[name={role}-position]", "Mayor")
        page.fill(f"[name={role}-email]", f"{role}@city.example")
    page.check("[name=finance_same]")
    go_on(page)


def hand_in(page):
    scan = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": scan_bytes()}
    page.set_input_files("[name=file]", scan)
    go_on(page)


def test_a_city_applies_in_every_look(open_door):
    wrong = {}
    for look in LOOKS:
        inspector = Inspector(open_door(**look))
        page, faults = inspector.page, []
        link = begin(page, f"hong@{name_of(look)}.example")
        faults += inspector.faults()
        page.locator("main a.button").first.click()
        faults += inspector.faults()
        fill_organisation(page, *NAMES[name_of(look)])
        faults += inspector.faults()
        fill_figures(page)
        faults += inspector.faults()
        fill_contacts(page)
        faults += inspector.faults()
        hand_in(page)
        faults += inspector.faults()
        expect(page.locator(".apply-amount").first).to_contain_text("USD 6,000")
        page.locator(".apply-submit button").click()
        faults += inspector.faults()
        expect(page.locator(".apply-reference")).to_have_text(re.compile(r"^WA-\d{4}-\w{5}$"))
        for path in (
            "/apply/",
            "/apply/begin/",
            "/apply/link/",
            "/apply/link/sent/",
            link,
            f"{link}form/print/",
            f"{link}withdraw/",
            f"{link}new-link/",
        ):
            faults += inspector.visit(path)
        wrong[name_of(look)] = faults

    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)


def test_the_whole_way_works_without_scripts(browser, address):
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 320, "height": 800}
    )
    page = context.new_page()

    begin(page, "hong@gwangyang.example")
    page.locator("main a.button").first.click()
    fill_organisation(page, "Gwangyang", "광양시")
    fill_figures(page)
    fill_contacts(page)
    hand_in(page)
    page.locator(".apply-submit button").click()

    expect(page.locator(".apply-reference")).to_be_visible()
    context.close()


def test_nothing_is_wider_than_the_narrowest_screen(open_door):
    page = open_door(width=320).new_page()
    link = begin(page, "hong@narrow.example")
    wide = {}
    for path in (
        "/apply/",
        link,
        *(f"{link}{part}/" for part in ("organisation", "contacts", "form")),
    ):
        page.goto(path)
        wide[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert {path: pixels for path, pixels in wide.items() if pixels > 0} == {}


def test_the_first_page_is_light_and_asks_nobody_else(open_door, address):
    page = open_door().new_page()
    sizes, strangers = [], []

    def count(response):
        if not response.url.startswith(address) and not response.url.startswith("data:"):
            strangers.append(response.url)
        sizes.append(int(response.headers.get("content-length", 0)))

    page.on("response", count)
    page.goto("/apply/", wait_until="networkidle")

    print(f"first load of the application: {sum(sizes)} bytes")
    assert strangers == []
    assert sum(sizes) <= MOST_FIRST_LOAD


def test_the_language_switch_keeps_the_page_and_what_was_saved(open_door):
    page = open_door().new_page()
    link = begin(page, "hong@switch.example")
    page.goto(f"{link}organisation/")
    page.fill("[name=name_en]", "Damyang")
    go_on(page)
    page.goto(f"{link}organisation/")

    page.get_by_role("button", name="한국어").click()

    expect(page).to_have_url(f"{link}organisation/")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("[name=name_en]")).to_have_value("Damyang")


def test_the_sheet_to_sign_is_one_page_of_paper(open_door, tmp_path):

    page = open_door().new_page()
    link = begin(page, "hong@paper.example")
    page.goto(f"{link}organisation/")
    fill_organisation(page, "Boseong", "보성군")
    fill_figures(page)
    fill_contacts(page)
    page.goto(f"{link}form/print/")

    page.pdf(path=str(tmp_path / "form.pdf"), prefer_css_page_size=True)

    with pikepdf.open(tmp_path / "form.pdf") as printed:
        assert len(printed.pages) == 1
    page.emulate_media(media="print")
    expect(page.locator(".frame-header")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
