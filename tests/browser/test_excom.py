"""EXCOM 2019 in Seongnam: eighteen associates, one vote with exceptions, and what follows."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser import house

WORDS = {
    "en": {"associate": "Associate", "full": "Full member", "rejected": "Rejected"},
    "ko": {"associate": "준회원", "full": "정회원", "rejected": "거절"},
}
BOARD = re.compile(r"/admin/events/meeting/\d+/change/")


@pytest.fixture(params=["en", "ko"])
def officer(request, tmp_path, browser):
    """Somebody of the secretariat in a house of this journey's own, and the words of its pages."""
    with house.serve(tmp_path, settings="tests.browser.settings") as address:
        keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.excom"],
            cwd=house.ROOT,
            env=keep | {"WEGO_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "wego.settings"},
            check=True,
            capture_output=True,
            text=True,
        )
        state = house.log_in(browser, address, "secretariat@wego.example")
        context = house.open_context(browser, address, state=state, language=request.param)
        yield context.new_page(), WORDS[request.param], done.stdout.split()
        context.close()


def test_excom_2019_in_seongnam(officer):
    page, words, seated = officer
    plan(page)
    board = page.url
    call(page, board)
    invite(page, board, seated)
    agenda(page, board)

    come(page, board, 4)
    decide(page, board)
    refuse_to_confirm(page, board)
    expect_status(page, "Suncheon", words["associate"])

    come(page, board, 2)
    correct(page, board)
    confirm(page, board)
    expect_status(page, "Suncheon", words["full"])
    expect_status(page, "Shymkent", words["associate"])
    expect_status(page, "Melaka", words["rejected"])
    expect_first_dues(page)

    hold(page, board)
    memorandum(page, board)


def plan(page):
    """From the front page: the list, then the form."""
    page.goto("/admin/")
    page.locator("nav a[href$='/admin/events/meeting/']").first.click()
    page.locator(".object-tools a").first.click()
    page.select_option("[name=body]", "excom")
    page.fill("[name=name_en]", "EXCOM 2019, Seongnam City Hall")
    page.fill("[name=starts_on]", "2019-11-06")
    page.fill("[name=ends_on]", "2019-11-07")
    host = page.locator("[name=host] option").filter(has_text=re.compile("Seongnam|성남")).first
    page.select_option("[name=host]", host.get_attribute("value"))
    page.locator("main form.act-form button").click()
    expect(page).to_have_url(BOARD)


def sub(board, name):
    return board.replace("/change/", f"/{name}/")


def call(page, board):
    page.goto(sub(board, "stage"))
    page.select_option("[name=state]", "called")
    page.locator("main form.act-form button").click()
    expect(page).to_have_url(BOARD)


def invite(page, board, seated):
    page.goto(sub(board, "people"))
    page.select_option("[name=kind]", "voting")
    page.select_option("[name=members]", seated)
    page.locator("button[name=step][value=invite]").click()
    expect(page.locator("main table tbody tr")).to_have_count(8)
    page.select_option("[name=kind]", "observer")
    page.fill("[name=organisation]", "Embassy of Kenya")
    page.locator("button[name=step][value=invite]").click()
    expect(page.locator("main table tbody tr")).to_have_count(9)


def agenda(page, board):
    """One button, and it knows who waits."""
    page.goto(sub(board, "agenda"))
    page.locator("button[value=lay_out]").click()
    expect(page.locator(".agenda > li")).to_have_count(8)
    expect(page.locator(".agenda > li").nth(3)).to_contain_text("18")
    expect(page.locator(".agenda > li").nth(3)).to_contain_text("Butwal")


def come(page, board, count):
    """So many voting cities come in."""
    page.goto(sub(board, "people"))
    for _each in range(count):
        page.locator("tbody tr:has(.badge-ok) button[value=came]").first.click()


def open_members_item(page, board, link):
    page.goto(board)
    page.locator(".agenda > li").nth(3).locator(link).first.click()


def decide(page, board):
    """All eighteen at once; with four of eight there it is recorded and is nothing more."""
    open_members_item(page, board, "a[href$='/decide/']")
    expect(page.locator("table.wishes tbody tr")).to_have_count(18)
    page.locator("main button.button-large").click()
    expect(page).to_have_url(BOARD)
    expect(page.locator(".resolution .badge-bad")).to_have_count(1)


def refuse_to_confirm(page, board):
    page.goto(sub(board, "confirm"))
    expect(page.locator("main button.button-large")).to_have_count(0)
    expect(page.locator("main .badge-bad")).to_have_count(1)


def correct(page, board):
    """With six there: sixteen approved, one deferred, one rejected."""
    open_members_item(page, board, "a[href$='/correct/']")
    row(page, "Shymkent").locator("select").select_option("defer")
    row(page, "Melaka").locator("select").select_option("reject")
    row(page, "Melaka").locator("input").fill("No smart city plan yet")
    page.fill("[name=note]", "Voted again once the quorum was reached.")
    page.locator("main button.button-large").click()
    expect(page).to_have_url(BOARD)


def row(page, name):
    return page.locator("table.wishes tbody tr").filter(has_text=name)


def confirm(page, board):
    page.goto(sub(board, "confirm"))
    page.locator("main button[name=step][value=check]").click()
    expect(page.locator("main")).to_contain_text("2020")
    expect(page.locator("main")).to_contain_text("16")
    page.locator("main button[name=step][value=confirm]").click()
    expect(page).to_have_url(BOARD)
    expect(page.locator(".resolution .badge-ok")).to_have_count(2)


def expect_status(page, name, status):
    page.goto(f"/admin/search/?q={name}")
    if "/search/" in page.url:
        page.locator("main a[href*='/admin/members/member/']").first.click()
    expect(page.locator("main .page-head")).to_contain_text(status)


def expect_first_dues(page):
    """The next run prices who was approved, and nobody else of the eighteen."""
    page.goto("/admin/dues/year/2020/?q=Suncheon")
    expect(page.locator("main")).to_contain_text("6,000")
    page.goto("/admin/dues/year/2020/?q=Melaka")
    expect(page.locator("main table tbody tr").filter(has_text="USD")).to_have_count(0)


def hold(page, board):
    page.goto(sub(board, "stage"))
    page.select_option("[name=state]", "held")
    page.locator("main form.act-form button").click()
    expect(page).to_have_url(BOARD)


def memorandum(page, board):
    page.goto(sub(board, "memorandum"))
    page.locator("button[value=write]").click()
    link = page.locator("main a[href$='/pdf/']").first
    for _turn in range(120):
        if link.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF-")
    page.locator("button[value=approve]").click()
    page.locator("button[value=publish]").click()
    expect(page.locator("main form button")).to_have_count(0)
