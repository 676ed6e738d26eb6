"""The page of one act on one account: what stands, a form, for a grave act a check, one button.

What was typed is kept through every refusal, and nothing is done when somebody else recorded
something on the account since the page was shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dues.admin.effects import Effect, foresee, lock_accounts
from dues.admin.whom import Whom
from dues.forms.money import PartsForm
from dues.meanwhile import refuse_changed, stamp_of
from dues.models import Invoice, Payment
from members.models import Member
from wego.admin.pages import show

REFUSED = 422
# At which field the sentence of a rule stands.
FIELD_OF: Mapping[str, str] = {
    "reason": "reason",
    "amount": "amount",
    "too_much": "amount",
    "decision": "decided_by",
    "future": "decided_on",
    "day": "paid_on",
    "same_member": "who",
}


@dataclass
class Act:
    """One act as its page shows and does it; `members` are the accounts it moves, ours first."""

    request: HttpRequest
    members: Sequence[Member]
    form: forms.Form
    do: Callable[[], Any]
    said: Callable[[Any], str]
    title: str
    button: str
    back: str
    back_words: str
    lead: str = ""
    after: Callable[[Any], str] | None = None
    invoice: Invoice | None = None
    payment: Payment | None = None
    pairs: Sequence[tuple[str, object]] = ()
    notices: Sequence[tuple[str, str]] = ()
    follows: Sequence[str] = ()
    parts: PartsForm | None = None
    whom: Whom | None = None
    checked: bool = False
    danger: bool = False
    crumbs: Sequence[tuple[str, str]] = ()

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read."""
        found = [form.is_valid() for form in (self.form, self.parts) if form is not None]
        if self.whom and self.whom.problem:
            self.form.add_error("who", self.whom.problem)
        return all(found) and not self.form.errors


def answer(act: Act) -> HttpResponse:
    """Show the form; check what was typed; show what will happen; do it and say so."""
    step = act.request.POST.get("step", "")
    if act.request.method != "POST" or step == "change" or not act.is_valid():
        return show_form(act)
    try:
        if act.checked and step != "do":
            return show_check(act, look_ahead(act))
        done = carry_out(act)
    except ValidationError as error:
        add_refusal(act.form, error)
        return show_form(act)
    messages.success(act.request, act.said(done))
    return redirect(act.after(done) if act.after else act.back)


@transaction.atomic
def carry_out(act: Act) -> Any:  # noqa: ANN401 what the rule returns
    """Do it, if the account still is as it was shown."""
    lock_accounts(act.members)
    seen = act.request.POST.get("seen", "")
    refuse_changed(act.members[0], int(seen) if seen.isdecimal() else 0)
    return act.do()


def look_ahead(act: Act) -> Effect:
    """What it would do."""
    return foresee(act.do, members=act.members, invoice=act.invoice, payment=act.payment)


def add_refusal(form: forms.Form, error: ValidationError) -> None:
    """The sentence of a rule, at the field it is about or else on top."""
    name = FIELD_OF.get(getattr(error, "code", "") or "", "")
    form.add_error(name if name in form.fields else None, error.messages)


def show_form(act: Act) -> HttpResponse:
    """The form, with what was typed."""
    refused = act.request.method == "POST" and (
        bool(act.form.errors) or bool(act.parts and act.parts.errors)
    )
    return show(
        act.request,
        "admin/dues/act.html",
        title=act.title,
        act=act,
        form=act.form,
        seen=stamp_of(act.members[0]),
        status=REFUSED if refused else 200,
    )


def show_check(act: Act, effect: Effect) -> HttpResponse:
    """What will happen, before it does."""
    return show(
        act.request,
        "admin/dues/act_check.html",
        title=act.title,
        act=act,
        form=act.form,
        effect=effect,
        seen=stamp_of(act.members[0]),
    )
