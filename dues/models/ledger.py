"""The receivables ledger: append-only, in integer cents, balanced by construction.

An entry moves one positive amount from one account to another, so debit always equals credit. Each
belongs to exactly one document, and the database holds both. No balance is stored anywhere.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dues.models.corrections import Adjustment, CreditNote
from dues.models.invoices import Invoice
from dues.models.payments import Allocation, Payment, Payout, Refund
from members.models import Member
from wego.records import Recorded


class Account(models.TextChoices):
    """The accounts money moves between."""

    BANK = "bank", _("Bank")
    RECEIVABLES = "receivables", _("Receivables")
    CREDIT = "credit", _("Credit on account")
    REFUNDS = "refunds", _("Refunds to pay out")
    INCOME = "income", _("Dues income")
    BANK_CHARGES = "bank_charges", _("Bank charges")
    WAIVERS = "waivers", _("Waivers")
    WRITE_OFFS = "write_offs", _("Write-offs")


class EntryKind(models.TextChoices):
    """The document an entry belongs to."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    PAYMENT = "payment", _("Payment")
    ALLOCATION = "allocation", _("Allocation")
    BANK_CHARGE = "bank_charge", _("Bank charge")
    WAIVER = "waiver", _("Waiver")
    WRITE_OFF = "write_off", _("Write-off")
    REFUND = "refund", _("Refund")
    PAYOUT = "payout", _("Payout of a refund")
    REVERSAL = "reversal", _("Reversal")


# Debit and credit of every kind of document but a reversal, which turns round what it reverses.
ACCOUNTS_OF: dict[str, tuple[str, str]] = {
    EntryKind.INVOICE: (Account.RECEIVABLES, Account.INCOME),
    EntryKind.CREDIT_NOTE: (Account.INCOME, Account.RECEIVABLES),
    EntryKind.PAYMENT: (Account.BANK, Account.CREDIT),
    EntryKind.ALLOCATION: (Account.CREDIT, Account.RECEIVABLES),
    EntryKind.BANK_CHARGE: (Account.BANK_CHARGES, Account.RECEIVABLES),
    EntryKind.WAIVER: (Account.WAIVERS, Account.RECEIVABLES),
    EntryKind.WRITE_OFF: (Account.WRITE_OFFS, Account.RECEIVABLES),
    EntryKind.REFUND: (Account.CREDIT, Account.REFUNDS),
    EntryKind.PAYOUT: (Account.REFUNDS, Account.BANK),
}
# Which column names the document of a kind.
DOCUMENT_OF: dict[str, str] = {
    EntryKind.INVOICE: "invoice",
    EntryKind.CREDIT_NOTE: "credit_note",
    EntryKind.PAYMENT: "payment",
    EntryKind.ALLOCATION: "allocation",
    EntryKind.BANK_CHARGE: "adjustment",
    EntryKind.WAIVER: "adjustment",
    EntryKind.WRITE_OFF: "adjustment",
    EntryKind.REFUND: "refund",
    EntryKind.PAYOUT: "payout",
    EntryKind.REVERSAL: "reversal",
}
# Documents that only this entry names; an invoice and a payment are named by others as well.
OWN_DOCUMENTS = ("credit_note", "allocation", "adjustment", "refund", "payout", "reversal")


def is_well_formed() -> Q:
    """What holds for every entry: its kind has these accounts and names this one document."""
    found = Q()
    for kind, document in DOCUMENT_OF.items():
        named = {f"{each}__isnull": each != document for each in OWN_DOCUMENTS}
        accounts = ACCOUNTS_OF.get(kind)
        fixed = {"debit": accounts[0], "credit": accounts[1]} if accounts else {}
        about = dict.fromkeys(dimensions_of(kind), False)
        found |= Q(kind=kind, **fixed, **named, **about)
    return found


def dimensions_of(kind: str) -> list[str]:
    """What must be set: the invoice whose receivable moves, the payment whose credit does."""
    accounts = ACCOUNTS_OF.get(kind, ())
    wanted = {"invoice": Account.RECEIVABLES, "payment": Account.CREDIT}
    return [f"{name}__isnull" for name, account in wanted.items() if account in accounts]


class Reversal(Recorded):
    """A mistake answered by the opposite entry; what was reversed stays as it was."""

    reverses = models.OneToOneField(
        "Entry", models.PROTECT, related_name="reversal_of", verbose_name=_("reverses")
    )
    reversed_on = models.DateField(_("reversed on"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.reversed_on:%Y-%m-%d}: {self.reason}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about entries."""

    def standing(self) -> EntryQuerySet:
        """What holds: neither a reversal nor reversed by one."""
        return self.filter(reversal_of__isnull=True).exclude(kind=EntryKind.REVERSAL)


class Entry(Recorded):
    """One movement of money, in US cents, posted on a Seoul calendar date; never changed.

    `invoice` is the receivable that moves, `payment` the credit on account that does. The member is
    the invoice's, or the payment's where no invoice is concerned.
    """

    kind = models.CharField(_("document"), max_length=12, choices=EntryKind.choices)
    posted_on = models.DateField(_("posted on"))
    debit = models.CharField(_("debit"), max_length=12, choices=Account.choices)
    credit = models.CharField(_("credit"), max_length=12, choices=Account.choices)
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="entries", verbose_name=_("member")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, related_name="entries", verbose_name=_("invoice")
    )
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, related_name="entries", verbose_name=_("payment")
    )
    credit_note = models.OneToOneField(
        CreditNote, models.PROTECT, null=True, related_name="entry", verbose_name=_("credit note")
    )
    allocation = models.OneToOneField(
        Allocation, models.PROTECT, null=True, related_name="entry", verbose_name=_("allocation")
    )
    adjustment = models.OneToOneField(
        Adjustment, models.PROTECT, null=True, related_name="entry", verbose_name=_("adjustment")
    )
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, related_name="entry", verbose_name=_("refund")
    )
    payout = models.OneToOneField(
        Payout, models.PROTECT, null=True, related_name="entry", verbose_name=_("payout")
    )
    reversal = models.OneToOneField(
        Reversal, models.PROTECT, null=True, related_name="entry", verbose_name=_("reversal")
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("posted_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="entry_moves_money"),
            models.CheckConstraint(
                condition=Q(debit__in=Account.values, credit__in=Account.values),
                name="known_accounts",
            ),
            models.CheckConstraint(condition=is_well_formed(), name="entry_of_its_document"),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(kind="invoice"), name="one_entry_per_invoice"
            ),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(kind="payment"), name="one_entry_per_payment"
            ),
        ]
        indexes: ClassVar = [
            # With what a sum needs, so that what is open is read from the index alone.
            models.Index(
                fields=["invoice", "posted_on", "debit", "credit", "amount_cents"],
                name="receivables_of_invoice",
            ),
            models.Index(
                fields=["debit", "credit", "posted_on", "amount_cents"], name="balances_by_day"
            ),
            models.Index(fields=["recorded_at"], name="entries_by_moment"),
            models.Index(fields=["payment", "posted_on"], name="entries_of_payment"),
            models.Index(fields=["member", "posted_on"], name="entries_of_member"),
            models.Index(fields=["posted_on", "id"], name="entries_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.posted_on:%Y-%m-%d} {self.debit}/{self.credit} {self.amount_cents}"


class PeriodLock(Recorded):
    """Through which day nothing is posted any more; the newest row holds, an unlock is one too."""

    through = models.DateField(_("locked through"), null=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("period lock")
        verbose_name_plural = _("period locks")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="lock_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.through:%Y-%m-%d}" if self.through else ""


class Series(models.TextChoices):
    """What is numbered without gaps beside the invoices."""

    RECEIPT = "receipt", _("Receipts")
    CREDIT_NOTE = "credit_note", _("Credit notes")


class NumberSeries(models.Model):
    """The counter of a kind of document in a year; its row is the lock under which it is given."""

    kind = models.CharField(_("kind"), max_length=12, choices=Series.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("series of document numbers")
        verbose_name_plural = _("series of document numbers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year"], name="one_series_per_kind_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last_number}"
