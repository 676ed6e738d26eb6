"""What dues answers to a search and to a member's timeline: invoices and money.

A number or payment reference is found in any writing: `WEGO-2020-0001`, `2020/1`,
`rf18 wego 2020 0001`; a receipt as `RC-2020-0001` or `rc 2020 1`, a credit note likewise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.account_words import READ, UNREAD, tell_entry
from dues.ledger import owner_of
from dues.models import CreditNote, Entry, EntryKind, Invoice, Payment
from dues.written import read_place
from members.answers import Happening
from wego import reader
from wego.finding import ALIKE, EXACT, MOST_HITS, Hit, Term, fold
from wego.money import short
from wego.templatetags.ui import day

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from members.models import Member

INVOICES, PAYMENTS, CREDIT_NOTES = 15, 16, 17
MOST_INVOICES = 20
# Shorter texts stand in too many references and names.
SHORTEST_TEXT = 3
RECEIPT = re.compile(r"(?:rc|receipt|영수증)(20\d\d)0*([1-9]\d{0,6})", re.ASCII)
CREDIT_NOTE = re.compile(r"(?:cn|creditnote)(20\d\d)0*([1-9]\d{0,6})", re.ASCII)


def find_hits(term: str, user: AbstractBaseUser | AnonymousUser) -> list[Hit]:
    """Invoices, payments and credit notes, for who may see them."""
    may = getattr(user, "has_perm", lambda _permission: False)
    if not may("dues.view_invoice"):
        return []
    return [*find_invoices(term), *find_payments(term), *find_credit_notes(term)]


def find_invoices(term: str) -> list[Hit]:
    """Invoices by number or payment reference."""
    place = read_place(term)
    if place is None:
        return []
    year, sequence = place
    rows = Invoice.objects.filter(dues_year=year, sequence=sequence).select_related("member")
    return [
        Hit(
            gettext_lazy("Invoices"),
            invoice.number,
            f"{name_on(invoice)} · {short(invoice.amount_cents, invoice.currency)}",
            reverse("admin:dues_invoice_change", args=[invoice.pk]),
            EXACT,
            INVOICES,
        )
        for invoice in rows[:MOST_INVOICES]
    ]


def find_payments(term: str) -> list[Hit]:
    """Payments by receipt number, bank reference, or the payer's name as the bank wrote it.

    A payer's name is shown only where nothing else is meant, so that a member's name leads to it.
    """
    match = RECEIPT.fullmatch(fold(term))
    if match:
        asked = Q(year=match[1], sequence=match[2])
    elif len(fold(term)) >= SHORTEST_TEXT:
        asked = Q(bank_reference__icontains=term) | Q(payer__icontains=term)
    else:
        return []
    rows = Payment.objects.filter(asked).select_related("member__merged_into")
    return [
        Hit(
            gettext_lazy("Payments"),
            payment.number,
            describe_payment(payment),
            reverse("admin:dues_payment_change", args=[payment.pk]),
            EXACT if match else closeness_of(payment, term),
            PAYMENTS,
        )
        for payment in rows.order_by("-received_on", "-pk")[: MOST_HITS + 1]
    ]


def closeness_of(payment: Payment, term: str) -> int:
    """How close a payment's reference is to what was typed; a payer's name is merely alike."""
    return Term(term).closeness_of(payment.bank_reference) or ALIKE


def describe_payment(payment: Payment) -> str:
    """What tells a payment apart: amount, member, day, payer and reference."""
    facts = (
        short(payment.amount_cents),
        str(owner_of(payment.member)),
        day(payment.received_on),
        payment.payer,
        payment.bank_reference,
    )
    return " · ".join(filter(None, facts))


def find_credit_notes(term: str) -> list[Hit]:
    """Credit notes by number; they are read on the page of their invoice."""
    match = CREDIT_NOTE.fullmatch(fold(term))
    if not match:
        return []
    rows = CreditNote.objects.filter(year=match[1], sequence=match[2])
    return [
        Hit(
            gettext_lazy("Credit notes"),
            note.number,
            f"{name_on(note.invoice)} · {note.invoice.number} · {short(note.amount_cents)}",
            f"{reverse('admin:dues_invoice_change', args=[note.invoice_id])}#account",
            EXACT,
            CREDIT_NOTES,
        )
        for note in rows.select_related("invoice__member")
    ]


def name_on(invoice: Invoice) -> str:
    """The name printed on an invoice, in the reader's language."""
    party = invoice.snapshot["member"]
    return reader.choose(party["name_en"], party["name_ko"])


def tell_happenings(member: Member) -> list[Happening]:
    """What was invoiced to a member, paid, credited, adjusted and refunded, in one query.

    What a payment settled is read on its page: it says nothing new of the member.
    """
    rows = member.entries.exclude(kind=EntryKind.ALLOCATION).exclude(
        reversal__reverses__kind=EntryKind.ALLOCATION
    )
    read = rows.select_related(*READ, "invoice__run__issued_by").defer(*UNREAD).order_by("-pk")
    return [
        tell_invoice(entry) if entry.kind == EntryKind.INVOICE else tell_money(entry)
        for entry in read
    ]


def tell_invoice(entry: Entry) -> Happening:
    """An issued invoice as a line, at the moment its run was issued."""
    invoice = entry.invoice
    if invoice is None:
        raise TypeError("The entry of an invoice names it.")
    return Happening(
        at=invoice.run.issued_at,
        sort="dues",
        what=_("Invoice %(number)s issued: %(amount)s, due on %(day)s")
        % {
            "number": invoice.number,
            "amount": short(invoice.amount_cents, invoice.currency),
            "day": day(invoice.due_on),
        },
        who=str(invoice.run.issued_by or ""),
        why=_("Dues of %(year)s") % {"year": invoice.dues_year},
        url=reverse("admin:dues_invoice_change", args=[invoice.pk]),
    )


def tell_money(entry: Entry) -> Happening:
    """Any other entry as a line."""
    line = tell_entry(entry)
    return Happening(
        at=line.recorded_at,
        sort="dues",
        what=f"{line.what}: {short(line.cents)}",
        who=line.who,
        why=line.why,
        url=line.url,
    )
