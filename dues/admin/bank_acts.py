"""The acts of the bank queue: accept, book by hand, set aside, and take any of it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dues.admin.bank_form import BookingDraft, draft_for
from dues.admin.bank_queue import (
    LAST_ACT,
    aside_words,
    payment_words,
    payout_words,
    read_queue,
    remember,
    render,
)
from dues.admin.pages import REFUSED
from dues.admin.whom import find_member
from dues.banking import find_waiting, set_aside_line, take_line_back
from dues.booking import accept_offer, book_line, undo_booking
from dues.forms.bank import SetAsideForm
from dues.models import BankLine, Payment, Payout
from dues.policies import load_policies
from dues.proposals import Offer, propose_for
from dues.refunds import reverse_payout
from members.access import person
from wego import seoul

Act = Callable[[HttpRequest, BankLine], HttpResponse | None]
FIELD_OF = {"usd": "amount", "amount": "amount", "line_used": "amount", "rate": "rate_note"}


def on_waiting_line(act: Act) -> Callable[[HttpRequest, int], HttpResponse]:
    """An act on a line that waits; then the queue goes on with the next one.

    A refusal is said on top of the queue, and the line stays in focus.
    """

    @wraps(act)
    def acted(request: HttpRequest, pk: int) -> HttpResponse:
        way = request.POST.get("way", "")
        line = find_waiting(BankLine.objects.filter(pk=pk)).first()
        if line is None:
            messages.info(request, _("Somebody else decided about this line meanwhile."))
            return redirect(address(way))
        following = read_queue(way, str(pk)).next
        try:
            answer = act(request, line)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return redirect(address(way, pk))
        return answer or redirect(address(way, following))

    return require_POST(acted)


def address(way: str, line: int | None = None) -> str:
    """Where the queue goes on."""
    query = QueryDict(mutable=True)
    if way == "out":
        query["way"] = way
    if line is not None:
        query["line"] = str(line)
    return f"{reverse('admin:dues_bank_queue')}{'?' if query else ''}{query.urlencode()}"


@on_waiting_line
def accept(request: HttpRequest, line: BankLine) -> None:
    """Do what was offered, if it is still what the person saw."""
    policies = load_policies()
    offer = find_offer(propose_for([line], policies)[line.pk], request.POST.get("offer", ""))
    charge = policies.bank_charge_limit_cents if "charge" in request.POST else 0
    by, today = person(request), seoul.today()
    made = accept_offer(line, offer, on=today, by=by, charge_cents=charge)
    if isinstance(made, Payment):
        remember(request, "payment", made.pk, payment_words(made))
    elif isinstance(made, Payout):
        remember(request, "payout", made.pk, payout_words(made))
    else:
        request.session.pop(LAST_ACT, None)
        messages.success(request, _("Taken back in the books, as the bank did."))


def find_offer(offers: list[Offer], key: str) -> Offer:
    """The offer of a key.

    Raises:
        ValidationError: it is not offered any more.
    """
    for offer in offers:
        if offer.key == key:
            return offer
    raise ValidationError(
        _("The books changed meanwhile, and so did the proposals: look at them again."),
        code="changed",
    )


@on_waiting_line
def book(request: HttpRequest, line: BankLine) -> HttpResponse | None:
    """Book what was typed for the chosen member; a refusal comes back with everything typed."""
    member = find_member(request.POST.get("member", ""))
    if member is None:
        raise ValidationError(_("Choose the member that paid."), code="member")
    draft = draft_for(member, line, data=request.POST)
    form = draft.form
    if form is None or not form.is_valid():
        return refused(request, line, draft)
    facts, by = form.cleaned_data, person(request)
    charge = load_policies().bank_charge_limit_cents if facts.get("charge") else 0
    try:
        payment = book_line(
            line,
            member,
            form.parts(),
            on=seoul.today(),
            by=by,
            usd_cents=facts["amount"],
            rate_note=facts.get("rate_note", ""),
            charge_cents=charge,
        )
    except ValidationError as error:
        name = FIELD_OF.get(getattr(error, "code", "") or "")
        form.add_error(name if name in form.fields else None, error.messages)
        return refused(request, line, draft)
    remember(request, "payment", payment.pk, payment_words(payment))
    return None


def refused(request: HttpRequest, line: BankLine, draft: BookingDraft) -> HttpResponse:
    """The queue with the form as it was typed, and what to correct."""
    queue = read_queue(request.POST.get("way", ""), str(line.pk))
    return render(request, queue, draft, status=REFUSED)


@on_waiting_line
def set_aside(request: HttpRequest, line: BankLine) -> None:
    """Put the line away with the reason."""
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        raise ValidationError([each for found in form.errors.values() for each in found])
    reason = form.cleaned_data["reason"]
    row = set_aside_line(line, reason=reason, on=seoul.today(), by=person(request))
    remember(request, "line", row.pk, aside_words(row))


@require_POST
def undo(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take back what was done with a line: it waits again and is in focus."""
    by, today = person(request), seoul.today()
    reason = _("Taken back in the bank queue")
    if what == "payment":
        payment = get_object_or_404(Payment, pk=pk, bank_line__isnull=False)
        undo_booking(payment, reason=reason, on=today, by=by)
        line = payment.bank_line
    elif what == "payout":
        payout = get_object_or_404(Payout, pk=pk, bank_line__isnull=False)
        reverse_payout(payout, reason=reason, on=today, by=by)
        line = payout.bank_line
    elif what == "line":
        line = take_line_back(get_object_or_404(BankLine, pk=pk), by=by)
    else:
        raise Http404
    request.session.pop(LAST_ACT, None)
    messages.success(request, _("Taken back: the line waits again."))
    if line is None:
        return redirect(address(""))
    return redirect(address("out" if line.amount < 0 else "in", line.pk))
