"""Elections of an Assembly: the call, candidacies, the list of voters, nominations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from events.models.terms import Office, Term
from members.models import Member
from wego import reader
from wego.records import Recorded

# What the Assembly elects itself (R15, P1).
ELECTED = (Office.PRESIDENT, Office.EXCOM)


class ElectionCall(Recorded):
    """An Assembly was called to elect: since when, and who is on the list of voters on which day.

    `notice_reason` is why it was called later than the notice asks for.
    """

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="election_call", verbose_name=_("meeting")
    )
    called_on = models.DateField(_("called on"))
    record_on = models.DateField(_("record date of the list of voters"))
    notice_reason = models.TextField(_("why at shorter notice"), blank=True)

    class Meta:
        verbose_name = _("call for candidacies")
        verbose_name_plural = _("calls for candidacies")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.meeting)


class Election(models.Model):
    """One office put to the vote of one Assembly, and how many of it (R15).

    `replaces_running` says that those elected take over from all who hold the office; otherwise
    they fill seats that are free.
    """

    call = models.ForeignKey(
        ElectionCall, models.PROTECT, related_name="elections", verbose_name=_("call")
    )
    office = models.CharField(
        _("office"),
        max_length=12,
        choices=[(office.value, office.label) for office in ELECTED],
    )
    seats = models.PositiveSmallIntegerField(_("seats"))
    replaces_running = models.BooleanField(_("takes over from all who hold it"), default=True)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ("-call", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "office"], name="one_election_per_office"),
            models.CheckConstraint(
                condition=Q(office="president", seats=1) | Q(office="excom", seats__gte=1),
                name="one_president_and_some_seats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}, {self.call}"


class CameBy(models.TextChoices):
    """How a notice of candidacy reached the secretariat."""

    PORTAL = "portal", _("Portal")
    LETTER = "letter", _("Letter or mail to the secretariat")


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Questions about candidacies."""

    def standing(self) -> CandidacyQuerySet:
        """Who stands: in time and eligible, or admitted by way of exception; not withdrawn."""
        sound = Q(is_late=False, is_eligible=True) | Q(ruling__isnull=False)
        return self.filter(sound, withdrawal__isnull=True)


class Candidacy(Recorded):
    """A written notice that a city stands (P2), with what was found on the day it came.

    Found means frozen: `reason_en`, `reason_ko` and `invoices` say how the city stood that day, and
    nothing paid or issued later changes it. The city may give notice again.
    """

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="candidacies", verbose_name=_("election")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="candidacies", verbose_name=_("city")
    )
    received_on = models.DateField(_("received on"))
    came_by = models.CharField(_("came by"), max_length=8, choices=CameBy.choices)
    statement = models.TextField(_("what the city says"), blank=True)
    deadline_on = models.DateField(_("last day to stand"))
    is_late = models.BooleanField(_("late"))
    is_eligible = models.BooleanField(_("eligible"))
    status = models.CharField(_("status that day"), max_length=12, blank=True)
    reason_en = models.TextField(_("found, in English"))
    reason_ko = models.TextField(_("found, in Korean"))
    invoices = models.JSONField(_("open invoices"), default=list, blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(came_by__in=CameBy.values), name="known_way_came")
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.election.get_office_display()}"

    @property
    def reason(self) -> str:
        """What was found, in the reader's language."""
        return reader.choose(self.reason_en, self.reason_ko)


class CandidacyRuling(models.Model):
    """A candidacy that came late, or is not eligible, admitted with a written reason (R20, X15)."""

    candidacy = models.OneToOneField(
        Candidacy, models.PROTECT, related_name="ruling", verbose_name=_("candidacy")
    )
    reason = models.TextField(_("reason"))
    ruled_on = models.DateField(_("admitted on"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("admitted by"),
    )

    class Meta:
        verbose_name = _("admission by way of exception")
        verbose_name_plural = _("admissions by way of exception")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="exception_has_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.candidacy)


class CandidacyWithdrawal(Recorded):
    """A city stands no more."""

    candidacy = models.OneToOneField(
        Candidacy, models.PROTECT, related_name="withdrawal", verbose_name=_("candidacy")
    )
    withdrawn_on = models.DateField(_("withdrawn on"))

    class Meta:
        verbose_name = _("withdrawn candidacy")
        verbose_name_plural = _("withdrawn candidacies")

    def __str__(self) -> str:
        return str(self.candidacy)


class Voter(models.Model):
    """One line of the list of voters as it was fixed at the record date; it never changes."""

    call = models.ForeignKey(
        ElectionCall, models.PROTECT, related_name="voters", verbose_name=_("call")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="voter_lines", verbose_name=_("city")
    )
    may_vote = models.BooleanField(_("may vote"))
    why_en = models.TextField(_("why, in English"))
    why_ko = models.TextField(_("why, in Korean"))

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("list of voters")
        ordering = ("member__name_en", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "member"], name="one_line_per_voter")
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def why(self) -> str:
        """The reason, in the reader's language."""
        return reader.choose(self.why_en, self.why_ko)


class ViceNomination(Recorded):
    """EXCOM proposes a city as Vice President; the President's appointment is its term (P3)."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="vice_nominations", verbose_name=_("city")
    )
    nominated_on = models.DateField(_("nominated on"))
    reference = models.CharField(_("reference"), max_length=200)
    appointment = models.OneToOneField(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination",
        verbose_name=_("appointment"),
    )

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reference=""), name="nomination_is_referenced"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(appointment__isnull=True),
                name="one_open_nomination_per_city",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class ElectionConfirmation(models.Model):
    """An authorised person confirmed a result: the terms that follow from it hold."""

    election = models.OneToOneField(
        Election, models.PROTECT, related_name="confirmation", verbose_name=_("election")
    )
    confirmed_on = models.DateField(_("confirmed on"))
    starts_on = models.DateField(_("terms from"))
    ends_on = models.DateField(_("terms until"))
    label = models.CharField(_("label"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("confirmed result")
        verbose_name_plural = _("confirmed results")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="elected_terms_end_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.election)
