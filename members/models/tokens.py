"""Tokens of the programming interface: whose they are, what they open, how they are used."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Member
from members.models.people import Role


class ApiToken(models.Model):
    """A token speaks for a role of the staff, or for one member organisation.

    Of the token itself only `digest` (SHA-256) is stored; `shown` is its beginning. With a `person`
    it opens nothing that the person may not do now; without one it belongs to a service.
    `window` and `used` count its requests, in whole windows of time since 1970.
    """

    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(_("begins with"), max_length=16)
    scopes = models.JSONField(_("scopes"), default=list)
    role = models.CharField(_("staff role"), max_length=20, choices=Role.choices, blank=True)
    member = models.ForeignKey(
        Member,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="api_tokens",
        verbose_name=_("member"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="api_tokens",
        verbose_name=_("person"),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    expires_at = models.DateTimeField(_("runs out"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    window = models.BigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) & ~Q(role="")
                | Q(member__isnull=False) & Q(role=""),
                name="token_of_a_role_or_a_member",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_runs_out_after_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name
