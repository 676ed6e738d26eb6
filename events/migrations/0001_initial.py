import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dues", "0007_report_indexes"),
        ("members", "0004_api_tokens"),
        ("members", "__first__"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Meeting",
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
                            "body",
                            models.CharField(
                                choices=[("excom", "EXCOM"), ("assembly", "General Assembly")],
                                max_length=10,
                                verbose_name="body",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="number"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
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
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "called_on",
                            models.DateField(blank=True, null=True, verbose_name="called on"),
                        ),
                        (
                            "agenda_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="agenda published on"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("body__in", ["excom", "assembly"])),
                                name="meeting_of_a_body",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number__isnull", False)),
                                fields=("body", "number"),
                                name="one_meeting_per_body_and_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingStage",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stages",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("called", "Called"),
                                    ("postponed", "Postponed"),
                                    ("moved", "Moved"),
                                    ("held", "Held"),
                                    ("cancelled", "Cancelled"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("on_site", "On site"),
                                    ("online", "Online"),
                                    ("hybrid", "Hybrid"),
                                    ("written", "In writing"),
                                ],
                                default="on_site",
                                max_length=10,
                                verbose_name="mode",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="first day"),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hosted_stages",
                                to="members.member",
                                verbose_name="host",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="place"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
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
                        "verbose_name": "stage of a meeting",
                        "verbose_name_plural": "stages of meetings",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "planned",
                                            "called",
                                            "postponed",
                                            "moved",
                                            "held",
                                            "cancelled",
                                        ],
                                    )
                                ),
                                name="known_meeting_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mode__in", ["on_site", "online", "hybrid", "written"])
                                ),
                                name="known_meeting_mode",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="meeting_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "Annual report"),
                                    ("accounts", "Financial report"),
                                    ("members", "New memberships and withdrawals"),
                                    ("arrears", "Arrears over two years"),
                                    ("hosts", "Next hosts"),
                                    ("offices", "Regional offices"),
                                    ("elections", "Elections"),
                                    ("budget", "Use of membership fees and budget"),
                                    ("statute", "Statute"),
                                    ("programmes", "Programmes"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                                verbose_name="about",
                            ),
                        ),
                        (
                            "title_en",
                            models.CharField(max_length=200, verbose_name="title in English"),
                        ),
                        (
                            "title_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="title in Korean"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "agenda item",
                        "verbose_name_plural": "agenda items",
                        "ordering": ("meeting", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "position"), name="one_agenda_item_per_position"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "report",
                                            "accounts",
                                            "members",
                                            "arrears",
                                            "hosts",
                                            "offices",
                                            "elections",
                                            "budget",
                                            "statute",
                                            "programmes",
                                            "other",
                                        ],
                                    )
                                ),
                                name="known_agenda_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        (
                            "country_code",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("voting", "Voting"), ("observer", "Observer")],
                                max_length=10,
                                verbose_name="invited as",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("awaited", "Not answered yet"),
                                    ("coming", "Coming"),
                                    ("declined", "Not coming"),
                                ],
                                default="awaited",
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "invited_on",
                            models.DateField(blank=True, null=True, verbose_name="invited on"),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered on"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "delegation",
                        "verbose_name_plural": "delegations",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "member"),
                                name="one_delegation_per_meeting_and_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["voting", "observer"])),
                                name="known_delegation_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer__in", ["awaited", "coming", "declined"])
                                ),
                                name="known_delegation_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member__isnull", False), ("organisation", "")),
                                    models.Q(
                                        ("member__isnull", True),
                                        models.Q(("organisation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="delegation_of_a_member_or_by_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member__isnull", False), ("kind", "observer"), _connector="OR"
                                ),
                                name="only_members_vote",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegate",
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
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegates",
                                to="events.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("head", "Head of delegation"),
                                    ("deputy", "Deputy"),
                                    ("observer", "Observer"),
                                ],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "takes_part",
                            models.CharField(
                                choices=[("on_site", "On site"), ("online", "Online")],
                                default="on_site",
                                max_length=10,
                                verbose_name="takes part",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="delegated",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="no longer named since"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delegate",
                        "verbose_name_plural": "delegates",
                        "ordering": ("delegation", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["head", "deputy", "observer"])),
                                name="known_delegate_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("takes_part__in", ["on_site", "online"])),
                                name="known_way_to_take_part",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_on__isnull", True), ("role", "head")),
                                fields=("delegation",),
                                name="one_head_per_delegation",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="events.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "delegate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="events.delegate",
                                verbose_name="delegate",
                            ),
                        ),
                        (
                            "takes_part",
                            models.CharField(
                                choices=[("on_site", "On site"), ("online", "Online")],
                                default="on_site",
                                max_length=10,
                                verbose_name="takes part",
                            ),
                        ),
                        ("from_at", models.DateTimeField(verbose_name="from")),
                        (
                            "until_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="until"),
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
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendance",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("takes_part__in", ["on_site", "online"])),
                                name="known_way_of_attending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at__isnull", True),
                                    ("until_at__gte", models.F("from_at")),
                                    _connector="OR",
                                ),
                                name="attendance_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_at__isnull", True)),
                                fields=("delegation",),
                                name="a_delegation_is_there_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proxy",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxies",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxies_given",
                                to="events.delegation",
                                verbose_name="given by",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxies_held",
                                to="events.delegation",
                                verbose_name="held by",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="given on")),
                        ("paper", models.CharField(max_length=200, verbose_name="written proxy")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="file"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        (
                            "revoked_on",
                            models.DateField(blank=True, null=True, verbose_name="taken back on"),
                        ),
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
                        "verbose_name": "proxy",
                        "verbose_name_plural": "proxies",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("giver", models.F("holder")), _negated=True),
                                name="nobody_is_its_own_proxy",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paper", ""), _negated=True),
                                name="proxy_is_written",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_on__isnull", True)),
                                fields=("giver",),
                                name="one_standing_proxy_per_giver",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
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
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credentials",
                                to="events.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("content_type", models.CharField(max_length=60, verbose_name="type")),
                        ("file_path", models.CharField(max_length=200, verbose_name="path")),
                        ("file_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("received_on", models.DateField(verbose_name="received on")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="handed in by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signed credentials",
                        "verbose_name_plural": "signed credentials",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="CalendarLink",
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
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_link",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                        ),
                        ("made_on", models.DateField(verbose_name="made on")),
                        (
                            "revoked_on",
                            models.DateField(blank=True, null=True, verbose_name="taken back on"),
                        ),
                    ],
                    options={
                        "verbose_name": "private calendar address",
                        "verbose_name_plural": "private calendar addresses",
                    },
                ),
                migrations.CreateModel(
                    name="AwardSeries",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
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
                    ],
                    options={
                        "verbose_name": "series of awards",
                        "verbose_name_plural": "series of awards",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="AwardEdition",
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
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="events.awardseries",
                                verbose_name="series",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="number",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "introduction_en",
                            models.TextField(blank=True, verbose_name="introduction in English"),
                        ),
                        (
                            "introduction_ko",
                            models.TextField(blank=True, verbose_name="introduction in Korean"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("call_open", "Call open"),
                                    ("closed", "Call closed"),
                                    ("eligibility", "Eligibility check"),
                                    ("round_1", "Round 1: scoring"),
                                    ("finalists", "Finalists named"),
                                    ("round_2", "Round 2: scoring"),
                                    ("decided", "Winners decided"),
                                    ("notified", "Winners notified, under embargo"),
                                    ("announced", "Announced"),
                                    ("ceremony", "Presented at the ceremony"),
                                    ("archived", "Archived"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("call_on", models.DateField(verbose_name="call")),
                        ("deadline_on", models.DateField(verbose_name="deadline")),
                        (
                            "result_on",
                            models.DateField(blank=True, null=True, verbose_name="result"),
                        ),
                        (
                            "ceremony_on",
                            models.DateField(blank=True, null=True, verbose_name="ceremony"),
                        ),
                        (
                            "scores_by",
                            models.DateField(blank=True, null=True, verbose_name="jury scores by"),
                        ),
                        (
                            "ceremony_place",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="place of the ceremony"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="award_editions",
                                to="events.meeting",
                                verbose_name="presented at",
                            ),
                        ),
                        (
                            "entries_per_city",
                            models.PositiveSmallIntegerField(verbose_name="entries per city"),
                        ),
                        (
                            "takes_organisations",
                            models.BooleanField(
                                default=True,
                                verbose_name="organisations may enter on behalf of a city",
                            ),
                        ),
                        (
                            "recusal",
                            models.CharField(
                                choices=[
                                    ("country", "of their own country, and of their own employer"),
                                    ("employer", "of their own employer only"),
                                ],
                                max_length=10,
                                verbose_name="jurors do not score entries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edition of awards",
                        "verbose_name_plural": "editions of awards",
                        "ordering": ("-year", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "number"),
                                name="one_edition_per_series_and_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "call_open",
                                            "closed",
                                            "eligibility",
                                            "round_1",
                                            "finalists",
                                            "round_2",
                                            "decided",
                                            "notified",
                                            "announced",
                                            "ceremony",
                                            "archived",
                                        ],
                                    )
                                ),
                                name="known_edition_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recusal__in", ["country", "employer"])),
                                name="known_recusal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("deadline_on__gte", models.F("call_on"))),
                                name="deadline_after_the_call",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result_on", None),
                                    ("result_on__gte", models.F("deadline_on")),
                                    _connector="OR",
                                ),
                                name="result_after_the_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ceremony_on", None),
                                    ("ceremony_on__gte", models.F("deadline_on")),
                                    _connector="OR",
                                ),
                                name="ceremony_after_the_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("entries_per_city__gte", 1)),
                                name="a_city_may_enter_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionEntry",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="events.awardedition",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("call_open", "Call open"),
                                    ("closed", "Call closed"),
                                    ("eligibility", "Eligibility check"),
                                    ("round_1", "Round 1: scoring"),
                                    ("finalists", "Finalists named"),
                                    ("round_2", "Round 2: scoring"),
                                    ("decided", "Winners decided"),
                                    ("notified", "Winners notified, under embargo"),
                                    ("announced", "Announced"),
                                    ("ceremony", "Presented at the ceremony"),
                                    ("archived", "Archived"),
                                ],
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="on")),
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
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an edition",
                        "verbose_name_plural": "steps of editions",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="AwardCategory",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="categories",
                                to="events.awardedition",
                                verbose_name="edition",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
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
                        ("prizes", models.PositiveSmallIntegerField(verbose_name="prizes")),
                        (
                            "for_individuals",
                            models.BooleanField(default=False, verbose_name="for individuals"),
                        ),
                    ],
                    options={
                        "verbose_name": "category of awards",
                        "verbose_name_plural": "categories of awards",
                        "ordering": ("edition", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "position"), name="one_category_per_position"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "name_en"), name="one_category_per_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("prizes__gte", 1)),
                                name="a_category_has_a_prize",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardCriterion",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="events.awardedition",
                                verbose_name="edition",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
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
                            "weight",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="weight",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion of awards",
                        "verbose_name_plural": "criteria of awards",
                        "ordering": ("edition", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "position"),
                                name="one_award_criterion_per_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="weight_in_per_cent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="events.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("approve", "Approved"),
                                    ("reject", "Rejected"),
                                    ("defer", "Deferred"),
                                    ("note", "Noted"),
                                ],
                                max_length=10,
                                verbose_name="resolved",
                            ),
                        ),
                        (
                            "manner",
                            models.CharField(
                                choices=[
                                    ("unanimous", "Unanimously"),
                                    ("counted", "By a count of votes"),
                                    ("roll_call", "By roll call"),
                                    ("no_vote", "Without a vote"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "votes_for",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="votes for"
                            ),
                        ),
                        (
                            "votes_against",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="votes against"
                            ),
                        ),
                        (
                            "abstentions",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="abstentions"
                            ),
                        ),
                        (
                            "entitled",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="entitled to vote"
                            ),
                        ),
                        (
                            "represented",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="present or represented"
                            ),
                        ),
                        (
                            "quorum",
                            models.PositiveSmallIntegerField(default=0, verbose_name="quorum"),
                        ),
                        ("resolved_on", models.DateField(verbose_name="resolved on")),
                        ("effective_on", models.DateField(verbose_name="effective on")),
                        ("reference", models.CharField(max_length=120, verbose_name="reference")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="events.resolution",
                                verbose_name="corrects",
                            ),
                        ),
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
                        "verbose_name": "resolution",
                        "verbose_name_plural": "resolutions",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict__in", ["approve", "reject", "defer", "note"])
                                ),
                                name="known_verdict",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("manner__in", ["unanimous", "counted", "roll_call", "no_vote"])
                                ),
                                name="known_manner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("manner", "counted"), _negated=True),
                                    models.Q(
                                        ("abstentions__isnull", False),
                                        ("votes_against__isnull", False),
                                        ("votes_for__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="count_has_its_votes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionLine",
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
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="events.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution_lines",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("approve", "Approved as full member"),
                                    ("reject", "Rejected"),
                                    ("defer", "Deferred to the next EXCOM"),
                                    ("suspend", "Suspended"),
                                    ("lift", "Suspension lifted"),
                                    ("expel", "Expelled"),
                                    ("note", "Withdrawal noted"),
                                    ("waive", "Arrears waived"),
                                    ("select", "Selected"),
                                    ("confirm", "Confirmed"),
                                    ("open", "Opened"),
                                    ("close", "Closed"),
                                ],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "about",
                            models.CharField(blank=True, max_length=200, verbose_name="about"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "line of a resolution",
                        "verbose_name_plural": "lines of a resolution",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        [
                                            "approve",
                                            "reject",
                                            "defer",
                                            "suspend",
                                            "lift",
                                            "expel",
                                            "note",
                                            "waive",
                                            "select",
                                            "confirm",
                                            "open",
                                            "close",
                                        ],
                                    )
                                ),
                                name="known_line_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member__isnull", False),
                                    models.Q(("about", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="line_is_about_somebody",
                            ),
                            models.UniqueConstraint(
                                fields=("resolution", "member", "outcome", "about"),
                                name="one_line_per_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamedVote",
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
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_votes",
                                to="events.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_votes",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("for", "In favour"),
                                    ("against", "Against"),
                                    ("abstain", "Abstention"),
                                ],
                                max_length=10,
                                verbose_name="vote",
                            ),
                        ),
                        (
                            "cast_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.member",
                                verbose_name="cast by proxy of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote of a roll call",
                        "verbose_name_plural": "votes of a roll call",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resolution", "member"),
                                name="one_vote_per_city_and_resolution",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["for", "against", "abstain"])),
                                name="known_choice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
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
                            "resolution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation",
                                to="events.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        ("confirmed_on", models.DateField(verbose_name="confirmed on")),
                        (
                            "decision",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation",
                                to="members.decision",
                                verbose_name="decision of the register",
                            ),
                        ),
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
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmation",
                        "verbose_name_plural": "confirmations",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="WrittenAnswer",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="written_answers",
                                to="events.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="written_answers",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("for", "In favour"),
                                    ("against", "Against"),
                                    ("abstain", "Abstention"),
                                ],
                                max_length=10,
                                verbose_name="vote",
                            ),
                        ),
                        ("answered_on", models.DateField(verbose_name="answered on")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="came by"),
                        ),
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
                        "verbose_name": "answer to a written ballot",
                        "verbose_name_plural": "answers to written ballots",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "member"),
                                name="one_written_answer_per_city_and_item",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("choice__in", ["for", "against", "abstain"])),
                                name="known_written_choice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
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
                            "body",
                            models.CharField(
                                choices=[("excom", "EXCOM"), ("secretariat", "Secretariat")],
                                default="excom",
                                max_length=12,
                                verbose_name="body",
                            ),
                        ),
                        (
                            "office",
                            models.CharField(
                                choices=[
                                    ("president", "President City"),
                                    ("executive", "Executive Vice President City"),
                                    ("vice", "Vice President City"),
                                    ("excom", "EXCOM city"),
                                    ("secretary", "Secretary General"),
                                ],
                                max_length=12,
                                verbose_name="office",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "person_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in English"
                            ),
                        ),
                        (
                            "person_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(blank=True, max_length=120, verbose_name="label"),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("elected", "Elected by the General Assembly"),
                                    ("host", "Host of the next General Assembly"),
                                    ("appointed", "Appointed by the President"),
                                    ("recorded", "Taken from a record"),
                                ],
                                max_length=12,
                                verbose_name="came to it",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(blank=True, max_length=200, verbose_name="reference"),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "override_reason",
                            models.TextField(
                                blank=True, verbose_name="why it stands against a limit"
                            ),
                        ),
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
                        "verbose_name": "term",
                        "verbose_name_plural": "terms",
                        "ordering": ("-starts_on", "pk"),
                        "indexes": [
                            models.Index(
                                fields=["starts_on", "ends_on"],
                                name="events_term_starts__468236_idx",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "office__in",
                                        ["president", "executive", "vice", "excom", "secretary"],
                                    )
                                ),
                                name="known_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("basis__in", ["elected", "host", "appointed", "recorded"])
                                ),
                                name="known_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="term_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("body", "secretariat"),
                                        ("member__isnull", True),
                                        ("office", "secretary"),
                                        models.Q(("person_en", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("office", "secretary"), _negated=True),
                                        ("body", "excom"),
                                        ("member__isnull", False),
                                        ("person_en", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="office_of_a_city_or_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermEnd",
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
                            "term",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ending",
                                to="events.term",
                                verbose_name="term",
                            ),
                        ),
                        ("ended_on", models.DateField(verbose_name="last day")),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
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
                        "verbose_name": "early end of a term",
                        "verbose_name_plural": "early ends of terms",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="OfficeHolder",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holders",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "person_en",
                            models.CharField(max_length=200, verbose_name="name in English"),
                        ),
                        (
                            "person_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=120, verbose_name="position"),
                        ),
                        ("since_on", models.DateField(verbose_name="since")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
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
                        "verbose_name": "office holder",
                        "verbose_name_plural": "office holders",
                        "ordering": ("member", "since_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Board",
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
                            "body",
                            models.CharField(
                                choices=[("excom", "EXCOM"), ("secretariat", "Secretariat")],
                                max_length=12,
                                unique=True,
                                verbose_name="body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "body",
                        "verbose_name_plural": "bodies",
                    },
                ),
                migrations.CreateModel(
                    name="ElectionCall",
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
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="election_call",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("called_on", models.DateField(verbose_name="called on")),
                        (
                            "record_on",
                            models.DateField(verbose_name="record date of the list of voters"),
                        ),
                        (
                            "notice_reason",
                            models.TextField(blank=True, verbose_name="why at shorter notice"),
                        ),
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
                        "verbose_name": "call for candidacies",
                        "verbose_name_plural": "calls for candidacies",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Election",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elections",
                                to="events.electioncall",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "office",
                            models.CharField(
                                choices=[("president", "President City"), ("excom", "EXCOM city")],
                                max_length=12,
                                verbose_name="office",
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField(verbose_name="seats")),
                        (
                            "replaces_running",
                            models.BooleanField(
                                default=True, verbose_name="takes over from all who hold it"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "election",
                        "verbose_name_plural": "elections",
                        "ordering": ("-call", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "office"), name="one_election_per_office"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("office", "president"), ("seats", 1)),
                                    models.Q(("office", "excom"), ("seats__gte", 1)),
                                    _connector="OR",
                                ),
                                name="one_president_and_some_seats",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Candidacy",
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
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidacies",
                                to="events.election",
                                verbose_name="election",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidacies",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
                        (
                            "came_by",
                            models.CharField(
                                choices=[
                                    ("portal", "Portal"),
                                    ("letter", "Letter or mail to the secretariat"),
                                ],
                                max_length=8,
                                verbose_name="came by",
                            ),
                        ),
                        (
                            "statement",
                            models.TextField(blank=True, verbose_name="what the city says"),
                        ),
                        ("deadline_on", models.DateField(verbose_name="last day to stand")),
                        ("is_late", models.BooleanField(verbose_name="late")),
                        ("is_eligible", models.BooleanField(verbose_name="eligible")),
                        (
                            "status",
                            models.CharField(
                                blank=True, max_length=12, verbose_name="status that day"
                            ),
                        ),
                        ("reason_en", models.TextField(verbose_name="found, in English")),
                        ("reason_ko", models.TextField(verbose_name="found, in Korean")),
                        (
                            "invoices",
                            models.JSONField(
                                blank=True, default=list, verbose_name="open invoices"
                            ),
                        ),
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
                        "verbose_name": "candidacy",
                        "verbose_name_plural": "candidacies",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("came_by__in", ["portal", "letter"])),
                                name="known_way_came",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CandidacyRuling",
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
                            "candidacy",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ruling",
                                to="events.candidacy",
                                verbose_name="candidacy",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("ruled_on", models.DateField(verbose_name="admitted on")),
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
                                verbose_name="admitted by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "admission by way of exception",
                        "verbose_name_plural": "admissions by way of exception",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="exception_has_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CandidacyWithdrawal",
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
                            "candidacy",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="events.candidacy",
                                verbose_name="candidacy",
                            ),
                        ),
                        ("withdrawn_on", models.DateField(verbose_name="withdrawn on")),
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
                        "verbose_name": "withdrawn candidacy",
                        "verbose_name_plural": "withdrawn candidacies",
                    },
                ),
                migrations.CreateModel(
                    name="Voter",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voters",
                                to="events.electioncall",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voter_lines",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        ("may_vote", models.BooleanField(verbose_name="may vote")),
                        ("why_en", models.TextField(verbose_name="why, in English")),
                        ("why_ko", models.TextField(verbose_name="why, in Korean")),
                    ],
                    options={
                        "verbose_name": "voter",
                        "verbose_name_plural": "list of voters",
                        "ordering": ("member__name_en", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "member"), name="one_line_per_voter"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ViceNomination",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="vice_nominations",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        ("nominated_on", models.DateField(verbose_name="nominated on")),
                        ("reference", models.CharField(max_length=200, verbose_name="reference")),
                        (
                            "appointment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nomination",
                                to="events.term",
                                verbose_name="appointment",
                            ),
                        ),
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
                        "verbose_name": "nomination",
                        "verbose_name_plural": "nominations",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                name="nomination_is_referenced",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("appointment__isnull", True)),
                                fields=("member",),
                                name="one_open_nomination_per_city",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectionConfirmation",
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
                            "election",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation",
                                to="events.election",
                                verbose_name="election",
                            ),
                        ),
                        ("confirmed_on", models.DateField(verbose_name="confirmed on")),
                        ("starts_on", models.DateField(verbose_name="terms from")),
                        ("ends_on", models.DateField(verbose_name="terms until")),
                        (
                            "label",
                            models.CharField(blank=True, max_length=120, verbose_name="label"),
                        ),
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
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmed result",
                        "verbose_name_plural": "confirmed results",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="elected_terms_end_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardEntry",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="events.awardedition",
                                verbose_name="edition",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="events.awardcategory",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(max_length=20, unique=True, verbose_name="reference"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("eligible", "Eligible"),
                                    ("ineligible", "Not eligible"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(db_index=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("en", "English"), ("ko", "Korean")],
                                max_length=2,
                                verbose_name="language of our mails",
                            ),
                        ),
                        ("link_version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("city", "A city or local government"),
                                    ("organisation", "An organisation, on behalf of a city"),
                                    ("individual", "An individual"),
                                ],
                                default="city",
                                max_length=12,
                                verbose_name="who enters",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=200, verbose_name="city")),
                        (
                            "country_code",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="award_entries",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="organisation"
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(blank=True, max_length=200, verbose_name="contact"),
                        ),
                        (
                            "contact_position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="title of the project"
                            ),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        ("challenge", models.TextField(blank=True, verbose_name="challenge")),
                        ("solution", models.TextField(blank=True, verbose_name="solution")),
                        ("results", models.TextField(blank=True, verbose_name="results")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("city_key", models.CharField(blank=True, max_length=220)),
                        ("project_key", models.CharField(blank=True, max_length=160)),
                        ("begun_at", models.DateTimeField(auto_now_add=True, verbose_name="begun")),
                        (
                            "submitted_on",
                            models.DateField(blank=True, null=True, verbose_name="submitted"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked"),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        ("check_reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "is_finalist",
                            models.BooleanField(default=False, verbose_name="finalist"),
                        ),
                    ],
                    options={
                        "verbose_name": "entry for an award",
                        "verbose_name_plural": "entries for awards",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "eligible",
                                            "ineligible",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="known_award_entry_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["city", "organisation", "individual"])
                                ),
                                name="known_entrant_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "withdrawn"]),
                                    models.Q(
                                        ("category__isnull", False),
                                        ("submitted_on__isnull", False),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_submitted_entry_is_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ineligible"), _negated=True),
                                    models.Q(("check_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="not_eligible_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_finalist", False), ("state", "eligible"), _connector="OR"
                                ),
                                name="a_finalist_is_eligible",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["submitted", "eligible"])),
                                fields=("edition", "city_key", "project_key"),
                                name="one_category_per_project",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryFile",
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="events.awardentry",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("attachment", "Attachment"),
                                    ("approval", "Letter of approval by the city"),
                                    ("picture", "Picture"),
                                ],
                                max_length=10,
                                verbose_name="what it is",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("content_type", models.CharField(max_length=40, verbose_name="type")),
                        ("path", models.CharField(max_length=200, verbose_name="path")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        (
                            "uploaded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="received"),
                        ),
                        ("is_removed", models.BooleanField(default=False, verbose_name="removed")),
                    ],
                    options={
                        "verbose_name": "file of an entry",
                        "verbose_name_plural": "files of entries",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("purpose__in", ["attachment", "approval", "picture"])
                                ),
                                name="known_file_purpose",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoryFact",
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
                                    ("general_assemblies", "General Assembly"),
                                    ("excoms", "EXCOM"),
                                    ("awards_editions", "Awards edition"),
                                    ("award_winners", "Award"),
                                    ("terms", "Office held"),
                                    ("regional_offices", "Regional office"),
                                    ("mous", "Partner"),
                                    ("trainings", "Training"),
                                    ("promotion_events", "Event"),
                                    ("projects", "Project"),
                                    ("member_counts", "Number of members"),
                                ],
                                max_length=20,
                                verbose_name="about",
                            ),
                        ),
                        ("key", models.CharField(max_length=300, unique=True, verbose_name="key")),
                        (
                            "title_en",
                            models.CharField(max_length=300, verbose_name="title in English"),
                        ),
                        (
                            "title_ko",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="title in Korean"
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="first day"),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "place_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="place in English"
                            ),
                        ),
                        (
                            "place_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="place in Korean"
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="as told")),
                        ("words_ko", models.TextField(blank=True, verbose_name="in Korean")),
                        ("source", models.TextField(verbose_name="source")),
                        ("told", models.JSONField(verbose_name="row of the file")),
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
                        (
                            "members",
                            models.ManyToManyField(
                                blank=True,
                                related_name="history_facts",
                                to="members.member",
                                verbose_name="members",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fact of the history",
                        "verbose_name_plural": "facts of the history",
                        "ordering": ("starts_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "general_assemblies",
                                            "excoms",
                                            "awards_editions",
                                            "award_winners",
                                            "terms",
                                            "regional_offices",
                                            "mous",
                                            "trainings",
                                            "promotion_events",
                                            "projects",
                                            "member_counts",
                                        ],
                                    )
                                ),
                                name="known_fact_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="fact_names_its_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="fact_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuotedNumber",
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
                            "fact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="numbers",
                                to="events.historyfact",
                                verbose_name="fact",
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("total", "members"),
                                    ("cities", "cities"),
                                    ("full_cities", "full member cities"),
                                    ("associate_cities", "associate cities"),
                                    ("associates", "associates"),
                                    ("korean_cities", "Korean cities"),
                                    ("institutions", "institutions"),
                                    ("companies", "companies"),
                                    ("countries", "countries"),
                                    ("city delegations", "city delegations"),
                                    ("member cities", "member cities"),
                                    ("observer cities", "observer cities"),
                                    ("observer institutions", "observer institutions"),
                                    ("EXCOM members", "EXCOM members"),
                                    ("people", "people"),
                                    ("entries", "entries"),
                                    ("eligible", "eligible entries"),
                                    ("finalists", "finalists"),
                                    ("winners", "winners"),
                                    ("jurors", "jurors"),
                                ],
                                max_length=24,
                                verbose_name="of",
                            ),
                        ),
                        ("value", models.PositiveIntegerField(verbose_name="number")),
                        ("mark", models.CharField(blank=True, max_length=1, verbose_name="mark")),
                        (
                            "words",
                            models.CharField(blank=True, max_length=300, verbose_name="as told"),
                        ),
                        ("source", models.TextField(verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "quoted number",
                        "verbose_name_plural": "quoted numbers",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "measure__in",
                                        [
                                            "total",
                                            "cities",
                                            "full_cities",
                                            "associate_cities",
                                            "associates",
                                            "korean_cities",
                                            "institutions",
                                            "companies",
                                            "countries",
                                            "city delegations",
                                            "member cities",
                                            "observer cities",
                                            "observer institutions",
                                            "EXCOM members",
                                            "people",
                                            "entries",
                                            "eligible",
                                            "finalists",
                                            "winners",
                                            "jurors",
                                        ],
                                    )
                                ),
                                name="known_measure",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mark__in", ("", "~", "+"))), name="known_mark"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="number_names_its_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostCall",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_calls",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("published_on", models.DateField(verbose_name="published on")),
                        (
                            "interest_by",
                            models.DateField(
                                blank=True, null=True, verbose_name="expressions of interest until"
                            ),
                        ),
                        ("deadline_on", models.DateField(verbose_name="bids until")),
                        (
                            "announced_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="host announced on"
                            ),
                        ),
                        (
                            "terms_en",
                            models.TextField(verbose_name="what is asked of a host, in English"),
                        ),
                        (
                            "terms_ko",
                            models.TextField(
                                blank=True, verbose_name="what is asked of a host, in Korean"
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                        ),
                        (
                            "withdrawn_why",
                            models.TextField(blank=True, verbose_name="why it was withdrawn"),
                        ),
                    ],
                    options={
                        "verbose_name": "call for host bids",
                        "verbose_name_plural": "calls for host bids",
                        "ordering": ("-deadline_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("deadline_on__gte", models.F("published_on"))),
                                name="host_call_before_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("interest_by__isnull", True),
                                    models.Q(
                                        ("interest_by__gte", models.F("published_on")),
                                        ("interest_by__lte", models.F("deadline_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="interest_before_bids",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("announced_on__isnull", True),
                                    ("announced_on__gte", models.F("deadline_on")),
                                    _connector="OR",
                                ),
                                name="host_announced_after_deadline",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidCriterion",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="events.hostcall",
                                verbose_name="call",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
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
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="weight"),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion of a call",
                        "verbose_name_plural": "criteria of calls",
                        "ordering": ("call", "position"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "position"), name="one_criterion_per_position"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="criterion_weighs_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostBid",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bids",
                                to="events.hostcall",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_bids",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="local government"
                            ),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "country_code",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        ("contact_name", models.CharField(max_length=200, verbose_name="contact")),
                        (
                            "contact_email",
                            models.EmailField(max_length=254, verbose_name="e-mail of the contact"),
                        ),
                        (
                            "interest_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="interest expressed on"
                            ),
                        ),
                        (
                            "submitted_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="bid handed in on"
                            ),
                        ),
                        ("proposal", models.TextField(blank=True, verbose_name="what is proposed")),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                        ),
                    ],
                    options={
                        "verbose_name": "host bid",
                        "verbose_name_plural": "host bids",
                        "ordering": ("call", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member__isnull", False), ("name_en", "")),
                                    models.Q(
                                        ("member__isnull", True),
                                        models.Q(("name_en", ""), _negated=True),
                                        models.Q(("country_code", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="bid_of_a_member_or_a_named_city",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("interest_on__isnull", False),
                                    ("submitted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="bid_was_begun_on_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member__isnull", False)),
                                fields=("call", "member"),
                                name="one_bid_per_member_and_call",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidDocument",
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
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="events.hostbid",
                                verbose_name="bid",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("content_type", models.CharField(max_length=40, verbose_name="type")),
                        ("path", models.CharField(max_length=200, verbose_name="path")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("handed_in_on", models.DateField(verbose_name="handed in on")),
                        (
                            "handed_in_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="handed in by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a bid",
                        "verbose_name_plural": "documents of bids",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="BidScorer",
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scorers",
                                to="events.hostcall",
                                verbose_name="call",
                            ),
                        ),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.member",
                                verbose_name="of the member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scorer of bids",
                        "verbose_name_plural": "scorers of bids",
                        "ordering": ("call", "full_name", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "full_name"), name="one_scorer_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BidScore",
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
                            "scorer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="events.bidscorer",
                                verbose_name="scorer",
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="events.hostbid",
                                verbose_name="bid",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="events.bidcriterion",
                                verbose_name="criterion",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                    ],
                    options={
                        "verbose_name": "score of a bid",
                        "verbose_name_plural": "scores of bids",
                        "ordering": ("scorer", "bid", "criterion"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scorer", "bid", "criterion"),
                                name="one_score_per_criterion",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 10)), name="ten_points_at_most"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostDecision",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_decisions",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("selected", "Selected"),
                                    ("confirmed", "Confirmed"),
                                    ("released", "Released"),
                                ],
                                max_length=10,
                                verbose_name="step",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_decisions",
                                to="members.member",
                                verbose_name="host",
                            ),
                        ),
                        (
                            "city",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="host that is no member"
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="events.hostbid",
                                verbose_name="bid",
                            ),
                        ),
                        (
                            "body",
                            models.CharField(
                                choices=[("excom", "EXCOM"), ("assembly", "General Assembly")],
                                max_length=10,
                                verbose_name="decided by",
                            ),
                        ),
                        ("decided_on", models.DateField(verbose_name="decided on")),
                        (
                            "reference",
                            models.CharField(max_length=200, verbose_name="where it is recorded"),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_decisions",
                                to="events.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="events.hostdecision",
                                verbose_name="replaces",
                            ),
                        ),
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
                        "verbose_name": "decision on a host",
                        "verbose_name_plural": "decisions on hosts",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("step__in", ["selected", "confirmed", "released"])
                                ),
                                name="known_host_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("city", ""), ("member__isnull", True), ("step", "released")
                                    ),
                                    models.Q(
                                        models.Q(("step", "released"), _negated=True),
                                        ("city", ""),
                                        ("member__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("step", "released"), _negated=True),
                                        ("member__isnull", True),
                                        models.Q(("city", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="host_is_a_member_or_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostProposal",
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
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_proposal",
                                to="events.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_proposals",
                                to="events.meeting",
                                verbose_name="meeting to host",
                            ),
                        ),
                        (
                            "bid",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="events.hostbid",
                                verbose_name="bid",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposed host",
                        "verbose_name_plural": "proposed hosts",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("bid__isnull", True), ("member__isnull", True), _connector="OR"
                                ),
                                name="host_proposed_by_bid_or_member",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Juror",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jurors",
                                to="events.awardedition",
                                verbose_name="edition",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="juries",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        ("country_code", models.CharField(max_length=2, verbose_name="country")),
                        ("employer", models.CharField(max_length=200, verbose_name="employer")),
                        ("invited_on", models.DateField(verbose_name="invited")),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="accepted"),
                        ),
                    ],
                    options={
                        "verbose_name": "juror",
                        "verbose_name_plural": "jurors",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "user"), name="a_juror_sits_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreSheet",
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
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheets",
                                to="events.juror",
                                verbose_name="juror",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheets",
                                to="events.awardentry",
                                verbose_name="entry",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                        (
                            "set_aside",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("country", "Same country"),
                                    ("employer", "Same employer"),
                                    ("personal", "Recused"),
                                ],
                                max_length=10,
                                verbose_name="set aside",
                            ),
                        ),
                        ("set_aside_why", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "comment",
                            models.TextField(
                                blank=True, verbose_name="comment for the secretariat"
                            ),
                        ),
                        (
                            "total",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="score"
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="submitted"),
                        ),
                    ],
                    options={
                        "verbose_name": "score sheet",
                        "verbose_name_plural": "score sheets",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("juror", "entry", "round"),
                                name="one_sheet_per_juror_entry_and_round",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("round__in", [1, 2])), name="round_one_or_two"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("set_aside", ""),
                                    ("set_aside__in", ["country", "employer", "personal"]),
                                    _connector="OR",
                                ),
                                name="known_reason_to_set_aside",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at", None), ("total", None)),
                                    models.Q(
                                        ("set_aside", ""),
                                        ("submitted_at__isnull", False),
                                        ("total__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_submitted_sheet_has_its_score",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("total", None), ("total__lte", 1000), _connector="OR"
                                ),
                                name="score_at_most_1000",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
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
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="events.scoresheet",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="events.awardcriterion",
                            ),
                        ),
                        ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                    ],
                    options={
                        "verbose_name": "mark",
                        "verbose_name_plural": "marks",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "criterion"),
                                name="one_mark_per_sheet_and_criterion",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0), ("points__lte", 10)),
                                name="points_0_to_10",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemPaper",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="events.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("file_name", models.CharField(max_length=200, verbose_name="file")),
                        ("file_path", models.CharField(max_length=200, verbose_name="path")),
                        ("file_sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("content_type", models.CharField(max_length=60, verbose_name="type")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "taken_back_on",
                            models.DateField(blank=True, null=True, verbose_name="taken back on"),
                        ),
                    ],
                    options={
                        "verbose_name": "paper of an agenda item",
                        "verbose_name_plural": "papers of agenda items",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="EventPaper",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("memorandum", "Meeting memorandum"),
                                    ("credentials", "Letter of credentials"),
                                    ("visa", "Visa invitation letter"),
                                    ("badge", "Badge"),
                                    ("certificate", "Certificate of office"),
                                    ("training", "Certificate of attendance"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="event_papers",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "delegate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="events.delegate",
                                verbose_name="delegate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper of a meeting",
                        "verbose_name_plural": "papers of meetings",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "memorandum",
                                            "credentials",
                                            "visa",
                                            "badge",
                                            "certificate",
                                            "training",
                                        ],
                                    )
                                ),
                                name="known_event_paper_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventPaperDocument",
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
                                to="events.eventpaper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a paper of a meeting",
                        "verbose_name_plural": "documents of papers of meetings",
                    },
                ),
                migrations.CreateModel(
                    name="ParkedEventPaper",
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
                                to="events.eventpaper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked paper of a meeting",
                        "verbose_name_plural": "parked papers of meetings",
                    },
                ),
                migrations.CreateModel(
                    name="Memorandum",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memoranda",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memorandum",
                                to="events.eventpaper",
                                verbose_name="paper",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(blank=True, null=True, verbose_name="approved on"),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="published on"),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting memorandum",
                        "verbose_name_plural": "meeting memoranda",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("approved_on__isnull", False)),
                                fields=("meeting",),
                                name="one_approved_memorandum_per_meeting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_on__isnull", True),
                                    ("approved_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="memorandum_is_approved_before_published",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
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
                            models.CharField(max_length=200, verbose_name="name in English"),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="partnerships",
                                to="members.member",
                                verbose_name="also a member",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "partner",
                        "verbose_name_plural": "partners",
                        "ordering": ("name_en", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name_en",), name="one_partner_per_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartnerMemorandum",
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
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="file"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memoranda",
                                to="events.partner",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "signed_on",
                            models.DateField(blank=True, null=True, verbose_name="signed on"),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="place"),
                        ),
                        ("signatories", models.TextField(blank=True, verbose_name="signatories")),
                        (
                            "expires_on",
                            models.DateField(blank=True, null=True, verbose_name="expires on"),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="ended on"),
                        ),
                        (
                            "ended_why",
                            models.CharField(blank=True, max_length=300, verbose_name="why ended"),
                        ),
                        (
                            "renews",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewed_by",
                                to="events.partnermemorandum",
                                verbose_name="renews",
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
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
                        "verbose_name": "memorandum of understanding",
                        "verbose_name_plural": "memoranda of understanding",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__isnull", True),
                                    ("signed_on__isnull", True),
                                    ("expires_on__gt", models.F("signed_on")),
                                    _connector="OR",
                                ),
                                name="memorandum_expires_after_it_is_signed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    models.Q(("ended_why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="memorandum_ends_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegionalOffice",
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
                                max_length=120, unique=True, verbose_name="region in English"
                            ),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="region in Korean"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "regional office",
                        "verbose_name_plural": "regional offices",
                        "ordering": ("name_en",),
                    },
                ),
                migrations.CreateModel(
                    name="OfficeStage",
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
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="file"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stages",
                                to="events.regionaloffice",
                                verbose_name="regional office",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("approved", "Approved"),
                                    ("opened", "Open"),
                                    ("renewed", "Renewed"),
                                    ("moved", "Moved"),
                                    ("closed", "Closed"),
                                    ("revoked", "Decision taken back"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("happened_on", models.DateField(blank=True, null=True, verbose_name="on")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="office_stages",
                                to="members.member",
                                verbose_name="host",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="host as told"
                            ),
                        ),
                        (
                            "term_from",
                            models.DateField(blank=True, null=True, verbose_name="agreement from"),
                        ),
                        (
                            "term_until",
                            models.DateField(blank=True, null=True, verbose_name="agreement until"),
                        ),
                        (
                            "proposes",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("approved", "Approved"),
                                    ("opened", "Open"),
                                    ("renewed", "Renewed"),
                                    ("moved", "Moved"),
                                    ("closed", "Closed"),
                                    ("revoked", "Decision taken back"),
                                ],
                                max_length=10,
                                verbose_name="proposes",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="office_stages",
                                to="events.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="office_stages",
                                to="events.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        (
                            "decided_by",
                            models.CharField(blank=True, max_length=200, verbose_name="decided by"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("source", models.TextField(blank=True, verbose_name="source")),
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
                        "verbose_name": "step of a regional office",
                        "verbose_name_plural": "steps of regional offices",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "approved",
                                            "opened",
                                            "renewed",
                                            "moved",
                                            "closed",
                                            "revoked",
                                        ],
                                    )
                                ),
                                name="known_office_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "proposes__in",
                                            ("approved", "renewed", "moved", "closed"),
                                        ),
                                        ("state", "proposed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("proposes", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="office_proposal_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term_until__isnull", True),
                                    ("term_until__gte", models.F("term_from")),
                                    _connector="OR",
                                ),
                                name="office_term_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeReport",
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
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="file"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="events.regionaloffice",
                                verbose_name="regional office",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("summary", models.TextField(verbose_name="report")),
                        ("reported_on", models.DateField(verbose_name="reported on")),
                        (
                            "reported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
                            ),
                        ),
                        ("assessment", models.TextField(blank=True, verbose_name="assessment")),
                        (
                            "assessed_at",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="assessed at"
                            ),
                        ),
                        (
                            "assessed_on",
                            models.DateField(blank=True, null=True, verbose_name="assessed on"),
                        ),
                    ],
                    options={
                        "verbose_name": "report of a regional office",
                        "verbose_name_plural": "reports of regional offices",
                        "ordering": ("-year", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "year"), name="one_office_report_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("assessed_on__isnull", True),
                                    models.Q(("assessment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="assessment_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adviser",
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
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in Korean"
                            ),
                        ),
                        (
                            "affiliation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="affiliation"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "seen_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="known to serve on"
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "adviser",
                        "verbose_name_plural": "advisory committee",
                        "ordering": ("full_name", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("since__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="adviser_leaves_after_joining",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
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
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="opened on")),
                        ("until", models.DateField(verbose_name="open until")),
                        ("question_en", models.TextField(verbose_name="question in English")),
                        (
                            "question_ko",
                            models.TextField(blank=True, verbose_name="question in Korean"),
                        ),
                    ],
                    options={
                        "verbose_name": "consultation on the agenda",
                        "verbose_name_plural": "consultations on the agenda",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("opened_on"))),
                                name="consultation_ends_after_it_opens",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TopicSuggestion",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_suggestions",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="topic")),
                        (
                            "note",
                            models.TextField(blank=True, verbose_name="why, and who could speak"),
                        ),
                        ("suggested_on", models.DateField(verbose_name="suggested on")),
                        (
                            "suggested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="suggested by",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("taken", "Taken up"),
                                    ("left", "Not this time"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "answer_note",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="answer in words"
                            ),
                        ),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered on"),
                        ),
                    ],
                    options={
                        "verbose_name": "suggested topic",
                        "verbose_name_plural": "suggested topics",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["waiting", "taken", "left"])),
                                name="known_topic_answer",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="events.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "begins_at",
                            models.TimeField(blank=True, null=True, verbose_name="begins at"),
                        ),
                        (
                            "ends_at",
                            models.TimeField(blank=True, null=True, verbose_name="ends at"),
                        ),
                        (
                            "title_en",
                            models.CharField(max_length=200, verbose_name="title in English"),
                        ),
                        (
                            "title_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="title in Korean"
                            ),
                        ),
                        (
                            "room",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="room or link"
                            ),
                        ),
                        ("about", models.TextField(blank=True, verbose_name="what it is about")),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": (
                            "meeting",
                            "day",
                            models.OrderBy(models.F("begins_at"), nulls_first=True),
                            "pk",
                        ),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("begins_at__isnull", True),
                                    ("ends_at__isnull", True),
                                    ("ends_at__gt", models.F("begins_at")),
                                    _connector="OR",
                                ),
                                name="session_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speaker",
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="speakers",
                                to="events.session",
                                verbose_name="session",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("presenter", "Presenter"),
                                    ("panellist", "Panellist"),
                                    ("moderator", "Moderator"),
                                ],
                                max_length=10,
                                verbose_name="speaks as",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="speakers",
                                to="members.member",
                                verbose_name="for the member",
                            ),
                        ),
                        (
                            "organisation",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="other organisation"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "topic",
                            models.CharField(blank=True, max_length=200, verbose_name="topic"),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="speaks no more since"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "speaker",
                        "verbose_name_plural": "speakers",
                        "ordering": ("session", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["presenter", "panellist", "moderator"])
                                ),
                                name="known_speaker_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member__isnull", True), ("organisation", ""), _connector="OR"
                                ),
                                name="speaker_of_a_member_or_of_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Training",
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
                            models.CharField(max_length=300, verbose_name="name in English"),
                        ),
                        (
                            "name_ko",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="name in Korean"
                            ),
                        ),
                        ("about", models.TextField(blank=True, verbose_name="about")),
                        ("place", models.CharField(max_length=200, verbose_name="place")),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="first day"),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "To the day"),
                                    ("month", "To the month"),
                                    ("year", "To the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "nominate_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="nominations until"
                            ),
                        ),
                        (
                            "quota",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="people a city"
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="places in all"
                            ),
                        ),
                        (
                            "cancelled_on",
                            models.DateField(blank=True, null=True, verbose_name="cancelled on"),
                        ),
                        (
                            "cancelled_why",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why cancelled"
                            ),
                        ),
                        (
                            "quoted_people",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="people, as quoted"
                            ),
                        ),
                        (
                            "quoted_cities",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="cities, as quoted"
                            ),
                        ),
                        ("source", models.TextField(blank=True, verbose_name="source")),
                        (
                            "announced_on",
                            models.DateField(blank=True, null=True, verbose_name="announced on"),
                        ),
                        (
                            "announced_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="announced by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training",
                        "verbose_name_plural": "trainings",
                        "ordering": ("-starts_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="training_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nominate_until__isnull", True),
                                    ("nominate_until__lte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="nominations_end_before_training",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quota__gte", 1)),
                                name="training_quota_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cancelled_on__isnull", True),
                                    models.Q(("cancelled_why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="training_cancelled_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nomination",
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
                            "training",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="events.training",
                                verbose_name="training",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        ("full_name", models.CharField(max_length=120, verbose_name="full name")),
                        ("position", models.CharField(max_length=160, verbose_name="position")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("nominated", "Nominated"),
                                    ("selected", "Selected"),
                                    ("not_selected", "Not selected"),
                                    ("confirmed", "Confirmed"),
                                    ("attended", "Attended"),
                                    ("absent", "Did not come"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="nominated",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("nominated_on", models.DateField(verbose_name="nominated on")),
                        (
                            "nominated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="nominated by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nomination",
                        "verbose_name_plural": "nominations",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "nominated",
                                            "selected",
                                            "not_selected",
                                            "confirmed",
                                            "attended",
                                            "absent",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="known_nomination_state",
                            ),
                            models.UniqueConstraint(
                                models.F("training"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                name="one_nomination_per_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingCertificate",
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
                            "nomination",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificate",
                                to="events.nomination",
                                verbose_name="nomination",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="training",
                                to="events.eventpaper",
                                verbose_name="paper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate of a training",
                        "verbose_name_plural": "certificates of trainings",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRequest",
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
                                    ("promotion", "Promotion of our event"),
                                    ("consulting", "Consulting"),
                                    ("maturity", "Maturity diagnosis"),
                                ],
                                max_length=10,
                                verbose_name="asks for",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("about", models.TextField(verbose_name="about")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="place"),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="first day"),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "With the secretariat"),
                                    ("approved", "Approved"),
                                    ("assigned", "In hand"),
                                    ("done", "Done"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("asked_on", models.DateField(verbose_name="asked on")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "answered_on",
                            models.DateField(blank=True, null=True, verbose_name="answered on"),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="in whose hands",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request of a member",
                        "verbose_name_plural": "requests of members",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["promotion", "consulting", "maturity"])
                                ),
                                name="known_request_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "waiting",
                                            "approved",
                                            "assigned",
                                            "done",
                                            "declined",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="known_request_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "promotion"), _negated=True),
                                    models.Q(
                                        ("ends_on__gte", models.F("starts_on")),
                                        ("starts_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="promotion_has_its_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromotionNotice",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="events.servicerequest",
                                verbose_name="request",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promotion_notices",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        ("mails", models.PositiveSmallIntegerField(verbose_name="mails")),
                        ("told_at", models.DateTimeField(auto_now_add=True, verbose_name="told")),
                    ],
                    options={
                        "verbose_name": "notice of an event",
                        "verbose_name_plural": "notices of events",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "member"), name="one_notice_per_event_and_member"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
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
                            "election",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="events.election",
                                verbose_name="election",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                        (
                            "manner",
                            models.CharField(
                                choices=[
                                    ("electronic", "Secret ballot in the portal"),
                                    ("paper", "Paper ballots, counted in the room"),
                                    ("acclaim", "Unanimously, without a count"),
                                ],
                                max_length=12,
                                verbose_name="how",
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField(verbose_name="seats")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("open", "Voting is open"),
                                    ("counted", "Counted"),
                                    ("void", "Void"),
                                ],
                                default="prepared",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "public_key",
                            models.CharField(blank=True, max_length=64, verbose_name="public key"),
                        ),
                        (
                            "opened_on",
                            models.DateField(blank=True, null=True, verbose_name="opened on"),
                        ),
                        ("void_reason", models.TextField(blank=True, verbose_name="why void")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="prepared by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of voting",
                        "verbose_name_plural": "rounds of voting",
                        "ordering": ("election", "number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("election", "number"), name="rounds_are_numbered"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["prepared", "open"])),
                                fields=("election",),
                                name="one_round_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("manner__in", ["electronic", "paper", "acclaim"])
                                ),
                                name="known_vote_manner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["prepared", "open", "counted", "void"])
                                ),
                                name="known_round_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seats__gte", 1)), name="round_has_seats"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("manner", "electronic"), _negated=True),
                                    models.Q(("public_key", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="electronic_round_has_a_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundCandidate",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="events.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "candidacy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_rounds",
                                to="events.candidacy",
                                verbose_name="candidacy",
                            ),
                        ),
                        ("code", models.CharField(max_length=2, verbose_name="on the ballot")),
                    ],
                    options={
                        "verbose_name": "candidate of a round",
                        "verbose_name_plural": "candidates of rounds",
                        "ordering": ("round", "code"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "code"), name="one_candidate_per_code"
                            ),
                            models.UniqueConstraint(
                                fields=("round", "candidacy"), name="a_candidate_stands_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turnout",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turnout",
                                to="events.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turnout",
                                to="members.member",
                                verbose_name="city",
                            ),
                        ),
                        (
                            "cast_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="cast by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city that voted",
                        "verbose_name_plural": "turnout",
                        "ordering": ("member__name_en", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "member"), name="one_ballot_per_city"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotBox",
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
                            "round",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="box",
                                to="events.round",
                                verbose_name="round",
                            ),
                        ),
                        ("sealed", models.JSONField(default=list, verbose_name="sealed ballots")),
                    ],
                    options={
                        "verbose_name": "ballot box",
                        "verbose_name_plural": "ballot boxes",
                    },
                ),
                migrations.CreateModel(
                    name="PublishedBallot",
                    fields=[
                        (
                            "receipt",
                            models.CharField(
                                max_length=20,
                                primary_key=True,
                                serialize=False,
                                verbose_name="receipt",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="events.round",
                                verbose_name="round",
                            ),
                        ),
                        ("choices", models.JSONField(verbose_name="choices")),
                    ],
                    options={
                        "verbose_name": "published ballot",
                        "verbose_name_plural": "published ballots",
                        "ordering": ("receipt",),
                    },
                ),
                migrations.CreateModel(
                    name="RoundCount",
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
                            "round",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="count",
                                to="events.round",
                                verbose_name="round",
                            ),
                        ),
                        ("counted_on", models.DateField(verbose_name="counted on")),
                        (
                            "voters",
                            models.PositiveSmallIntegerField(verbose_name="entitled to vote"),
                        ),
                        ("cast", models.PositiveSmallIntegerField(verbose_name="ballots cast")),
                        (
                            "blank",
                            models.PositiveSmallIntegerField(default=0, verbose_name="blank"),
                        ),
                        (
                            "invalid",
                            models.PositiveSmallIntegerField(default=0, verbose_name="invalid"),
                        ),
                        ("votes", models.JSONField(verbose_name="votes")),
                        ("majority", models.CharField(max_length=12, verbose_name="majority")),
                        (
                            "commitment",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="fingerprint of the ballots"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
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
                        "verbose_name": "count",
                        "verbose_name_plural": "counts",
                    },
                ),
                migrations.CreateModel(
                    name="SupportRequest",
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
                            "speaker",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="support",
                                to="events.speaker",
                                verbose_name="speaker",
                            ),
                        ),
                        (
                            "travel_from",
                            models.CharField(max_length=120, verbose_name="travels from"),
                        ),
                        ("arrives_on", models.DateField(verbose_name="arrives on")),
                        ("leaves_on", models.DateField(verbose_name="leaves on")),
                        (
                            "wants_lodging",
                            models.BooleanField(default=False, verbose_name="lodging"),
                        ),
                        (
                            "wants_airfare",
                            models.BooleanField(default=False, verbose_name="airfare"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("requested_on", models.DateField(verbose_name="requested on")),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="requested by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for speaker support",
                        "verbose_name_plural": "requests for speaker support",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("leaves_on__gte", models.F("arrives_on"))),
                                name="support_leaves_after_arriving",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wants_lodging", True),
                                    ("wants_airfare", True),
                                    _connector="OR",
                                ),
                                name="support_is_for_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportStep",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="events.supportrequest",
                                verbose_name="request",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Requested"),
                                    ("consultation", "In consultation"),
                                    ("granted", "Granted"),
                                    ("declined", "Not granted"),
                                    ("settled", "Settled"),
                                ],
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="on")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "lodging_cap_cents",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="lodging at most (US cents)"
                            ),
                        ),
                        (
                            "airfare_cap_cents",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="airfare at most (US cents)"
                            ),
                        ),
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
                        "verbose_name": "step of a request for support",
                        "verbose_name_plural": "steps of requests for support",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "requested",
                                            "consultation",
                                            "granted",
                                            "declined",
                                            "settled",
                                        ],
                                    )
                                ),
                                name="known_support_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lodging_cap_cents__isnull", False),
                                        ("recorded_by__isnull", False),
                                        ("state", "granted"),
                                    ),
                                    models.Q(
                                        ("airfare_cap_cents__isnull", False),
                                        ("recorded_by__isnull", False),
                                        ("state", "granted"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "granted"), _negated=True),
                                        ("airfare_cap_cents__isnull", True),
                                        ("lodging_cap_cents__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="somebody_grants_support_with_a_cap",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportReceipt",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="events.supportrequest",
                                verbose_name="request",
                            ),
                        ),
                        (
                            "of",
                            models.CharField(
                                choices=[("lodging", "Lodging"), ("airfare", "Airfare")],
                                max_length=8,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "amount_cents",
                            models.PositiveIntegerField(verbose_name="amount (US cents)"),
                        ),
                        ("described", models.CharField(max_length=200, verbose_name="receipt")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="file"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
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
                        "verbose_name": "receipt under a grant",
                        "verbose_name_plural": "receipts under grants",
                        "ordering": ("pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("of__in", ["lodging", "airfare"])),
                                name="known_support_of",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_cents__gt", 0)),
                                name="receipt_is_for_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeclaredTie",
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
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ties",
                                to="events.awardcategory",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("declared_on", models.DateField(verbose_name="declared")),
                        (
                            "declared_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "declared tie",
                        "verbose_name_plural": "declared ties",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("category", "rank"), name="one_tie_per_rank"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__gte", 1)), name="tie_of_a_rank"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardWinner",
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
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="winners",
                                to="events.awardcategory",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prize",
                                to="events.awardentry",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        (
                            "tie",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="winners",
                                to="events.declaredtie",
                            ),
                        ),
                        ("decided_on", models.DateField(verbose_name="decided")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("why", models.TextField(blank=True, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "winner of an award",
                        "verbose_name_plural": "winners of awards",
                        "ordering": ("category", "rank", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("tie__isnull", True)),
                                fields=("category", "rank"),
                                name="a_rank_is_given_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__gte", 1)), name="winner_has_a_rank"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardPaper",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("invitation", "Invitation to the ceremony"),
                                    ("certificate", "Certificate of the award"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "winner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="events.awardwinner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper of an award",
                        "verbose_name_plural": "papers of awards",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("winner", "kind"), name="one_award_paper_per_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["invitation", "certificate"])),
                                name="known_award_paper_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardDocument",
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
                                to="events.awardpaper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of an award",
                        "verbose_name_plural": "documents of awards",
                    },
                ),
                migrations.CreateModel(
                    name="ParkedAwardPaper",
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
                                to="events.awardpaper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked paper of an award",
                        "verbose_name_plural": "parked papers of awards",
                    },
                ),
            ],
        ),
    ]
