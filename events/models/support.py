"""Support for speakers of members: asked for, consulted on, granted or not, settled (R27).

Amounts are US cents. The state of a request is that of its last step; steps are append-only.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.programme import Speaker
from wego.records import Recorded


class SupportState(models.TextChoices):
    """How far a request has come; nothing is promised before it is granted."""

    REQUESTED = "requested", _("Requested")
    CONSULTATION = "consultation", _("In consultation")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Not granted")
    SETTLED = "settled", _("Settled")


class SupportOf(models.TextChoices):
    """What support pays for."""

    LODGING = "lodging", _("Lodging")
    AIRFARE = "airfare", _("Airfare")


class SupportRequest(models.Model):
    """A member asks that its speaker's lodging or airfare be paid."""

    speaker = models.OneToOneField(
        Speaker, models.PROTECT, related_name="support", verbose_name=_("speaker")
    )
    travel_from = models.CharField(_("travels from"), max_length=120)
    arrives_on = models.DateField(_("arrives on"))
    leaves_on = models.DateField(_("leaves on"))
    wants_lodging = models.BooleanField(_("lodging"), default=False)
    wants_airfare = models.BooleanField(_("airfare"), default=False)
    note = models.TextField(_("note"), blank=True)
    requested_on = models.DateField(_("requested on"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("requested by"),
    )

    class Meta:
        verbose_name = _("request for speaker support")
        verbose_name_plural = _("requests for speaker support")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(leaves_on__gte=F("arrives_on")), name="support_leaves_after_arriving"
            ),
            models.CheckConstraint(
                condition=Q(wants_lodging=True) | Q(wants_airfare=True),
                name="support_is_for_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.speaker)


class SupportStep(Recorded):
    """One step of a request; a grant says how much at most is paid for each thing."""

    request = models.ForeignKey(
        SupportRequest, models.PROTECT, related_name="steps", verbose_name=_("request")
    )
    state = models.CharField(_("state"), max_length=12, choices=SupportState.choices)
    on = models.DateField(_("on"))
    note = models.TextField(_("note"), blank=True)
    lodging_cap_cents = models.PositiveIntegerField(
        _("lodging at most (US cents)"), null=True, blank=True
    )
    airfare_cap_cents = models.PositiveIntegerField(
        _("airfare at most (US cents)"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("step of a request for support")
        verbose_name_plural = _("steps of requests for support")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=SupportState.values), name="known_support_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="granted", recorded_by__isnull=False, lodging_cap_cents__isnull=False
                )
                | Q(state="granted", recorded_by__isnull=False, airfare_cap_cents__isnull=False)
                | (
                    ~Q(state="granted")
                    & Q(lodging_cap_cents__isnull=True, airfare_cap_cents__isnull=True)
                ),
                name="somebody_grants_support_with_a_cap",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class SupportReceipt(models.Model):
    """A receipt that was paid under a grant."""

    request = models.ForeignKey(
        SupportRequest, models.PROTECT, related_name="receipts", verbose_name=_("request")
    )
    of = models.CharField(_("for"), max_length=8, choices=SupportOf.choices)
    amount_cents = models.PositiveIntegerField(_("amount (US cents)"))
    described = models.CharField(_("receipt"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_path = models.CharField(_("path"), max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("receipt under a grant")
        verbose_name_plural = _("receipts under grants")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(of__in=SupportOf.values), name="known_support_of"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="receipt_is_for_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.described
