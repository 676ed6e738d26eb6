"""What people type about members: who they are, how they stand, what is priced from."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members.figure_rows import LAYOUTS
from members.figures import FIRST_YEAR, LAST_YEAR
from members.lifecycle import LONGEST_REASON, refuse_twin
from members.models import Measure, Member, Role, Status, User, country_names
from wego.numbers import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

    _MemberModelForm = forms.ModelForm[Member]
    _UserChangeForm = UserChangeForm[User]
    _AdminPasswordChangeForm = AdminPasswordChangeForm[User]
else:
    _MemberModelForm = forms.ModelForm
    _UserChangeForm = UserChangeForm
    _AdminPasswordChangeForm = AdminPasswordChangeForm

LARGEST_UPLOAD = 2 * 1024 * 1024
# The browser's own picker sends ISO; the other ways are what people type where there is none.
DAY_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y. %m. %d", "%d %b %Y")


WIDE = forms.TextInput(attrs={"size": 50})


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: StrOrPromise, *, help_text: StrOrPromise = "") -> forms.DateField:
    """A calendar date in Seoul, by the browser's picker or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=DAY_FORMATS,
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Enter a day."),
            "invalid": gettext_lazy("This is not a day: write it like 2020-01-15."),
        },
    )


def year_field() -> forms.IntegerField:
    """A dues year."""
    return forms.IntegerField(
        label=gettext_lazy("Dues year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


def country_choices() -> Iterator[tuple[str, str]]:
    """Countries by name in the reader's language."""
    names = country_names(get_language() or "en")
    yield "", "–"
    yield from sorted(names.items(), key=lambda pair: pair[1])


def reason_field() -> forms.CharField:
    """Why a status changes."""
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=WIDE,
        help_text=gettext_lazy("A decision, letter or meeting, for example: EXCOM 2020, item 3."),
    )


class FigureField(forms.Field):
    """A figure as people write it, with or without commas; a decimal."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: object) -> Decimal | None:
        """Read it strictly."""
        return parse_figure(str(value)) if value else None


class ReportForm(forms.Form):
    """The day of a membership report."""

    on = day_field(gettext_lazy("Members on"))


class MemberForm(_MemberModelForm):
    """The facts of a member; its status is recorded, never typed over."""

    country_code = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)

    class Meta:
        model = Member
        fields = (
            "kind",
            "name_en",
            "name_ko",
            "country_code",
            "region",
            "is_capital",
            "level",
            "language",
            "address",
            "note",
        )
        widgets = {  # noqa: RUF012 Django reads a plain dict here
            "name_en": WIDE,
            "name_ko": WIDE,
            "address": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a name that another member bears but for capitals and spaces."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            refuse_twin(Member(pk=self.instance.pk, **facts_of(cleaned)))
        return cleaned


def facts_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What makes a member the same as another."""
    return {name: cleaned[name] for name in ("kind", "country_code", "name_en")}


class AddMemberForm(MemberForm):
    """A new member and the first line of its history."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[
            (Status.ASSOCIATE, Status.ASSOCIATE.label),
            (Status.FULL, Status.FULL.label),
        ],
        help_text=gettext_lazy(
            "Associate from the acceptance of the application, full by the EXCOM's approval."
        ),
    )
    on = day_field(gettext_lazy("Since"))
    reason = reason_field()


class StatusForm(forms.Form):
    """One more line of a member's history."""

    status = forms.ChoiceField(label=gettext_lazy("New status"), choices=Status.choices)
    on = day_field(
        gettext_lazy("Holds from"),
        help_text=gettext_lazy("A line of the same day as the last one corrects it."),
    )
    reason = reason_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        allowed: list[str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["status"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [pair for pair in Status.choices if pair[0] in allowed]


class OriginForm(forms.Form):
    """Where a figure comes from."""

    year = year_field()
    value = FigureField(label=gettext_lazy("Figure"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, widget=WIDE)
    source_year = forms.IntegerField(label=gettext_lazy("Year of the source"), required=False)
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        max_length=200,
        required=False,
        widget=WIDE,
        help_text=gettext_lazy("What exactly was counted, for example: registered residents."),
    )


class FigureForm(OriginForm):
    """Population of a city, or employees of a company or institution."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        measure: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["value"].label = Measure(measure).label


class GdpForm(OriginForm):
    """GDP per capita of a country."""

    country_code = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)
    field_order = ("country_code", "year", "value")
    value = FigureField(label=gettext_lazy("GDP per capita, PPP (USD)"))


class UploadForm(forms.Form):
    """Files of figures for a dues year."""

    year = year_field()
    cities = forms.FileField(label=gettext_lazy("Populations of cities"), required=False)
    gdp = forms.FileField(label=gettext_lazy("GDP per capita of countries"), required=False)
    employees = forms.FileField(label=gettext_lazy("Employees of companies"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        for name, layout in LAYOUTS.items():
            field = self.fields[name]
            field.widget.attrs["accept"] = ".csv,text/csv"
            field.help_text = _("CSV with the columns %(columns)s.") % {
                "columns": ", ".join(layout.required)
            }

    def clean(self) -> dict[str, Any]:
        """At least one file, none of them huge."""
        cleaned: dict[str, Any] = super().clean() or {}
        files = {name: cleaned[name] for name in LAYOUTS if cleaned.get(name)}
        for name, file in files.items():
            if file.size > LARGEST_UPLOAD:
                self.add_error(name, _("The file is larger than 2 MB."))
        if not files and not self.errors:
            raise ValidationError(_("Choose at least one file of figures."), code="no_file")
        cleaned["files"] = files
        return cleaned


class PersonForm(_UserChangeForm):
    """A person who signs in; only an administrator gets here."""

    class Meta:
        model = User
        fields = ("email", "full_name", "language", "role", "is_active")

    def clean(self) -> dict[str, Any]:
        """Somebody must remain who can give out roles."""
        cleaned: dict[str, Any] = super().clean() or {}
        stays = cleaned.get("role") == Role.ADMINISTRATOR and cleaned.get("is_active")
        was = self.initial.get("role") == Role.ADMINISTRATOR and self.initial.get("is_active")
        if was and not stays and not other_administrators(self.instance):
            raise ValidationError(
                _("This is the last administrator: make somebody else one first."),
                code="last_administrator",
            )
        return cleaned


def other_administrators(user: User) -> bool:
    """Whether another administrator may sign in."""
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return others.exclude(pk=user.pk).exists()


# Django's own words name ways to log in that this house has not.
PASSWORD_HELP = gettext_lazy("Without a password a person cannot log in.")


class AddPersonForm(AdminUserCreationForm):
    """A new person with a first password."""

    usable_password = SetUnusablePasswordMixin.create_usable_password_field(PASSWORD_HELP)

    class Meta:
        model = User
        fields = ("email", "full_name", "language", "role")

    def clean_email(self) -> str:
        """Addresses are kept in lower case, so that capitals make nobody else."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("A person with this address exists already."), code="twin")
        return email


class PersonPasswordForm(_AdminPasswordChangeForm):
    """A new password for a person, or none."""

    usable_password_help_text = PASSWORD_HELP  # type: ignore[assignment]  # lazy, unlike the stub
