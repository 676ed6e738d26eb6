"""Finance at the pages of money: how a page is filled in, checked and sent."""

import datetime as dt
import re

from django.urls import reverse

from dues.models import Invoice, Payment
from wego import seoul

RECORD = "/admin/dues/payment/record/"
PAYMENTS = "/admin/dues/payment/"


def page_of(thing, act="change", *more):
    """The page of a payment, invoice, refund or announced payment, or of an act on it."""
    name = thing._meta.model_name
    return reverse(f"admin:dues_{name}_{act}", args=[thing.pk, *more])


def hidden_of(page):
    """The hidden fields of the last form of a page, as a browser sends them along."""
    form = page.content.decode().rpartition("<form")[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def parts_of(page):
    """The proposed amounts of a page, by the names of their fields."""
    draft = page.context["draft"]
    return {bound.html_name: bound.value() or "" for _invoice, bound in draft.parts.rows} | {
        "proposed_for": str(draft.proposed_for)
    }


def check(desk, **typed):
    """Press "Check" on the page of a payment to record."""
    return desk.post(RECORD, {"received_on": seoul.today(), "method": "bank", **typed})


def record(desk, page, **typed):
    """Press "Record" on a page that shows what a payment settles."""
    facts = {name: value for name, value in page.wsgi_request.POST.items() if name != "step"}
    return desk.post(
        RECORD, {**facts, **hidden_of(page), **parts_of(page), **typed, "step": "record"}
    )


def act(desk, address, **typed):
    """Fill in the page of an act, look at what will happen where it asks to, and do it."""
    page = desk.get(address)
    answer = desk.post(address, {**hidden_of(page), **typed})
    if answer.status_code == 200 and "effect" in (answer.context or {}):
        answer = desk.post(address, {**typed, **hidden_of(answer), "step": "do"})
    return answer


def only_payment():
    """The one payment there is."""
    return Payment.objects.get()


def open_by_number():
    """What is open by invoice number (US cents)."""
    from dues.ledger import with_open

    return dict(with_open(Invoice.objects.all()).values_list("number", "open_cents"))


def on(year, month, day):
    """A calendar day."""
    return dt.date(year, month, day)
