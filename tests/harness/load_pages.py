"""The pages that people and programs open all day, and who opens them."""

from typing import NamedTuple

LIST, SEARCH, SUM, FILE, PORTAL, API = "list", "search", "sum", "file", "portal", "api"


class Page(NamedTuple):
    """An address, what it is, and who asks: staff, a member's person, or a program's token."""

    name: str
    path: str
    sort: str
    who: str = "staff"


PAGES = (
    Page("members", "/admin/members/member/", LIST),
    Page("invoices", "/admin/dues/invoice/", LIST),
    Page("open invoices", "/admin/dues/invoice/?state=open", LIST),
    Page("payments", "/admin/dues/payment/", LIST),
    Page("mails", "/admin/wego/mail/", LIST),
    Page("audit trail", "/admin/wego/auditentry/", LIST),
    Page("members, by name", "/admin/members/member/?q=City+0011", SEARCH),
    Page("payments, by payer", "/admin/dues/payment/?q=City+0011", SEARCH),
    Page("search everywhere", "/admin/search/?q=City+0011", SEARCH),
    Page("Today", "/admin/", SUM),
    Page("board of a year", "/admin/dues/year/2025/board/", SUM),
    Page("aging", "/admin/dues/books/aging/", SUM),
    Page("a member's file", "/admin/members/member/117/change/", FILE),
    Page("portal: home", "/portal/", PORTAL, "member"),
    Page("portal: invoices", "/portal/invoices/", PORTAL, "member"),
    Page("API: members", "/api/v1/members", API, "token"),
    Page("API: invoices", "/api/v1/invoices", API, "token"),
    Page("API: payments", "/api/v1/payments", API, "token"),
)
