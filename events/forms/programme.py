"""What the secretariat types about a programme: consultation, sessions, speakers, support."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dues.forms.money import CentsField
from events.forms.fields import FILE_HELP, CheckedFileField
from events.models import Session, SpeakerRole, SupportOf, SupportRequest, TopicAnswer
from events.programme.sessions import Slot, Voice
from events.programme.support import Paid, caps_of
from members.forms.fields import WIDE, day_field
from members.models import Member

LINES = forms.Textarea(attrs={"rows": 3})


class ConsultationForm(forms.Form):
    """What members are asked, and until when."""

    until = day_field(gettext_lazy("Open until"))
    question_en = forms.CharField(
        label=gettext_lazy("Question in English"), max_length=2000, widget=LINES
    )
    question_ko = forms.CharField(
        label=gettext_lazy("Question in Korean"), required=False, max_length=2000, widget=LINES
    )


class TopicAnswerForm(forms.Form):
    """Whether a topic is taken up."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[each for each in TopicAnswer.choices if each[0] != TopicAnswer.WAITING],
    )
    words = forms.CharField(
        label=gettext_lazy("In words"),
        help_text=gettext_lazy("The member reads it; a no says why."),
        required=False,
        max_length=400,
        widget=WIDE,
    )


def time_field(label: Any) -> forms.TimeField:  # noqa: ANN401 lazy words
    """A time of the day at the meeting's place."""
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Write the time like 14:30.")},
    )


class SessionForm(forms.Form):
    """A session; times are those of the place."""

    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, widget=WIDE)
    title_ko = forms.CharField(
        label=gettext_lazy("Title in Korean"), required=False, max_length=200, widget=WIDE
    )
    day = day_field(gettext_lazy("Day"))
    begins_at = time_field(gettext_lazy("Begins at"))
    ends_at = time_field(gettext_lazy("Ends at"))
    room = forms.CharField(
        label=gettext_lazy("Room or link"), required=False, max_length=200, widget=WIDE
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"), required=False, max_length=4000, widget=LINES
    )

    def slot(self) -> Slot:
        """The session as it is planned."""
        return Slot(**self.cleaned_data)


def facts_of(session: Session) -> dict[str, Any]:
    """A session as the form shows it."""
    names = ("title_en", "title_ko", "day", "begins_at", "ends_at", "room", "about")
    return {name: getattr(session, name) for name in names}


class SpeakerForm(forms.Form):
    """Who speaks, and for whom."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200, widget=WIDE)
    position = forms.CharField(
        label=gettext_lazy("Position"), required=False, max_length=200, widget=WIDE
    )
    role = forms.ChoiceField(label=gettext_lazy("Speaks as"), choices=SpeakerRole.choices)
    member = forms.ModelChoiceField(
        label=gettext_lazy("For the member"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("Another organisation, named below"),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Other organisation"), required=False, max_length=200, widget=WIDE
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    topic = forms.CharField(
        label=gettext_lazy("Topic"), required=False, max_length=200, widget=WIDE
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Member.objects.on_roster(on).order_by("name_en", "pk")

    def voice(self) -> Voice:
        """Who speaks."""
        return Voice(**self.cleaned_data)


class NoteForm(forms.Form):
    """A step of a request, with a note that the member reads."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("The member reads it."),
        required=False,
        max_length=2000,
        widget=LINES,
    )


class GrantForm(NoteForm):
    """How much is paid at most, for what was asked."""

    field_order = ("lodging_cents", "airfare_cents", "note")
    lodging_cents = CentsField(label=gettext_lazy("Lodging at most (USD)"), required=False)
    airfare_cents = CentsField(label=gettext_lazy("Airfare at most (USD)"), required=False)

    def __init__(self, *args: Any, asked: SupportRequest, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        for of in ("lodging", "airfare"):
            if not getattr(asked, f"wants_{of}"):
                del self.fields[f"{of}_cents"]


class ReceiptForm(forms.Form):
    """A receipt under a grant."""

    of = forms.ChoiceField(label=gettext_lazy("For"))
    amount_cents = CentsField(label=gettext_lazy("Amount (USD)"))
    described = forms.CharField(
        label=gettext_lazy("Receipt"),
        help_text=gettext_lazy("For example: ticket KTM-ALA, 15 September."),
        max_length=200,
        widget=WIDE,
    )
    file = CheckedFileField(label=gettext_lazy("File"), help_text=FILE_HELP, required=False)

    def __init__(self, *args: Any, asked: SupportRequest, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        field, caps = self.fields["of"], caps_of(asked)
        if isinstance(field, forms.ChoiceField):
            field.choices = [each for each in SupportOf.choices if each[0] in caps]

    def paid(self) -> Paid:
        """The receipt."""
        return Paid(**self.cleaned_data)
