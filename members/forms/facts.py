"""What the secretariat corrects about a member; names and kind have pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.changes import CHANGEABLE
from members.forms.fields import WIDE, country_choices
from members.lifecycle import LONGEST_REASON, refuse_twin
from members.models import Kind, Member

if TYPE_CHECKING:
    _FactsModelForm = forms.ModelForm[Member]
else:
    _FactsModelForm = forms.ModelForm


class FactsForm(_FactsModelForm):
    """The facts of a member that are neither dated nor decided."""

    country_code = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices)
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 50}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        required=False,
        widget=WIDE,
        help_text=gettext_lazy("Kept in the audit trail with the old and the new values."),
    )

    class Meta:
        model = Member
        fields = (
            "country_code",
            "region",
            "is_capital",
            "level",
            "language",
            "address",
            "website",
            "in_directory",
            "note",
        )
        widgets = {  # noqa: RUF012 Django reads a plain dict here
            "address": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse what the rule would: a capital that is no city, another member's name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_capital") and self.instance.kind != Kind.CITY:
            self.add_error(
                "is_capital", ValidationError(_("Only a city can be a capital."), code="capital")
            )
        if not self.errors:
            try:
                refuse_twin(
                    Member(
                        pk=self.instance.pk,
                        kind=self.instance.kind,
                        name_en=self.instance.name_en,
                        country_code=cleaned["country_code"],
                    )
                )
            except ValidationError as error:
                self.add_error("country_code", ValidationError(error.messages))
        return cleaned

    def changed_facts(self) -> dict[str, Any]:
        """What was typed anew."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in CHANGEABLE}
