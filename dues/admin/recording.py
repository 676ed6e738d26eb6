"""Record a payment: whose it is, how much, which invoices it settles; then it is booked.

One page and no script: "Check" finds the member and proposes the oldest invoices first, "Record"
books what is shown. From a member's file, an invoice or an announced payment it comes filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dues.admin.act_page import REFUSED
from dues.admin.payment_acts import propose_parts
from dues.admin.whom import Whom, read_whom
from dues.arrears import find_unsettled
from dues.claims import close_claim
from dues.forms.money import PartsForm
from dues.forms.recording import RecordForm
from dues.ledger import credit_of, open_of, owner_of
from dues.meanwhile import refuse_changed, stamp_of
from dues.models import Invoice, Payment, PaymentClaim
from dues.payments import record_payment
from members.access import person
from wego import seoul
from wego.admin.pages import show
from wego.money import display

FIELD_OF = {
    "amount": "amount",
    "future": "received_on",
    "too_early": "received_on",
    "period_locked": "received_on",
    "known_reference": "bank_reference",
}


@dataclass
class Draft:
    """What is being recorded, as far as it is known."""

    form: RecordForm
    whom: Whom
    claim: PaymentClaim | None = None
    invoices: list[Invoice] = field(default_factory=list)
    parts: PartsForm | None = None
    proposed_for: int | None = None

    @property
    def settled(self) -> int:
        """What of it goes to invoices (US cents), as proposed or typed."""
        if self.parts is None:
            return 0
        if self.parts.is_bound:
            return sum(self.parts.parts().values()) if self.parts.is_valid() else 0
        return sum(bound.initial or 0 for _invoice, bound in self.parts.rows)

    @property
    def kept(self) -> int:
        """What of it stays on the account."""
        return (self.proposed_for or 0) - self.settled


def record(request: HttpRequest) -> HttpResponse:
    """The page: empty, filled in, checked; or the payment, when it was recorded."""
    draft = read_draft(request)
    posted = request.method == "POST"
    valid = draft.form.is_valid() if posted else False
    if posted and draft.whom.problem and request.POST.get("step") != "another":
        draft.form.add_error("who", draft.whom.problem)
        valid = False
    if valid and request.POST.get("step") == "record" and draft.whom.member:
        if (payment := try_to_record(request, draft)) is not None:
            return redirect("admin:dues_payment_change", payment.pk)
    else:
        propose(draft, draft.form.cleaned_data.get("amount") if posted else first_amount(draft))
    return show_draft(request, draft)


def read_draft(request: HttpRequest) -> Draft:
    """What the page knows: what was typed, or where one comes from."""
    claim, whom = find_claim(request), read_whom(request)
    if request.method == "POST":
        return with_invoices(Draft(RecordForm(request.POST), whom, claim))
    initial: dict[str, Any] = {"received_on": seoul.today(), "who": whom.typed}
    if claim:
        whom = Whom(str(claim.member), owner_of(claim.member), claim.invoice)
        initial |= {"amount": claim.amount_cents, "received_on": claim.paid_on}
    elif whom.invoice:
        initial["amount"] = open_of(whom.invoice) or None
    return with_invoices(Draft(RecordForm(initial=initial), whom, claim))


def find_claim(request: HttpRequest) -> PaymentClaim | None:
    """The announced payment that the page answers."""
    key = request.POST.get("claim") or request.GET.get("claim", "")
    if not key.isdecimal():
        return None
    rows = PaymentClaim.objects.filter(closed_on__isnull=True)
    return rows.select_related("member__merged_into", "invoice").filter(pk=key).first()


def with_invoices(draft: Draft) -> Draft:
    """The draft with the open invoices of its member; the one it came from stands first."""
    if draft.whom.member:
        found = list(find_unsettled(draft.whom.member).defer("snapshot"))
        meant = draft.whom.invoice
        draft.invoices = sorted(found, key=lambda each: each != meant) if meant else found
    return draft


def first_amount(draft: Draft) -> int | None:
    """The amount a page begins with."""
    amount: int | None = draft.form.initial.get("amount")
    return amount


def propose(draft: Draft, cents: int | None) -> None:
    """Which invoices so much would settle, the oldest first."""
    if draft.whom.member and cents:
        draft.proposed_for = cents
        draft.parts = PartsForm(draft.invoices, proposed=propose_parts(draft.invoices, cents))


def try_to_record(request: HttpRequest, draft: Draft) -> Payment | None:
    """Book what is shown; None with the reason on the form when it cannot be."""
    amount = draft.form.cleaned_data["amount"]
    if request.POST.get("proposed_for") != str(amount):
        propose(draft, amount)
        draft.form.add_error(
            "amount", _("The amount is another one now: look at what it settles, then record it.")
        )
        return None
    draft.parts = PartsForm(draft.invoices, request.POST)
    draft.proposed_for = amount
    if not draft.parts.is_valid():
        return None
    try:
        return book(request, draft)
    except ValidationError as error:
        name = FIELD_OF.get(getattr(error, "code", "") or "")
        draft.form.add_error(name, error.messages)
        if getattr(error, "code", "") == "changed":
            with_invoices(draft)
            propose(draft, amount)
        return None


@transaction.atomic
def book(request: HttpRequest, draft: Draft) -> Payment:
    """The payment, if the account is still as it was shown; it answers the claim it came from."""
    member, parts = draft.whom.member, draft.parts
    if member is None or parts is None:
        raise TypeError("A payment is booked for a member.")
    seen = request.POST.get("seen", "")
    refuse_changed(member, int(seen) if seen.isdecimal() else 0)
    today, by = seoul.today(), person(request)
    payment = record_payment(member, draft.form.received(), on=today, by=by, parts=parts.parts())
    if draft.claim and owner_of(draft.claim.member) == member:
        close_claim(draft.claim, answer="", payment=payment, on=today, by=by)
    messages.success(request, say_recorded(payment, draft))
    return payment


def say_recorded(payment: Payment, draft: Draft) -> str:
    """What was booked and what became of it."""
    facts = {
        "number": payment.number,
        "amount": display(payment.amount_cents),
        "member": payment.member,
        "kept": display(draft.kept),
    }
    if draft.kept:
        return (
            _("%(number)s: %(amount)s of %(member)s; %(kept)s of it is credit on account.") % facts
        )
    return _("%(number)s: %(amount)s of %(member)s.") % facts


def show_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page as far as it goes."""
    member = draft.whom.member
    refused = bool(draft.form.errors or (draft.parts and draft.parts.errors))
    return show(
        request,
        "admin/dues/payment/record.html",
        title=_("Record a payment"),
        draft=draft,
        form=draft.form,
        member=member,
        first=[draft.form[name] for name in RecordForm.FIRST],
        besides=[draft.form[name] for name in RecordForm.BESIDES],
        seen=stamp_of(member) if member else "",
        credit=credit_of(member) if member else 0,
        status=REFUSED if refused and request.method == "POST" else 200,
    )
