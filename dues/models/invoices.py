"""Numbered invoices, the runs that issued them, their documents, and what is printed on them."""

from __future__ import annotations

from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dues.models.schedules import FeeSchedule
from members.models import Member


class InvoiceSeries(models.Model):
    """The counter of a dues year's numbers; its row is the lock under which a year is issued."""

    year = models.PositiveSmallIntegerField(_("dues year"), primary_key=True)
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


class DuesRun(models.Model):
    """One act of issuing invoices for a dues year; never changes."""

    dues_year = models.PositiveSmallIntegerField(_("dues year"))
    issued_on = models.DateField(_("issue day"))
    due_on = models.DateField(_("due day"))
    preview_hash = models.CharField(_("hash of the preview"), max_length=64)
    invoice_count = models.PositiveIntegerField(_("invoices"))
    total_cents = models.BigIntegerField(_("total (US cents)"))
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )

    class Meta:
        verbose_name = _("dues run")
        verbose_name_plural = _("dues runs")
        ordering = ("-dues_year", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="run_due_after_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dues_year}: {self.invoice_count}"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Questions about invoices."""

    def with_credited(self) -> InvoiceQuerySet:
        """Adds `credited_cents`: what of each was taken back by credit notes."""
        notes = apps.get_model("dues", "CreditNote").objects.filter(invoice=OuterRef("pk"))
        total = notes.order_by().values("invoice").annotate(total=Sum("amount_cents"))
        added = {"credited_cents": Coalesce(Subquery(total.values("total")), 0)}
        return self.annotate(**added)

    def live(self) -> InvoiceQuerySet:
        """Those that stand: not credited in full (X04)."""
        return self.with_credited().filter(Q(("credited_cents__lt", F("amount_cents"))))


class Invoice(models.Model):
    """Dues of one member for one year, issued: numbered, and never changed again.

    `snapshot` holds every printed fact and the whole pricing, so the invoice explains itself and
    prints the same for ever, whatever becomes of the member, the figures or the schedule. One that
    was voided is replaced by at most one other, so a member has one live invoice a year.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    dues_year = models.PositiveSmallIntegerField(_("dues year"))
    sequence = models.PositiveIntegerField(_("place in the year's series"))
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="invoices", verbose_name=_("member")
    )
    run = models.ForeignKey(DuesRun, models.PROTECT, related_name="invoices", verbose_name=_("run"))
    schedule = models.ForeignKey(
        FeeSchedule, models.PROTECT, related_name="invoices", verbose_name=_("fee schedule")
    )
    amount_cents = models.BigIntegerField(_("amount (US cents)"))
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("payment reference"), max_length=25, unique=True)
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("instead of"),
    )
    snapshot = models.JSONField(_("printed facts"))

    # Added by queries: what is left to pay, and what became of the rest (US cents).
    open_cents: int
    credited_cents: int
    paid_cents: int
    waived_cents: int
    written_off_cents: int

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ("-dues_year", "sequence")
        indexes: ClassVar = [
            # As they are listed: without it all are sorted, each with its sums, to show a page.
            models.Index(fields=["-dues_year", "sequence"], name="invoices_as_listed"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "dues_year"],
                condition=Q(replaces__isnull=True),
                name="one_live_invoice_per_member_and_year",
            ),
            models.UniqueConstraint(
                fields=["dues_year", "sequence"], name="one_invoice_per_place_in_series"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="invoice_sequence_from_one"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="invoice_amount_positive"),
            models.CheckConstraint(condition=Q(currency="USD"), name="invoice_currency_set"),
            models.CheckConstraint(condition=~Q(number=""), name="invoice_numbered"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="invoice_due_after_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceDocument(models.Model):
    """The PDF of an invoice as it was stored, once; its bytes are proved by their SHA-256."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="document")
    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    renderer = models.CharField(_("renderer"), max_length=60)
    rendered_at = models.DateTimeField(_("rendered"), auto_now_add=True)

    class Meta:
        verbose_name = _("invoice document")
        verbose_name_plural = _("invoice documents")

    def __str__(self) -> str:
        return self.path


class ParkedDocument(models.Model):
    """An invoice whose PDF could not be made; it waits here for a retry and stops nobody else."""

    invoice = models.OneToOneField(Invoice, models.CASCADE, related_name="parked")
    reason = models.TextField(_("reason"))
    parked_at = models.DateTimeField(_("parked"), auto_now_add=True)

    class Meta:
        verbose_name = _("parked document")
        verbose_name_plural = _("parked documents")

    def __str__(self) -> str:
        return self.reason


class IssuerProfile(models.Model):
    """What the secretariat prints on its invoices, and the calendar of its dues year (S7).

    There is one row; an invoice keeps a copy of what was printed.
    """

    name_en = models.CharField(
        _("name in English"), max_length=120, default="World Smart Sustainable Cities Organization"
    )
    name_ko = models.CharField(_("name in Korean"), max_length=120, default="세계스마트시티기구")
    address_en = models.TextField(
        _("address in English"),
        default=(
            "WeGO Secretariat\n7F, Seoul Global Center, 38 Jongno, Jongno-gu\n"
            "Seoul 03188, Republic of Korea"
        ),
    )
    address_ko = models.TextField(
        _("address in Korean"),
        default="WeGO 사무국\n03188 서울특별시 종로구 종로 38\n서울글로벌센터 7층",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=100, blank=True, default="we-gov.org")
    beneficiary = models.CharField(_("account holder"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=120, blank=True)
    bank_address = models.CharField(_("bank address"), max_length=200, blank=True)
    bank_account = models.CharField(_("account number"), max_length=60, blank=True)
    bank_swift = models.CharField(_("SWIFT/BIC"), max_length=11, blank=True)
    note = models.CharField(
        _("line at the foot of the invoice"),
        max_length=300,
        blank=True,
        help_text=_("For example a sentence on tax (S22). Printed as it stands."),
    )
    issue_month = models.PositiveSmallIntegerField(_("issue month"), default=1)
    issue_day = models.PositiveSmallIntegerField(_("issue day"), default=15)
    due_month = models.PositiveSmallIntegerField(_("due month"), default=3)
    due_day = models.PositiveSmallIntegerField(_("due day"), default=31)
    is_demo = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Prints on every invoice that it is a demonstration and not payable."),
    )

    class Meta:
        verbose_name = _("invoice settings")
        verbose_name_plural = _("invoice settings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="one_issuer_profile")
        ]

    def __str__(self) -> str:
        return self.name_en
