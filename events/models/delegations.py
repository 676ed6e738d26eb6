"""Who was invited to a meeting, who comes, who was there, and who votes for whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import Member
from wego.records import Recorded


class DelegationKind(models.TextChoices):
    """As what an organisation is invited: only a voting one may be counted (R18, S27)."""

    VOTING = "voting", _("Voting")
    OBSERVER = "observer", _("Observer")


class Answer(models.TextChoices):
    """What an invited organisation answered."""

    AWAITED = "awaited", _("Not answered yet")
    COMING = "coming", _("Coming")
    DECLINED = "declined", _("Not coming")


class Delegation(models.Model):
    """One organisation at one meeting: a member, or another one by name.

    `kind` is how it was invited; whether it may vote is asked of its status on the day (S27).
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="delegations", verbose_name=_("meeting")
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("member"),
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    kind = models.CharField(_("invited as"), max_length=10, choices=DelegationKind.choices)
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer.choices, default=Answer.AWAITED
    )
    invited_on = models.DateField(_("invited on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="one_delegation_per_meeting_and_member"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DelegationKind.values), name="known_delegation_kind"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="known_delegation_answer"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, organisation="")
                | Q(member__isnull=True) & ~Q(organisation=""),
                name="delegation_of_a_member_or_by_name",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(kind="observer"),
                name="only_members_vote",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member) if self.member else self.organisation


class DelegateRole(models.TextChoices):
    """What a person is in its delegation."""

    HEAD = "head", _("Head of delegation")
    DEPUTY = "deputy", _("Deputy")
    OBSERVER = "observer", _("Observer")


class TakesPart(models.TextChoices):
    """How a person takes part."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class Delegate(models.Model):
    """A person of a delegation; `user` is its account, if it has one."""

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="delegates", verbose_name=_("delegation")
    )
    role = models.CharField(_("role"), max_length=10, choices=DelegateRole.choices)
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    takes_part = models.CharField(
        _("takes part"), max_length=10, choices=TakesPart.choices, default=TakesPart.ON_SITE
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegated",
        verbose_name=_("account"),
    )
    left_on = models.DateField(_("no longer named since"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ("delegation", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=DelegateRole.values), name="known_delegate_role"
            ),
            models.CheckConstraint(
                condition=Q(takes_part__in=TakesPart.values), name="known_way_to_take_part"
            ),
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(role="head", left_on__isnull=True),
                name="one_head_per_delegation",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Questions about who is there."""

    def in_the_room(self) -> AttendanceQuerySet:
        """Those who came and have not left."""
        return self.filter(until_at__isnull=True)


class Attendance(models.Model):
    """A delegation was there from one moment to another; several in turn when it left and came."""

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="attendances", verbose_name=_("delegation")
    )
    delegate = models.ForeignKey(
        Delegate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("delegate"),
    )
    takes_part = models.CharField(
        _("takes part"), max_length=10, choices=TakesPart.choices, default=TakesPart.ON_SITE
    )
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(takes_part__in=TakesPart.values), name="known_way_of_attending"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="attendance_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(until_at__isnull=True),
                name="a_delegation_is_there_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.delegation)


class ProxyQuerySet(models.QuerySet["Proxy"]):
    """Questions about proxies."""

    def standing(self) -> ProxyQuerySet:
        """Not taken back."""
        return self.filter(revoked_on__isnull=True)


class Proxy(Recorded):
    """One city lets another vote for it at one meeting, in writing (S30)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="proxies", verbose_name=_("meeting")
    )
    giver = models.ForeignKey(
        Delegation, models.PROTECT, related_name="proxies_given", verbose_name=_("given by")
    )
    holder = models.ForeignKey(
        Delegation, models.PROTECT, related_name="proxies_held", verbose_name=_("held by")
    )
    given_on = models.DateField(_("given on"))
    paper = models.CharField(_("written proxy"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_path = models.CharField(_("path"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    revoked_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="nobody_is_its_own_proxy"),
            models.CheckConstraint(condition=~Q(paper=""), name="proxy_is_written"),
            models.UniqueConstraint(
                fields=["giver"],
                condition=Q(revoked_on__isnull=True),
                name="one_standing_proxy_per_giver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"
