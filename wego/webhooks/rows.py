"""What happened, who wants to be told, and how far the telling is."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Happening(models.Model):
    """Something the house tells other systems, written in the transaction of the act itself.

    `facts` names rows by their keys and holds nothing personal: whoever is told asks the
    programming interface for the rest. `told_at` is when deliveries were made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("what"), max_length=40)
    file = models.CharField(_("file"), max_length=40, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("happening")
        verbose_name_plural = _("happenings")
        ordering = ("at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(told_at=None), name="happenings_to_tell")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class WebhookEndpoint(models.Model):
    """An address that is told of some kinds of happenings, of all members or of one (`file`).

    The secret that signs is derived from the key of the house and `nonce`; its SHA-256 says
    whether the derived one is still the one that was shown.
    """

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(_("told of"), default=list)
    file = models.CharField(_("of the file"), max_length=40, blank=True)
    nonce = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    is_active = models.BooleanField(_("in use"), default=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Delivered")
    FAILED = "failed", _("Failed")


class WebhookDelivery(models.Model):
    """One happening on its way to one address; a replay is another row."""

    happening = models.ForeignKey(Happening, models.PROTECT, related_name="deliveries")
    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    state = models.CharField(
        _("state"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    status = models.PositiveSmallIntegerField(_("answer"), default=0)
    error = models.CharField(_("what failed"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    is_replay = models.BooleanField(_("replay"), default=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="deliveries_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="known_delivery_state"
            ),
            models.UniqueConstraint(
                fields=["happening", "endpoint"],
                condition=Q(is_replay=False),
                name="told_once_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happening} → {self.endpoint}"
