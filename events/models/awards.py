"""Awards: series, their editions, and what an edition asks for and gives."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from wego import reader

# Points a juror may give for one criterion, and what the weights of an edition add up to.
MOST_POINTS = 10
WHOLE = 100


class EditionState(models.TextChoices):
    """How far an edition is (workflow 4.8)."""

    DRAFT = "draft", _("Draft")
    CALL_OPEN = "call_open", _("Call open")
    CLOSED = "closed", _("Call closed")
    ELIGIBILITY = "eligibility", _("Eligibility check")
    ROUND_1 = "round_1", _("Round 1: scoring")
    FINALISTS = "finalists", _("Finalists named")
    ROUND_2 = "round_2", _("Round 2: scoring")
    DECIDED = "decided", _("Winners decided")
    NOTIFIED = "notified", _("Winners notified, under embargo")
    ANNOUNCED = "announced", _("Announced")
    CEREMONY = "ceremony", _("Presented at the ceremony")
    ARCHIVED = "archived", _("Archived")


class Recusal(models.TextChoices):
    """S36: whose entries a juror may not score."""

    COUNTRY = "country", _("of their own country, and of their own employer")
    EMPLOYER = "employer", _("of their own employer only")


class AwardSeries(models.Model):
    """A series of prizes, such as the WeGO Awards or the Seoul Smart City Prize (R25)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("series of awards")
        verbose_name_plural = _("series of awards")
        ordering = ("pk",)

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class AwardEdition(models.Model):
    """One edition with its own categories, prizes and rules; four dates that may lie far apart.

    Members and non-members may always enter (R23): no column asks for membership. The deadline is
    the end of `deadline_on` in Seoul.
    """

    series = models.ForeignKey(
        AwardSeries, models.PROTECT, related_name="editions", verbose_name=_("series")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    year = models.PositiveSmallIntegerField(_("year"))
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    introduction_ko = models.TextField(_("introduction in Korean"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=EditionState.choices, default=EditionState.DRAFT
    )
    call_on = models.DateField(_("call"))
    deadline_on = models.DateField(_("deadline"))
    result_on = models.DateField(_("result"), null=True, blank=True)
    ceremony_on = models.DateField(_("ceremony"), null=True, blank=True)
    scores_by = models.DateField(_("jury scores by"), null=True, blank=True)
    ceremony_place = models.CharField(_("place of the ceremony"), max_length=200, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award_editions",
        verbose_name=_("presented at"),
    )
    entries_per_city = models.PositiveSmallIntegerField(_("entries per city"))
    takes_organisations = models.BooleanField(
        _("organisations may enter on behalf of a city"), default=True
    )
    recusal = models.CharField(_("jurors do not score entries"), max_length=10, choices=Recusal)

    class Meta:
        verbose_name = _("edition of awards")
        verbose_name_plural = _("editions of awards")
        ordering = ("-year", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "number"], name="one_edition_per_series_and_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EditionState.values), name="known_edition_state"
            ),
            models.CheckConstraint(condition=Q(recusal__in=Recusal.values), name="known_recusal"),
            models.CheckConstraint(
                condition=Q(deadline_on__gte=F("call_on")), name="deadline_after_the_call"
            ),
            models.CheckConstraint(
                condition=Q(result_on=None) | Q(result_on__gte=F("deadline_on")),
                name="result_after_the_deadline",
            ),
            models.CheckConstraint(
                condition=Q(ceremony_on=None) | Q(ceremony_on__gte=F("deadline_on")),
                name="ceremony_after_the_deadline",
            ),
            models.CheckConstraint(
                condition=Q(entries_per_city__gte=1), name="a_city_may_enter_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"

    @property
    def code(self) -> str:
        """How public addresses name it: `wego-awards-4`."""
        return f"{self.series.code}-{self.number}"


class EditionEntry(models.Model):
    """One step of an edition; append-only."""

    edition = models.ForeignKey(AwardEdition, models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=12, choices=EditionState.choices)
    on = models.DateField(_("on"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("step of an edition")
        verbose_name_plural = _("steps of editions")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_state_display()


class AwardCategory(models.Model):
    """A category of an edition with its number of prizes: rank 1 is gold (R24, C10)."""

    edition = models.ForeignKey(
        AwardEdition, models.CASCADE, related_name="categories", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    prizes = models.PositiveSmallIntegerField(_("prizes"))
    for_individuals = models.BooleanField(_("for individuals"), default=False)

    class Meta:
        verbose_name = _("category of awards")
        verbose_name_plural = _("categories of awards")
        ordering = ("edition", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="one_category_per_position"
            ),
            models.UniqueConstraint(fields=["edition", "name_en"], name="one_category_per_name"),
            models.CheckConstraint(condition=Q(prizes__gte=1), name="a_category_has_a_prize"),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class AwardCriterion(models.Model):
    """What jurors look at, with its weight in per cent; the weights of an edition are 100."""

    edition = models.ForeignKey(
        AwardEdition, models.CASCADE, related_name="criteria", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(WHOLE)]
    )

    class Meta:
        verbose_name = _("criterion of awards")
        verbose_name_plural = _("criteria of awards")
        ordering = ("edition", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="one_award_criterion_per_position"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1) & Q(weight__lte=WHOLE), name="weight_in_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)
