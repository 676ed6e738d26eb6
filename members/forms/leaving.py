"""What the secretariat types when a member leaves, or when leaving is proposed of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from members.forms.fields import day_field
from members.models import Outcome
from wego.uploads import Upload, check_upload

LONGEST_TEXT = 4000


def text_field(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:  # noqa: ANN401 lazy words
    """A few lines of prose."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoticeForm(forms.Form):
    """When a member's letter arrived, and what it says."""

    received_on = day_field(
        gettext_lazy("Received on"),
        help_text=gettext_lazy("The day the letter or mail arrived at the secretariat."),
    )
    reason = text_field(
        gettext_lazy("Reason given"),
        help_text=gettext_lazy("As the member wrote it; may stay empty."),
        required=False,
    )


class NoticeLetterForm(NoticeForm):
    """The same with the letter itself, once the day it takes effect has been seen."""

    letter = forms.FileField(
        label=gettext_lazy("Letter of the member"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. It is stored privately."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        for name in ("received_on", "reason"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_letter(self) -> Upload | None:
        """Taken only when its content proves harmless."""
        file = self.cleaned_data["letter"]
        return check_upload(file) if file else None


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = text_field(gettext_lazy("Reason"))


class ProposalForm(ReasonForm):
    """A proposal to suspend or expel."""

    outcome = forms.ChoiceField(label=gettext_lazy("Propose"), widget=forms.RadioSelect)
    reason = text_field(
        gettext_lazy("Reason"), help_text=gettext_lazy("The member reads this in the mail it gets.")
    )
    field_order = ("outcome", "reason")

    def __init__(self, data: QueryDict | None = None, *, allowed: Sequence[str]) -> None:
        super().__init__(data, initial={"outcome": allowed[0] if allowed else None})
        field = self.fields["outcome"]
        labels = {
            Outcome.SUSPEND.value: gettext_lazy("to suspend the member"),
            Outcome.EXPEL.value: gettext_lazy("to expel the member"),
        }
        if isinstance(field, forms.ChoiceField):
            field.choices = [(outcome, labels[outcome]) for outcome in allowed]


class StatementForm(forms.Form):
    """What a member said for itself."""

    statement = text_field(
        gettext_lazy("What the member said"),
        help_text=gettext_lazy("It is kept with today's date, under what was said before."),
    )
