"""An invoice as its member reads it: where to pay, what to quote, why it is this amount."""

import datetime as dt
from typing import Any

from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dues.invoice_page import in_fours
from dues.models import Invoice
from dues.wording import band_words, figure_words, say_decision, say_off
from wego import reader

BANK_LABELS = {
    "beneficiary": gettext_lazy("Account holder"),
    "bank_name": gettext_lazy("Bank"),
    "bank_address": gettext_lazy("Bank address"),
    "account": gettext_lazy("Account number"),
    "swift": gettext_lazy("SWIFT/BIC"),
}
LONGEST_NAME = 80


def file_name(invoice: Invoice) -> str:
    """`WEGO-2020-0001-고양시.pdf`: the number and the name printed on it."""
    party = invoice.snapshot["member"]
    korean = invoice.snapshot["language"] == "ko"
    name = (party["name_ko"] if korean else "") or party["name_en"]
    return get_valid_filename(f"{invoice.number}-{name[:LONGEST_NAME]}.pdf")


def payment_of(invoice: Invoice) -> dict[str, Any]:
    """Where to pay and what to quote, as printed on the invoice."""
    bank = [(label, invoice.snapshot["bank"][name]) for name, label in BANK_LABELS.items()]
    known = [(label, value) for label, value in bank if value]
    reference = (_("Payment reference"), in_fours(invoice.reference))
    return {
        "bank": known,
        "payment": [*known, reference],
        "contact": invoice.snapshot["issuer"]["email"],
    }


def explain_invoice(invoice: Invoice) -> dict[str, Any]:
    """The working of its amount, read from its own snapshot and fee table."""
    basis, schedule = invoice.snapshot["basis"], invoice.schedule
    figures = [figure for figure in (basis["column"], basis["row"]) if figure]
    column = schedule.column_bounds.index(basis["column"]["band"][0])
    row = schedule.row_bounds.index(basis["row"]["band"][0]) if basis["row"] else 0
    return {
        "name": in_readers_language(invoice.snapshot["member"]),
        "schedule": schedule,
        "schedule_name": in_readers_language(basis["schedule"]),
        "highlight": (row, column),
        "fee_cents": schedule.cells_cents[row][column],
        "months": basis.get("months"),
        "reduction": read_reduction(invoice),
        "figures": [
            {
                "shown": shown_figure(figure),
                "band": band_words(figure["measure"], (figure["band"][0], figure["band"][1])),
                "source": figure["source"],
                "source_year": figure["source_year"],
                "definition": figure["definition"],
            }
            for figure in figures
        ],
    }


def read_reduction(invoice: Invoice) -> dict[str, Any]:
    """The reduction printed on an invoice, in words: what it takes off which fee, and why (S17)."""
    printed = invoice.snapshot.get("reduction")
    if not printed:
        return {}
    day = dt.date.fromisoformat(printed["decided_on"])
    return {
        "fee_cents": printed["fee_cents"],
        "off": say_off(printed["cents"], printed["percent"]),
        "decision": say_decision(printed["decided_by"], day, printed["reference"]),
        "reason": printed["reason"],
    }


def in_readers_language(names: dict[str, Any]) -> str:
    """The Korean name for a Korean reader where there is one, else the English."""
    return reader.choose(names["name_en"], names["name_ko"])


def shown_figure(figure: dict[str, Any]) -> str:
    """A figure of a snapshot in words: `Population 1,073,069`."""
    whole, _point, places = figure["value"].partition(".")
    value = int(whole) if not places.strip("0") else float(figure["value"])
    return figure_words(figure["measure"], value)
