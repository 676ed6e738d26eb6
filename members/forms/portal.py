"""What a member's people type in the portal; each form names its fields, and takes no other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from members.details import CONTACT_FIELDS
from members.figures import LONGEST_SOURCE
from members.forms.fields import WIDE, FigureField, country_choices
from members.models import AffiliationRole, Kind, Language

LONGEST_REASON = 2000
POPULATION_HELP = gettext_lazy(
    "The people who live in your own territory, as your statistics office counts them."
)
EMPLOYEES_HELP = gettext_lazy("The employees of the whole group, worldwide.")


class AttemptMixin(forms.Form):
    """A form that remembers which values the person had before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class DetailsForm(AttemptMixin):
    """What holds at once."""

    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        help_text=gettext_lazy("As it should stand on an envelope; printed on your invoices."),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "size": 40}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters and invoices"), choices=Language.choices
    )
    in_directory = forms.BooleanField(
        label=gettext_lazy("Show us in the public directory of members"),
        required=False,
        help_text=gettext_lazy("Only your name, country and website are shown."),
    )


class FactsForm(forms.Form):
    """What the secretariat has to accept first."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, widget=WIDE)
    name_ko = forms.CharField(
        label=gettext_lazy("Name in Korean"), max_length=200, required=False, widget=WIDE
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Kind.choices,
        help_text=gettext_lazy("The kind decides the fee table and the vote."),
    )
    level = forms.CharField(
        label=gettext_lazy("Level"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example: city, province, district, municipality."),
    )
    country_code = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)
    note = forms.CharField(
        label=gettext_lazy("Why does this change?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example the decree that gives the new name. May be empty."),
    )


class ContactForm(AttemptMixin):
    """Whom the secretariat writes to."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 40, "autocomplete": "off"}),
        help_text=gettext_lazy("As it should stand in letters, without a title."),
    )
    position = forms.CharField(
        label=gettext_lazy("Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"size": 40}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"size": 40, "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def facts(self) -> dict[str, str]:
        """What a contact keeps."""
        return {name: self.cleaned_data[name] for name in CONTACT_FIELDS}


class FigureForm(forms.Form):
    """One figure and where it comes from."""

    value = FigureField(label=gettext_lazy("Figure"))
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=LONGEST_SOURCE,
        widget=WIDE,
        help_text=gettext_lazy("For example: National Statistics Office, resident registration."),
    )
    source_year = forms.IntegerField(
        label=gettext_lazy("Year of the source"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "size": 6, "maxlength": 4, "autocomplete": "off"}
        ),
    )
    note = forms.CharField(required=False, max_length=LONGEST_REASON, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        city = kind == Kind.CITY
        self.fields["value"].label = (
            gettext_lazy("Population (persons)") if city else gettext_lazy("Employees")
        )
        self.fields["value"].help_text = POPULATION_HELP if city else EMPLOYEES_HELP

    def clean_value(self) -> int:
        """Whole persons."""
        value = self.cleaned_data["value"]
        if value != int(value):
            raise ValidationError(gettext_lazy("The figure must be a whole number."))
        return int(value)


ROLE_HELP = gettext_lazy(
    "Administrator: everything. Finance contact: invoices, figures and the finance contact. "
    "Delegate and reader: see everything, change nothing."
)


class InviteForm(forms.Form):
    """Somebody who is to act for the member."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"size": 40, "autocomplete": "off"}),
        help_text=gettext_lazy("The person's own address: an account is never shared."),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 40, "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=AffiliationRole.choices, help_text=ROLE_HELP
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the invitation"), choices=Language.choices
    )


class RoleForm(forms.Form):
    """What a person may do for the member."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=AffiliationRole.choices, help_text=ROLE_HELP
    )


class NoticeForm(forms.Form):
    """The notice that a member leaves."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you leave?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("You need not say. It helps us to become better."),
    )
    letter = forms.FileField(
        label=gettext_lazy("Signed letter"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. You may send it later by post."),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("We have read what this means, and we want to leave."),
        error_messages={"required": gettext_lazy("Tick this, if you want to leave.")},
    )


class StatementForm(forms.Form):
    """What a member says to a proposal to suspend or expel it."""

    statement = forms.CharField(
        label=gettext_lazy("Your statement"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Write what you have to say.")},
    )
