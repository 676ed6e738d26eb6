import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        ("members", "__first__"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="InvoiceSeries",
                    fields=[
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                primary_key=True, serialize=False, verbose_name="dues year"
                            ),
                        ),
                        (
                            "last_number",
                            models.PositiveIntegerField(
                                default=0, verbose_name="last number given"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "number series",
                        "verbose_name_plural": "number series",
                    },
                ),
                migrations.CreateModel(
                    name="DuesRun",
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
                        ("dues_year", models.PositiveSmallIntegerField(verbose_name="dues year")),
                        ("issued_on", models.DateField(verbose_name="issue day")),
                        ("due_on", models.DateField(verbose_name="due day")),
                        (
                            "preview_hash",
                            models.CharField(max_length=64, verbose_name="hash of the preview"),
                        ),
                        ("invoice_count", models.PositiveIntegerField(verbose_name="invoices")),
                        ("total_cents", models.BigIntegerField(verbose_name="total (US cents)")),
                        (
                            "issued_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="issued"),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="issued by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dues run",
                        "verbose_name_plural": "dues runs",
                        "ordering": ("-dues_year", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                                name="run_due_after_issue",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeSchedule",
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
                                    ("city", "City"),
                                    ("institution", "Institution"),
                                    ("company", "Company"),
                                ],
                                max_length=12,
                                verbose_name="kind of member",
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=120, verbose_name="name in English"),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "first_dues_year",
                            models.PositiveSmallIntegerField(verbose_name="first dues year"),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("in_force", "In force")],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "column_measure",
                            models.CharField(
                                choices=[
                                    ("population", "Population (persons)"),
                                    ("employees", "Employees"),
                                    ("gdp_ppp_per_capita", "GDP per capita, PPP (USD)"),
                                ],
                                max_length=20,
                                verbose_name="columns",
                            ),
                        ),
                        (
                            "column_bounds",
                            models.JSONField(verbose_name="lower bounds of the columns"),
                        ),
                        (
                            "row_measure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("population", "Population (persons)"),
                                    ("employees", "Employees"),
                                    ("gdp_ppp_per_capita", "GDP per capita, PPP (USD)"),
                                ],
                                max_length=20,
                                verbose_name="rows",
                            ),
                        ),
                        (
                            "row_bounds",
                            models.JSONField(
                                blank=True, default=list, verbose_name="lower bounds of the rows"
                            ),
                        ),
                        (
                            "cells_cents",
                            models.JSONField(verbose_name="fees, US cents, row by row"),
                        ),
                    ],
                    options={
                        "verbose_name": "fee schedule",
                        "verbose_name_plural": "fee schedules",
                        "ordering": ("kind", "-first_dues_year"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_force")),
                                fields=("kind", "first_dues_year"),
                                name="one_schedule_in_force_per_first_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "in_force"])),
                                name="known_schedule_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
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
                            "number",
                            models.CharField(max_length=20, unique=True, verbose_name="number"),
                        ),
                        ("dues_year", models.PositiveSmallIntegerField(verbose_name="dues year")),
                        (
                            "sequence",
                            models.PositiveIntegerField(verbose_name="place in the year's series"),
                        ),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "reference",
                            models.CharField(
                                max_length=25, unique=True, verbose_name="payment reference"
                            ),
                        ),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("due_on", models.DateField(verbose_name="due on")),
                        ("snapshot", models.JSONField(verbose_name="printed facts")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="dues.duesrun",
                                verbose_name="run",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="dues.feeschedule",
                                verbose_name="fee schedule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invoice",
                        "verbose_name_plural": "invoices",
                        "ordering": ("-dues_year", "sequence"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "dues_year"),
                                name="one_live_invoice_per_member_and_year",
                            ),
                            models.UniqueConstraint(
                                fields=("dues_year", "sequence"),
                                name="one_invoice_per_place_in_series",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sequence__gte", 1)),
                                name="invoice_sequence_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="invoice_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency", "USD")), name="invoice_currency_set"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                name="invoice_numbered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                                name="invoice_due_after_issue",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceDocument",
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
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document",
                                to="dues.invoice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invoice document",
                        "verbose_name_plural": "invoice documents",
                    },
                ),
                migrations.CreateModel(
                    name="IssuerProfile",
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
                            "name_en",
                            models.CharField(
                                default="World Smart Sustainable Cities Organization",
                                max_length=120,
                                verbose_name="name in English",
                            ),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                default="세계스마트시티기구",
                                max_length=120,
                                verbose_name="name in Korean",
                            ),
                        ),
                        (
                            "address_en",
                            models.TextField(
                                default="WeGO Secretariat\n7F, Seoul Global Center, 38 Jongno, Jongno-gu\nSeoul 03188, Republic of Korea",
                                verbose_name="address in English",
                            ),
                        ),
                        (
                            "address_ko",
                            models.TextField(
                                default="WeGO 사무국\n03188 서울특별시 종로구 종로 38\n서울글로벌센터 7층",
                                verbose_name="address in Korean",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                        (
                            "website",
                            models.CharField(
                                blank=True,
                                default="we-gov.org",
                                max_length=100,
                                verbose_name="website",
                            ),
                        ),
                        (
                            "beneficiary",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="account holder"
                            ),
                        ),
                        (
                            "bank_name",
                            models.CharField(blank=True, max_length=120, verbose_name="bank"),
                        ),
                        (
                            "bank_address",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="bank address"
                            ),
                        ),
                        (
                            "bank_account",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="account number"
                            ),
                        ),
                        (
                            "bank_swift",
                            models.CharField(blank=True, max_length=11, verbose_name="SWIFT/BIC"),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="For example a sentence on tax (S22). Printed as it stands.",
                                max_length=300,
                                verbose_name="line at the foot of the invoice",
                            ),
                        ),
                        (
                            "issue_month",
                            models.PositiveSmallIntegerField(default=1, verbose_name="issue month"),
                        ),
                        (
                            "issue_day",
                            models.PositiveSmallIntegerField(default=15, verbose_name="issue day"),
                        ),
                        (
                            "due_month",
                            models.PositiveSmallIntegerField(default=3, verbose_name="due month"),
                        ),
                        (
                            "due_day",
                            models.PositiveSmallIntegerField(default=31, verbose_name="due day"),
                        ),
                        (
                            "is_demo",
                            models.BooleanField(
                                default=False,
                                help_text="Prints on every invoice that it is a demonstration and not payable.",
                                verbose_name="demonstration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invoice settings",
                        "verbose_name_plural": "invoice settings",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pk", 1)), name="one_issuer_profile"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParkedDocument",
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
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parked",
                                to="dues.invoice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked document",
                        "verbose_name_plural": "parked documents",
                    },
                ),
            ],
        ),
    ]
