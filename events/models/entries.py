"""What is entered for an award: the entry, its files, and how it was checked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.models.awards import AwardCategory, AwardEdition
from members.models import Language, Member, country_name


class EntryState(models.TextChoices):
    """How far an entry is."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What counts among the entries of a city.
ENTERED = (EntryState.SUBMITTED, EntryState.ELIGIBLE)


class EntrantKind(models.TextChoices):
    """Who enters (P13, P14)."""

    CITY = "city", _("A city or local government")
    ORGANISATION = "organisation", _("An organisation, on behalf of a city")
    INDIVIDUAL = "individual", _("An individual")


class AwardEntry(models.Model):
    """A project entered in one category (P13); whoever holds its private link is the entrant.

    `city_key` and `project_key` are the names as they are compared; `member` is the member the
    city is, if it is one.
    """

    edition = models.ForeignKey(
        AwardEdition, models.PROTECT, related_name="entries", verbose_name=_("edition")
    )
    category = models.ForeignKey(
        AwardCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("category"),
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    state = models.CharField(
        _("state"), max_length=12, choices=EntryState.choices, default=EntryState.DRAFT
    )
    email = models.EmailField(_("e-mail"), db_index=True)
    language = models.CharField(_("language of our mails"), max_length=2, choices=Language.choices)
    link_version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(
        _("who enters"), max_length=12, choices=EntrantKind.choices, default=EntrantKind.CITY
    )
    city = models.CharField(_("city"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_entries",
        verbose_name=_("member"),
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_position = models.CharField(_("position"), max_length=200, blank=True)
    title = models.CharField(_("title of the project"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    challenge = models.TextField(_("challenge"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    results = models.TextField(_("results"), blank=True)
    website = models.URLField(_("website"), blank=True)
    city_key = models.CharField(max_length=220, blank=True)
    project_key = models.CharField(max_length=160, blank=True)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_on = models.DateField(_("submitted"), null=True, blank=True)
    checked_on = models.DateField(_("checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )
    check_reason = models.TextField(_("reason"), blank=True)
    is_finalist = models.BooleanField(_("finalist"), default=False)

    class Meta:
        verbose_name = _("entry for an award")
        verbose_name_plural = _("entries for awards")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="known_award_entry_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EntrantKind.values), name="known_entrant_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[EntryState.DRAFT, EntryState.WITHDRAWN])
                | Q(submitted_on__isnull=False, category__isnull=False) & ~Q(title=""),
                name="a_submitted_entry_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.INELIGIBLE) | ~Q(check_reason=""),
                name="not_eligible_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_finalist=False) | Q(state=EntryState.ELIGIBLE),
                name="a_finalist_is_eligible",
            ),
            models.UniqueConstraint(
                fields=["edition", "city_key", "project_key"],
                condition=Q(state__in=[EntryState.SUBMITTED, EntryState.ELIGIBLE]),
                name="one_category_per_project",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference

    @property
    def country(self) -> str:
        """The country's name in the reader's language."""
        if not self.country_code:
            return ""
        return country_name(self.country_code, get_language() or "en")

    @property
    def entrant(self) -> str:
        """Who stands on the list of winners: the city, or the person in a category for them."""
        if self.kind == EntrantKind.INDIVIDUAL:
            return f"{self.contact_name}, {self.city}" if self.city else self.contact_name
        return self.city


class FilePurpose(models.TextChoices):
    """What a file of an entry is for."""

    ATTACHMENT = "attachment", _("Attachment")
    APPROVAL = "approval", _("Letter of approval by the city")
    PICTURE = "picture", _("Picture")


class EntryFile(models.Model):
    """A file of an entry, in the private store. A picture was drawn anew: only pixels are kept."""

    entry = models.ForeignKey(AwardEntry, models.PROTECT, related_name="files")
    purpose = models.CharField(_("what it is"), max_length=10, choices=FilePurpose.choices)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=40)
    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_at = models.DateTimeField(_("received"), auto_now_add=True)
    is_removed = models.BooleanField(_("removed"), default=False)

    class Meta:
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=FilePurpose.values), name="known_file_purpose"
            )
        ]

    def __str__(self) -> str:
        return self.name
