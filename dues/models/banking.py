"""What the bank said: statements as they were read, and their lines."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BankStatement(models.Model):
    """One statement of an imported file; amounts in the smallest unit of its currency."""

    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64)
    format = models.CharField(_("format"), max_length=20)
    account = models.CharField(_("account"), max_length=60, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("statement"), max_length=80, blank=True)
    opened_on = models.DateField(_("from"), null=True)
    closed_on = models.DateField(_("to"), null=True)
    opening_amount = models.BigIntegerField(_("opening balance"), null=True)
    closing_amount = models.BigIntegerField(_("closing balance"), null=True)
    warnings = models.JSONField(_("warnings"), default=list)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.account} {self.reference}".strip() or self.file_name


class BankLine(models.Model):
    """One line of a statement, known by what it says, so that a second import adds nothing (X08).

    `amount` is signed, credits positive, in the smallest unit of the currency. A line that is none
    of our business is set aside with a reason; the rest waits until payments or payouts use it up.
    """

    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="lines", verbose_name=_("statement")
    )
    position = models.PositiveIntegerField(_("place in the statement"))
    identity = models.CharField(_("identity"), max_length=64, unique=True)
    booked_on = models.DateField(_("booked on"))
    value_on = models.DateField(_("value date"), null=True)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    is_reversal = models.BooleanField(_("reversal by the bank"), default=False)
    party = models.CharField(_("name"), max_length=200, blank=True)
    party_account = models.CharField(_("account of the other side"), max_length=60, blank=True)
    bank_reference = models.CharField(_("bank reference"), max_length=140, blank=True)
    end_to_end = models.CharField(_("end-to-end reference"), max_length=140, blank=True)
    creditor_reference = models.CharField(_("creditor reference"), max_length=40, blank=True)
    text = models.TextField(_("text"), blank=True)
    original = models.CharField(_("original amount and rate"), max_length=200, blank=True)
    set_aside_on = models.DateField(_("set aside on"), null=True, blank=True)
    set_aside_why = models.CharField(_("why set aside"), max_length=300, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set aside by"),
    )

    # Added by a query: what of it standing payments have booked (US cents).
    used_cents: int

    class Meta:
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of bank statements")
        ordering = ("-booked_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(set_aside_on__isnull=True, set_aside_why="")
                | Q(set_aside_on__isnull=False) & ~Q(set_aside_why=""),
                name="set_aside_with_reason",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["booked_on"], name="bank_lines_by_day")]

    def __str__(self) -> str:
        return f"{self.booked_on:%Y-%m-%d} {self.party}".strip()
