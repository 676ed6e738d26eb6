"""Money that came in, what it was allocated to, and what went back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.banking import BankLine
from dues.models.invoices import Invoice
from members.models import Member
from wego.records import Recorded


class Method(models.TextChoices):
    """How a payment came."""

    BANK = "bank", _("Bank transfer")
    CASH = "cash", _("Cash")
    OTHER = "other", _("Other")


class Payment(Recorded):
    """Money received from a member, at the amount received (X05); numbered as its receipt.

    `amount_cents` is what was credited in US cents. Money in another currency keeps what was sent
    and the note on the rate.
    """

    number = models.CharField(_("receipt number"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year of the number"))
    sequence = models.PositiveIntegerField(_("place in the year's series"))
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="payments", verbose_name=_("member")
    )
    received_on = models.DateField(_("received on"))
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    method = models.CharField(_("way"), max_length=8, choices=Method.choices, default=Method.BANK)
    payer = models.CharField(_("paid by"), max_length=200, blank=True)
    bank_reference = models.CharField(_("bank reference"), max_length=140, blank=True)
    bank_line = models.ForeignKey(
        BankLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("line of a statement"),
    )
    original_currency = models.CharField(_("currency sent"), max_length=3, blank=True)
    original_amount = models.CharField(_("amount sent"), max_length=24, blank=True)
    rate_note = models.CharField(_("note on the rate"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    # Added by a query: what of it is credit on account (US cents).
    left_cents: int

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("-received_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="payment_sequence_from_one"),
            models.CheckConstraint(
                condition=Q(original_currency="", original_amount="")
                | ~Q(original_currency="") & ~Q(original_amount=""),
                name="payment_original_whole",
            ),
            models.UniqueConstraint(
                fields=["year", "sequence"], name="one_payment_per_place_in_series"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "received_on"], name="payments_of_member"),
            models.Index(fields=["received_on"], name="payments_by_day"),
            models.Index(fields=["bank_reference"], name="payments_by_reference"),
        ]

    def __str__(self) -> str:
        return self.number


class Allocation(Recorded):
    """Part of a payment that settles (part of) an invoice; taken back by a reversal."""

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="allocations", verbose_name=_("payment")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="allocations", verbose_name=_("invoice")
    )
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    allocated_on = models.DateField(_("allocated on"))

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="allocation_amount_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment} → {self.invoice}"


class Refund(Recorded):
    """Credit on account that is to go back to the payer, until its payout leaves the bank."""

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="refunds", verbose_name=_("payment")
    )
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    refunded_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"))
    pay_to = models.TextField(_("pay to"), blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.reason}"


class Payout(Recorded):
    """A refund that left the bank."""

    refund = models.ForeignKey(
        Refund, models.PROTECT, related_name="payouts", verbose_name=_("refund")
    )
    paid_on = models.DateField(_("paid on"))
    bank_line = models.ForeignKey(
        BankLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payouts",
        verbose_name=_("line of a statement"),
    )

    class Meta:
        verbose_name = _("payout of a refund")
        verbose_name_plural = _("payouts of refunds")

    def __str__(self) -> str:
        return f"{self.refund}, {self.paid_on:%Y-%m-%d}"
