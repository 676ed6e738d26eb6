"""What the secretariat and members type about trainings, requests, offices and partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy

from events.models import (
    PROPOSABLE,
    AgendaItem,
    AgendaKind,
    OfficeState,
    PartnerMemorandum,
    RequestKind,
)
from members.forms.fields import day_field
from members.models import Kind, Member, Role, Status, User
from wego import seoul
from wego.uploads import Upload, check_upload

LONGEST_TEXT = 4000
WIDE = forms.TextInput(attrs={"size": 50})


class CheckedFile(forms.FileField):
    """A file that is taken only when its content proves harmless; None when there is none."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:  # noqa: ANN401 Django's signature
        """Look into the file."""
        file = super().clean(data, initial)
        return check_upload(file) if isinstance(file, UploadedFile) else None


def text_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:  # noqa: ANN401 lazy words
    """A few lines of prose."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def line_field(
    label: Any,  # noqa: ANN401 lazy words
    *,
    longest: int = 200,
    help_text: Any = "",  # noqa: ANN401 lazy words
    required: bool = True,
) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, required=required, widget=WIDE
    )


def free_day(label: Any, *, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 lazy words
    """A day that may stay open."""
    field = day_field(label, help_text=help_text)
    field.required = False
    return field


def file_field(label: Any) -> CheckedFile:  # noqa: ANN401 lazy words
    """A file that may be left out."""
    return CheckedFile(
        label=label, required=False, help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB.")
    )


def city_field(label: Any, *, required: bool = True) -> forms.ModelChoiceField[Member]:  # noqa: ANN401 lazy words
    """A full member city of today."""
    return forms.ModelChoiceField(label=label, queryset=Member.objects.none(), required=required)


def full_cities() -> Any:  # noqa: ANN401 a queryset with annotations
    """Full member cities of today, by name."""
    members = Member.objects.standing_alone().with_status(seoul.today())
    return members.filter(Q(("status", Status.FULL)), kind=Kind.CITY).order_by("name_en")


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = text_field(gettext_lazy("Reason"))


class TrainingForm(forms.Form):
    """A training to announce."""

    name_en = line_field(gettext_lazy("Name in English"), longest=300)
    name_ko = line_field(gettext_lazy("Name in Korean"), longest=300, required=False)
    about = text_field(gettext_lazy("About"), required=False)
    place = line_field(gettext_lazy("Where it takes place"))
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day"))
    nominate_until = day_field(
        gettext_lazy("Nominations until"),
        help_text=gettext_lazy("The last day on which cities name people, in Seoul."),
    )
    quota = forms.IntegerField(
        label=gettext_lazy("People a city may name"), min_value=1, max_value=100, initial=2
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Places in all"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=gettext_lazy("May stay open."),
    )


class NomineeForm(forms.Form):
    """Whom a city names."""

    full_name = line_field(gettext_lazy("Full name"), longest=120)
    position = line_field(gettext_lazy("Position"), longest=160)
    email = forms.EmailField(label=gettext_lazy("E-mail"), widget=forms.EmailInput({"size": 40}))


class EventForm(forms.Form):
    """An event of a member to be promoted."""

    title = line_field(gettext_lazy("Name of the event"))
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day"))
    place = line_field(gettext_lazy("Where it takes place"))
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", widget=WIDE
    )
    about = text_field(
        gettext_lazy("What other members should know"),
        help_text=gettext_lazy("These words go to all members by mail, once it is approved."),
    )


class AdviceForm(forms.Form):
    """Consulting or a diagnosis that a member wants."""

    title = line_field(gettext_lazy("What it is about"))
    about = text_field(
        gettext_lazy("What you would like to reach"),
        help_text=gettext_lazy("Where you stand, what you plan, until when."),
    )


REQUEST_FORMS: dict[str, type[EventForm | AdviceForm]] = {
    RequestKind.PROMOTION: EventForm,
    RequestKind.CONSULTING: AdviceForm,
    RequestKind.MATURITY: AdviceForm,
}


class AnswerForm(forms.Form):
    """What the secretariat answers."""

    answer = text_field(
        gettext_lazy("Answer"),
        required=False,
        help_text=gettext_lazy("The member reads this. Needed when you decline."),
    )
    assigned_to = forms.ModelChoiceField(
        label=gettext_lazy("In whose hands"),
        required=False,
        queryset=User.objects.filter(
            is_active=True, role__in=(Role.SECRETARIAT, Role.ADMINISTRATOR)
        ).order_by("full_name", "pk"),
    )


class OfficeForm(forms.Form):
    """A region that is to have an office."""

    name_en = line_field(gettext_lazy("Region in English"), longest=120)
    name_ko = line_field(gettext_lazy("Region in Korean"), longest=120, required=False)


class OfficeProposalForm(forms.Form):
    """What is put to a body about an office."""

    proposes = forms.ChoiceField(label=gettext_lazy("Propose"))
    host = city_field(gettext_lazy("Host city"), required=False)
    item = forms.ModelChoiceField(
        label=gettext_lazy("Agenda item"),
        queryset=AgendaItem.objects.filter(kind=AgendaKind.OFFICES).select_related("meeting"),
        help_text=gettext_lazy("Items on regional offices, of any meeting."),
    )
    note = text_field(gettext_lazy("Remark"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*given, **named)
        labels = {
            OfficeState.APPROVED: gettext_lazy("to establish it"),
            OfficeState.RENEWED: gettext_lazy("to renew it"),
            OfficeState.MOVED: gettext_lazy("to move it"),
            OfficeState.CLOSED: gettext_lazy("to close it"),
        }
        self.fields["proposes"].choices = [(each.value, labels[each]) for each in PROPOSABLE]  # type: ignore[attr-defined]
        self.fields["host"].queryset = full_cities()  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda item: f"{item.meeting}: {item}"  # type: ignore[attr-defined]


class OfficeStepForm(forms.Form):
    """What became of an office."""

    state = forms.ChoiceField(label=gettext_lazy("What happened"))
    happened_on = day_field(gettext_lazy("On"))
    host = city_field(gettext_lazy("Host city"), required=False)
    term_from = free_day(gettext_lazy("Agreement from"))
    term_until = free_day(gettext_lazy("Agreement until"))
    agreement = file_field(gettext_lazy("Agreement"))
    decided_by = line_field(
        gettext_lazy("Decision it rests on"),
        required=False,
        help_text=gettext_lazy(
            "For example: EXCOM 2024, item 3. What a meeting resolves here takes effect by itself."
        ),
    )
    note = text_field(gettext_lazy("Remark"), required=False)

    def __init__(self, *given: Any, steps: Any, **named: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*given, **named)
        self.fields["state"].choices = [(each, OfficeState(each).label) for each in steps]  # type: ignore[attr-defined]
        self.fields["host"].queryset = full_cities()  # type: ignore[attr-defined]


class OfficeReportForm(forms.Form):
    """What an office did in a year."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2010, max_value=2100)
    summary = text_field(
        gettext_lazy("What the office did"),
        help_text=gettext_lazy("Members won and looked after, trainings, partners, money."),
    )
    file = file_field(gettext_lazy("Report"))


class AssessmentForm(forms.Form):
    """What EXCOM makes of a report."""

    assessment = text_field(gettext_lazy("Assessment"))
    assessed_at = line_field(
        gettext_lazy("Meeting"), longest=120, help_text=gettext_lazy("For example: EXCOM 2024")
    )


class PartnerForm(forms.Form):
    """A partner."""

    name_en = line_field(gettext_lazy("Name in English"))
    name_ko = line_field(gettext_lazy("Name in Korean"), required=False)
    member = forms.ModelChoiceField(
        label=gettext_lazy("Also a member"),
        required=False,
        queryset=Member.objects.standing_alone().exclude(kind=Kind.CITY).order_by("name_en"),
        help_text=gettext_lazy("An institution or company that is both (R31)."),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", widget=WIDE
    )
    note = text_field(gettext_lazy("Remark"), required=False)


class MemorandumForm(forms.Form):
    """A memorandum of understanding as it was signed."""

    signed_on = day_field(gettext_lazy("Signed on"))
    expires_on = free_day(
        gettext_lazy("Expires on"),
        help_text=gettext_lazy("Today reminds of it ninety days ahead."),
    )
    place = line_field(gettext_lazy("Where it was signed"), required=False)
    signatories = text_field(gettext_lazy("Signatories"), required=False)
    file = file_field(gettext_lazy("Signed memorandum"))
    renews = forms.ModelChoiceField(
        label=gettext_lazy("Renews"),
        required=False,
        queryset=PartnerMemorandum.objects.none(),
    )

    def __init__(self, *given: Any, renewable: Any, **named: Any) -> None:  # noqa: ANN401 Django's signature
        super().__init__(*given, **named)
        self.fields["renews"].queryset = renewable  # type: ignore[attr-defined]
        self.fields["renews"].label_from_instance = (  # type: ignore[attr-defined]
            lambda memorandum: f"{memorandum.partner}, {memorandum.signed_on or '?'}"
        )


class AdviserForm(forms.Form):
    """Somebody who joins the advisory committee."""

    full_name = line_field(gettext_lazy("Full name"))
    name_ko = line_field(gettext_lazy("Name in Korean"), required=False)
    affiliation = line_field(gettext_lazy("Affiliation"), required=False)
    since = day_field(gettext_lazy("Since"))


class LastDayForm(forms.Form):
    """The last day of an adviser."""

    until = day_field(gettext_lazy("Last day"))
