"""Bids to host a meeting: the call, who bids, how bids are scored, and who was decided (R16, P12).

Almaty is host of an assembly because a row says so, and until a later row says otherwise (C7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem, Meeting
from events.models.resolutions import Resolution
from members.models import Body, Member, country_name
from wego import reader
from wego.records import Recorded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class HostCall(models.Model):
    """A call for bids to host one meeting; its days are Seoul calendar dates (P12).

    `interest_by` is the last day to say that one means to bid, `deadline_on` the last day to hand
    in a bid, `announced_on` the day on which the host is to be named.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="host_calls", verbose_name=_("meeting")
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    published_on = models.DateField(_("published on"))
    interest_by = models.DateField(_("expressions of interest until"), null=True, blank=True)
    deadline_on = models.DateField(_("bids until"))
    announced_on = models.DateField(_("host announced on"), null=True, blank=True)
    terms_en = models.TextField(_("what is asked of a host, in English"))
    terms_ko = models.TextField(_("what is asked of a host, in Korean"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_why = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("call for host bids")
        verbose_name_plural = _("calls for host bids")
        ordering = ("-deadline_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deadline_on__gte=F("published_on")), name="host_call_before_deadline"
            ),
            models.CheckConstraint(
                condition=Q(interest_by__isnull=True)
                | Q(interest_by__gte=F("published_on"), interest_by__lte=F("deadline_on")),
                name="interest_before_bids",
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | Q(announced_on__gte=F("deadline_on")),
                name="host_announced_after_deadline",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def terms(self) -> str:
        """What is asked of a host, in the reader's language."""
        return reader.choose(self.terms_en, self.terms_ko)


class BidCriterion(models.Model):
    """One thing by which bids are scored, and its weight among the others."""

    call = models.ForeignKey(
        HostCall, models.CASCADE, related_name="criteria", verbose_name=_("call")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    class Meta:
        verbose_name = _("criterion of a call")
        verbose_name_plural = _("criteria of calls")
        ordering = ("call", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "position"], name="one_criterion_per_position"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="criterion_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class HostBid(models.Model):
    """A city's bid: a member's, or that of a local government that is no member (P12)."""

    call = models.ForeignKey(HostCall, models.PROTECT, related_name="bids", verbose_name=_("call"))
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="host_bids",
        verbose_name=_("member"),
    )
    name_en = models.CharField(_("local government"), max_length=200, blank=True)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    contact_name = models.CharField(_("contact"), max_length=200)
    contact_email = models.EmailField(_("e-mail of the contact"))
    interest_on = models.DateField(_("interest expressed on"), null=True, blank=True)
    submitted_on = models.DateField(_("bid handed in on"), null=True, blank=True)
    proposal = models.TextField(_("what is proposed"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("host bid")
        verbose_name_plural = _("host bids")
        ordering = ("call", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, name_en="")
                | (Q(member__isnull=True) & ~Q(name_en="") & ~Q(country_code="")),
                name="bid_of_a_member_or_a_named_city",
            ),
            models.CheckConstraint(
                condition=Q(interest_on__isnull=False) | Q(submitted_on__isnull=False),
                name="bid_was_begun_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["call", "member"],
                condition=Q(member__isnull=False),
                name="one_bid_per_member_and_call",
            ),
        ]

    def __str__(self) -> str:
        return self.city

    @property
    def city(self) -> str:
        """The city's name in the reader's language."""
        return str(self.member) if self.member else reader.choose(self.name_en, self.name_ko)

    @property
    def country(self) -> str:
        """The city's country in the reader's language."""
        if self.member:
            return self.member.country
        return country_name(self.country_code, reader.language())


class BidDocument(models.Model):
    """A file handed in with a bid; kept as it came."""

    bid = models.ForeignKey(
        HostBid, models.PROTECT, related_name="documents", verbose_name=_("bid")
    )
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=40)
    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    handed_in_on = models.DateField(_("handed in on"))
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )

    class Meta:
        verbose_name = _("document of a bid")
        verbose_name_plural = _("documents of bids")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class BidScorer(models.Model):
    """Somebody who scores the bids of a call; whoever is of a city does not score its bid."""

    call = models.ForeignKey(
        HostCall, models.CASCADE, related_name="scorers", verbose_name=_("call")
    )
    full_name = models.CharField(_("full name"), max_length=200)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of the member"),
    )

    class Meta:
        verbose_name = _("scorer of bids")
        verbose_name_plural = _("scorers of bids")
        ordering = ("call", "full_name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "full_name"], name="one_scorer_per_name")
        ]

    def __str__(self) -> str:
        return self.full_name


class BidScore(models.Model):
    """What one scorer gave one bid by one criterion: 0 to 10 points."""

    scorer = models.ForeignKey(
        BidScorer, models.CASCADE, related_name="scores", verbose_name=_("scorer")
    )
    bid = models.ForeignKey(HostBid, models.CASCADE, related_name="scores", verbose_name=_("bid"))
    criterion = models.ForeignKey(
        BidCriterion, models.CASCADE, related_name="scores", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("score of a bid")
        verbose_name_plural = _("scores of bids")
        ordering = ("scorer", "bid", "criterion")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scorer", "bid", "criterion"], name="one_score_per_criterion"
            ),
            models.CheckConstraint(condition=Q(points__lte=10), name="ten_points_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.points}"


class HostStep(models.TextChoices):
    """How far the choice of a host has come (C16)."""

    SELECTED = "selected", _("Selected")
    CONFIRMED = "confirmed", _("Confirmed")
    RELEASED = "released", _("Released")


class HostDecision(Recorded):
    """A body chose a host, confirmed it or let it go; the latest of a meeting holds (C7, C16).

    The host is a member or, named in words, a local government that is none; a release names none.
    `supersedes` is the decision in force until then, where this one names another host or none.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="host_decisions", verbose_name=_("meeting")
    )
    step = models.CharField(_("step"), max_length=10, choices=HostStep.choices)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="host_decisions",
        verbose_name=_("host"),
    )
    city = models.CharField(_("host that is no member"), max_length=200, blank=True)
    bid = models.ForeignKey(
        HostBid,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("bid"),
    )
    body = models.CharField(_("decided by"), max_length=10, choices=Body.choices)
    decided_on = models.DateField(_("decided on"))
    reference = models.CharField(_("where it is recorded"), max_length=200)
    resolution = models.ForeignKey(
        Resolution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="host_decisions",
        verbose_name=_("resolution"),
    )
    reason = models.TextField(_("reason"), blank=True)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("replaces"),
    )

    class Meta:
        verbose_name = _("decision on a host")
        verbose_name_plural = _("decisions on hosts")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=HostStep.values), name="known_host_step"),
            models.CheckConstraint(
                condition=Q(step="released", member__isnull=True, city="")
                | (~Q(step="released") & Q(member__isnull=False, city=""))
                | (~Q(step="released") & Q(member__isnull=True) & ~Q(city="")),
                name="host_is_a_member_or_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.host or self.get_step_display()}"

    @property
    def host(self) -> StrOrPromise:
        """The host's name in the reader's language; "" when it was let go."""
        return str(self.member) if self.member else self.city


class HostProposal(models.Model):
    """Which meeting's host an item of the agenda is about, and who is proposed, if one alone is."""

    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="host_proposal", verbose_name=_("agenda item")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="host_proposals", verbose_name=_("meeting to host")
    )
    bid = models.ForeignKey(
        HostBid,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("bid"),
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )

    class Meta:
        verbose_name = _("proposed host")
        verbose_name_plural = _("proposed hosts")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(bid__isnull=True) | Q(member__isnull=True),
                name="host_proposed_by_bid_or_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.bid or self.member or '–'}"
