import django.db.migrations.operations.special
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating

# Functions from the following migrations need manual copying.
# Move them and any dependencies into this file, then update the
# RunPython operations to refer to the local versions:
# dues.migrations.0006_reminders


def note_issued(apps, schema_editor):
    """What was issued before invoices were mailed is not mailed now."""
    invoices = apps.get_model("dues", "Invoice").objects.values_list("pk", flat=True)
    mailing = apps.get_model("dues", "InvoiceMailing")
    mailing.objects.bulk_create(
        (mailing(invoice_id=invoice) for invoice in invoices.iterator()), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [
        ("dues", "0005_papers"),
        ("members", "0003_leaving_and_lapsing"),
        ("members", "__first__"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="InvoiceMailing",
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
                            "to_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="to"),
                        ),
                        (
                            "mailed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mailing",
                                to="dues.invoice",
                                verbose_name="invoice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mailed invoice",
                        "verbose_name_plural": "mailed invoices",
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
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
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="dues.paper",
                                verbose_name="paper",
                            ),
                        ),
                        (
                            "payment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="dues.payment",
                                verbose_name="payment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "receipt",
                        "verbose_name_plural": "receipts",
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("notice", "Notice"),
                                    ("reminder", "Reminder"),
                                    ("letter", "Letter of the Secretary General"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("days", models.SmallIntegerField(verbose_name="days from the due day")),
                        ("sent_on", models.DateField(verbose_name="sent on")),
                        (
                            "amount_cents",
                            models.BigIntegerField(verbose_name="open amount (US cents)"),
                        ),
                        ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="dues.invoice",
                                verbose_name="invoice",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminder",
                                to="dues.paper",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "letter"), _negated=True),
                                fields=("invoice", "days"),
                                name="one_reminder_per_invoice_and_step",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "letter")),
                                fields=("invoice",),
                                name="one_letter_per_invoice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["notice", "reminder", "letter"])),
                                name="known_reminder_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="reminder_amount_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPause",
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
                        ("until", models.DateField(verbose_name="reminded again from")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminder_pauses",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recorded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pause of reminders",
                        "verbose_name_plural": "pauses of reminders",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="pause_says_why",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(
            code=note_issued,
            reverse_code=django.db.migrations.operations.special.RunPython.noop,
        ),
    ]
