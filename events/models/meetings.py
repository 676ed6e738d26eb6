"""Meetings of the bodies: what happened to each, what was put to it and what it resolved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from members.models import Body, Member
from wego import reader
from wego.records import Recorded


class Mode(models.TextChoices):
    """How a meeting is attended."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")
    WRITTEN = "written", _("In writing")


class MeetingState(models.TextChoices):
    """What became of a meeting (C6, X16)."""

    PLANNED = "planned", _("Planned")
    CALLED = "called", _("Called")
    POSTPONED = "postponed", _("Postponed")
    MOVED = "moved", _("Moved")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Precision(models.TextChoices):
    """How exactly a date is known: a source may name no more than the month."""

    DAY = "day", _("To the day")
    MONTH = "month", _("To the month")
    YEAR = "year", _("To the year")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def with_stage(self) -> MeetingQuerySet:
        """`state`, `mode`, `starts_on`, `ends_on`, `host_id` and `place` as the last stage says."""
        last = MeetingStage.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            **{
                name: Subquery(last.values(name)[:1])
                for name in ("state", "mode", "starts_on", "ends_on", "host_id", "place")
            }
        )


class Meeting(models.Model):
    """One EXCOM or General Assembly; when, where and whether is what its last stage says (R21).

    A written ballot between meetings is a meeting of its body held in writing (S31).
    `called_on` and `agenda_on` are the Seoul days on which the call went out and the agenda was
    published (S32).
    """

    body = models.CharField(_("body"), max_length=10, choices=Body.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ko = models.CharField(_("name in Korean"), max_length=200, blank=True)
    source = models.TextField(_("source"), blank=True)
    called_on = models.DateField(_("called on"), null=True, blank=True)
    agenda_on = models.DateField(_("agenda published on"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(body__in=Body.values), name="meeting_of_a_body"),
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=Q(number__isnull=False),
                name="one_meeting_per_body_and_number",
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class MeetingStage(Recorded):
    """What was known of a meeting from one moment on; postponing or moving it adds a row (C6)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="stages", verbose_name=_("meeting")
    )
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    host = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_stages",
        verbose_name=_("host"),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("stage of a meeting")
        verbose_name_plural = _("stages of meetings")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="known_meeting_state"
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="known_meeting_mode"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_state_display()}"

    @property
    def when(self) -> str:
        """Its first day as exactly as it is known: a day, a month or a year; a dash for none."""
        if self.starts_on is None:
            return "–"
        if self.precision == Precision.YEAR:
            return str(self.starts_on.year)
        return date_format(
            self.starts_on,
            "YEAR_MONTH_FORMAT" if self.precision == Precision.MONTH else "DATE_FORMAT",
        )


class AgendaKind(models.TextChoices):
    """What an item of the agenda is about (P9); the kind says which effect a resolution has."""

    REPORT = "report", _("Annual report")
    ACCOUNTS = "accounts", _("Financial report")
    MEMBERS = "members", _("New memberships and withdrawals")
    ARREARS = "arrears", _("Arrears over two years")
    HOSTS = "hosts", _("Next hosts")
    OFFICES = "offices", _("Regional offices")
    ELECTIONS = "elections", _("Elections")
    BUDGET = "budget", _("Use of membership fees and budget")
    STATUTE = "statute", _("Statute")
    PROGRAMMES = "programmes", _("Programmes")
    OTHER = "other", _("Other")


class AgendaItem(models.Model):
    """One item of a meeting's agenda, in its order."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("about"), max_length=10, choices=AgendaKind.choices)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_ko = models.CharField(_("title in Korean"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ("meeting", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="one_agenda_item_per_position"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AgendaKind.values), name="known_agenda_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {reader.choose(self.title_en, self.title_ko)}"
