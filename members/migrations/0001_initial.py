import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(max_length=254, unique=True, verbose_name="e-mail"),
                        ),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("ko", "Korean")],
                                default="en",
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "No staff role"),
                                    ("secretariat", "Secretariat"),
                                    ("finance", "Finance"),
                                    ("administrator", "Administrator"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="staff role",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="may sign in"),
                        ),
                        (
                            "joined_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="added"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=200, verbose_name="name in English"),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        ("country_code", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "region",
                            models.CharField(
                                choices=[
                                    ("asia", "Asia"),
                                    ("oceania", "Oceania"),
                                    ("americas", "Americas"),
                                    ("europe", "Europe"),
                                    ("middle_east", "Middle East"),
                                    ("africa", "Africa"),
                                ],
                                max_length=12,
                                verbose_name="region",
                            ),
                        ),
                        (
                            "is_capital",
                            models.BooleanField(default=False, verbose_name="capital, as printed"),
                        ),
                        (
                            "level",
                            models.CharField(blank=True, max_length=40, verbose_name="level"),
                        ),
                        ("address", models.TextField(blank=True, verbose_name="postal address")),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("ko", "Korean")],
                                default="en",
                                max_length=2,
                                verbose_name="language of letters and invoices",
                            ),
                        ),
                        (
                            "status_confirmed",
                            models.BooleanField(default=True, verbose_name="status confirmed"),
                        ),
                        (
                            "name_confidence",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="confidence of the name"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="entered"),
                        ),
                    ],
                    options={
                        "verbose_name": "member",
                        "verbose_name_plural": "members",
                        "ordering": ("name_en", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "country_code", "name_en"),
                                name="one_member_per_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["city", "institution", "company"])
                                ),
                                name="known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "region__in",
                                        [
                                            "asia",
                                            "oceania",
                                            "americas",
                                            "europe",
                                            "middle_east",
                                            "africa",
                                        ],
                                    )
                                ),
                                name="known_region",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountryFigure",
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
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "source_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the source"
                            ),
                        ),
                        (
                            "definition",
                            models.CharField(blank=True, max_length=200, verbose_name="definition"),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="entered"),
                        ),
                        ("country_code", models.CharField(max_length=2, verbose_name="country")),
                        (
                            "gdp_cents",
                            models.BigIntegerField(verbose_name="GDP per capita, PPP (US cents)"),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "country figure",
                        "verbose_name_plural": "country figures",
                        "indexes": [
                            models.Index(
                                fields=["dues_year", "country_code", "id"],
                                name="members_cou_dues_ye_005bab_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("gdp_cents__gte", 0)),
                                name="country_figure_not_negative",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Affiliation",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("finance", "Finance contact"),
                                    ("delegate", "Delegate"),
                                    ("reader", "Reader"),
                                ],
                                max_length=16,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="affiliations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="affiliations",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "affiliation",
                        "verbose_name_plural": "affiliations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "member", "role"), name="one_affiliation_per_role"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberFigure",
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
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "source_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the source"
                            ),
                        ),
                        (
                            "definition",
                            models.CharField(blank=True, max_length=200, verbose_name="definition"),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="entered"),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("population", "Population (persons)"),
                                    ("employees", "Employees"),
                                ],
                                max_length=12,
                                verbose_name="measure",
                            ),
                        ),
                        ("value", models.BigIntegerField(verbose_name="value")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member figure",
                        "verbose_name_plural": "member figures",
                        "indexes": [
                            models.Index(
                                fields=["dues_year", "member", "measure", "id"],
                                name="members_mem_dues_ye_b5d090_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)),
                                name="member_figure_not_negative",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberName",
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
                                blank=True, max_length=200, verbose_name="name in English"
                            ),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "used_from",
                            models.DateField(blank=True, null=True, verbose_name="used from"),
                        ),
                        (
                            "used_until",
                            models.DateField(blank=True, null=True, verbose_name="used until"),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="other_names",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other name",
                        "verbose_name_plural": "other names",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name_en", ""), _negated=True),
                                    models.Q(("name_ko", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="other_name_not_empty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("used_from__isnull", True),
                                    ("used_until__isnull", True),
                                    ("used_until__gte", models.F("used_from")),
                                    _connector="OR",
                                ),
                                name="other_name_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusEntry",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("associate", "Associate"),
                                    ("full", "Full member"),
                                    ("suspended", "Suspended"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expelled", "Expelled"),
                                ],
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="effective on")),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_entries",
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
                        "verbose_name": "status entry",
                        "verbose_name_plural": "status history",
                        "ordering": ("effective_on", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["member", "effective_on", "id"],
                                name="members_sta_member__0d6637_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "associate",
                                            "full",
                                            "suspended",
                                            "rejected",
                                            "withdrawn",
                                            "expelled",
                                        ],
                                    )
                                ),
                                name="known_status",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
