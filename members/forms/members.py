"""What people type about members: who they are, how they stand, what is priced from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.figure_rows import LAYOUTS
from members.forms.fields import (
    WIDE,
    FigureField,
    country_choices,
    day_field,
    reason_field,
    year_field,
)
from members.lifecycle import refuse_twin
from members.models import Measure, Member, Status

if TYPE_CHECKING:
    _MemberModelForm = forms.ModelForm[Member]
else:
    _MemberModelForm = forms.ModelForm

LARGEST_UPLOAD = 2 * 1024 * 1024


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
