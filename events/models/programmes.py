"""What members can use: trainings with their nominations, and requests for help or promotion."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Precision
from events.models.papers import EventPaper
from members.models import Member
from wego import reader


class Training(models.Model):
    """A training for officials of member cities (R28).

    `quota` is how many a city may name, `seats` how many there are in all; a past one of which
    only totals are known keeps them as quoted.
    """

    name_en = models.CharField(_("name in English"), max_length=300)
    name_ko = models.CharField(_("name in Korean"), max_length=300, blank=True)
    about = models.TextField(_("about"), blank=True)
    place = models.CharField(_("place"), max_length=200)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    nominate_until = models.DateField(_("nominations until"), null=True, blank=True)
    quota = models.PositiveSmallIntegerField(_("people a city"), default=2)
    seats = models.PositiveSmallIntegerField(_("places in all"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_why = models.CharField(_("why cancelled"), max_length=300, blank=True)
    quoted_people = models.PositiveIntegerField(_("people, as quoted"), null=True, blank=True)
    quoted_cities = models.PositiveIntegerField(_("cities, as quoted"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("announced by"),
    )

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="training_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(nominate_until__isnull=True) | Q(nominate_until__lte=F("starts_on")),
                name="nominations_end_before_training",
            ),
            models.CheckConstraint(condition=Q(quota__gte=1), name="training_quota_positive"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancelled_why=""),
                name="training_cancelled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return reader.choose(self.name_en, self.name_ko)


class NominationState(models.TextChoices):
    """How far somebody has come who was named for a training (workflow 4.9)."""

    NOMINATED = "nominated", _("Nominated")
    SELECTED = "selected", _("Selected")
    NOT_SELECTED = "not_selected", _("Not selected")
    CONFIRMED = "confirmed", _("Confirmed")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Did not come")
    WITHDRAWN = "withdrawn", _("Taken back")


# These take one of the places a city has.
TAKING_A_PLACE = (
    NominationState.NOMINATED,
    NominationState.SELECTED,
    NominationState.CONFIRMED,
    NominationState.ATTENDED,
    NominationState.ABSENT,
)


class Nomination(models.Model):
    """An official whom a member city names for a training."""

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="nominations", verbose_name=_("training")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="nominations", verbose_name=_("member")
    )
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=160)
    email = models.EmailField(_("e-mail"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=NominationState.choices,
        default=NominationState.NOMINATED,
    )
    nominated_on = models.DateField(_("nominated on"))
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("nominated by"),
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=NominationState.values), name="known_nomination_state"
            ),
            models.UniqueConstraint(
                "training",
                Lower("email"),
                condition=~Q(state="withdrawn"),
                name="one_nomination_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class TrainingCertificate(models.Model):
    """The certificate of somebody who attended a training: one paper, written once."""

    nomination = models.OneToOneField(
        Nomination, models.PROTECT, related_name="certificate", verbose_name=_("nomination")
    )
    paper = models.OneToOneField(
        EventPaper, models.PROTECT, related_name="training", verbose_name=_("paper")
    )

    class Meta:
        verbose_name = _("certificate of a training")
        verbose_name_plural = _("certificates of trainings")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.paper)


class RequestKind(models.TextChoices):
    """What a member asks the secretariat for (R28, R29)."""

    PROMOTION = "promotion", _("Promotion of our event")
    CONSULTING = "consulting", _("Consulting")
    MATURITY = "maturity", _("Maturity diagnosis")


class RequestState(models.TextChoices):
    """How far a request is."""

    WAITING = "waiting", _("With the secretariat")
    APPROVED = "approved", _("Approved")
    ASSIGNED = "assigned", _("In hand")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class ServiceRequest(models.Model):
    """What a member asked for; an event to promote names its days and place (workflow 4.9)."""

    kind = models.CharField(_("asks for"), max_length=10, choices=RequestKind.choices)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="service_requests", verbose_name=_("member")
    )
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("about"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    asked_on = models.DateField(_("asked on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in whose hands"),
    )

    class Meta:
        verbose_name = _("request of a member")
        verbose_name_plural = _("requests of members")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=RequestKind.values), name="known_request_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="known_request_state"
            ),
            models.CheckConstraint(
                condition=~Q(kind="promotion")
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="promotion_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PromotionNotice(models.Model):
    """That a member was told of an event it may be interested in: once (R29)."""

    request = models.ForeignKey(
        ServiceRequest, models.PROTECT, related_name="notices", verbose_name=_("request")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="promotion_notices", verbose_name=_("member")
    )
    mails = models.PositiveSmallIntegerField(_("mails"))
    told_at = models.DateTimeField(_("told"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice of an event")
        verbose_name_plural = _("notices of events")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "member"], name="one_notice_per_event_and_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.member}"
