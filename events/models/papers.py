"""Papers of meetings: what is put to an item, and what the house itself writes and prints."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.delegations import Delegate
from events.models.meetings import AgendaItem, Meeting
from members.models import Member
from wego.papers import AbstractPaper, AbstractPaperDocument, AbstractParkedPaper


class ItemPaper(models.Model):
    """A file put to an item of an agenda; the private store keeps it."""

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="papers", verbose_name=_("agenda item")
    )
    title = models.CharField(_("title"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200)
    file_path = models.CharField(_("path"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    taken_back_on = models.DateField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper of an agenda item")
        verbose_name_plural = _("papers of agenda items")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class EventPaperKind(models.TextChoices):
    """What is written around meetings."""

    MEMORANDUM = "memorandum", _("Meeting memorandum")
    CREDENTIALS = "credentials", _("Letter of credentials")
    VISA = "visa", _("Visa invitation letter")
    BADGE = "badge", _("Badge")
    CERTIFICATE = "certificate", _("Certificate of office")
    TRAINING = "training", _("Certificate of attendance")


class EventPaper(AbstractPaper):
    """One paper of the house around a meeting, with every printed fact in it."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventPaperKind.choices)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("meeting"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="event_papers",
        verbose_name=_("member"),
    )
    delegate = models.ForeignKey(
        Delegate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("delegate"),
    )

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=EventPaperKind.values), name="known_event_paper_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class EventPaperDocument(AbstractPaperDocument):
    """The PDF of such a paper as it was stored."""

    paper = models.OneToOneField(EventPaper, models.PROTECT, related_name="document")

    class Meta:
        verbose_name = _("document of a paper of a meeting")
        verbose_name_plural = _("documents of papers of meetings")


class ParkedEventPaper(AbstractParkedPaper):
    """Such a paper whose PDF could not be made."""

    paper = models.OneToOneField(EventPaper, models.CASCADE, related_name="parked")

    class Meta:
        verbose_name = _("parked paper of a meeting")
        verbose_name_plural = _("parked papers of meetings")


class Memorandum(models.Model):
    """A version of a meeting's memorandum: a draft, then approved, then published."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="memoranda", verbose_name=_("meeting")
    )
    paper = models.OneToOneField(
        EventPaper, models.PROTECT, related_name="memorandum", verbose_name=_("paper")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)

    class Meta:
        verbose_name = _("meeting memorandum")
        verbose_name_plural = _("meeting memoranda")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(approved_on__isnull=False),
                name="one_approved_memorandum_per_meeting",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(approved_on__isnull=False),
                name="memorandum_is_approved_before_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.paper)
