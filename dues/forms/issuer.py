"""The invoice settings as people type them: letterhead, bank details, calendar (S7, S22)."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.models import IssuerProfile

if TYPE_CHECKING:
    _IssuerModelForm = forms.ModelForm[IssuerProfile]
else:
    _IssuerModelForm = forms.ModelForm

# A year without 29 February: a day of the settings has to exist in every year.
COMMON_YEAR = 2019


WIDE = ("name_en", "name_ko", "beneficiary", "bank_name", "bank_address", "bank_account", "note")


class IssuerForm(_IssuerModelForm):
    """The one row of settings; what is issued already keeps what it printed."""

    # Longer than a code, for the spaces people write between its parts.
    bank_swift = forms.CharField(label=gettext_lazy("SWIFT/BIC"), max_length=20, required=False)

    class Meta:
        model = IssuerProfile
        fields = (
            "name_en",
            "name_ko",
            "address_en",
            "address_ko",
            "email",
            "phone",
            "website",
            "beneficiary",
            "bank_name",
            "bank_address",
            "bank_account",
            "bank_swift",
            "note",
            "issue_month",
            "issue_day",
            "due_month",
            "due_day",
            "is_demo",
        )
        widgets: ClassVar = {
            **{name: forms.TextInput(attrs={"size": 44}) for name in WIDE},
            "address_en": forms.Textarea(attrs={"rows": 4, "cols": 48}),
            "address_ko": forms.Textarea(attrs={"rows": 4, "cols": 48}),
            "issue_month": forms.Select(choices=list(MONTHS.items())),
            "due_month": forms.Select(choices=list(MONTHS.items())),
        }

    def clean(self) -> dict[str, Any]:
        """Days that stand in every calendar, the due day not before the issue day."""
        values: dict[str, Any] = super().clean() or {}
        issue = self.clean_day("issue", values)
        due = self.clean_day("due", values)
        if issue and due and due < issue:
            self.add_error(
                "due_day", _("The due day lies before the issue day: choose a later one.")
            )
        return values

    def clean_day(self, name: str, values: dict[str, Any]) -> dt.date | None:
        """The day of a common year; an error at the day when there is none."""
        month, day = values.get(f"{name}_month"), values.get(f"{name}_day")
        if month is None or day is None:
            return None
        if month not in MONTHS:
            self.add_error(f"{name}_month", _("Choose a month."))
            return None
        last = calendar.monthrange(COMMON_YEAR, month)[1]
        if not 1 <= day <= last:
            self.add_error(
                f"{name}_day",
                _("%(month)s has days 1 to %(last)s.") % {"month": MONTHS[month], "last": last},
            )
            return None
        return dt.date(COMMON_YEAR, month, day)

    def clean_bank_swift(self) -> str:
        """A SWIFT/BIC has 8 or 11 letters and digits; spaces and small letters are forgiven."""
        swift = "".join(self.cleaned_data["bank_swift"].split()).upper()
        if swift and not (len(swift) in (8, 11) and swift.isascii() and swift.isalnum()):
            raise forms.ValidationError(
                _("A SWIFT/BIC has 8 or 11 letters and digits, like DEMOKRSE001."), code="swift"
            )
        return swift
