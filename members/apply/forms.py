"""What an applicant types. A part may be saved half filled: nothing is required but what opens it.

Each form reads its own part's fields and no other.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.applying import measure_of
from members.figures import FEW_PERSONS, FIRST_SOURCE_YEAR, find_value_problem, is_missing
from members.forms.fields import FigureField, country_choices
from members.models import Application, ContactRole, Kind, Language, Measure
from wego.outbox import Mailbox, refuse_lines
from wego.uploads import Upload, check_upload

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

KINDS = (
    (Kind.CITY, gettext_lazy("City or local government: city, province, state, district …")),
    (Kind.INSTITUTION, gettext_lazy("Institution: association, agency, university …")),
    (Kind.COMPANY, gettext_lazy("Company")),
)
LONGEST_NOTE = 2000
LONGEST_ADDRESS = 500
LONGEST_REASON = 1000


def one_mailbox(address: str) -> None:
    """Refuse what is more, or less, than one mailbox."""
    try:
        Mailbox(address)
    except ValidationError as error:
        raise ValidationError(
            _("Enter one e-mail address, like name@city.example."), code="address"
        ) from error


def mail_field(label: StrOrPromise, **more: Any) -> forms.CharField:  # noqa: ANN401 passed on
    """One e-mail address."""
    return forms.CharField(
        label=label,
        max_length=254,
        validators=[one_mailbox],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        **more,
    )


def text_field(
    label: StrOrPromise,
    *,
    help_text: StrOrPromise = "",
    longest: int = 200,
    **attrs: str,
) -> forms.CharField:
    """One line that may stay empty for now."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=False,
        widget=forms.TextInput(attrs=attrs),
    )


class BeginForm(forms.Form):
    """Who asks and for what kind of organisation: enough for a draft and its link."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three kinds.")},
    )
    email = mail_field(
        gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send the private link to your application to this address."),
        error_messages={"required": gettext_lazy("Enter your e-mail address.")},
    )


class LinkForm(forms.Form):
    """Where to send a link that was lost."""

    email = mail_field(
        gettext_lazy("E-mail address the application was begun with"),
        error_messages={"required": gettext_lazy("Enter the e-mail address.")},
    )


class OrganisationForm(forms.Form):
    """Who applies."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"), choices=KINDS, widget=forms.RadioSelect
    )
    name_en = text_field(
        gettext_lazy("Name in English"),
        help_text=gettext_lazy("As it shall stand on letters and the certificate."),
        autocomplete="organization",
    )
    name_ko = text_field(
        gettext_lazy("Name in Korean"),
        help_text=gettext_lazy("If you have one; the secretariat finds one otherwise."),
        lang="ko",
    )
    name_local = text_field(
        gettext_lazy("Name in your own script"),
        help_text=gettext_lazy("If it is neither English nor Korean, for example Алматы."),
    )
    country_code = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=country_choices,
        required=False,
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    level = text_field(
        gettext_lazy("What is your territory?"),
        help_text=gettext_lazy("City, province, state, region, district … in your own words."),
        longest=40,
        list="levels",
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        help_text=gettext_lazy("As on an envelope, without the country."),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "url", "spellcheck": "false"}
        ),
        error_messages={
            "invalid": gettext_lazy("This is not a web address, like www.city.example.")
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our letters and mails to you"),
        choices=Language.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Message to the secretariat"),
        help_text=gettext_lazy("What you expect of WeGO, or anything we should know."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    optional = ("name_ko", "name_local", "website", "note")

    def __init__(self, application: Application, data: QueryDict | None = None) -> None:
        names = type(self).base_fields
        super().__init__(data, initial={name: getattr(application, name) for name in names})
        if (data.get("kind") if data else application.kind) != Kind.CITY:
            del self.fields["level"]

    def clean_website(self) -> str:
        """A page of the web, and no other kind of address."""
        website = str(self.cleaned_data["website"])
        if website and not website.startswith(("http://", "https://")):
            raise ValidationError(_("This is not a web address, like www.city.example."))
        return website


class FiguresForm(forms.Form):
    """The figure a fee is priced from, with where it is from (R8, R9, S26)."""

    figure_value = FigureField(label="", required=False)
    few_confirmed = forms.BooleanField(label="", required=False)
    figure_source = text_field(gettext_lazy("Where is the figure from?"), longest=300)
    figure_source_year = forms.IntegerField(
        label=gettext_lazy("Year of the figure"),
        required=False,
        min_value=FIRST_SOURCE_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Enter a year, like 2025."),
            "min_value": gettext_lazy("Enter a year, like 2025."),
        },
    )

    def __init__(
        self, application: Application, data: QueryDict | None = None, *, this_year: int = 9999
    ) -> None:
        self.application, self.this_year = application, this_year
        self.measure = measure_of(application.kind) or Measure.EMPLOYEES
        super().__init__(
            data,
            initial={
                name: getattr(application, name)
                for name in ("figure_value", "figure_source", "figure_source_year")
            },
        )
        self.few_words = ""
        self.optional: tuple[str, ...] = ()
        self.word_fields()

    def word_fields(self) -> None:
        """Ask for persons or employees, in the words of the kind."""
        value, source = self.fields["figure_value"], self.fields["figure_source"]
        if self.application.kind == Kind.CITY:
            value.label = _("Population (persons)")
            value.help_text = _(
                "Everybody who lives in the territory you govern, in persons: 276,000, not 276."
            )
            source.help_text = _("For example: national census, residents’ register.")
        else:
            value.label = _("Number of employees")
            value.help_text = _("Of the whole group, worldwide.")
            source.help_text = _("For example: annual report.")
            self.optional = ("figure_source", "figure_source_year")
            if self.application.kind == Kind.INSTITUTION:
                self.optional = ("figure_value", *self.optional)

    def clean_figure_value(self) -> int | None:
        """A whole figure no larger than any on record; 0 persons are a figure that is missing."""
        value: Decimal | None = self.cleaned_data["figure_value"]
        if value is None:
            return None
        if problem := find_value_problem(self.measure, value):
            raise ValidationError(problem)
        if is_missing(self.measure, value):
            raise ValidationError(_("0 is no figure here: leave it out while it is unknown."))
        return int(value)

    def clean_figure_source_year(self) -> int | None:
        """A year that has begun."""
        year: int | None = self.cleaned_data["figure_source_year"]
        if year is not None and year > self.this_year:
            raise ValidationError(_("This year is still to come."))
        return year

    def clean(self) -> dict[str, Any]:
        """Ask once whether so few persons are right: a slip of three places is another fee."""
        cleaned: dict[str, Any] = super().clean() or {}
        value = cleaned.get("figure_value")
        confirmed = cleaned.pop("few_confirmed", False)
        few = self.measure == Measure.POPULATION and value is not None and value < FEW_PERSONS
        if few and not confirmed and value != self.application.figure_value:
            self.few_words = _("Yes, %(number)s persons live here") % {"number": f"{value:,}"}
            self.add_error(
                "figure_value",
                _("%(number)s persons? Enter persons, not thousands.") % {"number": f"{value:,}"},
            )
        return cleaned


class ContactsForm(forms.Form):
    """Whom to write to: one full name each, no title is asked for."""

    finance_same = forms.BooleanField(
        label=gettext_lazy("The same person as the liaison officer"), required=False
    )

    def __init__(self, application: Application, data: QueryDict | None = None) -> None:
        kept = application.contacts
        initial: dict[str, Any] = {
            f"{role}-{name}": value for role in kept for name, value in kept[role].items()
        }
        liaison = kept.get(ContactRole.LIAISON, {})
        initial["finance_same"] = any(liaison.values()) and liaison == kept.get(ContactRole.FINANCE)
        super().__init__(data, initial=initial)
        for role in ContactRole.values:
            self.fields |= {
                f"{role}-full_name": text_field(_("Full name"), autocomplete="off"),
                f"{role}-position": text_field(_("Position"), autocomplete="off"),
                f"{role}-email": mail_field(_("E-mail"), required=False),
                f"{role}-phone": text_field(_("Telephone"), longest=40, inputmode="tel"),
            }
            self.fields[f"{role}-email"].widget.attrs["autocomplete"] = "off"
            self.fields[f"{role}-full_name"].validators.append(refuse_lines)
        self.optional = tuple(f"{role}-phone" for role in ContactRole.values)

    def people(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each role, in order."""
        return [
            (role, [self[name] for name in self.fields if name.startswith(f"{role}-")])
            for role in ContactRole.values
        ]

    def contacts(self) -> dict[str, dict[str, str]]:
        """What could be read, as an application keeps it."""
        typed: dict[str, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            role, dash, field = name.partition("-")
            if dash:
                typed.setdefault(role, {})[field] = value
        if self.cleaned_data.get("finance_same"):
            typed[ContactRole.FINANCE] = dict(typed.get(ContactRole.LIAISON, {}))
        return typed


class UploadForm(forms.Form):
    """The signed form, as a scan or a photograph."""

    file = forms.FileField(
        label=gettext_lazy("The signed form"),
        help_text=gettext_lazy("A scan or a clear photograph: PDF, JPEG or PNG, at most 10 MB."),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/*"}),
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("The file is empty. Choose it again, or scan the page again."),
        },
    )
    upload: Upload | None = None

    def clean_file(self) -> UploadedFile:
        """Look into it."""
        file: UploadedFile = self.cleaned_data["file"]
        self.upload = check_upload(file)
        return file


class WithdrawForm(forms.Form):
    """Why an application is taken back, if somebody wants to say."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
