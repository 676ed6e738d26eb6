"""How an invoice stands: its state, its whole account, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dues.account_words import Step, account_of_invoice
from dues.ledger import credit_of, owner_of
from dues.models import Adjustment, Invoice, PaymentPlan
from dues.states import TONES, InvoiceState, state_of, with_state
from wego import seoul
from wego.money import display

ADJUST, CREDIT_NOTE = "dues.add_adjustment", "dues.add_creditnote"


@dataclass(frozen=True)
class Standing:
    """An invoice's state, what is open (US cents), its account, its adjustments, its acts.

    `plan` is the newest payment plan that names the invoice, kept or not.
    """

    state: InvoiceState
    open_cents: int
    credit_cents: int
    steps: list[Step]
    adjustments: list[Adjustment]
    acts: list[tuple[str, str]]
    may_take_back: bool
    facts: list[tuple[str, object]]
    plan: PaymentPlan | None

    @property
    def tone(self) -> str:
        """How its state is drawn."""
        return TONES[self.state]


def read_standing(invoice: Invoice, user: AbstractBaseUser | AnonymousUser) -> Standing:
    """How an invoice stands today, in six queries."""
    today = seoul.today()
    replaced = Exists(Invoice.objects.filter(replaces=OuterRef("pk")))
    rows = with_state(Invoice.objects.filter(pk=invoice.pk).defer("snapshot"))
    row: Any = rows.annotate(is_replaced=replaced).get()
    credit = credit_of(owner_of(invoice.member))
    may = getattr(user, "has_perm", lambda _permission: False)
    state = state_of(row, today)
    standing = invoice.adjustments.filter(entry__reversal_of__isnull=True)
    return Standing(
        state=state,
        open_cents=row.open_cents,
        credit_cents=credit,
        steps=account_of_invoice(invoice),
        adjustments=list(standing.order_by("pk")),
        acts=acts_on(row, credit, state) if may(ADJUST) else [],
        may_take_back=may(ADJUST),
        facts=facts_of(row),
        plan=invoice.plans.first(),
    )


def facts_of(row: Any) -> list[tuple[str, object]]:  # noqa: ANN401 annotated by the queryset
    """What became of the amount; what is nothing is left out."""
    told = [
        (_("Invoiced"), row.amount_cents),
        (_("Credited"), row.credited_cents),
        (_("Paid"), row.paid_cents),
        (_("Waived"), row.waived_cents),
        (_("Written off"), row.written_off_cents),
    ]
    rest = row.amount_cents - sum(cents for _words, cents in told[1:]) - row.open_cents
    told.append((_("Closed as bank charge"), rest))
    return [
        *((words, display(cents)) for words, cents in told if cents),
        (pgettext("invoice", "Open"), display(row.open_cents)),
    ]


def acts_on(row: Any, credit: int, state: InvoiceState) -> list[tuple[str, str]]:  # noqa: ANN401 annotated by the queryset
    """Address and words of what may be done."""
    acts = []
    if row.open_cents and credit:
        acts.append(("use_credit", _("Settle it with credit on account")))
    if row.open_cents:
        acts += [
            ("close_rest", _("Close the rest as bank charge")),
            ("waive", _("Waive by decision")),
            ("write_off", _("Write off by decision")),
        ]
    if state != InvoiceState.VOID:
        acts += [
            ("lower", _("Reduce by decision")),
            ("void", _("Void by credit note")),
        ]
    if not row.is_replaced:
        acts.append(("reissue", _("Issue anew")))
    return [(reverse(f"admin:dues_invoice_{name}", args=[row.pk]), words) for name, words in acts]
