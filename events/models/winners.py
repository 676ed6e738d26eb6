"""Who won: ranks within a category, ties that were declared, and the papers about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.awards import AwardCategory
from events.models.entries import AwardEntry
from wego.papers import AbstractPaper, AbstractPaperDocument, AbstractParkedPaper


class DeclaredTie(models.Model):
    """The jury gives one rank of a category to several entries, and says why."""

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="ties")
    rank = models.PositiveSmallIntegerField(_("rank"))
    reason = models.TextField(_("reason"))
    declared_on = models.DateField(_("declared"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("declared tie")
        verbose_name_plural = _("declared ties")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "rank"], name="one_tie_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="tie_of_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.rank}"


class AwardWinner(models.Model):
    """An entry with its rank, 1 = gold; without a declared tie a rank is given once (R24)."""

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="winners")
    entry = models.OneToOneField(AwardEntry, models.PROTECT, related_name="prize")
    rank = models.PositiveSmallIntegerField(_("rank"))
    tie = models.ForeignKey(
        DeclaredTie, models.PROTECT, null=True, blank=True, related_name="winners"
    )
    decided_on = models.DateField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("winner of an award")
        verbose_name_plural = _("winners of awards")
        ordering = ("category", "rank", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["category", "rank"],
                condition=Q(tie__isnull=True),
                name="a_rank_is_given_once",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="winner_has_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.entry.entrant}: {self.rank}"


class AwardPaperKind(models.TextChoices):
    """What the secretariat writes to winners."""

    INVITATION = "invitation", _("Invitation to the ceremony")
    CERTIFICATE = "certificate", _("Certificate of the award")


class AwardPaper(AbstractPaper):
    """A letter or certificate for a winner."""

    kind = models.CharField(_("kind"), max_length=12, choices=AwardPaperKind.choices)
    winner = models.ForeignKey(AwardWinner, models.PROTECT, related_name="papers")

    class Meta:
        verbose_name = _("paper of an award")
        verbose_name_plural = _("papers of awards")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["winner", "kind"], name="one_award_paper_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=AwardPaperKind.values), name="known_award_paper_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class AwardDocument(AbstractPaperDocument):
    """The PDF of a paper as it was stored."""

    paper = models.OneToOneField(AwardPaper, models.PROTECT, related_name="document")

    class Meta:
        verbose_name = _("document of an award")
        verbose_name_plural = _("documents of awards")


class ParkedAwardPaper(AbstractParkedPaper):
    """A paper whose PDF could not be made."""

    paper = models.OneToOneField(AwardPaper, models.CASCADE, related_name="parked")

    class Meta:
        verbose_name = _("parked paper of an award")
        verbose_name_plural = _("parked papers of awards")
