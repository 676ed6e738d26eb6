"""What a meeting resolved on an item of its agenda; never edited, corrected by a later one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem
from members.models import Decision, Member
from wego.records import Recorded


class Verdict(models.TextChoices):
    """What was resolved."""

    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")
    DEFER = "defer", _("Deferred")
    NOTE = "note", _("Noted")


class Manner(models.TextChoices):
    """How it was voted."""

    UNANIMOUS = "unanimous", _("Unanimously")
    COUNTED = "counted", _("By a count of votes")
    ROLL_CALL = "roll_call", _("By roll call")
    NO_VOTE = "no_vote", _("Without a vote")


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Questions about resolutions."""

    def standing(self) -> ResolutionQuerySet:
        """What holds: not corrected by a later resolution."""
        return self.filter(corrected_by__isnull=True)

    def in_force(self) -> ResolutionQuerySet:
        """What holds and was confirmed: only these have had an effect."""
        return self.standing().filter(confirmation__isnull=False)


class Resolution(Recorded):
    """A decision of a meeting on one item (R4, R11-R13); `effective_on` is a Seoul calendar date.

    It takes effect only when it is confirmed, and it is confirmed only when the quorum held:
    `entitled`, `represented` and `quorum` are the voters as they were counted at that moment (S28).
    """

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="resolutions", verbose_name=_("agenda item")
    )
    verdict = models.CharField(_("resolved"), max_length=10, choices=Verdict.choices)
    manner = models.CharField(_("how"), max_length=10, choices=Manner.choices)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(_("entitled to vote"), default=0)
    represented = models.PositiveSmallIntegerField(_("present or represented"), default=0)
    quorum = models.PositiveSmallIntegerField(_("quorum"), default=0)
    resolved_on = models.DateField(_("resolved on"))
    effective_on = models.DateField(_("effective on"))
    reference = models.CharField(_("reference"), max_length=120)
    note = models.TextField(_("note"), blank=True)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="known_verdict"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="known_manner"),
            models.CheckConstraint(
                condition=~Q(manner="counted")
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstentions__isnull=False,
                ),
                name="count_has_its_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_verdict_display()}"

    @property
    def quorum_held(self) -> bool:
        """Whether enough of those entitled were there when it was voted (S28)."""
        return self.represented >= self.quorum


class LineOutcome(models.TextChoices):
    """What a resolution says of one organisation."""

    APPROVE = "approve", _("Approved as full member")
    REJECT = "reject", _("Rejected")
    DEFER = "defer", _("Deferred to the next EXCOM")
    SUSPEND = "suspend", _("Suspended")
    LIFT = "lift", _("Suspension lifted")
    EXPEL = "expel", _("Expelled")
    NOTE = "note", _("Withdrawal noted")
    WAIVE = "waive", _("Arrears waived")
    SELECT = "select", _("Selected")
    CONFIRM = "confirm", _("Confirmed")
    OPEN = "open", _("Opened")
    CLOSE = "close", _("Closed")


class ResolutionLine(models.Model):
    """What a resolution says of one organisation: a member, or another one by name (P12)."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="lines", verbose_name=_("resolution")
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resolution_lines",
        verbose_name=_("member"),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=LineOutcome.choices)
    about = models.CharField(_("about"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("line of a resolution")
        verbose_name_plural = _("lines of a resolution")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=LineOutcome.values), name="known_line_outcome"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | ~Q(about=""), name="line_is_about_somebody"
            ),
            models.UniqueConstraint(
                fields=["resolution", "member", "outcome", "about"], name="one_line_per_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.about}: {self.get_outcome_display()}"


class Choice(models.TextChoices):
    """A vote."""

    FOR = "for", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstention")


class NamedVote(models.Model):
    """How one city voted in a roll call or a written ballot, and who spoke for it (S27, S30)."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="named_votes", verbose_name=_("resolution")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="named_votes", verbose_name=_("city")
    )
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    cast_by = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cast by proxy of"),
    )

    class Meta:
        verbose_name = _("vote of a roll call")
        verbose_name_plural = _("votes of a roll call")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resolution", "member"], name="one_vote_per_city_and_resolution"
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="known_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display()}"


class Confirmation(models.Model):
    """An authorised person confirmed a resolution: from here on it has its effect."""

    resolution = models.OneToOneField(
        Resolution, models.PROTECT, related_name="confirmation", verbose_name=_("resolution")
    )
    confirmed_on = models.DateField(_("confirmed on"))
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmation",
        verbose_name=_("decision of the register"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.resolution)
