"""The frame's own rows: the audit trail, the outbox of mails, what staff set.

A `file` says on whose file something belongs, as `member:12` or `application:5`; the frame does
not know what either is.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wego.api.rows import IdempotentRequest
from wego.webhooks.rows import Happening, WebhookDelivery, WebhookEndpoint

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "Happening",
    "IdempotentRequest",
    "Mail",
    "MailState",
    "MailWording",
    "PolicyValue",
    "SealedEntry",
    "WebhookDelivery",
    "WebhookEndpoint",
]


class AuditEntry(models.Model):
    """Who did what to what, when and why (S14); append-only, sealed in batches into a chain.

    `act` is a dotted word such as `member.renamed`; `facts` holds old and new values and nothing
    secret.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    act = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("of what"), max_length=60, blank=True)
    label = models.CharField(_("called"), max_length=300, blank=True)
    file = models.CharField(_("file"), max_length=40, blank=True, db_index=True)
    why = models.TextField(_("why"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.act} {self.label}"


class AuditSeal(models.Model):
    """A batch of entries hashed onto the seal before it; append-only.

    `digest` is SHA-256 over the previous seal's digest and the batch's entries in order. The last
    one is the head: printed or mailed elsewhere, it betrays a chain written anew.
    """

    sealed_at = models.DateTimeField(_("sealed"), auto_now_add=True)
    count = models.PositiveIntegerField(_("entries"))
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("seal of the audit trail")
        verbose_name_plural = _("seals of the audit trail")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.digest


class SealedEntry(models.Model):
    """Which seal covers an entry, and where in its batch; append-only."""

    seal = models.ForeignKey(AuditSeal, models.PROTECT, related_name="sealed")
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="sealed")
    place = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seal", "place"], name="one_entry_per_place_in_seal")
        ]

    def __str__(self) -> str:
        return f"{self.seal_id}:{self.place}"


class MailState(models.TextChoices):
    """How far a mail is."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed: it may have left")
    FAILED = "failed", _("Failed")


class Mail(models.Model):
    """One mail to one mailbox, written in the transaction of the act that causes it.

    `waits_for` names a document that is attached when it is made, such as `letter:7`; until then
    the mail stays queued. `attachments` are [{"name", "path", "sha256", "type"}] in the private
    store. A retry keeps `message_id`, so a mailbox that has it already shows it once. A `private`
    mail carries a code or link that opens something: staff never read it, its text goes when sent.
    `facts` are what was put into the words; a private mail keeps none.
    """

    kind = models.CharField(_("kind"), max_length=40)
    file = models.CharField(_("file"), max_length=40, blank=True, db_index=True)
    to_email = models.EmailField(_("to"))
    to_name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    attachments = models.JSONField(_("attachments"), default=list)
    waits_for = models.CharField(_("waits for"), max_length=40, blank=True, db_index=True)
    message_id = models.CharField(_("message id"), max_length=120, unique=True)
    private = models.BooleanField(_("private"), default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=MailState.choices, default=MailState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what failed"), blank=True)
    queued_at = models.DateTimeField(_("queued"), auto_now_add=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["state", "id"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="known_mail_state")
        ]

    def __str__(self) -> str:
        return f"{self.to_email}: {self.kind if self.private else self.subject}"


class MailWording(models.Model):
    """The secretariat's own words for a kind of mail in a language, with {placeholders} only."""

    kind = models.CharField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("wording of a mail")
        verbose_name_plural = _("wordings of mails")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "language"], name="one_wording_per_kind_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


class PolicyValue(models.Model):
    """What staff chose for a policy switch; without a row its default holds."""

    key = models.CharField(_("switch"), max_length=40, primary_key=True)
    value = models.CharField(_("value"), max_length=80)

    class Meta:
        verbose_name = _("policy switch")
        verbose_name_plural = _("policy switches")

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class OperationKind(models.TextChoices):
    """What is done to keep the house safe."""

    BOOKS = "verify_books", _("Proof of the books")
    AUDIT = "verify_audit", _("Proof of the audit trail")
    BACKUP = "backup", _("Backup")
    RESTORE = "restore", _("Restore")


class Operation(models.Model):
    """A proof, backup or restore that has ended, and what came of it; append-only.

    `night` is the Seoul day whose nightly proof it is; nothing for what a person started. `facts`
    are JSON: counts, sums in words, faults, the file written, the error.
    """

    kind = models.CharField(_("what"), max_length=20, choices=OperationKind.choices)
    night = models.DateField(_("night"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    ok = models.BooleanField(_("all is well"))
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ("-pk",)
        indexes: ClassVar = [models.Index(fields=["kind", "-id"], name="operation_by_kind")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=OperationKind.values), name="known_operation"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__gte=models.F("started_at")),
                name="operation_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["kind", "night"], name="one_proof_of_a_kind_per_night"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.finished_at:%Y-%m-%d %H:%M}"
