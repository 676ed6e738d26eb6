"""The fee tables, by the dues year from which they hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Kind
from wego import reader


class ScheduleState(models.TextChoices):
    """A draft prices nothing."""

    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")


class BandMeasure(models.TextChoices):
    """What a table's column or row bands divide."""

    POPULATION = "population", _("Population (persons)")
    EMPLOYEES = "employees", _("Employees")
    GDP = "gdp_ppp_per_capita", _("GDP per capita, PPP (USD)")


class FeeSchedule(models.Model):
    """A table of yearly fees for one kind of member, in force from a dues year on.

    Only lower bounds are stored; a band runs from its bound up to, not including, the next one,
    and the last is open. Without row bounds the table has one row.
    """

    kind = models.CharField(_("kind of member"), max_length=12, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    first_dues_year = models.PositiveSmallIntegerField(_("first dues year"))
    source = models.CharField(_("source"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=ScheduleState.choices, default=ScheduleState.DRAFT
    )
    column_measure = models.CharField(_("columns"), max_length=20, choices=BandMeasure.choices)
    column_bounds = models.JSONField(_("lower bounds of the columns"))
    row_measure = models.CharField(
        _("rows"), max_length=20, choices=BandMeasure.choices, blank=True
    )
    row_bounds = models.JSONField(_("lower bounds of the rows"), default=list, blank=True)
    cells_cents = models.JSONField(_("fees, US cents, row by row"))

    class Meta:
        verbose_name = _("fee schedule")
        verbose_name_plural = _("fee schedules")
        ordering = ("kind", "-first_dues_year")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "first_dues_year"],
                condition=Q(state="in_force"),
                name="one_schedule_in_force_per_first_year",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ScheduleState.values), name="known_schedule_state"
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)
