"""Every page a person can reach: no violation, no error, no barrier, in every look."""

import json

import pytest

from tests.browser.inspection import Inspector, walk

# All pairs of width, language and colours.
LOOKS = [
    {"width": 1280, "language": "en", "scheme": "light"},
    {"width": 1280, "language": "ko", "scheme": "dark"},
    {"width": 360, "language": "en", "scheme": "dark"},
    {"width": 360, "language": "ko", "scheme": "light"},
]


def name_of(look):
    return "-".join(map(str, look.values()))


def faulty(pages):
    return {path: faults for path, faults in pages.values() if faults}


def test_every_page_of_the_web_admin_in_every_look(open_as):
    first = walk(Inspector(open_as("admin", **LOOKS[0])), "/admin/")
    wrong = {name_of(LOOKS[0]): faulty(first)}
    for look in LOOKS[1:]:
        inspector = Inspector(open_as("admin", **look))
        pages = {kind: (path, inspector.visit(path)) for kind, (path, _faults) in first.items()}
        wrong[name_of(look)] = faulty(pages)

    assert {
        "/admin/",
        "/admin/settings/",
        "/admin/members/member/",
        "/admin/members/member/N/change/",
        "/admin/members/member/report/",
        "/admin/members/memberfigure/",
        "/admin/dues/year/N/",
        "/admin/dues/year/N/check/",
        "/admin/dues/invoice/",
        "/admin/dues/feeschedule/N/change/",
    } <= set(first)
    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)


def test_finance_reaches_dues_and_no_page_that_refuses(open_as):
    pages = walk(Inspector(open_as("finance", **LOOKS[1])), "/admin/")

    assert faulty(pages) == {}
    assert "/admin/dues/invoice/" in pages
    assert not [kind for kind in pages if kind.startswith("/admin/members/")]


@pytest.mark.parametrize("look", LOOKS, ids=name_of)
@pytest.mark.parametrize("path", ["/login/", "/catalogue/"])
def test_login_and_every_component(open_as, look, path):
    context = open_as("" if path == "/login/" else "admin", **look)

    assert Inspector(context).visit(path) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_missing_page_has_no_barrier(open_as, width):
    inspector = Inspector(open_as("admin", width=width))
    inspector.page.goto("/nothing/here/")
    inspector.heard.clear()  # the browser itself reports the 404

    assert inspector.faults() == []


def test_catalogue_fits_the_narrowest_window(open_as):
    # 320 px is 1280 px at 400 % zoom.
    assert Inspector(open_as("admin", width=320)).visit("/catalogue/") == []


def test_inspection_finds_planted_faults(open_as):
    inspector = Inspector(open_as("admin"))
    inspector.visit("/catalogue/")
    inspector.page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    inspector.page.evaluate("console.error('planted')")
    inspector.page.evaluate(
        "document.querySelector('main').append(document.createElement('input'))"
    )
    inspector.page.wait_for_timeout(100)

    found = " ".join(inspector.faults())

    assert "style-src" in found
    assert "console: planted" in found
    assert "axe label" in found
