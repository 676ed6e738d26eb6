"""Organisations: who they are, what they are called, and their dated status."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from members.models.countries import country_name
from members.models.words import level_name, reason_words
from wego import reader
from wego.records import Recorded

ENTRY_ORDER = ("effective_on", "pk")


class Kind(models.TextChoices):
    """The three kinds of member (R1)."""

    CITY = "city", _("City")
    INSTITUTION = "institution", _("Institution")
    COMPANY = "company", _("Company")


class Region(models.TextChoices):
    """Regions as the roster groups them (R32)."""

    ASIA = "asia", _("Asia")
    OCEANIA = "oceania", _("Oceania")
    AMERICAS = "americas", _("Americas")
    EUROPE = "europe", _("Europe")
    MIDDLE_EAST = "middle_east", _("Middle East")
    AFRICA = "africa", _("Africa")


class Status(models.TextChoices):
    """Where a member stands in its life (R3, R4, workflows of leaving)."""

    ASSOCIATE = "associate", _("Associate")
    FULL = "full", _("Full member")
    SUSPENDED = "suspended", _("Suspended")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPELLED = "expelled", _("Expelled")


# Counted on the roster; the other statuses have left it or never stood on it.
ON_ROSTER = (Status.ASSOCIATE, Status.FULL, Status.SUSPENDED)


class Language(models.TextChoices):
    """Languages of pages, letters and invoices."""

    ENGLISH = "en", _("English")
    KOREAN = "ko", _("Korean")


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members, with the date as an argument."""

    def with_status(self, on: dt.date) -> MemberQuerySet:
        """Adds `status` and `status_since`: the latest entry effective on or before `on`."""
        latest = StatusEntry.objects.filter(member=OuterRef("pk"), effective_on__lte=on).order_by(
            *(f"-{field}" for field in ENTRY_ORDER)
        )
        return self.annotate(
            status=Subquery(latest.values("status")[:1]),
            status_since=Subquery(latest.values("effective_on")[:1]),
        )

    def standing_alone(self) -> MemberQuerySet:
        """Without those that were merged into another as its duplicate."""
        return self.filter(merged_into__isnull=True)

    def on_roster(self, on: dt.date) -> MemberQuerySet:
        """Those who are associate, full or suspended on the date (R32)."""
        return self.standing_alone().with_status(on).filter(Q(("status__in", ON_ROSTER)))


class Member(models.Model):
    """An organisation: a city (or province, district …), an institution or a company.

    Nested territories are members of their own (C22): `level` says what the organisation is.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=12, choices=Region.choices)
    is_capital = models.BooleanField(_("capital, as printed"), default=False)
    level = models.CharField(_("level"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    language = models.CharField(
        _("language of letters and invoices"),
        max_length=2,
        choices=Language.choices,
        default=Language.ENGLISH,
    )
    status_confirmed = models.BooleanField(_("status confirmed"), default=True)
    name_confidence = models.CharField(_("confidence of the name"), max_length=10, blank=True)
    website = models.URLField(_("website"), blank=True)
    in_directory = models.BooleanField(_("shown in the public directory"), default=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("name_en", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "country_code", "name_en"],
                condition=Q(merged_into__isnull=True),
                name="one_member_per_name",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="known_kind"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="known_region"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)

    @property
    def country(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country_code, reader.language())

    @property
    def level_name(self) -> str:
        """What the organisation is, in the reader's language."""
        return level_name(self.level)


class MemberName(models.Model):
    """Another name of a member: an earlier one with its dates (X10), or a spelling seen (C19)."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="other_names", verbose_name=_("member")
    )
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    used_from = models.DateField(_("used from"), null=True, blank=True)
    used_until = models.DateField(_("used until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name_en="") | ~Q(name_ko=""), name="other_name_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(used_from__isnull=True)
                | Q(used_until__isnull=True)
                | Q(used_until__gte=models.F("used_from")),
                name="other_name_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_ko


class StatusEntry(Recorded):
    """One dated line of a member's life; append-only, the status of a date is computed from it."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="status_entries", verbose_name=_("member")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.CharField(_("reason"), max_length=300)
    decision_item = models.ForeignKey(
        "members.DecisionItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_entries",
        verbose_name=_("decision"),
    )

    class Meta:
        verbose_name = _("status entry")
        verbose_name_plural = _("status history")
        ordering = ENTRY_ORDER
        indexes: ClassVar = [models.Index(fields=["member", "effective_on", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="known_status")
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.effective_on:%Y-%m-%d}"

    @property
    def shown_reason(self) -> str:
        """The reason, in the reader's language where the house wrote it itself."""
        return reason_words(self.reason)


class ContactRole(models.TextChoices):
    """For what the secretariat writes to a contact."""

    HEAD = "head", _("Head of the organisation")
    LIAISON = "liaison", _("Liaison officer")
    FINANCE = "finance", _("Finance contact")


class Contact(models.Model):
    """Whom the secretariat writes to at a member; a contact need not sign in."""

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="contacts", verbose_name=_("member")
    )
    role = models.CharField(_("for"), max_length=12, choices=ContactRole.choices)
    full_name = models.CharField(_("full name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("role", "full_name", "pk")

    def __str__(self) -> str:
        return f"{self.full_name} ({self.get_role_display()})"
