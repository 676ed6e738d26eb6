"""What the organisation's past is known by: facts as a source tells them, and the numbers quoted.

A fact never changes and names its source; where two sources disagree both are kept (C6, C12, C13).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.meetings import Precision
from members.models import Member
from wego import reader


class FactKind(models.TextChoices):
    """What a fact is about: the sections of a history file, by their names there."""

    ASSEMBLY = "general_assemblies", _("General Assembly")
    EXCOM = "excoms", _("EXCOM")
    EDITION = "awards_editions", _("Awards edition")
    WINNER = "award_winners", _("Award")
    TERM = "terms", _("Office held")
    OFFICE = "regional_offices", _("Regional office")
    MOU = "mous", _("Partner")
    TRAINING = "trainings", _("Training")
    PROMOTION = "promotion_events", _("Event")
    PROJECT = "projects", _("Project")
    COUNT = "member_counts", _("Number of members")


class HistoryFact(models.Model):
    """One fact of a history file, as its source tells it; `key` is what makes it the same fact.

    A date known to the month or year is its first day, and `precision` says so. `told` is the
    row as it stood in the file.
    """

    kind = models.CharField(_("about"), max_length=20, choices=FactKind.choices)
    key = models.CharField(_("key"), max_length=300, unique=True)
    title_en = models.CharField(_("title in English"), max_length=300)
    title_ko = models.CharField(_("title in Korean"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    place_ko = models.CharField(_("place in Korean"), max_length=200, blank=True)
    words = models.TextField(_("as told"), blank=True)
    words_ko = models.TextField(_("in Korean"), blank=True)
    source = models.TextField(_("source"))
    told = models.JSONField(_("row of the file"))
    members = models.ManyToManyField(
        Member, blank=True, related_name="history_facts", verbose_name=_("members")
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("fact of the history")
        verbose_name_plural = _("facts of the history")
        ordering = ("starts_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="known_fact_kind"),
            models.CheckConstraint(condition=~Q(source=""), name="fact_names_its_source"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="fact_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.title_en, self.title_ko)

    @property
    def place(self) -> str:
        """Where, in the reader's language."""
        return reader.choose(self.place_en, self.place_ko)

    @property
    def sources(self) -> list[str]:
        """Where it is told, one each."""
        return self.source.splitlines()


class Measure(models.TextChoices):
    """What a quoted number counts."""

    MEMBERS = "total", _("members")
    CITIES = "cities", pgettext_lazy("quoted number", "cities")
    FULL_CITIES = "full_cities", _("full member cities")
    ASSOCIATE_CITIES = "associate_cities", _("associate cities")
    ASSOCIATES = "associates", _("associates")
    KOREAN_CITIES = "korean_cities", _("Korean cities")
    INSTITUTIONS = "institutions", _("institutions")
    COMPANIES = "companies", _("companies")
    COUNTRIES = "countries", _("countries")
    DELEGATIONS = "city delegations", _("city delegations")
    MEMBER_CITIES = "member cities", _("member cities")
    OBSERVER_CITIES = "observer cities", _("observer cities")
    OBSERVERS = "observer institutions", _("observer institutions")
    EXCOM_MEMBERS = "EXCOM members", _("EXCOM members")
    PEOPLE = "people", pgettext_lazy("quoted number", "people")
    ENTRIES = "entries", pgettext_lazy("quoted number", "entries")
    ELIGIBLE = "eligible", _("eligible entries")
    FINALISTS = "finalists", _("finalists")
    WINNERS = "winners", _("winners")
    JURORS = "jurors", _("jurors")


class QuotedNumber(models.Model):
    """A number that a source gives for something past; several for one thing may stand (C12).

    `mark` is what the source puts to it: `~` about, `+` more than, "" neither.
    """

    fact = models.ForeignKey(
        HistoryFact, models.PROTECT, related_name="numbers", verbose_name=_("fact")
    )
    measure = models.CharField(_("of"), max_length=24, choices=Measure.choices)
    value = models.PositiveIntegerField(_("number"))
    mark = models.CharField(_("mark"), max_length=1, blank=True)
    words = models.CharField(_("as told"), max_length=300, blank=True)
    source = models.TextField(_("source"))

    class Meta:
        verbose_name = _("quoted number")
        verbose_name_plural = _("quoted numbers")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="known_measure"),
            models.CheckConstraint(condition=Q(mark__in=("", "~", "+")), name="known_mark"),
            models.CheckConstraint(condition=~Q(source=""), name="number_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.shown} {self.get_measure_display()}"

    @property
    def shown(self) -> str:
        """`~50`, `300+`, `1,234`."""
        before, after = ("~", "") if self.mark == "~" else ("", self.mark)
        return f"{before}{self.value:,}{after}"
