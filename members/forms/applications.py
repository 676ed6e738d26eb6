"""What the secretariat types about an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from members.admission import LONGEST_REASON, ReturnReason
from members.models import Kind, Language, Region

if TYPE_CHECKING:
    from django.http import QueryDict

TEXT = forms.Textarea(attrs={"rows": 3, "cols": 40})


class AcceptForm(forms.Form):
    """Nothing to type, but for the first member of a country."""

    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", "–"), *Region.choices],
        help_text=gettext_lazy("This is the first member of its country: the roster needs it."),
    )

    def __init__(self, data: QueryDict | None = None, *, asks_region: bool) -> None:
        super().__init__(data, prefix="accept")
        if not asks_region:
            del self.fields["region"]


class ReturnForm(forms.Form):
    """What is missing: the usual sentences to tick, and one's own words."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("What is missing"),
        choices=ReturnReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("The applicant reads this in a mail and on its status page."),
        widget=TEXT,
        max_length=LONGEST_REASON,
        required=False,
    )


class RejectForm(forms.Form):
    """Why an application is turned down."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Printed in the letter and the mail to the applicant."),
        widget=TEXT,
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Say why: the applicant reads it.")},
    )


class ExcomForm(forms.Form):
    """Another EXCOM."""

    year = forms.TypedChoiceField(label=gettext_lazy("Goes to the EXCOM of"), coerce=int)

    def __init__(self, data: QueryDict | None = None, *, first_year: int, chosen: int) -> None:
        super().__init__(data, prefix="excom", initial={"year": chosen})
        years = sorted({*range(first_year, first_year + 3), chosen})
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(year, str(year)) for year in years]


class PaperForm(forms.Form):
    """An application that came on paper: who answers for it, then its own pages."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the applicant"),
        help_text=gettext_lazy("The private link to the application is mailed to this address."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
