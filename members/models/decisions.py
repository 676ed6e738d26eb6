"""What a body decided, and what leads to a decision: notices of leaving and proposals to act."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.models.admission import Application
from members.models.organisations import Member, Status, StatusEntry
from wego.records import Recorded

LEFT = (Status.REJECTED, Status.WITHDRAWN, Status.EXPELLED)


class Body(models.TextChoices):
    """Who decides on members (S2, C17)."""

    EXCOM = "excom", _("EXCOM")
    ASSEMBLY = "assembly", _("General Assembly")


class Outcome(models.TextChoices):
    """What was decided about one member."""

    APPROVE = "approve", _("Approved as full member")
    REJECT = "reject", _("Rejected")
    DEFER = "defer", _("Deferred to the next EXCOM")
    SUSPEND = "suspend", _("Suspended")
    LIFT = "lift", _("Suspension lifted")
    EXPEL = "expel", _("Expelled")
    NOTE = "note", _("Withdrawal noted")
    WAIVE = "waive", _("Arrears waived")
    REVERSE = "reverse", _("Earlier decision corrected")


def readmitted_since(recorded: str) -> Exists:
    """Whether a row's member left and was admitted again after the row was recorded.

    What was pending in an earlier membership is history then. Corrections admit nobody.
    """
    lines = StatusEntry.objects.filter(member=OuterRef("member"))
    left = lines.filter(
        status__in=LEFT, pk__lt=OuterRef("pk"), recorded_at__gt=OuterRef(OuterRef(recorded))
    )
    readmitted = lines.filter(
        status=Status.ASSOCIATE, decision_item__isnull=True, recorded_at__gt=OuterRef(recorded)
    )
    return Exists(readmitted.filter(Exists(left)))


class Decision(Recorded):
    """One sitting's decisions on members (R4, R11): dated, referenced, never changed.

    `decided_on` is a Seoul calendar date. `meeting_ended_on` and `memorandum_on` are kept for the
    switch that lets a status hold from them (S4).
    """

    body = models.CharField(_("body"), max_length=10, choices=Body.choices)
    decided_on = models.DateField(_("decided on"))
    meeting = models.CharField(_("meeting"), max_length=200)
    reference = models.CharField(_("reference"), max_length=120)
    meeting_ended_on = models.DateField(_("last day of the meeting"), null=True, blank=True)
    memorandum_on = models.DateField(_("date of the memorandum"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-decided_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(body__in=Body.values), name="known_body"),
            models.CheckConstraint(
                condition=Q(meeting_ended_on__isnull=True)
                | Q(meeting_ended_on__gte=F("decided_on")),
                name="meeting_ends_after_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.reference}"


class Proceeding(Recorded):
    """A proposal to suspend or expel (S12, S13): proposed, heard, then decided or dropped."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="proceedings", verbose_name=_("member")
    )
    outcome = models.CharField(
        _("proposed"),
        max_length=10,
        choices=[
            (Outcome.SUSPEND.value, Outcome.SUSPEND.label),
            (Outcome.EXPEL.value, Outcome.EXPEL.label),
        ],
    )
    proposed_on = models.DateField(_("proposed on"))
    heard_until = models.DateField(_("member may be heard until"))
    reason = models.TextField(_("reason"))
    statement = models.TextField(_("what the member said"), blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal to suspend or expel")
        verbose_name_plural = _("proposals to suspend or expel")
        ordering = ("-proposed_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(heard_until__gte=F("proposed_on")), name="heard_after_proposed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.member}"


class DecisionItemQuerySet(models.QuerySet["DecisionItem"]):
    """Questions about what was decided."""

    def standing(self) -> DecisionItemQuerySet:
        """What holds: neither a correction nor corrected by one (X09)."""
        return self.filter(reversed_by__isnull=True).exclude(outcome=Outcome.REVERSE)


class DecisionItem(models.Model):
    """What one decision says of one member; a mistake is corrected by a later item (X09)."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="items", verbose_name=_("decision")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="decision_items", verbose_name=_("member")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"), blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision_items",
        verbose_name=_("application"),
    )
    proceeding = models.ForeignKey(
        Proceeding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decision_items",
        verbose_name=_("proposal"),
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("corrects"),
    )

    objects = DecisionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a decision")
        verbose_name_plural = _("items of a decision")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "member", "outcome"], name="one_outcome_per_member_and_decision"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="reverse", reverses__isnull=False)
                | ~Q(outcome="reverse") & Q(reverses__isnull=True),
                name="correction_names_what_it_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.member}"


class WithdrawalNoticeQuerySet(models.QuerySet["WithdrawalNotice"]):
    """Questions about notices of withdrawal."""

    def standing(self) -> WithdrawalNoticeQuerySet:
        """Not taken back, and of this membership: who left and was readmitted starts anew."""
        return self.filter(~readmitted_since("filed_at"), taken_back_on__isnull=True)


class WithdrawalNotice(models.Model):
    """A member's written notice that it leaves (S14), until acknowledged, noted or taken back.

    Without `effective_on` it waits for the decision that lets it take effect.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="withdrawal_notices", verbose_name=_("member")
    )
    received_on = models.DateField(_("received on"))
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    reason = models.TextField(_("reason given"), blank=True)
    file_name = models.CharField(_("letter"), max_length=200, blank=True)
    file_path = models.CharField(_("path"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    filed_at = models.DateTimeField(_("filed"), auto_now_add=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("filed by"),
    )
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    taken_back_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = WithdrawalNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of withdrawal")
        verbose_name_plural = _("notices of withdrawal")
        ordering = ("-received_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(acknowledged_on__isnull=True, taken_back_on__isnull=True),
                name="one_waiting_notice_per_member",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True) | Q(effective_on__gte=F("received_on")),
                name="notice_effective_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.received_on:%Y-%m-%d}"
