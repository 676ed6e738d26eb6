"""Receipts: every payment gets one, written with it and mailed to whoever handles the money (X05).

A receipt says what arrived and what it settled on that day. It is never changed: when its payment
is taken back, pages show it as void.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from dues.correspondence import write_to_payer
from dues.ledger import left_of, open_of
from dues.models import Entry, EntryKind, PaperKind, Payment, Receipt
from dues.papers import write_paper
from members.correspondence import say_day
from members.models import Member, User
from wego import money


def write_receipt(payment: Payment, *, on: dt.date, by: User | None) -> Receipt:
    """The receipt of a payment that was just booked and settled, and the mail that brings it."""
    member = payment.member
    facts = take_facts(payment)
    paper = write_paper(
        PaperKind.RECEIPT, member=member, language=member.language, snapshot=facts, on=on, by=by
    )
    receipt = Receipt.objects.create(payment=payment, paper=paper)
    write_to_payer(
        "payment_receipt",
        member,
        {
            "receipt": payment.number,
            "amount": money.display(payment.amount_cents),
            "received_on": say_day(payment.received_on, member.language),
            "settled": list_settled(facts, member.language),
        },
        paper=paper,
    )
    return receipt


def take_facts(payment: Payment) -> dict[str, Any]:
    """What a receipt prints, as the books stand now; amounts in US cents."""
    rows = payment.allocations.filter(entry__reversal_of__isnull=True)
    return {
        "number": payment.number,
        "received_on": payment.received_on.isoformat(),
        "amount_cents": payment.amount_cents,
        "payer": payment.payer,
        "bank_reference": payment.bank_reference,
        "original": f"{payment.original_currency} {payment.original_amount}".strip(),
        "rate_note": payment.rate_note,
        "settles": [
            {
                "number": row.invoice.number,
                "dues_year": row.invoice.dues_year,
                "cents": row.amount_cents,
                "open_cents": open_of(row.invoice),
            }
            for row in rows.select_related("invoice").defer("invoice__snapshot")
        ],
        "left_cents": left_of(payment),
    }


def list_settled(facts: dict[str, Any], language: str) -> str:
    """What a payment settled and what is left, a line each, as the mail says it."""
    with translation.override(language):
        lines = [
            translation.gettext("%(number)s: %(amount)s, still open %(open)s")
            % {
                "number": row["number"],
                "amount": money.display(row["cents"]),
                "open": money.display(row["open_cents"]),
            }
            for row in facts["settles"]
        ]
        if facts["left_cents"]:
            lines.append(
                translation.gettext("Credit on your account: %(amount)s")
                % {"amount": money.display(facts["left_cents"])}
            )
    return "\n".join(lines)


def receipts_of(member: Member) -> QuerySet[Receipt]:
    """The receipts of a member, the newest first, each with `is_void`."""
    accounts = [member.pk, *member.merged.values_list("pk", flat=True)]
    booked = Entry.objects.filter(kind=EntryKind.PAYMENT, payment=OuterRef("payment"))
    rows = Receipt.objects.filter(payment__member__in=accounts).select_related(
        "payment", "paper__document"
    )
    return rows.annotate(is_void=Exists(booked.filter(reversal_of__isnull=False))).order_by("-pk")
