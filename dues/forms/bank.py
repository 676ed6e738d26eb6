"""What people hand in and type about bank statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.forms.money import CentsField, name_of_part
from wego.money import display

if TYPE_CHECKING:
    from dues.models import Invoice

LONGEST_REASON = 300


class StatementFileForm(forms.Form):
    """The bank's file."""

    file = forms.FileField(
        label=gettext_lazy("The bank's file"),
        help_text=gettext_lazy(
            "camt.053 (XML), MT940 or CSV, at most 10 MB. Nothing is written before you have seen "
            "what it holds."
        ),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file from the bank.")},
    )


class SetAsideForm(forms.Form):
    """Why a line is none of our business."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="aside_%s")

    reason = forms.CharField(
        label=gettext_lazy("Why it is no payment of a member"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Say why this line is set aside.")},
    )


class BookForm(forms.Form):
    """How much of a line is booked for a member, and what of it goes to which open invoice.

    Nothing typed at any invoice settles the oldest first; a line in another currency needs the
    amount in US dollars and from where it is known.
    """

    amount = CentsField(
        label=gettext_lazy("Amount (USD)"),
        required=False,
        help_text=gettext_lazy("Less than the line to split it: the rest stays in the queue."),
    )
    rate_note = forms.CharField(
        label=gettext_lazy("Note on the rate"),
        help_text=gettext_lazy("From where the amount in US dollars is known: the bank's advice."),
        max_length=200,
        required=False,
    )
    charge = forms.BooleanField(required=False)

    def __init__(
        self,
        invoices: Iterable[Invoice],
        data: QueryDict | None = None,
        *,
        rest_cents: int | None,
        charge_limit: int,
        proposed: Mapping[int, int],
    ) -> None:
        super().__init__(data, auto_id="book_%s")
        self.invoices = list(invoices)
        self.fields["amount"].initial = rest_cents
        if rest_cents is not None:
            del self.fields["rate_note"]
        self.fields["charge"].label = _(
            "Close what stays open on these invoices as bank charge, up to %(limit)s each"
        ) % {"limit": display(charge_limit)}
        if not charge_limit or not self.invoices:
            del self.fields["charge"]
        for invoice in self.invoices:
            self.fields[name_of_part(invoice)] = CentsField(
                label=_("To %(number)s (USD)") % {"number": invoice.number},
                required=False,
                initial=proposed.get(invoice.pk),
            )

    @property
    def rows(self) -> list[tuple[Invoice, forms.BoundField]]:
        """Each open invoice with its field."""
        return [(invoice, self[name_of_part(invoice)]) for invoice in self.invoices]

    def parts(self) -> dict[Invoice, int] | None:
        """US cents by invoice; None when nothing was typed, for the oldest first."""
        typed = {each: self.cleaned_data.get(name_of_part(each)) for each in self.invoices}
        if all(cents is None for cents in typed.values()):
            return None
        return {invoice: cents for invoice, cents in typed.items() if cents}
