"""What a member types when it says that it has paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.claims import LONGEST_MESSAGE, Claimed
from dues.forms.issue import day_field
from wego.money import cents_of, display
from wego.numbers import parse_figure
from wego.uploads import Upload, check_upload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from dues.models import Invoice


class ClaimForm(forms.Form):
    """Which invoice, how much, when, a message and a proof; the member is the reader's own."""

    invoice = forms.ChoiceField(label=gettext_lazy("For which invoice?"), required=False)
    amount = forms.CharField(
        label=gettext_lazy("Amount paid (USD)"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 14}),
        error_messages={"required": gettext_lazy("Enter the amount you paid.")},
    )
    paid_on = day_field(gettext_lazy("Paid on"))
    message = forms.CharField(
        label=gettext_lazy("Message (optional)"),
        help_text=gettext_lazy(
            "For example the name of the paying bank, or the fund it came from."
        ),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proof = forms.FileField(
        label=gettext_lazy("Proof of the transfer (optional)"),
        help_text=gettext_lazy("PDF, JPEG or PNG, at most 10 MB. Finance finds the money sooner."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        invoices: Iterable[Invoice],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.invoices = {invoice.number: invoice for invoice in invoices}
        field = self.fields["invoice"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                *((number, say_open(each)) for number, each in self.invoices.items()),
                ("", _("Several invoices, or another")),
            ]

    def clean_amount(self) -> int:
        """US cents."""
        return cents_of(parse_figure(self.cleaned_data["amount"]))

    def clean_proof(self) -> Upload | None:
        """Taken only when its content proves harmless."""
        file = self.cleaned_data["proof"]
        return check_upload(file) if file else None

    def claimed(self) -> Claimed:
        """What was said."""
        facts = self.cleaned_data
        return Claimed(
            amount_cents=facts["amount"],
            paid_on=facts["paid_on"],
            invoice=self.invoices.get(facts["invoice"]),
            message=facts["message"],
            proof=facts["proof"],
        )


def say_open(invoice: Invoice) -> str:
    """An open invoice as a choice: `WEGO-2020-0001 (USD 7,500.00 open)`."""
    return _("%(number)s (%(amount)s open)") % {
        "number": invoice.number,
        "amount": display(invoice.open_cents),
    }
