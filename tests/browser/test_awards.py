"""The awards, walked by those who run, enter and judge them: from the call to the certificate."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.inspection import Inspector
from wego import seoul

CODE = re.compile(r"(?m)^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$")
TEXTS = {
    "summary": "What the city did, for whom, and what it changed.",
    "challenge": "Too many cars in the old town.",
    "solution": "A corridor for people on foot and on bicycles.",
    "results": "Forty per cent fewer cars within a year.",
}
CITIES = (
    ("Medellin", "CO", "Escalators to the sky"),
    ("George Town", "MY", "Green Connectivity"),
    ("Suwon", "KR", "Streets that listen"),
    ("Turku", "FI", "One ticket for everything"),
)
CRITERIA = 3
# Points of both jurors by city; nobody of Korea scores Suwon but Ana.
POINTS = {"Medellin": 9, "George Town": 9, "Suwon": 8, "Turku": 6}


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def windows(folder, browser):
    """A house of this journey's own, and windows in it."""
    contexts = []
    with house.serve(folder, settings="tests.browser.settings") as address:

        def open_window(name="", **look):
            state = house.log_in(browser, address, f"{name}@wego.example") if name else None
            contexts.append(house.open_context(browser, address, state=state, **look))
            return contexts[-1].new_page()

        yield open_window
        for context in contexts:
            context.close()


def test_awards_from_the_call_to_the_certificate(windows, folder):
    kim = windows("secretariat")
    board = call_for_entries(kim)
    for city, country, title in CITIES:
        enter(windows(width=360), city, country, title)
    pass_night(folder)
    late = windows()
    late.goto("/awards/wego-awards-5/enter/")
    expect(late.locator("main")).to_contain_text("Entries were taken until")

    step(kim, board)
    step(kim, board)
    check_all(kim, board)
    jurors = [
        invite(
            kim, board, windows(width=360), "Ana Costa", works_for=("PT", "University of Porto")
        ),
        invite(kim, board, windows(), "Park Ji-won", works_for=("KR", "Korea University")),
    ]
    give_out(kim, board)
    step(kim, board)
    for juror in jurors:
        score_everything(juror)
    cannot_score_own_country(jurors[1])

    kim.goto(f"{board.replace('change', 'ranking')}")
    kim.locator("main form button[type=submit]").last.click()
    step(kim, board)
    give_out(kim, board)
    step(kim, board)
    for juror in jurors:
        score_everything(juror)
    decide(kim, board)
    step(kim, board)
    step(kim, board)
    public = windows()
    public.goto("/awards/wego-awards-5/")
    expect(public.locator("main")).not_to_contain_text("Medellin")
    step(kim, board)
    public.reload()
    for words in ("Gold", "Silver", "Medellin", "George Town", "Suwon"):
        expect(public.locator("main")).to_contain_text(words)
    expect(public.locator("main")).not_to_contain_text("Turku")
    assert_certificates(kim)
    for page, path in ((public, "/awards/wego-awards-5/"), (jurors[0], "/jury/"), (kim, board)):
        inspector = Inspector(page.context)
        assert inspector.visit(path) == []


def call_for_entries(page):
    """An edition whose last day is today, opened for entries; the address of its board."""
    today = seoul.today().isoformat()
    page.goto("/admin/events/awardedition/add/")
    page.select_option("[name=series]", label="WeGO Awards")
    page.fill("[name=number]", "5")
    page.fill("[name=year]", "2026")
    page.fill("[name=call_on]", today)
    page.fill("[name=deadline_on]", today)
    page.fill("[name=ceremony_place]", "Seoul")
    page.fill("[name=categories]", "Mobility | 이동성 | 3\nSafe City | 안전도시 | 3")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/awardedition/\d+/change/"))
    board = re.search(r"/admin/events/awardedition/\d+/change/", page.url)[0]
    step(page, board)
    return board


def step(page, board):
    """Press the one button of the next step."""
    page.goto(board)
    before = page.locator("li.step-current").inner_text()
    page.locator("main form[action$='/step/'] button").click()
    expect(page.locator("li.step-current")).not_to_have_text(before)


def enter(page, city, country, title):
    """A city nobody knows enters a project on its phone."""
    page.goto("/awards/wego-awards-5/enter/")
    page.fill("[name=email]", f"smart@{city.lower().replace(' ', '-')}.example")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/awards/entry/[^/]{40,}/$"))
    link = page.url
    page.goto(f"{link}who/")
    page.check("input[value=city]")
    page.fill("[name=city]", city)
    page.select_option("[name=country_code]", country)
    page.fill("[name=contact_name]", f"Officer of {city}")
    page.locator("main form button[type=submit]").first.click()
    page.select_option("[name=category]", label="Mobility")
    page.fill("[name=title]", title)
    for name, text in TEXTS.items():
        page.fill(f"[name={name}]", text)
    page.locator("main form button[type=submit]").first.click()
    page.locator("main a[href$='/check/']").click()
    page.locator(".apply-submit button").click()
    expect(page.locator("main")).to_contain_text("Your entry is submitted")


def pass_night(folder):
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.night"],
        cwd=house.ROOT,
        env=keep | {"WEGO_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "wego.settings"},
        check=True,
    )


def check_all(page, board):
    """Entry after entry, as the page leads on."""
    page.goto(board)
    page.locator(".award-next a.button").first.click()
    for _entry in CITIES:
        page.check("input[name=outcome][value=yes]")
        page.locator("form[action$='/check/'] button").click()
    expect(page).to_have_url(re.compile(r"/awardedition/\d+/change/"))


def invite(page, board, own, name, *, works_for):
    """A juror with no account signs in by the mailed code and accepts."""
    country, employer = works_for
    email = f"{name.lower().replace(' ', '.')}@jury.example"
    page.goto(board.replace("change", "jury"))
    page.fill("[name=full_name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=employer]", employer)
    page.select_option("[name=country_code]", country)
    page.locator("form[action$='/jury/'] button").click()
    expect(page.locator("main")).to_contain_text("is invited by mail")
    sign_in_by_code(page, own, email)
    own.goto("/jury/")
    own.locator("form[action$='/accept/'] button").click()
    expect(own.locator("main")).to_contain_text("Thank you for serving")
    return own


def sign_in_by_code(kim, own, email):
    """The code is in a mail, which the demonstration shows to staff."""
    own.goto("/account/code/")
    own.fill("[name=email]", email)
    own.locator("main form button[type=submit]").first.click()
    kim.goto(f"/admin/wego/mail/?q={email}")
    kim.locator("main tbody a").first.click()
    code = CODE.search(kim.locator("main").inner_text())[0]
    own.fill("[name=code]", code)
    own.locator("main form button[type=submit]").first.click()
    expect(own).not_to_have_url(re.compile("/account/code/"))


def give_out(page, board):
    page.goto(board.replace("change", "jury"))
    page.locator("form[action$='/assign/'] button").click()
    expect(page.locator(".messages").first).to_contain_text("given out")


def score_everything(page):
    """Each entry that is left, without JavaScript being needed for anything."""
    page.goto("/jury/")
    left = page.locator("main .jury-list li", has_text="to score")
    for still in range(left.count(), 0, -1):
        expect(left).to_have_count(still)
        words = left.first.inner_text()
        city = next(city for city, _country, _title in CITIES if city in words)
        left.first.locator("a").click()
        boxes = page.locator("input[type=number]")
        expect(boxes).to_have_count(CRITERIA)
        for box in boxes.all():
            box.fill(str(POINTS[city]))
        page.locator("button[name=submit]").click()
        expect(page).to_have_url(re.compile(r"/jury/$"))
    expect(left).to_have_count(0)


def cannot_score_own_country(page):
    """X13: Suwon is set aside for Park, and its address takes no score either."""
    page.goto("/jury/")
    row = page.locator("main .jury-list li", has_text="Suwon")
    expect(row).to_contain_text("Same country")
    assert row.locator("a").count() == 0
    for number in range(1, 40):
        answer = page.goto(f"/jury/sheets/{number}/")
        if answer.status == 200 and "Streets that listen" in page.content():
            expect(page.locator("main")).to_contain_text("from your own country")
            assert page.locator("input[type=number]").count() == 0
            return
    message = "Park was given no sheet for Suwon"
    raise AssertionError(message)


def decide(page, board):
    """Two golds are refused until the tie is declared."""
    page.goto(board)
    page.locator("main ul.work a[href*='/winners/']").first.click()
    choose(page, {"Medellin": "Gold", "George Town": "Gold", "Suwon": "Silver", "Turku": ""})
    expect(page.locator(".error-summary")).to_contain_text("Declare the tie first")
    page.select_option("form[action$='/tie/'] select[name=rank]", label="Gold")
    page.fill("form[action$='/tie/'] textarea[name=reason]", "Equal scores in both rounds.")
    page.locator("form[action$='/tie/'] button").click()
    expect(page.locator("main")).to_contain_text("The tie is declared")
    choose(page, {"Medellin": "Gold", "George Town": "Gold", "Suwon": "Silver", "Turku": ""})
    expect(page).to_have_url(re.compile(r"/awardedition/\d+/change/"))


def choose(page, prizes):
    for city, prize in prizes.items():
        row = page.locator("main tbody tr", has_text=city)
        row.locator("select").select_option(label=prize or "No prize")
    page.locator("form[action$='/winners/'] button[type=submit]").click()


def assert_certificates(page):
    """Three certificates are printed by the worker, each a PDF across."""
    page.goto("/admin/events/awardentry/?is_finalist__exact=1")
    hrefs = page.eval_on_selector_all("main tbody th a", "all => all.map(a => a.href)")
    found = 0
    for href in hrefs:
        page.goto(href)
        for _turn in range(60):
            links = page.locator("main a[href*='/paper/']").all()
            if page.locator("main h3", has_text="Papers").count() == 0 or len(links) == 2:
                break
            page.wait_for_timeout(1000)
            page.reload()
        for link in links:
            answer = page.request.get(link.get_attribute("href"))
            assert answer.body().startswith(b"%PDF-")
            found += link.inner_text() == "Certificate of the award"
    assert found == 3
