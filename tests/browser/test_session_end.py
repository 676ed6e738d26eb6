"""A page whose session ran out shows nothing of it any more; what was being typed is not lost."""

import re

from playwright.sync_api import expect

# Staff's sessions end after an hour unused; the page counts by itself.
JUST_BEFORE_MS = (60 * 60 - 30) * 1000
JUST_AFTER_MS = 60 * 1000


def test_a_page_is_emptied_when_its_session_ran_out(open_as):
    page = open_as("secretariat").new_page()
    page.clock.install()
    page.goto("/admin/members/member/")
    expect(page.locator("main")).to_contain_text("Statuses to confirm")

    page.clock.fast_forward(JUST_BEFORE_MS)
    expect(page.locator(".session-notice")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Statuses to confirm")

    page.context.clear_cookies()
    page.clock.fast_forward(JUST_AFTER_MS)
    expect(page).to_have_url(re.compile(r"/login/"))
    expect(page.locator("body")).not_to_contain_text("Statuses to confirm")


def test_a_form_that_was_begun_stays_and_all_else_goes(open_as):
    page = open_as("secretariat").new_page()
    page.clock.install()
    page.goto("/admin/members/invitation/add/")
    page.locator("main form input[type=email]").first.fill("mayor@kathmandu.example")

    page.clock.fast_forward(JUST_BEFORE_MS)
    page.context.clear_cookies()
    page.clock.fast_forward(JUST_AFTER_MS)

    expect(page.locator("main form input[type=email]").first).to_have_value(
        "mayor@kathmandu.example"
    )
    assert page.locator("main > *").count() == 1
    expect(page.locator("header, nav")).to_have_count(0)
