"""Letters and certificates: what was written to whom, and the PDF as it was stored."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.admission import Application
from members.models.decisions import DecisionItem
from members.models.organisations import Member
from wego.papers import AbstractPaper, AbstractPaperDocument, AbstractParkedPaper


class LetterKind(models.TextChoices):
    """What the secretariat writes."""

    APPLICATION_FORM = "application_form", _("Application form")
    ACCEPTANCE = "acceptance", _("Letter of acceptance")
    APPROVAL = "approval", _("Letter of approval")
    REJECTION = "rejection", _("Letter of rejection")
    CERTIFICATE = "certificate", _("Certificate of membership")
    WITHDRAWAL = "withdrawal", _("Confirmation of withdrawal")


class Letter(AbstractPaper):
    """One letter, to a member or an applicant."""

    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("member"),
    )
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("application"),
    )
    decision_item = models.ForeignKey(
        DecisionItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("decision"),
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(application__isnull=False),
                name="letter_belongs_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LetterKind.values), name="known_letter_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class LetterDocument(AbstractPaperDocument):
    """The PDF of a letter as it was stored."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="document")

    class Meta:
        verbose_name = _("document of a letter")
        verbose_name_plural = _("documents of letters")


class ParkedLetter(AbstractParkedPaper):
    """A letter whose PDF could not be made."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="parked")

    class Meta:
        verbose_name = _("parked letter")
        verbose_name_plural = _("parked letters")
