"""The frame in a real browser: keyboard, language, colours, menus, life without JavaScript."""

import re

from playwright.sync_api import expect

from tests.browser import house


def test_skip_link_is_first_and_leads_to_the_content(open_as):
    page = open_as("admin").new_page()
    page.goto("/admin/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_is_visible(open_as):
    page = open_as("admin").new_page()
    page.goto("/catalogue/")
    page.locator("body").click(position={"x": 5, "y": 5})

    unseen = []
    for _stop in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate(
            """() => {
              const element = document.activeElement;
              const after = getComputedStyle(element, "::after").outlineWidth;
              return Math.max(parseFloat(getComputedStyle(element).outlineWidth),
                parseFloat(after) || 0);
            }"""
        )
        if width < 2:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))

    assert unseen == []


def test_language_switch_stays_on_the_page(open_as):
    page = open_as("admin").new_page()
    page.goto("/admin/members/member/?q=seoul")

    page.get_by_role("button", name="한국어").click()

    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page).to_have_url(re.compile(r"/admin/members/member/\?q=seoul$"))


def test_colours_can_be_chosen_and_are_kept(open_as):
    page = open_as("admin", scheme="light").new_page()
    page.goto("/admin/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)

    while page.evaluate("document.documentElement.dataset.theme") != "dark":
        page.locator(".theme-toggle").click()
    page.goto("/catalogue/")

    assert page.evaluate(ground) != light
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_account_menu_closes_with_escape(open_as):
    page = open_as("admin").new_page()
    page.goto("/admin/")
    menu = page.locator("details.menu").last

    menu.locator("summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_log_out_leads_to_the_login_page(browser, address):
    # Not with the shared cookies: logging out ends them for everybody.
    state = house.log_in(browser, address, "finance@wego.example")
    context = house.open_context(browser, address, state=state)
    page = context.new_page()
    page.goto("/admin/")
    page.locator("details.menu summary").last.click()

    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(re.compile("/login/"))
    context.close()


def test_phone_navigation_opens_by_a_button(open_as):
    page = open_as("admin", width=360).new_page()
    page.goto("/admin/")
    toggle = page.get_by_role("button", name="Menu")

    expect(page.locator("#frame-nav")).to_be_hidden()
    toggle.click()

    expect(page.locator("#frame-nav")).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")


def test_navigation_and_language_work_without_scripts(browser, address, states):
    context = browser.new_context(
        base_url=address,
        storage_state=states["admin"],
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    )
    page = context.new_page()
    page.goto("/admin/")

    expect(page.locator("#frame-nav")).to_be_visible()
    expect(page.locator(".theme-toggle")).to_be_hidden()
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    context.close()


def test_refused_form_takes_the_reader_to_the_summary(open_as):
    page = open_as("admin").new_page()
    page.goto("/catalogue/")

    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name=re.compile("^Population:")).click()

    expect(page.locator("#id_population")).to_be_focused()


def test_progress_counts_on_without_reloading(open_as):
    page = open_as("admin").new_page()
    told = {"total": 106, "ready": 80, "parked": 1, "done": False}
    page.route(re.compile(r"^[^?]*/progress\.json$"), lambda route: route.fulfill(json=told))
    page.goto("/catalogue/?watch=/progress.json")
    marker = "window.sameDocument = true"
    page.evaluate(marker)

    expect(page.locator("[data-progress-words]")).to_have_text("80 of 106 ready")
    expect(page.locator("[data-progress-parked]")).to_have_text(" · 1 need attention")
    expect(page.locator("[data-progress-aloud]")).to_have_text("80 of 106 ready")
    assert page.evaluate("window.sameDocument") is True
    with page.expect_event("load"):  # done: the server draws the finished page
        told |= {"ready": 105, "done": True}
    assert page.evaluate("window.sameDocument") is None


def test_first_visit_is_light_and_asks_nobody_else(open_as, address):
    page = open_as("admin").new_page()
    sizes, strangers = [], []

    def count(response):
        if not response.url.startswith(address) and not response.url.startswith("data:"):
            strangers.append(response.url)
        sizes.append(int(response.headers.get("content-length", 0)))

    page.on("response", count)
    page.goto("/admin/", wait_until="networkidle")

    assert strangers == []
    assert sum(sizes) <= 150_000


def test_nothing_moves_while_a_page_loads(open_as):
    page = open_as("admin").new_page()
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )

    page.goto("/admin/", wait_until="networkidle")

    assert page.evaluate("window.shift") <= 0.05


def test_paper_has_no_frame_and_keeps_rows_whole(open_as):
    page = open_as("admin").new_page()
    page.goto("/catalogue/")

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator(".frame-nav")).to_be_hidden()
    expect(page.locator(".frame-tools")).to_be_hidden()
    style = "(what, name) => getComputedStyle(document.querySelector(what))[name]"
    assert page.evaluate(f"({style})('body', 'backgroundColor')") == "rgb(255, 255, 255)"
    assert page.evaluate(f"({style})('table.data tbody tr', 'breakInside')") == "avoid"
