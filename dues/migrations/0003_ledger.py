import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("dues", "0002_schedules_2020"),
        ("members", "0003_leaving_and_lapsing"),
        ("members", "__first__"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invoice",
            name="one_live_invoice_per_member_and_year",
        ),
        migrations.AddField(
            model_name="invoice",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="dues.invoice",
                verbose_name="instead of",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("member", "dues_year"),
                name="one_live_invoice_per_member_and_year",
            ),
        ),
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="BankStatement",
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
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("file_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("format", models.CharField(max_length=20, verbose_name="format")),
                        (
                            "account",
                            models.CharField(blank=True, max_length=60, verbose_name="account"),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "reference",
                            models.CharField(blank=True, max_length=80, verbose_name="statement"),
                        ),
                        ("opened_on", models.DateField(null=True, verbose_name="from")),
                        ("closed_on", models.DateField(null=True, verbose_name="to")),
                        (
                            "opening_amount",
                            models.BigIntegerField(null=True, verbose_name="opening balance"),
                        ),
                        (
                            "closing_amount",
                            models.BigIntegerField(null=True, verbose_name="closing balance"),
                        ),
                        ("warnings", models.JSONField(default=list, verbose_name="warnings")),
                        (
                            "imported_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="imported"),
                        ),
                        (
                            "imported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="imported by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bank statement",
                        "verbose_name_plural": "bank statements",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="BankLine",
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
                            "position",
                            models.PositiveIntegerField(verbose_name="place in the statement"),
                        ),
                        (
                            "identity",
                            models.CharField(max_length=64, unique=True, verbose_name="identity"),
                        ),
                        ("booked_on", models.DateField(verbose_name="booked on")),
                        ("value_on", models.DateField(null=True, verbose_name="value date")),
                        ("amount", models.BigIntegerField(verbose_name="amount")),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "is_reversal",
                            models.BooleanField(default=False, verbose_name="reversal by the bank"),
                        ),
                        (
                            "party",
                            models.CharField(blank=True, max_length=200, verbose_name="name"),
                        ),
                        (
                            "party_account",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="account of the other side"
                            ),
                        ),
                        (
                            "bank_reference",
                            models.CharField(
                                blank=True, max_length=140, verbose_name="bank reference"
                            ),
                        ),
                        (
                            "end_to_end",
                            models.CharField(
                                blank=True, max_length=140, verbose_name="end-to-end reference"
                            ),
                        ),
                        (
                            "creditor_reference",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="creditor reference"
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        (
                            "original",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="original amount and rate"
                            ),
                        ),
                        (
                            "set_aside_on",
                            models.DateField(blank=True, null=True, verbose_name="set aside on"),
                        ),
                        (
                            "set_aside_why",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why set aside"
                            ),
                        ),
                        (
                            "set_aside_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set aside by",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="dues.bankstatement",
                                verbose_name="statement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a bank statement",
                        "verbose_name_plural": "lines of bank statements",
                        "ordering": ("-booked_on", "-pk"),
                        "indexes": [models.Index(fields=["booked_on"], name="bank_lines_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("set_aside_on__isnull", True), ("set_aside_why", "")),
                                    models.Q(
                                        ("set_aside_on__isnull", False),
                                        models.Q(("set_aside_why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="set_aside_with_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeries",
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
                                choices=[("receipt", "Receipts"), ("credit_note", "Credit notes")],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "last_number",
                            models.PositiveIntegerField(
                                default=0, verbose_name="last number given"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series of document numbers",
                        "verbose_name_plural": "series of document numbers",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "year"), name="one_series_per_kind_and_year"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodLock",
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
                        ("through", models.DateField(null=True, verbose_name="locked through")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
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
                        "verbose_name": "period lock",
                        "verbose_name_plural": "period locks",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="lock_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                            models.CharField(
                                max_length=20, unique=True, verbose_name="receipt number"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(verbose_name="year of the number"),
                        ),
                        (
                            "sequence",
                            models.PositiveIntegerField(verbose_name="place in the year's series"),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("bank", "Bank transfer"),
                                    ("cash", "Cash"),
                                    ("other", "Other"),
                                ],
                                default="bank",
                                max_length=8,
                                verbose_name="way",
                            ),
                        ),
                        (
                            "payer",
                            models.CharField(blank=True, max_length=200, verbose_name="paid by"),
                        ),
                        (
                            "bank_reference",
                            models.CharField(
                                blank=True, max_length=140, verbose_name="bank reference"
                            ),
                        ),
                        (
                            "original_currency",
                            models.CharField(
                                blank=True, max_length=3, verbose_name="currency sent"
                            ),
                        ),
                        (
                            "original_amount",
                            models.CharField(blank=True, max_length=24, verbose_name="amount sent"),
                        ),
                        (
                            "rate_note",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="note on the rate"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "bank_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="dues.bankline",
                                verbose_name="line of a statement",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
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
                        "verbose_name": "payment",
                        "verbose_name_plural": "payments",
                        "ordering": ("-received_on", "-pk"),
                        "indexes": [
                            models.Index(
                                fields=["member", "received_on"], name="payments_of_member"
                            ),
                            models.Index(fields=["received_on"], name="payments_by_day"),
                            models.Index(fields=["bank_reference"], name="payments_by_reference"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="payment_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sequence__gte", 1)),
                                name="payment_sequence_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("original_amount", ""), ("original_currency", "")),
                                    models.Q(
                                        models.Q(("original_currency", ""), _negated=True),
                                        models.Q(("original_amount", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="payment_original_whole",
                            ),
                            models.UniqueConstraint(
                                fields=("year", "sequence"), name="one_payment_per_place_in_series"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
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
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("refunded_on", models.DateField(verbose_name="decided on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("pay_to", models.TextField(blank=True, verbose_name="pay to")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="dues.payment",
                                verbose_name="payment",
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
                        "verbose_name": "refund",
                        "verbose_name_plural": "refunds",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="refund_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="refund_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payout",
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
                        ("paid_on", models.DateField(verbose_name="paid on")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "bank_line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payouts",
                                to="dues.bankline",
                                verbose_name="line of a statement",
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
                        (
                            "refund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payouts",
                                to="dues.refund",
                                verbose_name="refund",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payout of a refund",
                        "verbose_name_plural": "payouts of refunds",
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
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
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("allocated_on", models.DateField(verbose_name="allocated on")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="dues.invoice",
                                verbose_name="invoice",
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
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="dues.payment",
                                verbose_name="payment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "allocation",
                        "verbose_name_plural": "allocations",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="allocation_amount_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditNote",
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
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.CharField(blank=True, max_length=120, verbose_name="decided by"),
                        ),
                        (
                            "decision_reference",
                            models.CharField(
                                blank=True, max_length=320, verbose_name="reference of the decision"
                            ),
                        ),
                        (
                            "number",
                            models.CharField(max_length=20, unique=True, verbose_name="number"),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(verbose_name="year of the number"),
                        ),
                        (
                            "sequence",
                            models.PositiveIntegerField(verbose_name="place in the year's series"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("void", "Void: the invoice was wrong"),
                                    ("reduction", "Reduction by decision"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("issued_on", models.DateField(verbose_name="issued on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_notes",
                                to="dues.invoice",
                                verbose_name="invoice",
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
                        "verbose_name": "credit note",
                        "verbose_name_plural": "credit notes",
                        "ordering": ("-year", "-sequence"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="credit_note_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sequence__gte", 1)),
                                name="credit_note_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="credit_note_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "void"),
                                    models.Q(
                                        ("kind", "reduction"),
                                        ("decided_on__isnull", False),
                                        models.Q(("decided_by", ""), _negated=True),
                                        models.Q(("decision_reference", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reduction_by_decision",
                            ),
                            models.UniqueConstraint(
                                fields=("year", "sequence"),
                                name="one_credit_note_per_place_in_series",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adjustment",
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
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.CharField(blank=True, max_length=120, verbose_name="decided by"),
                        ),
                        (
                            "decision_reference",
                            models.CharField(
                                blank=True, max_length=320, verbose_name="reference of the decision"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bank_charge", "Bank charge"),
                                    ("waiver", "Waiver"),
                                    ("write_off", "Write-off"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("adjusted_on", models.DateField(verbose_name="closed on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "decision_item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="members.decisionitem",
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="dues.invoice",
                                verbose_name="invoice",
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
                        "verbose_name": "adjustment",
                        "verbose_name_plural": "adjustments",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="adjustment_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="adjustment_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "bank_charge"),
                                    models.Q(
                                        ("kind__in", ("waiver", "write_off")),
                                        ("decided_on__isnull", False),
                                        models.Q(("decided_by", ""), _negated=True),
                                        models.Q(("decision_reference", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="waived_by_decision",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reduction",
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
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.CharField(blank=True, max_length=120, verbose_name="decided by"),
                        ),
                        (
                            "decision_reference",
                            models.CharField(
                                blank=True, max_length=320, verbose_name="reference of the decision"
                            ),
                        ),
                        (
                            "first_year",
                            models.PositiveSmallIntegerField(verbose_name="first dues year"),
                        ),
                        (
                            "last_year",
                            models.PositiveSmallIntegerField(verbose_name="last dues year"),
                        ),
                        (
                            "amount_cents",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="amount a year (US cents)"
                            ),
                        ),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="per cent"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="taken back on"),
                        ),
                        ("ended_why", models.TextField(blank=True, verbose_name="why taken back")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reductions",
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
                        "verbose_name": "reduction",
                        "verbose_name_plural": "reductions",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount_cents__gt", 0), ("percent__isnull", True)),
                                    models.Q(
                                        ("amount_cents__isnull", True),
                                        ("percent__gte", 1),
                                        ("percent__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="reduction_amount_or_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="reduction_years_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_on__isnull", False),
                                    models.Q(("decided_by", ""), _negated=True),
                                    models.Q(("decision_reference", ""), _negated=True),
                                ),
                                name="reduction_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="reduction_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentPlan",
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
                        ("agreed_on", models.DateField(verbose_name="agreed on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "invoices",
                            models.ManyToManyField(
                                related_name="plans", to="dues.invoice", verbose_name="invoices"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment_plans",
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
                        "verbose_name": "payment plan",
                        "verbose_name_plural": "payment plans",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="plan_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanInstalment",
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
                        ("due_on", models.DateField(verbose_name="due on")),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instalments",
                                to="dues.paymentplan",
                                verbose_name="payment plan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "instalment",
                        "verbose_name_plural": "instalments",
                        "ordering": ("due_on",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "due_on"), name="one_instalment_per_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="instalment_amount_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanEnd",
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
                        ("ended_on", models.DateField(verbose_name="ended on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "plan",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="dues.paymentplan",
                                verbose_name="payment plan",
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
                        "verbose_name": "end of a payment plan",
                        "verbose_name_plural": "ends of payment plans",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="plan_end_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentClaim",
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
                        ("paid_on", models.DateField(verbose_name="paid on")),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        ("message", models.TextField(blank=True, verbose_name="message")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="proof"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        ("claimed_on", models.DateField(verbose_name="said on")),
                        (
                            "claimed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="closed on"),
                        ),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=300, verbose_name="answer"),
                        ),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="said by",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="dues.invoice",
                                verbose_name="invoice",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment_claims",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="dues.payment",
                                verbose_name="payment found",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announced payment",
                        "verbose_name_plural": "announced payments",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="claim_amount_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reversal",
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
                        ("reversed_on", models.DateField(verbose_name="reversed on")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
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
                        (
                            "reverses",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversal_of",
                                to="dues.entry",
                                verbose_name="reverses",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reversal",
                        "verbose_name_plural": "reversals",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="reversal_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                                    ("invoice", "Invoice"),
                                    ("credit_note", "Credit note"),
                                    ("payment", "Payment"),
                                    ("allocation", "Allocation"),
                                    ("bank_charge", "Bank charge"),
                                    ("waiver", "Waiver"),
                                    ("write_off", "Write-off"),
                                    ("refund", "Refund"),
                                    ("payout", "Payout of a refund"),
                                    ("reversal", "Reversal"),
                                ],
                                max_length=12,
                                verbose_name="document",
                            ),
                        ),
                        ("posted_on", models.DateField(verbose_name="posted on")),
                        (
                            "debit",
                            models.CharField(
                                choices=[
                                    ("bank", "Bank"),
                                    ("receivables", "Receivables"),
                                    ("credit", "Credit on account"),
                                    ("refunds", "Refunds to pay out"),
                                    ("income", "Dues income"),
                                    ("bank_charges", "Bank charges"),
                                    ("waivers", "Waivers"),
                                    ("write_offs", "Write-offs"),
                                ],
                                max_length=12,
                                verbose_name="debit",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(
                                choices=[
                                    ("bank", "Bank"),
                                    ("receivables", "Receivables"),
                                    ("credit", "Credit on account"),
                                    ("refunds", "Refunds to pay out"),
                                    ("income", "Dues income"),
                                    ("bank_charges", "Bank charges"),
                                    ("waivers", "Waivers"),
                                    ("write_offs", "Write-offs"),
                                ],
                                max_length=12,
                                verbose_name="credit",
                            ),
                        ),
                        ("amount_cents", models.BigIntegerField(verbose_name="amount (US cents)")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "adjustment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.adjustment",
                                verbose_name="adjustment",
                            ),
                        ),
                        (
                            "allocation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.allocation",
                                verbose_name="allocation",
                            ),
                        ),
                        (
                            "credit_note",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.creditnote",
                                verbose_name="credit note",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="dues.invoice",
                                verbose_name="invoice",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
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
                        (
                            "payment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="dues.payment",
                                verbose_name="payment",
                            ),
                        ),
                        (
                            "payout",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.payout",
                                verbose_name="payout",
                            ),
                        ),
                        (
                            "refund",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.refund",
                                verbose_name="refund",
                            ),
                        ),
                        (
                            "reversal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="dues.reversal",
                                verbose_name="reversal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ledger entry",
                        "verbose_name_plural": "ledger entries",
                        "ordering": ("posted_on", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["invoice", "posted_on"], name="entries_of_invoice"
                            ),
                            models.Index(
                                fields=["payment", "posted_on"], name="entries_of_payment"
                            ),
                            models.Index(fields=["member", "posted_on"], name="entries_of_member"),
                            models.Index(fields=["posted_on", "id"], name="entries_by_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="entry_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("debit", models.F("credit")), _negated=True),
                                name="entry_moves_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "credit__in",
                                        [
                                            "bank",
                                            "receivables",
                                            "credit",
                                            "refunds",
                                            "income",
                                            "bank_charges",
                                            "waivers",
                                            "write_offs",
                                        ],
                                    ),
                                    (
                                        "debit__in",
                                        [
                                            "bank",
                                            "receivables",
                                            "credit",
                                            "refunds",
                                            "income",
                                            "bank_charges",
                                            "waivers",
                                            "write_offs",
                                        ],
                                    ),
                                ),
                                name="known_accounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit", "income"),
                                        ("credit_note__isnull", True),
                                        ("debit", "receivables"),
                                        ("invoice__isnull", False),
                                        ("kind", "invoice"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit", "receivables"),
                                        ("credit_note__isnull", False),
                                        ("debit", "income"),
                                        ("invoice__isnull", False),
                                        ("kind", "credit_note"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit", "credit"),
                                        ("credit_note__isnull", True),
                                        ("debit", "bank"),
                                        ("kind", "payment"),
                                        ("payment__isnull", False),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", False),
                                        ("credit", "receivables"),
                                        ("credit_note__isnull", True),
                                        ("debit", "credit"),
                                        ("invoice__isnull", False),
                                        ("kind", "allocation"),
                                        ("payment__isnull", False),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", False),
                                        ("allocation__isnull", True),
                                        ("credit", "receivables"),
                                        ("credit_note__isnull", True),
                                        ("debit", "bank_charges"),
                                        ("invoice__isnull", False),
                                        ("kind", "bank_charge"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", False),
                                        ("allocation__isnull", True),
                                        ("credit", "receivables"),
                                        ("credit_note__isnull", True),
                                        ("debit", "waivers"),
                                        ("invoice__isnull", False),
                                        ("kind", "waiver"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", False),
                                        ("allocation__isnull", True),
                                        ("credit", "receivables"),
                                        ("credit_note__isnull", True),
                                        ("debit", "write_offs"),
                                        ("invoice__isnull", False),
                                        ("kind", "write_off"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit", "refunds"),
                                        ("credit_note__isnull", True),
                                        ("debit", "credit"),
                                        ("kind", "refund"),
                                        ("payment__isnull", False),
                                        ("payout__isnull", True),
                                        ("refund__isnull", False),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit", "bank"),
                                        ("credit_note__isnull", True),
                                        ("debit", "refunds"),
                                        ("kind", "payout"),
                                        ("payout__isnull", False),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", True),
                                    ),
                                    models.Q(
                                        ("adjustment__isnull", True),
                                        ("allocation__isnull", True),
                                        ("credit_note__isnull", True),
                                        ("kind", "reversal"),
                                        ("payout__isnull", True),
                                        ("refund__isnull", True),
                                        ("reversal__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_of_its_document",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "invoice")),
                                fields=("invoice",),
                                name="one_entry_per_invoice",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "payment")),
                                fields=("payment",),
                                name="one_entry_per_payment",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
