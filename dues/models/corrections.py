"""What lowers an invoice without touching it: credit notes, charges, waivers, write-offs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.invoices import Invoice
from members.models import DecisionItem, Member
from wego.records import Recorded


class CreditKind(models.TextChoices):
    """Why an invoice is credited."""

    VOID = "void", _("Void: the invoice was wrong")
    REDUCTION = "reduction", _("Reduction by decision")


class AdjustmentKind(models.TextChoices):
    """What closes the rest of an invoice without money."""

    BANK_CHARGE = "bank_charge", _("Bank charge")
    WAIVER = "waiver", _("Waiver")
    WRITE_OFF = "write_off", _("Write-off")


BY_DECISION = (AdjustmentKind.WAIVER, AdjustmentKind.WRITE_OFF)


class Decided(models.Model):
    """The recorded decision something rests on (S17): its day, its body, its reference."""

    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    decision_reference = models.CharField(
        _("reference of the decision"), max_length=320, blank=True
    )

    class Meta:
        abstract = True


def is_decided() -> Q:
    """What a row has that rests on a decision."""
    return Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(decision_reference="")


class CreditNote(Recorded, Decided):
    """Takes back an invoice or part of it, with a number of its own; never changed (X04)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    year = models.PositiveSmallIntegerField(_("year of the number"))
    sequence = models.PositiveIntegerField(_("place in the year's series"))
    kind = models.CharField(_("kind"), max_length=10, choices=CreditKind.choices)
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="credit_notes", verbose_name=_("invoice")
    )
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    issued_on = models.DateField(_("issued on"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("credit note")
        verbose_name_plural = _("credit notes")
        ordering = ("-year", "-sequence")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="credit_note_amount_positive"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="credit_note_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="credit_note_says_why"),
            models.CheckConstraint(
                condition=Q(kind=CreditKind.VOID) | Q(kind=CreditKind.REDUCTION) & is_decided(),
                name="reduction_by_decision",
            ),
            models.UniqueConstraint(
                fields=["year", "sequence"], name="one_credit_note_per_place_in_series"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Adjustment(Recorded, Decided):
    """Closes (part of) the rest of an invoice: bank charge, waiver or write-off (S17, S21)."""

    kind = models.CharField(_("kind"), max_length=12, choices=AdjustmentKind.choices)
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="adjustments", verbose_name=_("invoice")
    )
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    adjusted_on = models.DateField(_("closed on"))
    reason = models.TextField(_("reason"))
    decision_item = models.ForeignKey(
        DecisionItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adjustments",
        verbose_name=_("decision"),
    )

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="adjustment_amount_positive"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_says_why"),
            models.CheckConstraint(
                condition=Q(kind=AdjustmentKind.BANK_CHARGE)
                | Q(kind__in=BY_DECISION) & is_decided(),
                name="waived_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.invoice}"


class Reduction(Recorded, Decided):
    """Lower dues of a member for some years by decision (S17): an amount or per cent a year.

    Printed as its own line on invoices issued from then on; taking it back changes no issued one.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="reductions", verbose_name=_("member")
    )
    first_year = models.PositiveSmallIntegerField(_("first dues year"))
    last_year = models.PositiveSmallIntegerField(_("last dues year"))
    amount_cents = models.BigIntegerField(_("amount a year (US cents)"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("per cent"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    ended_on = models.DateField(_("taken back on"), null=True, blank=True)
    ended_why = models.TextField(_("why taken back"), blank=True)

    class Meta:
        verbose_name = _("reduction")
        verbose_name_plural = _("reductions")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0, percent__isnull=True)
                | Q(amount_cents__isnull=True, percent__gte=1, percent__lte=100),
                name="reduction_amount_or_percent",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=models.F("first_year")), name="reduction_years_in_order"
            ),
            models.CheckConstraint(condition=is_decided(), name="reduction_decided"),
            models.CheckConstraint(condition=~Q(reason=""), name="reduction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.first_year}-{self.last_year}"
