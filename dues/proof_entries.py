"""Entries against their documents: each has the other, and both say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dues.faults import Proof
from dues.models import (
    ACCOUNTS_OF,
    DOCUMENT_OF,
    Adjustment,
    Allocation,
    CreditNote,
    Entry,
    EntryKind,
    Invoice,
    Payment,
    Payout,
    Refund,
    Reversal,
)
from wego.money import display

# Documents that an entry names by a column of its own.
NAMED: tuple[type[Model], ...] = (CreditNote, Allocation, Adjustment, Refund, Payout, Reversal)
# What entry and document must both say, by the kind of entry.
AGREE: dict[str, dict[str, str]] = {
    EntryKind.INVOICE: {
        "amount_cents": "invoice__amount_cents",
        "posted_on": "invoice__issued_on",
        "member": "invoice__member",
    },
    EntryKind.PAYMENT: {"amount_cents": "payment__amount_cents", "member": "payment__member"},
    EntryKind.CREDIT_NOTE: {
        "amount_cents": "credit_note__amount_cents",
        "posted_on": "credit_note__issued_on",
        "invoice": "credit_note__invoice",
        "member": "invoice__member",
    },
    EntryKind.ALLOCATION: {
        "amount_cents": "allocation__amount_cents",
        "posted_on": "allocation__allocated_on",
        "invoice": "allocation__invoice",
        "payment": "allocation__payment",
        "member": "invoice__member",
    },
    EntryKind.REFUND: {
        "amount_cents": "refund__amount_cents",
        "posted_on": "refund__refunded_on",
        "payment": "refund__payment",
        "member": "payment__member",
    },
    EntryKind.PAYOUT: {
        "amount_cents": "payout__refund__amount_cents",
        "posted_on": "payout__paid_on",
        "member": "payout__refund__payment__member",
    },
    EntryKind.REVERSAL: {
        "amount_cents": "reversal__reverses__amount_cents",
        "posted_on": "reversal__reversed_on",
        "debit": "reversal__reverses__credit",
        "credit": "reversal__reverses__debit",
        "member": "reversal__reverses__member",
    },
}
ADJUSTED = {
    "amount_cents": "adjustment__amount_cents",
    "posted_on": "adjustment__adjusted_on",
    "invoice": "adjustment__invoice",
    "member": "invoice__member",
    "kind": "adjustment__kind",
}
# So many entries that differ are named; whoever has more mends those first.
MOST_NAMED = 500
AGREE |= dict.fromkeys((EntryKind.BANK_CHARGE, EntryKind.WAIVER, EntryKind.WRITE_OFF), ADJUSTED)


def prove_entries(proof: Proof) -> None:
    """Every document has its entry, every entry its document, and both agree."""
    prove_accounts(proof)
    prove_documents(proof)
    for kind, facts in AGREE.items():
        rows = Entry.objects.filter(kind=kind).order_by()
        said = {mine: F(theirs) for mine, theirs in facts.items()}
        # Large books are read once a kind; which fact differs is asked only of what does.
        odd = list(rows.exclude(**said).values_list("pk", flat=True)[:MOST_NAMED])
        for mine, theirs in facts.items() if odd else ():
            differing = rows.filter(pk__in=odd).exclude(**{mine: F(theirs)})
            proof.add("entry_differs", differs(differing, mine, theirs))
    prove_reversals(proof)


def prove_accounts(proof: Proof) -> None:
    """Each kind moves money between its two accounts, a positive amount of it."""
    well = Q(kind=EntryKind.REVERSAL, reversal__isnull=False)
    for kind, (debit, credit) in ACCOUNTS_OF.items():
        well |= Q(kind=kind, debit=debit, credit=credit, **{f"{DOCUMENT_OF[kind]}__isnull": False})
    for entry in Entry.objects.exclude(well, amount_cents__gt=0).order_by("pk").iterator():
        words = _("Entry %(entry)s (%(kind)s) does not fit its kind: %(debit)s, %(credit)s.")
        facts = {"kind": entry.kind, "debit": entry.debit, "credit": entry.credit}
        proof.add("accounts", [words % {"entry": entry.pk, **facts}])


def prove_documents(proof: Proof) -> None:
    """No document without its entry, and none with two."""
    posted = Entry.objects.filter(kind=EntryKind.INVOICE, invoice=OuterRef("pk"))
    proof.add("no_entry", unposted(Invoice.objects.filter(~Exists(posted))))
    booked = Entry.objects.filter(kind=EntryKind.PAYMENT, payment=OuterRef("pk"))
    proof.add("no_entry", unposted(Payment.objects.filter(~Exists(booked))))
    for model in NAMED:
        rows: QuerySet[Any] = model._default_manager.filter(entry__isnull=True)  # noqa: SLF001 Django's own door
        proof.add("no_entry", unposted(rows))
    for kind, name in ((EntryKind.INVOICE, "invoice"), (EntryKind.PAYMENT, "payment")):
        twins = Entry.objects.filter(kind=kind, pk__lt=OuterRef("pk"), **{name: OuterRef(name)})
        again = Entry.objects.filter(Exists(twins), kind=kind).order_by("pk")
        proof.add("two_entries", doubled(again))


def prove_reversals(proof: Proof) -> None:
    """A reversal stands opposite one entry, on the same invoice and payment, and not before it."""
    rows = Entry.objects.filter(kind=EntryKind.REVERSAL).select_related("reversal__reverses")
    reversed_ = "reversal__reverses"
    odd = rows.filter(
        Q(posted_on__lt=F(f"{reversed_}__posted_on"))
        | Q(**{f"{reversed_}__kind": EntryKind.REVERSAL})
        | ~same("invoice", f"{reversed_}__invoice")
        | ~same("payment", f"{reversed_}__payment")
    )
    proof.add(
        "reversal",
        (
            _("Reversal entry %(entry)s does not stand opposite entry %(other)s.")
            % {"entry": entry.pk, "other": entry.reversal.reverses_id if entry.reversal else "?"}
            for entry in odd.order_by("pk").iterator()
        ),
    )


def same(mine: str, theirs: str) -> Q:
    """Both name the same row, or neither names one."""
    return Q(**{mine: F(theirs)}) | Q(**{f"{mine}__isnull": True, f"{theirs}__isnull": True})


def differs(rows: QuerySet[Entry], mine: str, theirs: str) -> Iterator[str]:
    """Sentences about entries that say something else than their document."""
    for pk, kind, cents in rows.values_list("pk", "kind", "amount_cents").iterator():
        words = _("Entry %(entry)s (%(kind)s, %(amount)s): %(mine)s is not what %(theirs)s says.")
        facts = {"entry": pk, "kind": kind, "amount": display(cents)}
        yield words % {**facts, "mine": mine, "theirs": theirs.replace("__", ".")}


def unposted(rows: QuerySet[Any]) -> Iterator[str]:
    """Sentences about documents without an entry."""
    for row in rows.order_by("pk").iterator():
        name = row._meta.verbose_name  # noqa: SLF001 Django's documented door
        words = _("%(kind)s %(row)s (key %(key)s) was never posted: it has no entry.")
        yield words % {"kind": str(name).capitalize(), "row": row, "key": row.pk}


def doubled(rows: QuerySet[Entry]) -> Iterator[str]:
    """Sentences about documents that were posted twice."""
    for entry in rows.iterator():
        words = _("Entry %(entry)s posts the same %(kind)s a second time.")
        yield words % {"entry": entry.pk, "kind": entry.get_kind_display()}
