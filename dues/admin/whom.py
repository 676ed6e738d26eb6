"""Whose money it is: a member found by what finance types, a name, an invoice or a reference."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from dues.ledger import owner_of
from dues.models import Invoice
from dues.written import read_place
from members.models import Member
from members.search import find_alike, match_members, read_names
from wego.finding import Term, tidy_term

MOST_OFFERED = 6


@dataclass
class Whom:
    """The member meant, and the invoice that named it; else the members that may be meant."""

    typed: str = ""
    member: Member | None = None
    invoice: Invoice | None = None
    candidates: list[Member] = field(default_factory=list)

    @property
    def problem(self) -> str:
        """What to do when nobody is chosen."""
        if self.member:
            return ""
        if self.candidates:
            return _("Several members may be meant: choose one.")
        if self.typed:
            return _(
                "No member and no invoice is called “%(typed)s”: type part of the name, or the "
                "number of the invoice."
            ) % {"typed": self.typed}
        return _("Say whose payment it is.")


def read_whom(request: HttpRequest) -> Whom:
    """Who is meant: chosen on the page, known from where one came, or typed."""
    posted = request.POST
    if request.method != "POST":
        return known_whom(request.GET)
    if posted.get("step") == "another":
        return Whom()
    if chosen := find_member(posted.get("choose") or posted.get("member", "")):
        return Whom(posted.get("who", ""), chosen, find_invoice(posted, chosen))
    return find_whom(posted.get("who", ""))


def known_whom(query: QueryDict) -> Whom:
    """The member or invoice that the address names."""
    if invoice := find_invoice(query):
        return Whom(invoice.number, owner_of(invoice.member), invoice)
    member = find_member(query.get("member", ""))
    return Whom(str(member) if member else "", member)


def find_invoice(query: QueryDict, member: Member | None = None) -> Invoice | None:
    """The invoice that the address or the page names, if it is one of the member's."""
    number = query.get("invoice", "")
    if not number.isdecimal():
        return None
    invoice = Invoice.objects.filter(pk=number).select_related("member__merged_into").first()
    ours = invoice and (member is None or owner_of(invoice.member) == member)
    return invoice if ours else None


def find_member(key: str) -> Member | None:
    """The member of a key; the one a duplicate was merged into."""
    if not key.isdecimal():
        return None
    found = Member.objects.filter(pk=key).select_related("merged_into").first()
    return owner_of(found) if found else None


def find_whom(typed: str) -> Whom:
    """Who a text means: the member of an invoice, or the one whose name fits best."""
    term = tidy_term(typed)
    if place := read_place(term):
        rows = Invoice.objects.filter(dues_year=place[0], sequence=place[1])
        if invoice := rows.select_related("member__merged_into").first():
            return Whom(term, owner_of(invoice.member), invoice)
    if not term:
        return Whom()
    wanted, named = Term(term), read_names()
    found = match_members(wanted, named)
    ranked = sorted(found, key=lambda pk: (-found[pk], len(named[pk].names[0]), pk))
    best = [pk for pk in ranked if found[pk] == found[ranked[0]]]
    if len(best) == 1:
        return Whom(term, find_member(str(best[0])))
    offered = (ranked or find_alike(wanted, named))[:MOST_OFFERED]
    members = Member.objects.in_bulk(offered)
    return Whom(term, candidates=[members[pk] for pk in offered])
