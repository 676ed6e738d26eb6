"""The programme of a meeting: what members wish to speak about, sessions, and who speaks (R19)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import Member
from wego import reader


class Consultation(models.Model):
    """Members are asked what the meeting should be about, until a Seoul calendar date (R19)."""

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="consultation", verbose_name=_("meeting")
    )
    opened_on = models.DateField(_("opened on"))
    until = models.DateField(_("open until"))
    question_en = models.TextField(_("question in English"))
    question_ko = models.TextField(_("question in Korean"), blank=True)

    class Meta:
        verbose_name = _("consultation on the agenda")
        verbose_name_plural = _("consultations on the agenda")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("opened_on")), name="consultation_ends_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def question(self) -> str:
        """What is asked, in the reader's language."""
        return reader.choose(self.question_en, self.question_ko)


class TopicAnswer(models.TextChoices):
    """What became of a suggestion."""

    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Taken up")
    LEFT = "left", _("Not this time")


class TopicSuggestion(models.Model):
    """What a member wishes the meeting to be about; answered once, in words it can read."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="suggestions", verbose_name=_("meeting")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="topic_suggestions", verbose_name=_("member")
    )
    title = models.CharField(_("topic"), max_length=200)
    note = models.TextField(_("why, and who could speak"), blank=True)
    suggested_on = models.DateField(_("suggested on"))
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("suggested by"),
    )
    answer = models.CharField(
        _("answer"), max_length=8, choices=TopicAnswer.choices, default=TopicAnswer.WAITING
    )
    answer_note = models.CharField(_("answer in words"), max_length=400, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("suggested topic")
        verbose_name_plural = _("suggested topics")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer__in=TopicAnswer.values), name="known_topic_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One part of a meeting's programme; times are those of the meeting's place."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="sessions", verbose_name=_("meeting")
    )
    day = models.DateField(_("day"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_ko = models.CharField(_("title in Korean"), max_length=200, blank=True)
    room = models.CharField(_("room or link"), max_length=200, blank=True)
    about = models.TextField(_("what it is about"), blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("meeting", "day", F("begins_at").asc(nulls_first=True), "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("begins_at")),
                name="session_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return reader.choose(self.title_en, self.title_ko)


class SpeakerRole(models.TextChoices):
    """As what somebody speaks (R27)."""

    PRESENTER = "presenter", _("Presenter")
    PANELLIST = "panellist", _("Panellist")
    MODERATOR = "moderator", _("Moderator")


class Speaker(models.Model):
    """Somebody who speaks in a session: for a member, or a guest of another organisation."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="speakers", verbose_name=_("session")
    )
    role = models.CharField(_("speaks as"), max_length=10, choices=SpeakerRole.choices)
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("for the member"),
    )
    organisation = models.CharField(_("other organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    left_on = models.DateField(_("speaks no more since"), null=True, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ("session", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=SpeakerRole.values), name="known_speaker_role"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(organisation=""),
                name="speaker_of_a_member_or_of_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def speaks_for(self) -> str:
        """Whom the speaker speaks for, in the reader's language."""
        return str(self.member) if self.member else self.organisation
