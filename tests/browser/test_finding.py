"""The way in: the front page's weight, and any member in one key, a word and Enter."""

import pytest

FIRST_LOAD = 150_000


@pytest.mark.parametrize("path", ["/", "/directory/"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_first_load_of_public_pages_is_light(open_as, path, language):
    context = open_as(language=language)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    page.goto(path, wait_until="networkidle")

    assert 0 < sum(received) <= FIRST_LOAD


def test_any_member_is_one_key_a_word_and_enter_away(open_as):
    page = open_as("secretariat").new_page()
    page.goto("/admin/")

    page.keyboard.press("/")
    page.keyboard.type("카트만두")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")

    assert page.title().startswith("Kathmandu")


def test_the_key_stays_a_letter_where_one_types(open_as):
    page = open_as("secretariat").new_page()
    page.goto("/admin/members/member/")

    page.focus("#searchbar")
    page.keyboard.type("a/b")

    assert page.input_value("#searchbar") == "a/b"


def test_a_member_is_found_from_the_directory(open_as):
    page = open_as().new_page()
    page.goto("/")

    page.click("text=See all members")
    page.fill("#directory-q", "서울")
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory/?q=**")

    assert page.inner_text("tbody tr:first-child th") == "Seoul"
