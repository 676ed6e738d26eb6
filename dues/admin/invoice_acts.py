"""What may be done about an invoice that is issued: pay from credit, close, waive, credit, void."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dues.adjustments import (
    close_as_bank_charge,
    reverse_adjustment,
    waive_invoice,
    write_off_invoice,
)
from dues.admin.act_page import Act, answer
from dues.admin.pages import typed
from dues.credit_notes import credit_reduction, credited_of, void_invoice
from dues.forms.money import ConfirmForm, DecidedForm, ReasonForm
from dues.ledger import credit_of, open_of, owner_of
from dues.models import Adjustment, Invoice
from dues.payments import apply_credit
from dues.policies import load_policies
from members.access import person
from wego import seoul
from wego.money import display

CENTS = 100


def find_invoice(pk: int) -> Invoice:
    """The invoice a page is about; 404 without one."""
    rows = Invoice.objects.select_related("member__merged_into").defer("snapshot")
    return get_object_or_404(rows, pk=pk)


def page_of(invoice: Invoice) -> str:
    """The page of an invoice."""
    return reverse("admin:dues_invoice_change", args=[invoice.pk])


def act_on(request: HttpRequest, invoice: Invoice, **options: Any) -> Act:  # noqa: ANN401 the parts of an act
    """An act on one invoice, and the way back to it."""
    rest = open_of(invoice)
    return Act(
        request=request,
        members=[owner_of(invoice.member)],
        invoice=invoice,
        lead=f"{owner_of(invoice.member)} · {display(invoice.amount_cents)}",
        pairs=[
            (_("Invoiced"), display(invoice.amount_cents)),
            (pgettext("invoice", "Open"), display(rest)),
            *options.pop("pairs", []),
        ],
        back=page_of(invoice),
        back_words=_("Back to the invoice"),
        crumbs=[
            (reverse("admin:dues_invoice_changelist"), _("Invoices")),
            (page_of(invoice), invoice.number),
        ],
        **options,
    )


def use_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle it with the member's credit on account, the oldest money first (X06)."""
    invoice = find_invoice(pk)
    credit, rest = credit_of(owner_of(invoice.member)), open_of(invoice)
    used = display(min(credit, rest))
    return answer(
        act_on(
            request,
            invoice,
            form=ConfirmForm(typed(request)),
            do=lambda: apply_credit(invoice, on=seoul.today(), by=person(request)),
            said=lambda made: (
                _("%(amount)s of %(number)s is settled with credit.")
                % {
                    "amount": display(sum(each.amount_cents for each in made)),
                    "number": invoice.number,
                }
            ),
            title=_("Settle %(number)s with credit on account") % {"number": invoice.number},
            button=_("Use %(amount)s of credit") % {"amount": used} if credit and rest else "",
            pairs=[(_("Credit on account"), display(credit))],
            notices=[]
            if credit and rest
            else [("info", _("There is no credit on account, or nothing is open."))],
        )
    )


def close_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a small rest as a bank charge, up to the limit of policy S21 (X05)."""
    invoice = find_invoice(pk)
    limit = load_policies().bank_charge_limit * CENTS
    rest = open_of(invoice)
    form = ReasonForm(typed(request), initial={"reason": _("Bank charges on the way here")})
    facts = {"number": invoice.number, "amount": display(rest), "limit": display(limit)}
    possible = 0 < rest <= limit
    return answer(
        act_on(
            request,
            invoice,
            form=form,
            do=lambda: close_as_bank_charge(
                invoice,
                limit_cents=limit,
                reason=form.cleaned_data["reason"],
                on=seoul.today(),
                by=person(request),
            ),
            said=lambda made: (
                _("%(amount)s of %(number)s is closed as bank charge.")
                % {"amount": display(made.amount_cents), "number": invoice.number}
            ),
            title=_("Close the rest of %(number)s as bank charge") % facts,
            button=_("Close %(amount)s") % facts if possible else "",
            pairs=[(_("At most, by policy S21"), display(limit))],
            notices=[]
            if possible
            else [
                (
                    "info",
                    _("Only a rest of at most %(limit)s can be closed as bank charge (S21).")
                    % facts,
                )
            ],
        )
    )


def decide(
    request: HttpRequest,
    invoice: Invoice,
    form: DecidedForm,
    rule: Any,  # noqa: ANN401 one of the rules of S17
    **options: Any,  # noqa: ANN401 the parts of an act
) -> HttpResponse:
    """One of the acts that rest on a recorded decision (S17)."""
    return answer(
        act_on(
            request,
            invoice,
            form=form,
            checked=True,
            do=lambda: rule(
                invoice,
                form.cleaned_data["amount"],
                resolution=form.resolution(),
                reason=form.cleaned_data["reason"],
                on=seoul.today(),
                by=person(request),
            ),
            **options,
        )
    )


def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Waive what is open, or part of it, by decision."""
    invoice = find_invoice(pk)
    rest = open_of(invoice)
    form = DecidedForm(typed(request), initial={"amount": rest or None})
    return decide(
        request,
        invoice,
        form,
        waive_invoice,
        said=lambda made: (
            _("%(amount)s of %(number)s is waived.")
            % {"amount": display(made.amount_cents), "number": invoice.number}
        ),
        title=_("Waive %(number)s by decision") % {"number": invoice.number},
        button=_("Waive") if rest else "",
        notices=[
            (
                "info",
                _(
                    "The member need not pay what is waived. A body decided so, and its decision "
                    "is recorded here (S17)."
                ),
            )
        ],
    )


def write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Write off what will not be paid, by decision."""
    invoice = find_invoice(pk)
    rest = open_of(invoice)
    form = DecidedForm(typed(request), initial={"amount": rest or None})
    return decide(
        request,
        invoice,
        form,
        write_off_invoice,
        danger=True,
        said=lambda made: (
            _("%(amount)s of %(number)s is written off.")
            % {"amount": display(made.amount_cents), "number": invoice.number}
        ),
        title=_("Write off %(number)s by decision") % {"number": invoice.number},
        button=_("Write off") if rest else "",
        notices=[
            (
                "info",
                _("What is written off is no longer expected. A body decided so (S17)."),
            )
        ],
    )


def lower(request: HttpRequest, pk: int) -> HttpResponse:
    """Lower the invoice by a credit note, by decision."""
    invoice = find_invoice(pk)
    rest = invoice.amount_cents - credited_of(invoice)
    form = DecidedForm(typed(request))
    return decide(
        request,
        invoice,
        form,
        credit_reduction,
        said=lambda note: (
            _("%(note)s credits %(amount)s of %(number)s.")
            % {
                "note": note.number,
                "amount": display(note.amount_cents),
                "number": invoice.number,
            }
        ),
        title=_("Reduce %(number)s by decision") % {"number": invoice.number},
        button=_("Write the credit note"),
        pairs=[(_("Still stands for"), display(rest))],
        notices=[
            (
                "info",
                _(
                    "A credit note with a number of its own lowers the invoice; the invoice stays "
                    "as it was printed. What is paid too much by then becomes credit on account."
                ),
            )
        ],
    )


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Credit the whole of an invoice that was wrong (X04)."""
    invoice = find_invoice(pk)
    rest = invoice.amount_cents - credited_of(invoice)
    form = ReasonForm(typed(request))
    facts = {"number": invoice.number, "amount": display(rest)}
    return answer(
        act_on(
            request,
            invoice,
            form=form,
            checked=True,
            danger=True,
            do=lambda: void_invoice(
                invoice, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda note: (
                _("%(number)s is void: %(note)s credits %(amount)s.")
                % {**facts, "note": note.number}
            ),
            title=_("Void %(number)s") % facts,
            button=_("Void %(number)s") % facts if rest else "",
            pairs=[(_("To be credited"), display(rest))],
            notices=[
                (
                    "warn",
                    _(
                        "For an invoice that was wrong. It stays in the books as it was printed, "
                        "a credit note takes it back, and its number is not given again."
                    ),
                )
                if rest
                else ("info", _("%(number)s is void already.") % facts)
            ],
            follows=[
                _("The credit note has a number of its own and names %(number)s.") % facts,
                _("The number %(number)s is not given again.") % facts,
                _(
                    "What was paid for it is credit on account then: settle another invoice "
                    "with it, or refund it."
                ),
            ],
        )
    )


def take_back(request: HttpRequest, pk: int, adjustment: int) -> HttpResponse:
    """Take a bank charge, waiver or write-off back."""
    invoice = find_invoice(pk)
    row = get_object_or_404(
        Adjustment.objects.select_related("entry", "invoice__member"),
        pk=adjustment,
        invoice=invoice,
    )
    form = ReasonForm(typed(request))
    facts = {
        "what": row.get_kind_display(),
        "amount": display(row.amount_cents),
        "number": invoice.number,
    }
    return answer(
        act_on(
            request,
            invoice,
            form=form,
            do=lambda: reverse_adjustment(
                row, reason=form.cleaned_data["reason"], on=seoul.today(), by=person(request)
            ),
            said=lambda _done: _("%(number)s is open by %(amount)s again.") % facts,
            title=_("Take back: %(what)s of %(amount)s") % facts,
            button=_("Take it back"),
        )
    )
