"""Rounds of voting in an election, and the ballot box. Read `events.balloting.box` first.

No row here has a time, and none that holds votes names a city: who voted is in `Turnout`, what was
voted is sealed in the one row of `BallotBox` until the count, and then in `PublishedBallot`.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.elections import Candidacy, Election
from members.models import Member
from wego.records import Recorded


class VoteManner(models.TextChoices):
    """How a round is voted."""

    ELECTRONIC = "electronic", _("Secret ballot in the portal")
    PAPER = "paper", _("Paper ballots, counted in the room")
    ACCLAIM = "acclaim", _("Unanimously, without a count")


class RoundState(models.TextChoices):
    """How far a round is."""

    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Voting is open")
    COUNTED = "counted", _("Counted")
    VOID = "void", _("Void")


class Round(models.Model):
    """One round of voting for the seats that are left, among some of the candidates.

    `public_key` seals electronic ballots; the keys that open them are with two tellers and nowhere
    here.
    """

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="rounds", verbose_name=_("election")
    )
    number = models.PositiveSmallIntegerField(_("round"))
    manner = models.CharField(_("how"), max_length=12, choices=VoteManner.choices)
    seats = models.PositiveSmallIntegerField(_("seats"))
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState.choices, default=RoundState.PREPARED
    )
    public_key = models.CharField(_("public key"), max_length=64, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    void_reason = models.TextField(_("why void"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("prepared by"),
    )

    class Meta:
        verbose_name = _("round of voting")
        verbose_name_plural = _("rounds of voting")
        ordering = ("election", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "number"], name="rounds_are_numbered"),
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(state__in=["prepared", "open"]),
                name="one_round_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(manner__in=VoteManner.values), name="known_vote_manner"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="known_round_state"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="round_has_seats"),
            models.CheckConstraint(
                condition=~Q(manner="electronic") | ~Q(public_key=""),
                name="electronic_round_has_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election}, {self.number}"


class RoundCandidate(models.Model):
    """A candidate of a round; `code` is how ballots name it, two digits for every one."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="candidates", verbose_name=_("round")
    )
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="in_rounds", verbose_name=_("candidacy")
    )
    code = models.CharField(_("on the ballot"), max_length=2)

    class Meta:
        verbose_name = _("candidate of a round")
        verbose_name_plural = _("candidates of rounds")
        ordering = ("round", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "code"], name="one_candidate_per_code"),
            models.UniqueConstraint(fields=["round", "candidacy"], name="a_candidate_stands_once"),
        ]

    def __str__(self) -> str:
        return str(self.candidacy.member)


class Turnout(models.Model):
    """A city has voted in a round; the database lets it do so once."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="turnout", verbose_name=_("round")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="turnout", verbose_name=_("city")
    )
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("cast by"),
    )

    class Meta:
        verbose_name = _("city that voted")
        verbose_name_plural = _("turnout")
        ordering = ("member__name_en", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "member"], name="one_ballot_per_city")
        ]

    def __str__(self) -> str:
        return str(self.member)


class BallotBox(models.Model):
    """All sealed ballots of a round in one row, in the order of their own noise; gone once counted.

    One row, rewritten with every ballot, keeps no trace of which came when.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="box", verbose_name=_("round"))
    sealed = models.JSONField(_("sealed ballots"), default=list)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")

    def __str__(self) -> str:
        return str(self.round)


class PublishedBallot(models.Model):
    """One opened ballot, known by the receipt only its voter has; all are written in one go."""

    receipt = models.CharField(_("receipt"), max_length=20, primary_key=True)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="ballots", verbose_name=_("round")
    )
    choices = models.JSONField(_("choices"))

    class Meta:
        verbose_name = _("published ballot")
        verbose_name_plural = _("published ballots")
        ordering = ("receipt",)

    def __str__(self) -> str:
        return self.receipt


class RoundCount(Recorded):
    """What a round came to: `votes` by the candidates' codes.

    `commitment` fingerprints every published ballot. It stands in the audit trail too, so nobody
    alters a ballot unseen.
    """

    round = models.OneToOneField(
        Round, models.PROTECT, related_name="count", verbose_name=_("round")
    )
    counted_on = models.DateField(_("counted on"))
    voters = models.PositiveSmallIntegerField(_("entitled to vote"))
    cast = models.PositiveSmallIntegerField(_("ballots cast"))
    blank = models.PositiveSmallIntegerField(_("blank"), default=0)
    invalid = models.PositiveSmallIntegerField(_("invalid"), default=0)
    votes = models.JSONField(_("votes"))
    majority = models.CharField(_("majority"), max_length=12)
    commitment = models.CharField(_("fingerprint of the ballots"), max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")

    def __str__(self) -> str:
        return str(self.round)
