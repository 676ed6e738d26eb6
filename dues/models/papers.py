"""Papers of dues: receipts, credit notes, statements, reminders, papers for the bodies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member
from wego.papers import AbstractPaper, AbstractPaperDocument, AbstractParkedPaper


class PaperKind(models.TextChoices):
    """What dues writes."""

    RECEIPT = "receipt", _("Receipt")
    CREDIT_NOTE = "credit_note", _("Credit note")
    STATEMENT = "statement", _("Statement of account")
    REMINDER = "reminder", _("Reminder")
    ARREARS_PAPER = "arrears_paper", _("Paper on arrears")
    USE_OF_FEES_PAPER = "use_of_fees_paper", _("Paper on the use of membership fees")


# Written for a meeting, to no member.
OF_THE_HOUSE = (PaperKind.ARREARS_PAPER, PaperKind.USE_OF_FEES_PAPER)


class Paper(AbstractPaper):
    """One paper, to a member or for the whole house.

    `goes_with` is the paper in whose mail this one is enclosed.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("member"),
    )
    goes_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enclosed",
        verbose_name=_("goes with"),
    )

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="known_paper_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_THE_HOUSE, member__isnull=True)
                | (~Q(kind__in=OF_THE_HOUSE) & Q(member__isnull=False)),
                name="paper_to_a_member_or_of_the_house",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class PaperDocument(AbstractPaperDocument):
    """The PDF of a paper as it was stored."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="document")

    class Meta:
        verbose_name = _("document of a paper")
        verbose_name_plural = _("documents of papers")


class ParkedPaper(AbstractParkedPaper):
    """A paper whose PDF could not be made."""

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="parked")

    class Meta:
        verbose_name = _("parked paper")
        verbose_name_plural = _("parked papers")
