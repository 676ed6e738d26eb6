"""Applications: from the first line a stranger types to the decision that ends it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.countries import country_name
from members.models.organisations import Kind, Language, Member, Region
from wego import reader
from wego.records import Recorded


class ApplicationState(models.TextChoices):
    """Where an application stands; approval and rejection by a body end it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for completion")
    ACCEPTED = "accepted", _("Accepted, associate")
    APPROVED = "approved", _("Approved, full member")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    LAPSED = "lapsed", _("Lapsed at the end of the year")


# Being worked on: one organisation has at most one of these.
OPEN_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.ACCEPTED,
)


class Application(models.Model):
    """A membership application (R2); everything in it is the applicant's, until accepted.

    `figure_value` is the population in persons of a city, else the number of employees. `contacts`
    holds, by contact role, full_name, position, email and phone. The private link is signed over
    `pk` and `link_version`: nothing in the row opens it.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
    )
    applicant_email = models.EmailField(_("e-mail of the applicant"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    name_local = models.CharField(_("name in the local script"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=12, choices=Region.choices, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    figure_value = models.BigIntegerField(_("population or employees"), null=True, blank=True)
    figure_source = models.CharField(_("source"), max_length=300, blank=True)
    figure_source_year = models.PositiveSmallIntegerField(
        _("year of the source"), null=True, blank=True
    )
    contacts = models.JSONField(_("contacts"), default=dict, blank=True)
    note = models.TextField(_("message to the secretariat"), blank=True)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("member"),
        help_text=_("Set on acceptance; on a readmission the former member."),
    )
    target_excom_year = models.PositiveSmallIntegerField(
        _("goes to the EXCOM of"), null=True, blank=True
    )
    link_version = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    submitted_on = models.DateField(_("submitted"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="known_application_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "approved"]) | Q(member__isnull=False),
                name="accepted_application_has_its_member",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="accepted"),
                name="one_accepted_application_per_member",
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko) or self.reference

    @property
    def country(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country_code, reader.language()) if self.country_code else ""


class ApplicationEntry(Recorded):
    """One step of an application: append-only; the applicant is `recorded_by` nobody."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="entries", verbose_name=_("application")
    )
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState.choices)
    on = models.DateField(_("on"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of an application")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on:%Y-%m-%d}"


class ApplicationFile(models.Model):
    """A file handed in with an application, kept privately; the newest is the one that counts."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="files", verbose_name=_("application")
    )
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=40)
    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of an application")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
