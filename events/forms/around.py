"""What a member's people type about a meeting: delegates, topics, support, a bid to host."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from events.delegating.naming import Person
from events.forms.fields import FILE_HELP, CheckedFileField, SeveralFilesField
from events.models import Delegate, DelegateRole, Mode, TakesPart
from events.programme.support import Travel
from members.forms.fields import WIDE, country_choices, day_field

LONG = forms.Textarea(attrs={"rows": 4})


class DelegateForm(forms.Form):
    """Somebody of a delegation, as the badge says it."""

    name = forms.CharField(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("As in the passport; it stands on badge and visa letter."),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 50, "autocomplete": "name"}),
        error_messages={
            "required": gettext_lazy("Enter the name as it should stand on the badge.")
        },
    )
    position = forms.CharField(
        label=gettext_lazy("Position"), required=False, max_length=200, widget=WIDE
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy(
            "With the address of an account of your organisation, this person finds “My meeting” "
            "in the portal."
        ),
        required=False,
        max_length=254,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=DelegateRole.choices, widget=forms.RadioSelect
    )
    takes_part = forms.ChoiceField(
        label=gettext_lazy("Takes part"), choices=TakesPart.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, mode: str = Mode.HYBRID, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        field = self.fields["takes_part"]
        if isinstance(field, forms.ChoiceField) and mode in {Mode.ON_SITE, Mode.ONLINE}:
            field.choices = [each for each in TakesPart.choices if each[0] == mode]
            field.initial = mode

    def person(self) -> Person:
        """Who is named."""
        return Person(**self.cleaned_data)


def facts_of(delegate: Delegate) -> dict[str, str]:
    """A delegate as the form shows it."""
    return {
        name: getattr(delegate, name)
        for name in ("name", "position", "email", "role", "takes_part")
    }


class VisaForm(forms.Form):
    """Whose passport it is."""

    nationality = forms.ChoiceField(
        label=gettext_lazy("Country of the passport"),
        help_text=gettext_lazy(
            "The letter names this country. The number of the passport is not asked for."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        field = self.fields["nationality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(country_choices())


class CredentialForm(forms.Form):
    """The signed letter."""

    letter = CheckedFileField(
        label=gettext_lazy("Signed letter of credentials"),
        help_text=FILE_HELP,
        error_messages={"required": gettext_lazy("Choose the file of the signed letter.")},
    )


class TopicForm(forms.Form):
    """What the meeting should be about."""

    title = forms.CharField(
        label=gettext_lazy("Topic"),
        max_length=200,
        widget=WIDE,
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Why, and who could speak (optional)"),
        required=False,
        max_length=2000,
        widget=LONG,
    )


class SupportForm(forms.Form):
    """What is asked for a speaker."""

    travel_from = forms.CharField(label=gettext_lazy("Travels from"), max_length=120, widget=WIDE)
    arrives_on = day_field(gettext_lazy("Arrives on"))
    leaves_on = day_field(gettext_lazy("Leaves on"))
    wants_lodging = forms.BooleanField(label=gettext_lazy("Lodging"), required=False)
    wants_airfare = forms.BooleanField(label=gettext_lazy("Airfare"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note (optional)"), required=False, max_length=2000, widget=LONG
    )

    def travel(self) -> Travel:
        """What is asked for."""
        return Travel(**self.cleaned_data)


class BidForm(forms.Form):
    """A member city's bid to host."""

    proposal = forms.CharField(
        label=gettext_lazy("What your city proposes"),
        help_text=gettext_lazy("Place and dates, hall, hotels, what the city pays for, programme."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    documents = SeveralFilesField(
        label=gettext_lazy("Documents"),
        help_text=gettext_lazy(
            "The mayor's letter, plans, a budget. PDF, JPEG or PNG, each at most 10 MB."
        ),
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Whom we write to"), max_length=200, widget=WIDE
    )
    contact_email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
