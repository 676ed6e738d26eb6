"""Papers: what was written once, to print the same for ever; the rows an app's papers share.

An app keeps three tables: its papers, the document of each as it was stored, and those that could
not be printed. The last two name their paper by a one-to-one field, `document` and `parked` from
the paper's side; `wego.press` prints them.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Letters and digits that nobody mistakes for another.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 6


class AbstractPaper(models.Model):
    """One paper: `snapshot` holds every printed fact, so it prints the same for ever."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    issued_on = models.DateField(_("dated"))
    snapshot = models.JSONField(_("printed facts"))
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    class Meta:
        abstract = True


class AbstractPaperDocument(models.Model):
    """The PDF of a paper as it was stored, once; proved by its SHA-256."""

    path = models.CharField(_("path"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    renderer = models.CharField(_("renderer"), max_length=60)
    rendered_at = models.DateTimeField(_("rendered"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.path


class AbstractParkedPaper(models.Model):
    """A paper whose PDF could not be made; it waits for a retry and stops nobody else."""

    reason = models.TextField(_("reason"))
    parked_at = models.DateTimeField(_("parked"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reason


def find_reference(papers: models.Manager[Any], sign: str, on: dt.date) -> str:
    """`WEGO-2026-C-7K3Q9T`: year, what it is, and signs that say nothing and nobody can count on.

    `papers` are those among which the reference is the only one of its kind.
    """
    while True:
        signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
        reference = f"WEGO-{on.year}-{sign}-{signs}"
        if not papers.filter(reference=reference).exists():
            return reference
