"""Fields of the pages of money: amounts and days as people type them, reasons, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.credit_notes import Resolution
from dues.models import Payment
from wego.days import parse_day
from wego.money import display
from wego.numbers import parse_cents

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from dues.models import Invoice

LONGEST_REASON = 1000
WIDE = {"size": 50}


class CentsField(forms.CharField):
    """An amount in US dollars, as typed; integer cents, None when it is left empty."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 passed on
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 14})
        super().__init__(**{"widget": widget, "max_length": 40, **options})

    def clean(self, value: object) -> int | None:
        """Read it strictly; what can be read in two ways is asked back."""
        typed = super().clean(value)
        return parse_cents(typed) if typed else None

    def prepare_value(self, value: object) -> object:
        """Cents as they are written; what was typed stays as it was."""
        return display(value, "").strip() if isinstance(value, int) else value


class TypedDayField(forms.DateField):
    """A calendar day in Seoul, by the browser's picker or typed in any way people write one."""

    def to_python(self, value: object) -> Any:  # noqa: ANN401 Django's signature
        """The day, or a question back."""
        return parse_day(value) if isinstance(value, str) and value.strip() else value or None


def day_field(label: StrOrPromise, **options: Any) -> TypedDayField:  # noqa: ANN401 passed on
    """A day that the browser's calendar offers."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    errors = {"required": gettext_lazy("Enter a day.")}
    return TypedDayField(label=label, widget=widget, error_messages=errors, **options)


def reason_field(help_text: StrOrPromise = "") -> forms.CharField:
    """Why; it stays with the name of whoever says so."""
    return forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=help_text or gettext_lazy("It stays in the books with your name."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


def amount_field(label: StrOrPromise, help_text: StrOrPromise = "", **options: Any) -> CentsField:  # noqa: ANN401 passed on
    """An amount that must be given."""
    errors = {"required": gettext_lazy("Enter an amount in US dollars.")}
    return CentsField(label=label, help_text=help_text, error_messages=errors, **options)


class ReasonForm(forms.Form):
    """Why, and nothing else."""

    reason = reason_field()


class ConfirmForm(forms.Form):
    """Nothing to type: the button is the act."""


class AmountForm(forms.Form):
    """How much, and why."""

    amount = amount_field(gettext_lazy("Amount (USD)"))
    reason = reason_field()


class RefundForm(AmountForm):
    """How much goes back, where to, and why."""

    pay_to = forms.CharField(
        label=gettext_lazy("Pay to"),
        help_text=gettext_lazy("Account holder, bank and account, as the payer gave them."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("amount", "pay_to", "reason")


class DecidedForm(AmountForm):
    """An amount by recorded decision (S17): its day, its body, where it is written."""

    decided_on = day_field(gettext_lazy("Decided on"))
    decided_by = forms.CharField(
        label=gettext_lazy("Decided by"),
        help_text=gettext_lazy("The body or person, for example: EXCOM."),
        max_length=120,
        widget=forms.TextInput(attrs=WIDE),
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference of the decision"),
        help_text=gettext_lazy("Where it is recorded, for example: EXCOM 2020, item 3."),
        max_length=300,
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("amount", "decided_on", "decided_by", "reference", "reason")

    def resolution(self) -> Resolution:
        """The decision as the rules ask for it."""
        facts = self.cleaned_data
        return Resolution(facts["decided_on"], facts["decided_by"], facts["reference"])


class DayForm(forms.Form):
    """The day on which money left the bank."""

    paid_on = day_field(gettext_lazy("Paid on"))


class LockForm(forms.Form):
    """Through which day the books are closed, and why."""

    through = day_field(
        gettext_lazy("Close through"),
        help_text=gettext_lazy("The last day on which nothing can be posted any more."),
    )
    reason = reason_field()


class UnlockForm(forms.Form):
    """Through which day the books stay closed, and why."""

    through = day_field(
        gettext_lazy("Keep closed through"),
        help_text=gettext_lazy("Leave it empty to open the books wholly."),
        required=False,
    )
    reason = reason_field()


class PartsForm(forms.Form):
    """What of a payment goes to which open invoice, one field an invoice."""

    def __init__(
        self,
        invoices: Iterable[Invoice],
        data: QueryDict | None = None,
        *,
        proposed: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(data)
        self.invoices = list(invoices)
        for invoice in self.invoices:
            self.fields[name_of_part(invoice)] = CentsField(
                label=_("To %(number)s (USD)") % {"number": invoice.number},
                required=False,
                initial=(proposed or {}).get(invoice.pk),
            )

    @property
    def rows(self) -> list[tuple[Invoice, forms.BoundField]]:
        """Each invoice with its field."""
        return [(invoice, self[name_of_part(invoice)]) for invoice in self.invoices]

    def parts(self) -> dict[Invoice, int]:
        """US cents by invoice, without those that get nothing."""
        found = {
            invoice: self.cleaned_data.get(name_of_part(invoice)) or 0 for invoice in self.invoices
        }
        return {invoice: cents for invoice, cents in found.items() if cents}


def name_of_part(invoice: Invoice) -> str:
    """The name of an invoice's field."""
    return f"part_{invoice.pk}"


class AnswerForm(forms.Form):
    """What became of an announced payment: the payment that was found, or words."""

    payment = forms.ModelChoiceField(
        label=gettext_lazy("Payment found"),
        help_text=gettext_lazy("When it is recorded already."),
        queryset=Payment.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the member"),
        help_text=gettext_lazy("Needed when no payment was found: what the member should do."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None, *, payments: QuerySet[Payment]) -> None:
        super().__init__(data)
        field = self.fields["payment"]
        field.queryset = payments  # type: ignore[attr-defined]  # a choice of rows
        field.label_from_instance = describe_payment  # type: ignore[attr-defined]  # Django's door


def describe_payment(payment: Payment) -> str:
    """A payment to choose: its number, amount and day."""
    return f"{payment.number} · {display(payment.amount_cents)} · {payment.received_on:%Y-%m-%d}"
