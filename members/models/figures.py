"""Figures a fee is priced from, each with its source; append-only, the newest holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Member


class Measure(models.TextChoices):
    """What a member's figure counts."""

    POPULATION = "population", _("Population (persons)")
    EMPLOYEES = "employees", _("Employees")


class Figure(models.Model):
    """A figure for a dues year with its source; append-only, the newest row of a subject wins."""

    dues_year = models.PositiveSmallIntegerField(_("dues year"))
    source = models.CharField(_("source"), max_length=300)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)
    definition = models.CharField(_("definition"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        abstract = True


class MemberFigure(Figure):
    """Population (persons) or employees of one member for a dues year."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="figures", verbose_name=_("member")
    )
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    value = models.BigIntegerField(_("value"))

    class Meta:
        verbose_name = _("member figure")
        verbose_name_plural = _("member figures")
        indexes: ClassVar = [models.Index(fields=["dues_year", "member", "measure", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0), name="member_figure_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.dues_year}: {self.value:,}"


class CountryFigure(Figure):
    """GDP per capita (PPP) of a country in US cents, for a dues year (S24)."""

    country_code = models.CharField(_("country"), max_length=2)
    gdp_cents = models.BigIntegerField(_("GDP per capita, PPP (US cents)"))

    class Meta:
        verbose_name = _("country figure")
        verbose_name_plural = _("country figures")
        indexes: ClassVar = [models.Index(fields=["dues_year", "country_code", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gdp_cents__gte=0), name="country_figure_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country_code} {self.dues_year}: {self.gdp_cents / 100:,.2f}"
