"""Who works with the organisation: partners and their memoranda, regional offices, advisers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.meetings import AgendaItem, Precision
from events.models.resolutions import Resolution
from members.models import Member
from wego import reader
from wego.records import Recorded


class AbstractFiled(models.Model):
    """A row that may carry one file of the private store, proved by its SHA-256."""

    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_path = models.CharField(_("path"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)

    class Meta:
        abstract = True


class Partner(models.Model):
    """A body the organisation works with; it may be a member too (R31)."""

    name_en = models.CharField(_("name in English"), max_length=200)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partnerships",
        verbose_name=_("also a member"),
    )
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("name_en", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name_en"], name="one_partner_per_name")
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class PartnerMemorandum(Recorded, AbstractFiled):
    """A memorandum of understanding (R31); days that nobody knows stay empty.

    One that is renewed has a successor and reminds of nothing any more.
    """

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="memoranda", verbose_name=_("partner")
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    signatories = models.TextField(_("signatories"), blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_why = models.CharField(_("why ended"), max_length=300, blank=True)
    renews = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewed_by",
        verbose_name=_("renews"),
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("memorandum of understanding")
        verbose_name_plural = _("memoranda of understanding")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(expires_on__gt=F("signed_on")),
                name="memorandum_expires_after_it_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""),
                name="memorandum_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)


class OfficeState(models.TextChoices):
    """What became of a regional office (R30, P8)."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    OPENED = "opened", pgettext_lazy("regional office", "Open")
    RENEWED = "renewed", _("Renewed")
    MOVED = "moved", _("Moved")
    CLOSED = "closed", pgettext_lazy("regional office", "Closed")
    REVOKED = "revoked", _("Decision taken back")


# What may be put to a body, and what then follows.
PROPOSABLE = (OfficeState.APPROVED, OfficeState.RENEWED, OfficeState.MOVED, OfficeState.CLOSED)


class RegionalOffice(models.Model):
    """An office for a region; who hosts it, until when, is what its last stage says."""

    name_en = models.CharField(_("region in English"), max_length=120, unique=True)
    name_ko = models.CharField(_("region in Korean"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("regional office")
        verbose_name_plural = _("regional offices")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class OfficeStage(Recorded, AbstractFiled):
    """One step in the life of a regional office; a mistake is answered by another step.

    `host` is the member city, `place` the host as a source names it where it is no member.
    `happened_on` stays empty where nobody knows the day; the file is the agreement.
    """

    office = models.ForeignKey(
        RegionalOffice, models.PROTECT, related_name="stages", verbose_name=_("regional office")
    )
    state = models.CharField(_("state"), max_length=10, choices=OfficeState.choices)
    happened_on = models.DateField(_("on"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    host = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="office_stages",
        verbose_name=_("host"),
    )
    place = models.CharField(_("host as told"), max_length=200, blank=True)
    term_from = models.DateField(_("agreement from"), null=True, blank=True)
    term_until = models.DateField(_("agreement until"), null=True, blank=True)
    proposes = models.CharField(
        _("proposes"), max_length=10, choices=OfficeState.choices, blank=True
    )
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="office_stages",
        verbose_name=_("agenda item"),
    )
    resolution = models.ForeignKey(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="office_stages",
        verbose_name=_("resolution"),
    )
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("step of a regional office")
        verbose_name_plural = _("steps of regional offices")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=OfficeState.values), name="known_office_state"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", proposes__in=PROPOSABLE)
                | ~Q(state="proposed") & Q(proposes=""),
                name="office_proposal_says_what",
            ),
            models.CheckConstraint(
                condition=Q(term_until__isnull=True) | Q(term_until__gte=F("term_from")),
                name="office_term_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.get_state_display()}"


class OfficeReport(AbstractFiled):
    """What an office reports of a year, and what EXCOM makes of it (P8); one a year."""

    office = models.ForeignKey(
        RegionalOffice, models.PROTECT, related_name="reports", verbose_name=_("regional office")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    summary = models.TextField(_("report"))
    reported_on = models.DateField(_("reported on"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    assessment = models.TextField(_("assessment"), blank=True)
    assessed_at = models.CharField(_("assessed at"), max_length=120, blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a regional office")
        verbose_name_plural = _("reports of regional offices")
        ordering = ("-year", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year"], name="one_office_report_a_year"),
            models.CheckConstraint(
                condition=Q(assessed_on__isnull=True) | ~Q(assessment=""),
                name="assessment_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.year}"


class Adviser(models.Model):
    """A person of the advisory committee (R34); days that nobody knows stay empty."""

    full_name = models.CharField(_("full name"), max_length=200)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    seen_on = models.DateField(_("known to serve on"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("adviser")
        verbose_name_plural = _("advisory committee")
        ordering = ("full_name", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="adviser_leaves_after_joining",
            )
        ]

    def __str__(self) -> str:
        return reader.choose(self.full_name, self.name_ko)
