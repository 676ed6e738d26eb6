"""Payment plans (S18), and members' own word that they have paid."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.invoices import Invoice
from dues.models.payments import Payment
from members.models import Member
from wego.records import Recorded


class PaymentPlan(Recorded):
    """Dates and amounts in which a member pays the rest of some invoices; a missed date ends it."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="payment_plans", verbose_name=_("member")
    )
    agreed_on = models.DateField(_("agreed on"))
    reason = models.TextField(_("reason"))
    invoices = models.ManyToManyField(Invoice, related_name="plans", verbose_name=_("invoices"))

    class Meta:
        verbose_name = _("payment plan")
        verbose_name_plural = _("payment plans")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="plan_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.agreed_on:%Y-%m-%d}"


class PlanInstalment(models.Model):
    """One date of a plan, and what is due by it."""

    plan = models.ForeignKey(
        PaymentPlan, models.PROTECT, related_name="instalments", verbose_name=_("payment plan")
    )
    due_on = models.DateField(_("due on"))
    amount_cents = models.BigIntegerField(_("amount (US cents)"))

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ("due_on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_instalment_per_day"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="instalment_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}"


class PlanEnd(Recorded):
    """A plan that staff ended before its last date."""

    plan = models.OneToOneField(
        PaymentPlan, models.PROTECT, related_name="end", verbose_name=_("payment plan")
    )
    ended_on = models.DateField(_("ended on"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("end of a payment plan")
        verbose_name_plural = _("ends of payment plans")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="plan_end_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.reason}"


class PaymentClaim(models.Model):
    """A member's word that it has paid, with a proof: a task of finance that pauses reminders."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="payment_claims", verbose_name=_("member")
    )
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("invoice"),
    )
    paid_on = models.DateField(_("paid on"))
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    message = models.TextField(_("message"), blank=True)
    file_name = models.CharField(_("proof"), max_length=200, blank=True)
    file_path = models.CharField(_("path"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    claimed_on = models.DateField(_("said on"))
    claimed_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("said by"),
    )
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("payment found"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    class Meta:
        verbose_name = _("announced payment")
        verbose_name_plural = _("announced payments")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="claim_amount_positive")
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.paid_on:%Y-%m-%d}"
