"""What the secretariat types of a meeting: its plan, its stages, its agenda and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from events.meetings.stages import AFTER, SAYS_WHY, Plan
from events.models import AgendaKind, Delegation, DelegationKind, MeetingState, Mode
from members.forms.fields import WIDE, country_choices, day_field
from members.forms.leaving import text_field
from members.models import Body, Kind, Member
from wego.uploads import Upload, check_upload

FILES = forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})


def optional_day(label: Any, *, help_text: Any = "") -> forms.DateField:  # noqa: ANN401 lazy words
    """A day that may stay empty."""
    field = day_field(label, help_text=help_text)
    field.required = False
    return field


class PlanForm(forms.Form):
    """When, where and how a meeting takes place."""

    starts_on = optional_day(gettext_lazy("First day"))
    ends_on = optional_day(
        gettext_lazy("Last day"), help_text=gettext_lazy("Empty for a meeting of one day.")
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Mode"),
        choices=[choice for choice in Mode.choices if choice[0] != Mode.WRITTEN],
    )
    host = forms.ModelChoiceField(
        label=gettext_lazy("Host"),
        queryset=Member.objects.filter(kind=Kind.CITY, merged_into__isnull=True),
        required=False,
        empty_label="–",
    )
    place = forms.CharField(
        label=gettext_lazy("Place"), max_length=200, required=False, widget=WIDE
    )

    def plan(self) -> Plan:
        """What was typed, as the rules take it."""
        facts = self.cleaned_data
        return Plan(
            facts["starts_on"],
            facts["ends_on"],
            facts["host"],
            facts["place"],
            facts["mode"],
        )


class MeetingForm(PlanForm):
    """A new meeting, or an old one that is entered from a source."""

    body = forms.ChoiceField(label=gettext_lazy("Body"), choices=Body.choices)
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=200,
        widget=WIDE,
        help_text=gettext_lazy("For example: EXCOM 2019, Seongnam."),
    )
    name_ko = forms.CharField(
        label=gettext_lazy("Name in Korean"), max_length=200, required=False, widget=WIDE
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=gettext_lazy("5 for the 5th General Assembly; may stay empty."),
    )
    field_order = ("body", "name_en", "name_ko", "number", *PlanForm.base_fields)


class StageForm(PlanForm):
    """What became of a meeting."""

    state = forms.ChoiceField(label=gettext_lazy("What is to be recorded"))
    reason = text_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "For postponing, moving or cancelling: the history shows it to members."
        ),
        required=False,
    )
    field_order = ("state", *PlanForm.base_fields, "reason")

    def __init__(
        self, data: QueryDict | None = None, *, state: str, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [choice for choice in MeetingState.choices if choice[0] in AFTER[state]]

    def clean(self) -> dict[str, Any]:
        """The reason stands at its field."""
        facts = super().clean() or {}
        if facts.get("state") in SAYS_WHY and not facts.get("reason", "").strip():
            self.add_error("reason", gettext_lazy("Say why: the history of the meeting shows it."))
        return facts


class ItemForm(forms.Form):
    """An item of the agenda."""

    kind = forms.ChoiceField(label=gettext_lazy("About"), choices=AgendaKind.choices)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, widget=WIDE)
    title_ko = forms.CharField(
        label=gettext_lazy("Title in Korean"), max_length=200, required=False, widget=WIDE
    )
    note = text_field(
        gettext_lazy("Note"),
        help_text=gettext_lazy("Stands under the item and in the memorandum."),
        required=False,
    )


class ItemWordsForm(ItemForm):
    """The words of an item; what it is about stays."""

    kind = None  # type: ignore[assignment]  # Django's way to leave a field out


class PaperForm(forms.Form):
    """A paper put to an item."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, required=False, widget=WIDE
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. It is stored privately."),
        widget=FILES,
    )

    def clean_file(self) -> Upload:
        """Taken only when its content proves harmless."""
        file: UploadedFile = self.cleaned_data["file"]
        return check_upload(file)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    kind = forms.ChoiceField(label=gettext_lazy("Invite as"), choices=DelegationKind.choices)
    members = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Members"),
        queryset=Member.objects.filter(merged_into__isnull=True),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Hold Ctrl to choose several."),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Or another organisation"),
        max_length=200,
        required=False,
        widget=WIDE,
        help_text=gettext_lazy("An embassy, a partner, a city that is no member: as observer."),
    )
    country_code = forms.ChoiceField(
        label=gettext_lazy("Its country"), choices=country_choices, required=False
    )


class ProxyForm(forms.Form):
    """One city votes for another."""

    giver = forms.ModelChoiceField(
        label=gettext_lazy("Vote of"), queryset=Delegation.objects.none()
    )
    holder = forms.ModelChoiceField(
        label=gettext_lazy("Given by"), queryset=Delegation.objects.none()
    )
    given_on = day_field(gettext_lazy("Dated"))
    paper = forms.CharField(
        label=gettext_lazy("In which writing"),
        max_length=200,
        widget=WIDE,
        help_text=gettext_lazy("For example: letter of the mayor, 4 November 2019."),
    )
    file = forms.FileField(
        label=gettext_lazy("Scan"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. It is stored privately."),
        required=False,
        widget=FILES,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Any = None,  # noqa: ANN401 Django's files
        *,
        meeting: int,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        voting = Delegation.objects.filter(
            meeting=meeting, kind=DelegationKind.VOTING
        ).select_related("member")
        for name in ("giver", "holder"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = voting

    def clean_file(self) -> Upload | None:
        """Taken only when its content proves harmless."""
        file = self.cleaned_data["file"]
        return check_upload(file) if file else None


class BallotForm(forms.Form):
    """A written ballot: one question, and until when it is answered (S31)."""

    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=200,
        widget=WIDE,
        help_text=gettext_lazy("For example: Written ballot on the host of EXCOM 2019."),
    )
    name_ko = forms.CharField(
        label=gettext_lazy("Name in Korean"), max_length=200, required=False, widget=WIDE
    )
    kind = forms.ChoiceField(label=gettext_lazy("About"), choices=AgendaKind.choices)
    title_en = forms.CharField(
        label=gettext_lazy("What is asked, in English"), max_length=200, widget=WIDE
    )
    title_ko = forms.CharField(
        label=gettext_lazy("What is asked, in Korean"),
        max_length=200,
        required=False,
        widget=WIDE,
    )
    note = text_field(gettext_lazy("Note"), required=False)
    closes_on = day_field(gettext_lazy("Answers until"))
    voters = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Cities that are asked"),
        queryset=Member.objects.filter(kind=Kind.CITY, merged_into__isnull=True),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=gettext_lazy(
            "The cities with a seat in EXCOM are chosen; hold Ctrl to change the choice."
        ),
    )
