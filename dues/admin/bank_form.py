"""Booking a line by hand: a member found by what is typed, and what goes to which invoice."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from dues.admin.payment_acts import propose_parts
from dues.admin.whom import find_member, find_whom
from dues.arrears import find_unsettled
from dues.forms.bank import BookForm
from dues.models import BankLine
from dues.policies import load_policies
from dues.proposals import rest_of
from members.models import Member
from wego.money import USD


@dataclass
class BookingDraft:
    """What is typed for a line so far: the search, the members it finds, the form for one."""

    q: str = ""
    candidates: list[Member] = field(default_factory=list)
    member: Member | None = None
    form: BookForm | None = None


def read_draft(request: HttpRequest, line: BankLine) -> BookingDraft:
    """What the address asks for: a search, or the form for a member."""
    if member := find_member(request.GET.get("member", "")):
        return draft_for(member, line)
    return search(request.GET.get("q", ""), line)


def search(typed: str, line: BankLine) -> BookingDraft:
    """The members that a name or the number of an invoice may mean; one alone is chosen."""
    whom = find_whom(typed)
    if whom.member:
        return draft_for(whom.member, line, whom.typed)
    return BookingDraft(whom.typed, whom.candidates)


def draft_for(
    member: Member, line: BankLine, q: str = "", data: QueryDict | None = None
) -> BookingDraft:
    """The form for a member, with its open invoices, the oldest proposed first."""
    invoices = list(find_unsettled(member).defer("snapshot"))
    rest = rest_of(line) if line.currency == USD else None
    form = BookForm(
        invoices,
        data,
        rest_cents=rest,
        charge_limit=load_policies().bank_charge_limit_cents,
        proposed=propose_parts(invoices, rest or 0),
    )
    return BookingDraft(q, member=member, form=form)
