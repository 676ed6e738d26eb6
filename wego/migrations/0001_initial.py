import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "__first__"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "sealed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="sealed"),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="entries")),
                        (
                            "digest",
                            models.CharField(max_length=64, unique=True, verbose_name="digest"),
                        ),
                    ],
                    options={
                        "verbose_name": "seal of the audit trail",
                        "verbose_name_plural": "seals of the audit trail",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="PolicyValue",
                    fields=[
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="switch",
                            ),
                        ),
                        ("value", models.CharField(max_length=80, verbose_name="value")),
                    ],
                    options={
                        "verbose_name": "policy switch",
                        "verbose_name_plural": "policy switches",
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                        ("act", models.CharField(max_length=60, verbose_name="what")),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=60, verbose_name="of what"),
                        ),
                        (
                            "label",
                            models.CharField(blank=True, max_length=300, verbose_name="called"),
                        ),
                        (
                            "file",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="file"
                            ),
                        ),
                        ("why", models.TextField(blank=True, verbose_name="why")),
                        ("facts", models.JSONField(default=dict, verbose_name="facts")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the audit trail",
                        "verbose_name_plural": "audit trail",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        (
                            "file",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="file"
                            ),
                        ),
                        ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                        (
                            "to_name",
                            models.CharField(blank=True, max_length=200, verbose_name="name"),
                        ),
                        ("language", models.CharField(max_length=2, verbose_name="language")),
                        ("subject", models.CharField(max_length=300, verbose_name="subject")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", models.TextField(blank=True, verbose_name="HTML")),
                        ("attachments", models.JSONField(default=list, verbose_name="attachments")),
                        (
                            "waits_for",
                            models.CharField(
                                blank=True, db_index=True, max_length=40, verbose_name="waits for"
                            ),
                        ),
                        (
                            "message_id",
                            models.CharField(
                                max_length=120, unique=True, verbose_name="message id"
                            ),
                        ),
                        ("private", models.BooleanField(default=False, verbose_name="private")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("sending", "Being sent"),
                                    ("sent", "Sent"),
                                    ("unconfirmed", "Unconfirmed: it may have left"),
                                    ("failed", "Failed"),
                                ],
                                default="queued",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("error", models.TextField(blank=True, verbose_name="what failed")),
                        (
                            "queued_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="queued"),
                        ),
                        (
                            "not_before",
                            models.DateTimeField(blank=True, null=True, verbose_name="not before"),
                        ),
                        (
                            "claimed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="claimed"),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent"),
                        ),
                    ],
                    options={
                        "verbose_name": "mail",
                        "verbose_name_plural": "mails",
                        "ordering": ("-pk",),
                        "indexes": [
                            models.Index(fields=["state", "id"], name="wego_mail_state_2c9625_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["queued", "sending", "sent", "unconfirmed", "failed"],
                                    )
                                ),
                                name="known_mail_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailWording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        ("language", models.CharField(max_length=2, verbose_name="language")),
                        ("subject", models.CharField(max_length=200, verbose_name="subject")),
                        ("body", models.TextField(verbose_name="text")),
                    ],
                    options={
                        "verbose_name": "wording of a mail",
                        "verbose_name_plural": "wordings of mails",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "language"),
                                name="one_wording_per_kind_and_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("place", models.PositiveIntegerField()),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed",
                                to="wego.auditentry",
                            ),
                        ),
                        (
                            "seal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed",
                                to="wego.auditseal",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seal", "place"), name="one_entry_per_place_in_seal"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
