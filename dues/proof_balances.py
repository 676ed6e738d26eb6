"""Balances: never below zero on any day, never more credited, booked or moved than there was."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from dues.faults import Proof
from dues.ledger import RECEIVABLE, total_of
from dues.models import (
    Account,
    Allocation,
    BankLine,
    CreditNote,
    Entry,
    EntryKind,
    Invoice,
    Payment,
    PeriodLock,
)
from wego.money import USD, display

# Keys and days on which a running balance lies below zero; one pass over an index.
BELOW_ZERO = """
SELECT DISTINCT about FROM (
  SELECT {about}_id AS about, SUM(SUM(CASE WHEN {plus} = %s THEN amount_cents
    WHEN {minus} = %s THEN -amount_cents ELSE 0 END))
    OVER (PARTITION BY {about}_id ORDER BY posted_on) AS balance
  FROM dues_entry WHERE {about}_id IS NOT NULL GROUP BY {about}_id, posted_on
) AS running WHERE balance < 0 ORDER BY about
"""


def prove_balances(proof: Proof) -> None:
    """Every balance by itself, and all of them together."""
    below = below_zero("invoice", Account.RECEIVABLES, as_debit=True)
    proof.add("invoice_overdrawn", overdrawn(Invoice.objects.filter(pk__in=below)))
    spent = below_zero("payment", Account.CREDIT, as_debit=False)
    proof.add("payment_overdrawn", overdrawn(Payment.objects.filter(pk__in=spent)))
    prove_credit(proof)
    prove_owners(proof)
    prove_lines(proof)
    prove_locks(proof)
    prove_sums(proof)


def below_zero(about: str, account: str, *, as_debit: bool) -> list[int]:
    """Invoices or payments of which on some day more was taken than there was."""
    plus, minus = ("debit", "credit") if as_debit else ("credit", "debit")
    with connection.cursor() as cursor:
        cursor.execute(BELOW_ZERO.format(about=about, plus=plus, minus=minus), [account, account])
        return [row[0] for row in cursor.fetchall()]


def overdrawn(rows: QuerySet[Any]) -> Iterator[str]:
    """Sentences about invoices or payments with less than nothing left."""
    for row in rows.order_by("pk"):
        words = _("More was taken off %(row)s than there was, at least on one day.")
        yield words % {"row": row.number}


def prove_credit(proof: Proof) -> None:
    """Credited at most in full; replaced only when void; one live invoice a member and year."""
    totals = CreditNote.objects.order_by().values("invoice__number", "invoice__amount_cents")
    over = totals.annotate(total=Sum("amount_cents")).filter(total__gt=F("invoice__amount_cents"))
    words = _("%(number)s was credited with %(total)s, more than it was.")
    proof.add(
        "over_credited",
        (
            words % {"number": row["invoice__number"], "total": display(row["total"])}
            for row in over
        ),
    )
    prove_one_live(proof)


def prove_one_live(proof: Proof) -> None:
    """Only what is void is replaced, and a member has one live invoice a year."""
    live = Invoice.objects.live()
    replaced = Invoice.objects.filter(replaces__isnull=False).values("replaces")
    words = _("%(number)s was replaced although it is not void.")
    early = live.filter(pk__in=replaced).values_list("number", flat=True)
    proof.add("replaced_live", (words % {"number": number} for number in early))
    same = {"member": OuterRef("member"), "dues_year": OuterRef("dues_year")}
    again = Invoice.objects.filter(Exists(Invoice.objects.filter(pk__lt=OuterRef("pk"), **same)))
    twins = live.filter(pk__lt=OuterRef("pk"), **same)
    words = _("%(number)s is a second live invoice of its member and year.")
    found = live.filter(pk__in=again.values("pk")).filter(Exists(twins))
    proof.add(
        "two_live",
        (words % {"number": number} for number in found.values_list("number", flat=True)),
    )


def prove_owners(proof: Proof) -> None:
    """A payment settles invoices of its own member, and is not booked before it came."""
    # Duplicates that were merged are few: members are looked up only where two keys differ.
    unlike = Allocation.objects.exclude(invoice__member=F("payment__member")).values("pk")
    rows = Entry.objects.filter(kind=EntryKind.ALLOCATION, allocation__in=unlike).annotate(
        owes=Coalesce("invoice__member__merged_into_id", "invoice__member_id"),
        paid=Coalesce("payment__member__merged_into_id", "payment__member_id"),
    )
    words = _("%(payment)s settles %(invoice)s, an invoice of another member.")
    proof.add(
        "other_member",
        (
            words % {"payment": payment, "invoice": invoice}
            for payment, invoice in rows.exclude(owes=F("paid")).values_list(
                "payment__number", "invoice__number"
            )
        ),
    )
    booked = Entry.objects.filter(kind=EntryKind.PAYMENT).order_by("pk")
    early = booked.filter(posted_on__lt=F("payment__received_on"))
    words = _("%(payment)s was posted before the day on which it was received.")
    proof.add(
        "early",
        (words % {"payment": number} for number in early.values_list("payment__number", flat=True)),
    )


def prove_lines(proof: Proof) -> None:
    """A line of a statement is booked up to its amount, one bank reference once."""
    standing = Entry.objects.standing().filter(kind=EntryKind.PAYMENT)
    used = standing.filter(payment__bank_line__isnull=False).order_by()
    lines = used.values("payment__bank_line").annotate(total=Sum("amount_cents"), n=Count("pk"))
    booked = {row["payment__bank_line"]: (row["total"], row["n"]) for row in lines}
    for line in BankLine.objects.filter(pk__in=booked).iterator():
        total, number = booked[line.pk]
        too_much = total > line.amount if line.currency == USD else number > 1
        if too_much or line.set_aside_on:
            words = _("Line %(line)s of a bank statement is booked with more than it brought.")
            proof.add("line_overused", [words % {"line": line.pk}])
    byhand = standing.filter(payment__bank_line__isnull=True).exclude(payment__bank_reference="")
    same = byhand.order_by().values("payment__bank_reference").annotate(n=Count("pk"))
    proof.add(
        "same_reference",
        (
            _("The bank reference %(reference)s is booked %(number)s times.")
            % {"reference": row["payment__bank_reference"], "number": row["n"]}
            for row in same.filter(n__gt=1)
        ),
    )


def prove_locks(proof: Proof) -> None:
    """Nothing was posted in a period while it was locked."""
    locks = list(PeriodLock.objects.order_by("pk"))
    for lock, following in pairwise([*locks, None]):
        if lock is None or lock.through is None:
            continue
        posted = Q(posted_on__lte=lock.through, recorded_at__gt=lock.recorded_at)
        if following:
            posted &= Q(recorded_at__lt=following.recorded_at)
        words = _("Entry %(entry)s was posted on %(day)s, in a period that was locked.")
        proof.add(
            "locked",
            (
                words % {"entry": pk, "day": day.isoformat()}
                for pk, day in Entry.objects.filter(posted).values_list("pk", "posted_on")
            ),
        )


def prove_sums(proof: Proof) -> None:
    """The receivables are what is open on invoices, and nothing of them lies elsewhere."""
    stray = Entry.objects.filter(
        Q(debit=Account.RECEIVABLES) | Q(credit=Account.RECEIVABLES), invoice__isnull=True
    )
    words = _("Entry %(entry)s moves receivables without naming an invoice.")
    proof.add("stray", (words % {"entry": pk} for pk in stray.values_list("pk", flat=True)))
    proof.counts["entries"] = Entry.objects.count()
    proof.counts["invoices"] = Invoice.objects.count()
    proof.counts["payments"] = Payment.objects.count()
    moved = Entry.objects.order_by().values_list("debit", "credit")
    proof.sums = {str(name): 0 for name in Account.values}
    for debit, credit, cents in moved.annotate(Sum("amount_cents")):
        for account, change in ((debit, cents), (credit, -cents)):
            proof.sums[account] = proof.sums.get(account, 0) + change
    proof.sums["open_invoices"] = total_of(Entry.objects.filter(invoice__isnull=False), RECEIVABLE)
