"""From the bank's file to "Paid" in the portal, by keyboard; then every page of the bank again."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser import house
from tests.browser.inspection import Inspector
from tests.browser.test_pages import LOOKS, name_of
from tests.dues.statements.documents import camt, ntry

QUEUE = "/admin/dues/bank/"
TABLE = b"Date,Description,Payer,Paid out,Paid in\n2020-03-02,Dues,Somebody,,7.50\n"


def issue(folder):
    """The dues of 2020, issued from the shell."""
    subprocess.run(
        [sys.executable, "manage.py", "run_dues", "2020", "--issue"],
        cwd=house.ROOT,
        env={**os.environ, "WEGO_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "wego.settings"},
        check=True,
        capture_output=True,
    )


def register_of(context):
    """The invoices of 2020 by member, as the register tells them."""
    answer = context.request.get("/admin/dues/year/2020/downloads/csv/")
    rows = csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")))
    return {row["member_name_en"]: row for row in rows}


def paid(usd, number, *, text="", payer=""):
    """A credit of the statement, with its payer."""
    party = payer and f"<RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>"
    words = f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
    inside = f"<NtryDtls><TxDtls>{party}{words}</TxDtls></NtryDtls>"
    return ntry(usd, ref=f"B-10000{number}", inside=inside)


def statement_of(invoices):
    """One line books itself; two are accepted, one set aside, one booked by hand, one waits."""
    kathmandu, goyang, ulaanbaatar = (
        invoices[name] for name in ("Kathmandu", "Goyang", "Ulaanbaatar")
    )
    lines = (
        paid(kathmandu["amount"], 1, text="MEMBERSHIP", payer="Kathmandu Metropolitan City"),
        paid(goyang["amount"], 2, text=goyang["payment_reference"], payer="GOYANG CITY"),
        paid(f"{float(ulaanbaatar['amount']) - 25:.2f}", 3, text=ulaanbaatar["number"]),
        paid("12.34", 4, text="INTEREST"),
        paid("100.00", 5, text="FEE", payer="SOMEBODY"),
        paid("50.00", 6, text=ulaanbaatar["number"], payer="TREASURY"),
    )
    account = "<Acct><Id><Othr><Id>100-1</Id></Othr></Id><Ccy>USD</Ccy></Acct>"
    return camt(f"<Stmt><Id>S-1</Id>{account}{''.join(lines)}</Stmt>").encode()


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """Finance at a house whose year 2020 is issued: its address, cookies and invoices."""
    folder = tmp_path_factory.mktemp("bank")
    with house.serve(folder) as address:
        issue(folder)
        state = house.log_in(browser, address, "finance@wego.example")
        context = house.open_context(browser, address, state=state)
        yield {"address": address, "state": state, "invoices": register_of(context)}
        context.close()


def press(page, key):
    """A key, pressed while the line is in focus, and the page that follows."""
    expect(page.locator("[data-keyboard]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press(key)


def take_in(inspector, document):
    """From Today to the queue with the file taken in; the faults of the pages between."""
    page, faults = inspector.page, inspector.visit("/admin/")
    page.locator("#frame-nav").get_by_role("link", name="Bank", exact=True).click()
    expect(page.locator("main")).to_contain_text("Every line is decided")
    faults += inspector.faults()
    page.get_by_role("link", name="Take in a statement").first.click()
    faults += inspector.faults()
    file = {"name": "march.xml", "mimeType": "text/xml", "buffer": document}
    page.set_input_files("[type=file]", file)
    page.get_by_role("button", name="See what it holds").click()
    faults += inspector.faults()
    page.get_by_role("button", name="Take in 6 new lines").click()
    expect(page.locator(".messages")).to_contain_text("6 lines taken in. 1 payment booked by")
    return faults + inspector.faults()


def accept_by_keys(inspector):
    """Accept, take back, accept again; then a short payment."""
    page = inspector.page
    offered = page.locator(".bank-offer h3").first
    expect(offered).to_have_text("Kathmandu")
    press(page, "Enter")
    expect(page.locator(".bank-last")).to_contain_text("Kathmandu")
    faults = inspector.faults()
    press(page, "u")
    expect(page.locator(".messages")).to_contain_text("Taken back: the line waits again.")
    expect(offered).to_have_text("Kathmandu")
    press(page, "1")
    expect(offered).to_have_text("Ulaanbaatar")
    press(page, "1")
    return faults


def decide_by_keys(inspector):
    """Move to and fro, set aside, and find the member of the last line."""
    page = inspector.page
    text = page.locator(".bank-line .bank-text")
    expect(text).to_have_text("INTEREST")
    press(page, "n")
    expect(text).to_have_text("FEE")
    press(page, "ArrowLeft")
    expect(page.locator("[data-keyboard]")).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.type("Interest")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".bank-last")).to_contain_text("Set aside: USD 12.34, Interest")
    expect(page.locator("[data-keyboard]")).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.type("광명")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".bank-parts h3")).to_have_text("Gwangmyeong")
    faults = inspector.faults()
    page.get_by_role("button", name="Book for this member").click()
    expect(page.locator(".bank-last")).to_contain_text("Gwangmyeong")
    return faults + inspector.faults()


@pytest.fixture(scope="module")
def worked(browser, desk):
    """The same house when its statement is worked through but for one line; with the faults."""
    context = house.open_context(browser, desk["address"], state=desk["state"])
    inspector = Inspector(context)
    faults = take_in(inspector, statement_of(desk["invoices"]))
    faults += accept_by_keys(inspector)
    faults += decide_by_keys(inspector)
    context.close()
    return desk | {"faults": faults}


def test_statement_is_worked_by_keyboard_and_the_portal_says_paid(browser, worked):
    city = house.log_in(browser, worked["address"], "kathmandu@wego.example")
    context = house.open_context(browser, worked["address"], state=city)
    page = context.new_page()

    for path in ("/portal/", "/portal/invoices/"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("Paid")
    assert worked["faults"] == []
    context.close()


def test_last_act_leaves_the_top_and_stays_below(browser, worked):
    context = house.open_context(browser, worked["address"], state=worked["state"])
    page = context.new_page()
    page.clock.install()
    page.goto(QUEUE)
    last = page.locator(".bank-last")
    expect(last).to_be_visible()

    page.clock.run_for(10_500)

    expect(last).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^Undo Booked")).first).to_be_visible()
    context.close()


def test_every_page_of_the_bank_in_every_look(browser, worked):
    wrong = {}
    for look in LOOKS:
        context = house.open_context(browser, worked["address"], state=worked["state"], **look)
        inspector = Inspector(context)
        page, pages = inspector.page, {}
        for path in ("/admin/", "/admin/dues/bankstatement/", QUEUE):
            pages[path] = inspector.visit(path)
        page.goto("/admin/dues/bankstatement/")
        page.locator("#result_list tbody a").first.click()
        pages["statement"] = inspector.faults()
        page.goto("/admin/dues/bankstatement/upload/")
        page.locator("form.card [type=submit]").click()
        pages["refused"] = inspector.faults()
        file = {"name": "march.csv", "mimeType": "text/csv", "buffer": TABLE}
        page.set_input_files("[type=file]", file)
        page.locator("form.card [type=submit]").click()
        page.fill("[name=own_account]", "100-1")
        pages["columns"] = inspector.faults()
        page.locator("main form [type=submit]").last.click()
        pages["preview"] = inspector.faults()
        expect(page.locator("#lines")).to_contain_text("Somebody")
        wrong[name_of(look)] = {
            path: [each for each in found if "status of 409" not in each]
            for path, found in pages.items()
            if [each for each in found if "status of 409" not in each]
        }
        context.close()

    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)


def test_queue_is_worked_without_script(browser, worked):
    context = browser.new_context(
        base_url=worked["address"], storage_state=worked["state"], java_script_enabled=False
    )
    page = context.new_page()
    page.goto(QUEUE)

    page.get_by_role("button", name=re.compile("^Undo Set aside")).first.click()
    expect(page.locator(".bank-line .bank-text")).to_have_text("INTEREST")
    page.fill("[name=reason]", "Interest of the bank")
    page.get_by_role("button", name="Set aside").click()

    expect(page.locator("main")).to_contain_text("Set aside: USD 12.34, Interest of the bank")
    context.close()
