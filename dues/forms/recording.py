"""What finance types when money came in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from dues.forms.money import WIDE, amount_field, day_field, reason_field
from dues.models import Method
from dues.received import Received


class RecordForm(forms.Form):
    """A payment by hand: from whom, how much, when, how, and what the bank wrote."""

    who = forms.CharField(
        label=gettext_lazy("Member or invoice"),
        help_text=gettext_lazy(
            "A name in either script, an invoice number or a payment reference."
        ),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={**WIDE, "autocomplete": "off", "spellcheck": "false"}),
    )
    amount = amount_field(
        gettext_lazy("Amount received (USD)"),
        gettext_lazy("As the bank credited it, for example 4,500.00 or 4500."),
    )
    received_on = day_field(gettext_lazy("Arrived on"))
    method = forms.ChoiceField(
        label=gettext_lazy("Way"), choices=Method.choices, initial=Method.BANK
    )
    payer = forms.CharField(
        label=gettext_lazy("Paid by"),
        help_text=gettext_lazy("As the bank names the payer."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=WIDE),
    )
    bank_reference = forms.CharField(
        label=gettext_lazy("Bank reference"),
        help_text=gettext_lazy("One reference is booked only once."),
        required=False,
        max_length=140,
        widget=forms.TextInput(attrs=WIDE),
    )
    original_currency = forms.CharField(
        label=gettext_lazy("Currency sent"),
        help_text=gettext_lazy("Three letters, for example EUR; only when it was not US dollars."),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"size": 4}),
    )
    original_amount = forms.CharField(
        label=gettext_lazy("Amount sent"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"size": 14}),
    )
    rate_note = forms.CharField(
        label=gettext_lazy("Rate"),
        help_text=gettext_lazy("As the bank notes it, with its day."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=WIDE),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    FIRST = ("amount", "received_on", "method", "payer", "bank_reference")
    BESIDES = ("original_currency", "original_amount", "rate_note", "note")

    def clean_original_currency(self) -> str:
        """Capital letters; US dollars are no other currency."""
        typed: str = self.cleaned_data["original_currency"].strip().upper()
        if typed and not (len(typed) == len("USD") and typed.isascii() and typed.isalpha()):
            raise forms.ValidationError(
                gettext_lazy("Write the currency as three letters, for example EUR."),
                code="currency",
            )
        return "" if typed == "USD" else typed

    def clean(self) -> None:
        """A currency and an amount go together."""
        facts = self.cleaned_data
        currency, amount = facts.get("original_currency"), facts.get("original_amount")
        if currency and not amount:
            self.add_error("original_amount", gettext_lazy("Enter the amount that was sent."))
        if amount and currency == "" and not self.errors.get("original_currency"):
            self.add_error(
                "original_currency", gettext_lazy("Enter the currency that was sent, or no amount.")
            )

    def received(self) -> Received:
        """What is known of the money, as the rules ask for it."""
        facts = self.cleaned_data
        names = ("received_on", "method", "payer", "bank_reference", *self.BESIDES)
        return Received(amount_cents=facts["amount"], **{name: facts[name] for name in names})


class MoveForm(forms.Form):
    """Whose payment it is, and why it stood with another member."""

    who = forms.CharField(
        label=gettext_lazy("Member or invoice"),
        help_text=gettext_lazy("A name in either script, an invoice number or a reference."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={**WIDE, "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = reason_field()
