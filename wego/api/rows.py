"""What the programming interface stores for itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdempotentRequest(models.Model):
    """A request with an Idempotency-Key and its answer, stored in one transaction with its effect.

    `digest` is SHA-256 over method, address and body. A row without a status cannot be seen by
    anybody else: it is committed together with the answer, or not at all.
    """

    caller = models.CharField(_("token"), max_length=40)
    key = models.CharField(_("key"), max_length=255)
    nonce = models.UUIDField()
    digest = models.CharField(_("digest"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    headers = models.JSONField(_("headers"), default=dict)
    body = models.TextField(_("body"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("request made once")
        verbose_name_plural = _("requests made once")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caller", "key"], name="one_request_per_caller_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
