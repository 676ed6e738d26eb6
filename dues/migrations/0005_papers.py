import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("dues", "0004_entries_of_invoices"),
        ("members", "0003_leaving_and_lapsing"),
        ("members", "__first__"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Paper",
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
                            "reference",
                            models.CharField(max_length=40, unique=True, verbose_name="reference"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("ko", "Korean")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("issued_on", models.DateField(verbose_name="dated")),
                        ("snapshot", models.JSONField(verbose_name="printed facts")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="written"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("receipt", "Receipt"),
                                    ("credit_note", "Credit note"),
                                    ("statement", "Statement of account"),
                                    ("reminder", "Reminder"),
                                    ("arrears_paper", "Paper on arrears"),
                                    ("use_of_fees_paper", "Paper on the use of membership fees"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "goes_with",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enclosed",
                                to="dues.paper",
                                verbose_name="goes with",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper",
                        "verbose_name_plural": "papers",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "receipt",
                                            "credit_note",
                                            "statement",
                                            "reminder",
                                            "arrears_paper",
                                            "use_of_fees_paper",
                                        ],
                                    )
                                ),
                                name="known_paper_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ("arrears_paper", "use_of_fees_paper")),
                                        ("member__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("kind__in", ("arrears_paper", "use_of_fees_paper")),
                                            _negated=True,
                                        ),
                                        ("member__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_to_a_member_or_of_the_house",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperDocument",
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
                        ("path", models.CharField(max_length=200, verbose_name="path")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("renderer", models.CharField(max_length=60, verbose_name="renderer")),
                        (
                            "rendered_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="rendered"),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document",
                                to="dues.paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a paper",
                        "verbose_name_plural": "documents of papers",
                    },
                ),
                migrations.CreateModel(
                    name="ParkedPaper",
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
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "parked_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="parked"),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parked",
                                to="dues.paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked paper",
                        "verbose_name_plural": "parked papers",
                    },
                ),
            ],
        ),
    ]
