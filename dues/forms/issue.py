"""What people type on the pages of a dues year: which year, and the days of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Acts that cannot be undone ask for the number of records when there are many.
MANY = 50
# The browser's own picker sends ISO; the other ways are what people type where there is none.
DAY_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y. %m. %d.", "%Y. %m. %d", "%d %b %Y")


def day_field(label: StrOrPromise) -> forms.DateField:
    """A calendar date in Seoul, by the browser's picker or typed."""
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Enter a day."),
            "invalid": gettext_lazy("This is not a day: write it like 2020-01-15."),
        },
    )


class IssueForm(forms.Form):
    """The last look before issuing: the days, and a person's word that they looked.

    `warned` asks for a look at the warnings; `count` is the number of invoices the button issues.
    """

    expected_hash = forms.CharField(widget=forms.HiddenInput)
    issued_on = day_field(gettext_lazy("Issue day"))
    due_on = day_field(gettext_lazy("Due day"))
    looked = forms.BooleanField(
        label=gettext_lazy("I have looked at the warnings"),
        error_messages={"required": gettext_lazy("Look at the warnings and tick this box.")},
    )
    typed_count = forms.CharField(
        label=gettext_lazy("Number of invoices, typed to confirm"), max_length=12
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        warned: bool,
        count: int,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.count = count
        if not warned:
            del self.fields["looked"]
        if count <= MANY:
            del self.fields["typed_count"]
            return
        field = self.fields["typed_count"]
        field.widget.attrs.update(inputmode="numeric", autocomplete="off")
        field.help_text = _("%(count)s invoices at once cannot be taken back: type %(count)s.") % {
            "count": count
        }
        field.error_messages["required"] = _("Type %(count)s to confirm.") % {"count": count}

    def clean_typed_count(self) -> str:
        """The number itself, with or without separators."""
        typed: str = self.cleaned_data["typed_count"]
        if typed.replace(",", "").strip() != str(self.count):
            raise forms.ValidationError(
                _("%(count)s invoices would be issued, not “%(typed)s”: type %(count)s.")
                % {"count": self.count, "typed": typed},
                code="count",
            )
        return typed


class YearForm(forms.Form):
    """A dues year to go to."""

    year = forms.IntegerField(label=gettext_lazy("Dues year"), min_value=2010, max_value=2199)
