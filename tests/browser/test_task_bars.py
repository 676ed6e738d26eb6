"""How many clicks a task takes, counted from the front page by whoever does it."""

import re

import pytest
from playwright.sync_api import expect

MOST_TO_ACCEPT, MOST_TO_FIND, MOST_TO_RECORD = 3, 2, 4


class Counter:
    """Clicks and presses of Enter of one person on one page."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, locator):
        locator.click()
        self.clicks += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.clicks += 1


def test_an_applicant_is_accepted_in_three_clicks(open_as):
    page = open_as("secretariat").new_page()
    page.goto("/admin/")
    hand = Counter(page)

    hand.click(page.locator("main a[href*='/admin/members/application/']").first)
    hand.click(page.get_by_role("link", name=re.compile("Odense")).first)
    hand.click(page.get_by_role("button", name="Accept as associate"))

    expect(page.locator("main .page-head")).to_contain_text("Accepted")
    assert hand.clicks <= MOST_TO_ACCEPT


@pytest.mark.parametrize("typed", ["Kathmandu", "카트만두", "ulyanovsk", "율리아놉스크", "astana"])
def test_any_member_is_found_by_the_key_and_enter(open_as, typed):
    page = open_as("secretariat").new_page()
    page.goto("/admin/")
    hand = Counter(page)

    page.keyboard.press("/")
    page.keyboard.type(typed)
    hand.press("Enter")
    page.wait_for_url(re.compile(r"/search/|/change/"))
    if "/search/" in page.url:
        hand.click(page.locator("main a[href*='/admin/members/member/']").first)

    expect(page).to_have_url(re.compile(r"/admin/members/member/\d+/change/"))
    assert hand.clicks <= MOST_TO_FIND


@pytest.mark.parametrize("who", ["고양", "Goyang", "WEGO-2019-0001"])
def test_a_payment_is_recorded_in_four_clicks(open_as, who):
    page = open_as("finance").new_page()
    page.goto("/admin/")
    hand = Counter(page)

    hand.click(page.get_by_role("link", name="Record a payment"))
    page.fill("[name=who]", who)
    page.fill("[name=amount]", "4,500.00")
    hand.click(page.get_by_role("button", name="Check", exact=True).last)
    hand.click(page.get_by_role("button", name="Record USD 4,500.00"))

    expect(page.locator("h1")).to_contain_text("Payment RC-")
    expect(page.locator(".frame-messages, main").first).to_contain_text("USD 4,500.00")
    assert hand.clicks <= MOST_TO_RECORD


def test_several_members_of_a_name_are_one_click_more(open_as):
    page = open_as("finance").new_page()
    page.goto("/admin/")
    hand = Counter(page)

    hand.click(page.get_by_role("link", name="Record a payment"))
    page.fill("[name=who]", "Dhaka")
    page.fill("[name=amount]", "500")
    hand.click(page.get_by_role("button", name="Check", exact=True).last)
    hand.click(page.locator("[name=choose]").first)
    hand.click(page.get_by_role("button", name="Record USD 500.00"))

    expect(page.locator("h1")).to_contain_text("Payment RC-")
    assert hand.clicks <= MOST_TO_RECORD


@pytest.mark.parametrize("typed", ["WEGO-2019-0001", "2018/1", "wego 2017 1", "wego2019-2"])
def test_any_invoice_is_found_by_the_key_and_enter(open_as, typed):
    page = open_as("finance").new_page()
    page.goto("/admin/")
    hand = Counter(page)

    page.keyboard.press("/")
    page.keyboard.type(typed)
    hand.press("Enter")

    expect(page).to_have_url(re.compile(r"/admin/dues/invoice/\d+/change/"))
    assert hand.clicks <= MOST_TO_FIND
