"""What a member asks to have changed, and what the secretariat made of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Member


class ProposalState(models.TextChoices):
    """A proposal changes nothing until accepted."""

    WAITING = "waiting", _("Waiting for the secretariat")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


class Proposal(models.Model):
    """A change of name, kind, level or figures proposed by a member's person.

    `changes` holds, by field, what stands now and what is proposed: {"name_en": ["Old", "New"]}.
    A figure is the field "figure": its proposed side has measure, dues_year, value, source,
    source_year and definition.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="proposals", verbose_name=_("member")
    )
    changes = models.JSONField(_("changes"))
    note = models.TextField(_("why"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("proposal of a change")
        verbose_name_plural = _("proposals of changes")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="known_proposal_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {', '.join(self.changes)}"
