"""What belongs to a delegation and a person besides: signed credentials, a private calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.delegations import Delegation


class Credential(models.Model):
    """The signed letter by which a city says who speaks for it; kept as it came."""

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="credentials", verbose_name=_("delegation")
    )
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    file_path = models.CharField(_("path"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256"), max_length=64)
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handed in by"),
    )

    class Meta:
        verbose_name = _("signed credentials")
        verbose_name_plural = _("signed credentials")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name


class CalendarLink(models.Model):
    """A person's private calendar address: signed over `version`, so nothing in the row opens it.

    A higher version, or `revoked_on`, makes every address given out before worthless.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="calendar_link",
        verbose_name=_("person"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    made_on = models.DateField(_("made on"))
    revoked_on = models.DateField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("private calendar address")
        verbose_name_plural = _("private calendar addresses")

    def __str__(self) -> str:
        return str(self.user)
