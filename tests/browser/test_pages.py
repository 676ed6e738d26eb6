"""Every page a person can reach: no violation, no error, no barrier, in every look."""

import json

import pytest

from tests.browser.inspection import Inspector, links_of_each, walk
from tests.harness.extent import share

# All pairs of width, language and colours; in a short run every width, language and colour once.
LOOKS = share(
    [
        {"width": 1280, "language": "en", "scheme": "light"},
        {"width": 1280, "language": "ko", "scheme": "dark"},
        {"width": 360, "language": "en", "scheme": "dark"},
        {"width": 360, "language": "ko", "scheme": "light"},
    ],
    [
        {"width": 1280, "language": "en", "scheme": "light"},
        {"width": 360, "language": "ko", "scheme": "dark"},
    ],
)


def name_of(look):
    return "-".join(map(str, look.values()))


# Each look may be walked by another worker.
ON_ITS_OWN = [
    pytest.param(look, id=name_of(look), marks=pytest.mark.xdist_group(name_of(look)))
    for look in LOOKS
]


def faulty(pages):
    return {path: faults for path, faults in pages.values() if faults}


@pytest.mark.parametrize("look", ON_ITS_OWN)
def test_every_page_of_the_web_admin(open_as, look):
    inspector = Inspector(open_as("admin", **look))
    # Other journeys of this house may have settled everything: then nothing offers these acts.
    overdue = links_of_each(inspector, "/admin/dues/invoice/?state=overdue")
    of_open = {"/admin/dues/invoice/N/waive/", "/admin/dues/invoice/N/write-off/"}
    acts = overdue + [
        link
        for path in (
            "/admin/dues/payment/",
            "/admin/dues/invoice/",
            # What other journeys left on the first page does not matter to these.
            "/admin/dues/invoice/?state=part_paid",
            "/admin/dues/invoice/?state=closed",
        )
        for link in links_of_each(inspector, path)
    ]
    pages = walk(inspector, "/admin/", also=acts)

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
        "/admin/dues/year/N/board/",
        "/admin/dues/entry/",
        "/admin/dues/books/aging/",
        "/admin/dues/books/cash/",
        "/admin/dues/books/numbers/",
        "/admin/dues/books/ledger/",
        "/admin/dues/books/fees/",
        "/admin/dues/books/arrears/",
        "/admin/members/application/N/change/",
        "/admin/members/decision/record/",
        "/admin/wego/mail/N/",
        "/admin/wego/auditentry/",
        "/admin/wego/policyvalue/hearing_days/",
        "/admin/dues/invoice/N/change/",
        "/admin/dues/payment/",
        "/admin/dues/payment/record/",
        "/admin/dues/payment/N/change/",
        "/admin/dues/payment/N/allocate/",
        "/admin/dues/payment/N/move/",
        "/admin/dues/payment/N/refund/",
        "/admin/dues/payment/N/reverse/",
        "/admin/dues/payment/N/release/N/",
        "/admin/dues/invoice/N/void/",
        "/admin/dues/invoice/N/lower/",
        "/admin/dues/invoice/N/take-back/N/",
        "/admin/dues/refund/",
        "/admin/dues/refund/N/pay/",
        "/admin/dues/paymentclaim/",
        "/admin/dues/paymentclaim/N/change/",
        "/admin/dues/periodlock/",
        "/admin/dues/periodlock/close/",
        "/admin/dues/periodlock/reopen/",
        *(of_open if overdue else ()),
    } <= set(pages)
    assert faulty(pages) == {}


@pytest.mark.parametrize(
    ("name", "start", "wanted"),
    [
        ("", "/", {"/", "/directory/", "/apply/", "/apply/begin/", "/login/", "/account/code/"}),
        (
            "kathmandu",
            "/portal/",
            {"/portal/", "/portal/data/", "/portal/figures/", "/portal/people/", "/portal/leave/"},
        ),
    ],
    ids=["stranger", "member"],
)
def test_every_page_of_strangers_and_members_in_every_look(open_as, name, start, wanted):
    first = walk(Inspector(open_as(name, **LOOKS[0])), start)
    wrong = {name_of(LOOKS[0]): faulty(first)}
    for look in LOOKS[1:]:
        inspector = Inspector(open_as(name, **look))
        pages = {kind: (path, inspector.visit(path)) for kind, (path, _faults) in first.items()}
        wrong[name_of(look)] = faulty(pages)

    assert wanted <= set(first)
    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)


def test_finance_reaches_dues_and_no_page_that_refuses(open_as):
    pages = walk(Inspector(open_as("finance", **LOOKS[1])), "/admin/")

    assert faulty(pages) == {}
    assert "/admin/dues/invoice/" in pages
    assert {kind for kind in pages if kind.startswith("/admin/members/")} == {
        "/admin/members/member/",
        "/admin/members/member/N/change/",
        "/admin/members/member/report/",
    }


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
