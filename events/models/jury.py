"""The jury of an edition: who scores which entry in which round, and the marks given."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.models.awards import MOST_POINTS, AwardCriterion, AwardEdition
from events.models.entries import AwardEntry
from members.models import country_name


class SetAside(models.TextChoices):
    """Why a juror does not score an entry (X13)."""

    COUNTRY = "country", _("Same country")
    EMPLOYER = "employer", _("Same employer")
    PERSONAL = "personal", _("Recused")


class Juror(models.Model):
    """A person who scores entries of one edition; needs no membership and no role."""

    edition = models.ForeignKey(
        AwardEdition, models.PROTECT, related_name="jurors", verbose_name=_("edition")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="juries",
        verbose_name=_("person"),
    )
    country_code = models.CharField(_("country"), max_length=2)
    employer = models.CharField(_("employer"), max_length=200)
    invited_on = models.DateField(_("invited"))
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "user"], name="a_juror_sits_once")
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def country(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country_code, get_language() or "en")


class ScoreSheet(models.Model):
    """One juror, one entry, one round. `total` is the weighted sum of the marks, 0 to 1,000.

    A sheet set aside is never scored; a submitted one never changes.
    """

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="sheets", verbose_name=_("juror"))
    entry = models.ForeignKey(
        AwardEntry, models.PROTECT, related_name="sheets", verbose_name=_("entry")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    set_aside = models.CharField(
        _("set aside"), max_length=10, choices=SetAside.choices, blank=True
    )
    set_aside_why = models.TextField(_("reason"), blank=True)
    comment = models.TextField(_("comment for the secretariat"), blank=True)
    total = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["juror", "entry", "round"], name="one_sheet_per_juror_entry_and_round"
            ),
            models.CheckConstraint(condition=Q(round__in=[1, 2]), name="round_one_or_two"),
            models.CheckConstraint(
                condition=Q(set_aside="") | Q(set_aside__in=SetAside.values),
                name="known_reason_to_set_aside",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, total=None)
                | Q(submitted_at__isnull=False, total__isnull=False, set_aside=""),
                name="a_submitted_sheet_has_its_score",
            ),
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__lte=100 * MOST_POINTS), name="score_at_most_1000"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror}: {self.entry}"


class Mark(models.Model):
    """The points, 0 to 10, of one criterion on one sheet."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(AwardCriterion, models.PROTECT, related_name="marks")
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="one_mark_per_sheet_and_criterion"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & Q(points__lte=MOST_POINTS), name="points_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)
