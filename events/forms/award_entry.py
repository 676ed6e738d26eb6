"""What an entrant types. A part may be saved half filled; nothing is required but the e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import AwardCategory, AwardEntry, EntrantKind, FilePurpose
from members.forms.fields import country_choices
from wego.outbox import Mailbox, refuse_lines
from wego.uploads import Upload, check_upload

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

LONGEST_SUMMARY, LONGEST_TEXT = 600, 3000


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
        error_messages={"required": gettext_lazy("Enter the e-mail address.")},
        **more,
    )


def line(
    label: StrOrPromise,
    *,
    help_text: StrOrPromise = "",
    longest: int = 200,
    **more: Any,  # noqa: ANN401 passed on
) -> forms.Field:
    """One line that may stay empty for now."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, required=False, **more
    )


def text(label: StrOrPromise, *, help_text: StrOrPromise, longest: int) -> forms.Field:
    """Some paragraphs that may stay empty for now."""
    rows = 4 if longest < LONGEST_TEXT else 8
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows, "lang": "en"}),
    )


class BeginForm(forms.Form):
    """An address is enough for a draft and its link."""

    email = mail_field(
        gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send the private link to your entry to this address."),
    )


class LinkForm(forms.Form):
    """Where to send a link that was lost."""

    email = mail_field(gettext_lazy("E-mail address the entry was begun with"))


class WhoForm(forms.Form):
    """Who enters, and for which city."""

    optional = ("contact_position",)
    kind = forms.ChoiceField(
        label=gettext_lazy("Who enters?"),
        choices=EntrantKind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Membership of WeGO is not needed."),
    )
    city = line(
        gettext_lazy("City or local government, in English"),
        help_text=gettext_lazy("As it shall stand on the certificate."),
    )
    country_code = forms.ChoiceField(
        label=gettext_lazy("Country"), choices=country_choices, required=False
    )
    organisation = line(
        gettext_lazy("Organisation, if it enters on behalf of the city"),
        help_text=gettext_lazy(
            "Leave it empty otherwise. The city’s letter of approval is uploaded in part 3."
        ),
    )
    contact_name = line(
        gettext_lazy("Full name"),
        help_text=gettext_lazy("Of the person we write to; in a category for individuals, theirs."),
        validators=[refuse_lines],
    )
    contact_position = line(gettext_lazy("Position"))

    def __init__(self, entry: AwardEntry, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={name: getattr(entry, name) for name in self.base_fields})
        categories = entry.edition.categories.all()
        offered = {EntrantKind.CITY}
        if entry.edition.takes_organisations:
            offered.add(EntrantKind.ORGANISATION)
        if any(category.for_individuals for category in categories):
            offered.add(EntrantKind.INDIVIDUAL)
        choices = [(kind, label) for kind, label in EntrantKind.choices if kind in offered]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class ProjectForm(forms.Form):
    """The project, in English."""

    optional = ("website",)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"),
        queryset=AwardCategory.objects.none(),
        required=False,
        help_text=gettext_lazy("A project is entered in one category only."),
    )
    title = line(gettext_lazy("Title of the project"), longest=160)
    summary = text(
        gettext_lazy("Summary"),
        help_text=gettext_lazy("At most 600 characters: what was done, for whom, to what effect."),
        longest=LONGEST_SUMMARY,
    )
    challenge = text(
        gettext_lazy("Challenge"),
        help_text=gettext_lazy("What had to be solved? At most 3,000 characters."),
        longest=LONGEST_TEXT,
    )
    solution = text(
        gettext_lazy("Solution"),
        help_text=gettext_lazy("What did you do, and what is new? At most 3,000 characters."),
        longest=LONGEST_TEXT,
    )
    results = text(
        gettext_lazy("Results"),
        help_text=gettext_lazy(
            "What has changed, in figures if possible? At most 3,000 characters."
        ),
        longest=LONGEST_TEXT,
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200
    )

    def __init__(self, entry: AwardEntry, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={name: getattr(entry, name) for name in self.base_fields})
        field = self.fields["category"]
        field.queryset = entry.edition.categories.all()  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """One file and what it is."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=FilePurpose.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/*"}),
        error_messages={
            "required": gettext_lazy("Choose the file first."),
            "empty": gettext_lazy("The file is empty. Choose it again, or scan the page again."),
        },
    )
    upload: Upload | None = None

    def offer_pictures(self) -> None:
        """Take pictures only."""
        picture = FilePurpose.PICTURE
        self.fields["purpose"].choices = [(picture, picture.label)]  # type: ignore[attr-defined]
        self.fields["purpose"].initial = picture

    def clean_file(self) -> UploadedFile:
        """Look into it."""
        file: UploadedFile = self.cleaned_data["file"]
        self.upload = check_upload(file)
        return file
