"""An Assembly elects: candidacies in time, late and unpaid, twelve secret votes, terms.

Everything before the vote is recorded by the rules; the vote, the count and the result are done on
the pages, by the people who do them.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import house

KEY = re.compile(r"^[2-9A-Z]{4}(?:-[2-9A-Z]{4}){6}$")
RECEIPT = re.compile(r"^[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}$")


@pytest.fixture
def assembly(tmp_path, browser):
    """A house in which the Assembly of 15 October stands before its vote, and windows in it."""
    contexts = []
    with house.serve(tmp_path) as address:
        house.tell(tmp_path, "assembly")

        def open_window(name, width=1280):
            state = house.log_in(browser, address, f"{name}@wego.example")
            contexts.append(house.open_context(browser, address, state=state, width=width))
            return contexts[-1].new_page()

        yield open_window
        for context in contexts:
            context.close()


def test_an_assembly_elects_its_president_in_secret(assembly):
    officer = assembly("admin")
    officer.goto("/admin/events/election/")
    officer.locator("#result_list tbody a").first.click()
    main = officer.locator("main")
    # In time on 15 September, late on the 16th, and one with an open invoice.
    expect(main).to_contain_text("Seoul stands")
    expect(main).to_contain_text("Received on 16 Sep 2026: the last day to stand was 15 Sep 2026.")
    expect(main).to_contain_text(re.compile(r"Fees not fully paid: WEGO-2026-\d{4}"))
    officer.get_by_role("button", name="Fix the list of voters").click()
    expect(main).to_contain_text("cities")

    officer.get_by_role("link", name="Make the ballots").click()
    officer.get_by_role("button", name="Make the ballots").click()
    expect(officer.locator(".teller-key")).to_have_count(2)
    keys = officer.locator(".teller-key").all_inner_texts()
    assert [bool(KEY.match(key)) for key in keys] == [True, True]
    officer.get_by_role("link", name="open voting").click()
    type_keys(officer, keys)
    officer.get_by_role("button", name="Open voting").click()
    expect(main).to_contain_text("Voting is open: cities vote in their portal.")

    receipts = [vote(assembly(f"voter{number}", 360), number) for number in range(12)]
    assert len(set(receipts)) == 12

    officer.reload()
    expect(main).to_contain_text("12 of")
    officer.get_by_role("link", name="Count the votes").click()
    type_keys(officer, keys)
    officer.get_by_role("button", name="Count the votes").click()
    expect(main).to_contain_text("Elected: Seoul")
    officer.get_by_role("link", name="Published ballots").click()
    expect(officer.locator(".receipts .code")).to_have_count(12)
    published = officer.locator(".receipts .code").all_inner_texts()
    assert sorted(published) == sorted(receipts)
    officer.go_back()

    officer.get_by_role("link", name="Confirm the result").click()
    officer.get_by_role("button", name="Confirm the result").click()
    officer.get_by_role("link", name="Terms & offices").last.click()
    expect(main).to_contain_text(re.compile(r"President City\s+Seoul"))
    expect(main).to_contain_text(re.compile(r"Executive Vice President City\s+Kathmandu"))


def type_keys(page, keys):
    page.fill("[name=first_code]", keys[0])
    page.fill("[name=second_code]", keys[1])


def vote(page, number):
    """Seven for Seoul, the others for Beyoglu; the receipt."""
    page.goto("/portal/elections/")
    page.get_by_role("link", name="Vote now").click()
    page.get_by_label("Seoul" if number < 7 else "Beyoglu").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Cast the vote").click()
    receipt = page.locator(".receipt").inner_text()
    assert RECEIPT.match(receipt)
    return receipt
