"""Answers to a written ballot between meetings (S31), until it closes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem
from events.models.resolutions import Choice
from members.models import Member
from wego.records import Recorded


class WrittenAnswer(Recorded):
    """What one city answered on one item; the first answer counts and stays."""

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="written_answers", verbose_name=_("agenda item")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="written_answers", verbose_name=_("city")
    )
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    answered_on = models.DateField(_("answered on"))
    source = models.CharField(_("came by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("answer to a written ballot")
        verbose_name_plural = _("answers to written ballots")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "member"], name="one_written_answer_per_city_and_item"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="known_written_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display()}"
