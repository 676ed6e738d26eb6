import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wego.migrating


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        wego.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Application",
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
                            models.CharField(max_length=20, unique=True, verbose_name="reference"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for completion"),
                                    ("accepted", "Accepted, associate"),
                                    ("approved", "Approved, full member"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn by the applicant"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "applicant_email",
                            models.EmailField(
                                max_length=254, verbose_name="e-mail of the applicant"
                            ),
                        ),
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
                            "kind",
                            models.CharField(
                                blank=True,
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
                            "name_local",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name in the local script"
                            ),
                        ),
                        (
                            "country_code",
                            models.CharField(blank=True, max_length=2, verbose_name="country"),
                        ),
                        (
                            "region",
                            models.CharField(
                                blank=True,
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
                            "level",
                            models.CharField(blank=True, max_length=40, verbose_name="level"),
                        ),
                        ("address", models.TextField(blank=True, verbose_name="postal address")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        (
                            "figure_value",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="population or employees"
                            ),
                        ),
                        (
                            "figure_source",
                            models.CharField(blank=True, max_length=300, verbose_name="source"),
                        ),
                        (
                            "figure_source_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the source"
                            ),
                        ),
                        (
                            "contacts",
                            models.JSONField(blank=True, default=dict, verbose_name="contacts"),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, verbose_name="message to the secretariat"),
                        ),
                        (
                            "target_excom_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="goes to the EXCOM of"
                            ),
                        ),
                        ("link_version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "started_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="begun"),
                        ),
                        ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                        (
                            "submitted_on",
                            models.DateField(blank=True, null=True, verbose_name="submitted"),
                        ),
                        (
                            "accepted_on",
                            models.DateField(blank=True, null=True, verbose_name="accepted"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                help_text="Set on acceptance; on a readmission the former member.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "returned",
                                            "accepted",
                                            "approved",
                                            "rejected",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="known_application_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["accepted", "approved"]), _negated=True
                                    ),
                                    ("member__isnull", False),
                                    _connector="OR",
                                ),
                                name="accepted_application_has_its_member",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "accepted")),
                                fields=("member",),
                                name="one_accepted_application_per_member",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationEntry",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("returned", "Returned for completion"),
                                    ("accepted", "Accepted, associate"),
                                    ("approved", "Approved, full member"),
                                    ("rejected", "Rejected"),
                                    ("withdrawn", "Withdrawn by the applicant"),
                                ],
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="members.application",
                                verbose_name="application",
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
                        "verbose_name": "step of an application",
                        "verbose_name_plural": "steps of an application",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationFile",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("content_type", models.CharField(max_length=40, verbose_name="type")),
                        ("path", models.CharField(max_length=200, verbose_name="path")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        (
                            "uploaded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="uploaded"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="members.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of an application",
                        "verbose_name_plural": "files of an application",
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                                    ("head", "Head of the organisation"),
                                    ("liaison", "Liaison officer"),
                                    ("finance", "Finance contact"),
                                ],
                                max_length=12,
                                verbose_name="for",
                            ),
                        ),
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                        "ordering": ("role", "full_name", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("decided_on", models.DateField(verbose_name="decided on")),
                        ("meeting", models.CharField(max_length=200, verbose_name="meeting")),
                        ("reference", models.CharField(max_length=120, verbose_name="reference")),
                        (
                            "meeting_ended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="last day of the meeting"
                            ),
                        ),
                        (
                            "memorandum_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the memorandum"
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
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ("-decided_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("body__in", ["excom", "assembly"])),
                                name="known_body",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("meeting_ended_on__isnull", True),
                                    ("meeting_ended_on__gte", models.F("decided_on")),
                                    _connector="OR",
                                ),
                                name="meeting_ends_after_decision",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionItem",
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
                                    ("reverse", "Earlier decision corrected"),
                                ],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="effective on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_items",
                                to="members.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="members.decision",
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_items",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="members.decisionitem",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "proceeding",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_items",
                                to="members.proceeding",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a decision",
                        "verbose_name_plural": "items of a decision",
                        "ordering": ("pk",),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "member", "outcome"),
                                name="one_outcome_per_member_and_decision",
                            ),
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
                                            "reverse",
                                        ],
                                    )
                                ),
                                name="known_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "reverse"), ("reverses__isnull", False)),
                                    models.Q(
                                        models.Q(("outcome", "reverse"), _negated=True),
                                        ("reverses__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="correction_names_what_it_corrects",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "full_name",
                            models.CharField(blank=True, max_length=200, verbose_name="full name"),
                        ),
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
                            "affiliation_role",
                            models.CharField(
                                blank=True,
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
                            "staff_role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "No staff role"),
                                    ("secretariat", "Secretariat"),
                                    ("finance", "Finance"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                                verbose_name="staff role",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("invited_at", models.DateTimeField(verbose_name="invited")),
                        ("expires_at", models.DateTimeField(verbose_name="lapses")),
                        (
                            "accepted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="accepted"),
                        ),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepted by",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ("-invited_at", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("member__isnull", False),
                                        models.Q(("affiliation_role", ""), _negated=True),
                                        ("staff_role", ""),
                                    ),
                                    models.Q(
                                        ("member__isnull", True),
                                        ("affiliation_role", ""),
                                        models.Q(("staff_role", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="invitation_to_a_member_or_the_staff",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                                    ("application_form", "Application form"),
                                    ("acceptance", "Letter of acceptance"),
                                    ("approval", "Letter of approval"),
                                    ("rejection", "Letter of rejection"),
                                    ("certificate", "Certificate of membership"),
                                    ("withdrawal", "Confirmation of withdrawal"),
                                ],
                                max_length=20,
                                verbose_name="kind",
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="members.application",
                                verbose_name="application",
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
                            "decision_item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="members.decisionitem",
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letter",
                        "verbose_name_plural": "letters",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("member__isnull", False),
                                    ("application__isnull", False),
                                    _connector="OR",
                                ),
                                name="letter_belongs_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "application_form",
                                            "acceptance",
                                            "approval",
                                            "rejection",
                                            "certificate",
                                            "withdrawal",
                                        ],
                                    )
                                ),
                                name="known_letter_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterDocument",
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
                            "letter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="document",
                                to="members.letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document of a letter",
                        "verbose_name_plural": "documents of letters",
                    },
                ),
                migrations.CreateModel(
                    name="ParkedLetter",
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
                            "letter",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parked",
                                to="members.letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked letter",
                        "verbose_name_plural": "parked letters",
                    },
                ),
                migrations.CreateModel(
                    name="Proceeding",
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
                            "outcome",
                            models.CharField(
                                choices=[("suspend", "Suspended"), ("expel", "Expelled")],
                                max_length=10,
                                verbose_name="proposed",
                            ),
                        ),
                        ("proposed_on", models.DateField(verbose_name="proposed on")),
                        ("heard_until", models.DateField(verbose_name="member may be heard until")),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "statement",
                            models.TextField(blank=True, verbose_name="what the member said"),
                        ),
                        (
                            "dropped_on",
                            models.DateField(blank=True, null=True, verbose_name="dropped on"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proceedings",
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
                        "verbose_name": "proposal to suspend or expel",
                        "verbose_name_plural": "proposals to suspend or expel",
                        "ordering": ("-proposed_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("heard_until__gte", models.F("proposed_on"))),
                                name="heard_after_proposed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
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
                        ("changes", models.JSONField(verbose_name="changes")),
                        ("note", models.TextField(blank=True, verbose_name="why")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for the secretariat"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("taken_back", "Taken back"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "proposed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="proposed"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal of a change",
                        "verbose_name_plural": "proposals of changes",
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "accepted", "declined", "taken_back"])
                                ),
                                name="known_proposal_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WithdrawalNotice",
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
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("effective_on", models.DateField(verbose_name="effective on")),
                        ("reason", models.TextField(blank=True, verbose_name="reason given")),
                        (
                            "file_name",
                            models.CharField(blank=True, max_length=200, verbose_name="letter"),
                        ),
                        (
                            "file_path",
                            models.CharField(blank=True, max_length=200, verbose_name="path"),
                        ),
                        (
                            "file_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                        ),
                        ("filed_at", models.DateTimeField(auto_now_add=True, verbose_name="filed")),
                        (
                            "acknowledged_on",
                            models.DateField(blank=True, null=True, verbose_name="acknowledged on"),
                        ),
                        (
                            "taken_back_on",
                            models.DateField(blank=True, null=True, verbose_name="taken back on"),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="acknowledged by",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="filed by",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal_notices",
                                to="members.member",
                                verbose_name="member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice of withdrawal",
                        "verbose_name_plural": "notices of withdrawal",
                        "ordering": ("-received_on", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("acknowledged_on__isnull", True),
                                    ("taken_back_on__isnull", True),
                                ),
                                fields=("member",),
                                name="one_waiting_notice_per_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("effective_on__gte", models.F("received_on"))),
                                name="notice_effective_after",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="member",
            name="in_directory",
            field=models.BooleanField(default=True, verbose_name="shown in the public directory"),
        ),
        migrations.AddField(
            model_name="member",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="members.member",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="website",
            field=models.URLField(blank=True, verbose_name="website"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="statusentry",
            name="decision_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="status_entries",
                to="members.decisionitem",
                verbose_name="decision",
            ),
        ),
    ]
