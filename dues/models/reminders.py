"""What was written to members about their invoices and payments: each once, and kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.invoices import Invoice
from dues.models.papers import Paper
from dues.models.payments import Payment
from members.models import Member
from wego.records import Recorded


class Receipt(models.Model):
    """The receipt of a payment: the paper that says what arrived and what it settled (X05)."""

    payment = models.OneToOneField(
        Payment, models.PROTECT, related_name="receipt", verbose_name=_("payment")
    )
    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="receipt", verbose_name=_("paper")
    )

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.payment)


class InvoiceMailing(models.Model):
    """That an issued invoice was mailed with its PDF; once."""

    invoice = models.OneToOneField(
        Invoice, models.PROTECT, related_name="mailing", verbose_name=_("invoice")
    )
    to_email = models.EmailField(_("to"), blank=True)
    mailed_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("mailed invoice")
        verbose_name_plural = _("mailed invoices")

    def __str__(self) -> str:
        return f"{self.invoice}: {self.to_email}"


class ReminderKind(models.TextChoices):
    """How pressing it is."""

    NOTICE = "notice", _("Notice")
    REMINDER = "reminder", _("Reminder")
    LETTER = "letter", _("Letter of the Secretary General")


class Reminder(Recorded):
    """One step of the schedule, taken for one invoice (S8); never taken twice.

    `days` is the step, counted from the due day. `amount_cents` is what was open.
    """

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="reminders", verbose_name=_("invoice")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReminderKind.choices)
    days = models.SmallIntegerField(_("days from the due day"))
    sent_on = models.DateField(_("sent on"))
    amount_cents = models.BigIntegerField(_("open amount (US cents)"))
    to_email = models.EmailField(_("to"))
    paper = models.OneToOneField(
        Paper, models.PROTECT, null=True, related_name="reminder", verbose_name=_("letter")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invoice", "days"],
                condition=~Q(kind="letter"),
                name="one_reminder_per_invoice_and_step",
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(kind="letter"), name="one_letter_per_invoice"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReminderKind.values), name="known_reminder_kind"
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="reminder_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_kind_display()}"


class ReminderPause(Recorded):
    """That a member is not reminded before a day; the newest row of a member holds."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="reminder_pauses", verbose_name=_("member")
    )
    until = models.DateField(_("reminded again from"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("pause of reminders")
        verbose_name_plural = _("pauses of reminders")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="pause_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.until:%Y-%m-%d}"
