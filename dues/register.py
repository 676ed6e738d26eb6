"""The register of a dues year: one row per issued invoice, read from what was printed.

Names, figures and bands come from the invoice's own snapshot; only the region, which no invoice
prints, is the member's of today. Any number of invoices is read in one query.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dues.models import BandMeasure, Invoice
from dues.wording import band_words
from members.models import Kind, Region
from wego import reader
from wego.money import display
from wego.spreadsheet import Column, Value

BATCH: Final = 500
STANDS, LOWERED, VOID = "stands", "lowered", "void"
READY, WAITING, PARKED, DAMAGED = "ready", "waiting", "parked", "damaged"


@dataclass
class Tally:
    """Invoices of a year counted while they are written, and what became of their documents.

    Invoices and their total are as issued; `void` of them were credited in full, and
    `credited_cents` is what credit notes took back of all.
    """

    year: int
    invoices: int = 0
    total_cents: int = 0
    states: Counter[str] = field(default_factory=Counter)
    void: int = 0
    credited_cents: int = 0

    def add(self, invoice: Invoice, state: str) -> None:
        """Count one invoice."""
        self.invoices += 1
        self.total_cents += invoice.amount_cents
        self.states[state] += 1
        self.void += standing_of(invoice) == VOID
        self.credited_cents += invoice.credited_cents

    @property
    def complete(self) -> bool:
        """Whether every invoice has its document."""
        return self.states[READY] == self.invoices

    @property
    def sentence(self) -> str:
        """What is missing, in words; empty when nothing is."""
        waiting, parked, damaged = (self.states[state] for state in (WAITING, PARKED, DAMAGED))
        parts = [
            ngettext("%(n)d PDF is not yet made.", "%(n)d PDFs are not yet made.", waiting)
            % {"n": waiting}
            if waiting
            else "",
            ngettext("%(n)d PDF could not be made.", "%(n)d PDFs could not be made.", parked)
            % {"n": parked}
            if parked
            else "",
            ngettext(
                "%(n)d stored PDF is missing or was altered.",
                "%(n)d stored PDFs are missing or were altered.",
                damaged,
            )
            % {"n": damaged}
            if damaged
            else "",
        ]
        return " ".join(filter(None, parts))


def state_labels() -> dict[str, str]:
    """What the states of a document are called."""
    return {
        READY: _("Ready"),
        WAITING: _("Not yet made"),
        PARKED: _("Could not be made"),
        DAMAGED: _("Missing or altered"),
    }


def standing_labels() -> dict[str, str]:
    """What became of an issued invoice by credit notes."""
    return {STANDS: _("Stands"), LOWERED: _("Lowered by credit note"), VOID: _("Void")}


def standing_of(invoice: Invoice) -> str:
    """Whether an invoice read with what was credited stands, was lowered or is void (X04)."""
    if invoice.credited_cents >= invoice.amount_cents:
        return VOID
    return LOWERED if invoice.credited_cents else STANDS


def recorded_state(invoice: Invoice) -> str:
    """What the database says of an invoice's document; its bytes are not looked at."""
    if getattr(invoice, "document", None):
        return READY
    return PARKED if getattr(invoice, "parked", None) else WAITING


def latest_issue_day(year: int) -> dt.date:
    """The last day on which invoices of the year were issued.

    Raises:
        ValidationError: none were.
    """
    latest: dt.date | None = Invoice.objects.filter(dues_year=year).aggregate(
        latest=Max("issued_on")
    )["latest"]
    if latest is None:
        raise ValidationError(
            _("No invoices have been issued for %(year)s.") % {"year": year}, code="no_invoices"
        )
    return latest


def list_invoices(year: int) -> Iterator[Invoice]:
    """A year's invoices by number with member and document, in one query and bounded memory."""
    rows = Invoice.objects.filter(dues_year=year).with_credited().order_by("sequence")
    return rows.select_related("member", "document", "parked").iterator(chunk_size=BATCH)


def register_columns() -> list[Column]:
    """The register's columns: names are for programs and stay, headings are for people."""
    return [
        Column("number", _("Invoice number"), width=17),
        Column("dues_year", _("Dues year"), "plain", width=7),
        Column("member_id", _("Member no."), "plain", width=9),
        Column("member_name_en", _("Member (English)"), width=30),
        Column("member_name_ko", _("Member (Korean)"), width=20),
        Column("kind", _("Kind"), width=11, labels=_words(Kind.choices)),
        Column("country_code", _("Country code"), width=9),
        Column("country", _("Country"), width=20),
        Column("region", _("Region"), width=12, labels=_words(Region.choices)),
        Column("amount", _("Amount"), "money", width=13, total=True),
        Column("currency", _("Currency"), width=9),
        Column("fee", _("Fee by the table"), "money", width=13),
        Column("reduction", _("Reduction by decision"), "money", width=13, total=True),
        Column("standing", _("Standing"), width=14, labels=standing_labels()),
        Column("credited", _("Credited"), "money", width=13, total=True),
        Column("net", _("Amount less credited"), "money", width=13, total=True),
        Column("issued_on", _("Issued on"), "date", width=11),
        Column("due_on", _("Due on"), "date", width=11),
        Column("payment_reference", _("Payment reference"), width=21),
        Column("population", _("Population (persons)"), "whole", width=13),
        Column("employees", _("Employees"), "whole", width=11),
        Column("size_band", _("Band of population or employees"), width=30),
        Column("gdp_per_capita", _("GDP per capita, PPP (USD)"), "decimal", width=13),
        Column("gdp_band", _("Band of GDP"), width=26),
        Column("fee_schedule", _("Fee schedule"), width=20),
        Column("run", _("Run"), "plain", width=6),
        Column("document", _("PDF"), width=15, labels=state_labels()),
        Column("document_sha256", _("SHA-256 of the PDF"), width=66),
    ]


def register_row(invoice: Invoice, state: str) -> list[Value]:
    """One invoice under `register_columns`."""
    party, basis = invoice.snapshot["member"], invoice.snapshot["basis"]
    reduction = invoice.snapshot.get("reduction", {})
    name_in = reader.language()
    column = basis["column"]
    document = getattr(invoice, "document", None)
    return [
        invoice.number,
        invoice.dues_year,
        invoice.member_id,
        party["name_en"],
        party["name_ko"],
        party["kind"],
        party["country_code"],
        party[f"country_{name_in}"],
        invoice.member.region,
        invoice.amount_cents,
        invoice.currency,
        reduction.get("fee_cents", invoice.amount_cents),
        reduction.get("cents", 0),
        standing_of(invoice),
        invoice.credited_cents,
        invoice.amount_cents - invoice.credited_cents,
        invoice.issued_on,
        invoice.due_on,
        invoice.reference,
        _whole_of(column, BandMeasure.POPULATION),
        _whole_of(column, BandMeasure.EMPLOYEES),
        _band_of(column),
        Decimal(basis["row"]["value"]) if basis["row"] else None,
        _band_of(basis["row"]) if basis["row"] else None,
        basis["schedule"][f"name_{name_in}"] or basis["schedule"]["name_en"],
        invoice.run_id,
        state,
        document.sha256 if document else None,
    ]


def summary_columns() -> list[Column]:
    """Two columns of words, for the sheet that says what the others hold."""
    return [Column("what", _("What"), width=34), Column("value", _("Value"), width=40)]


def summary_rows(tally: Tally) -> Iterator[list[Value]]:
    """The tally in words; asked after the register was written."""
    labels = state_labels()
    yield [_("Dues year"), str(tally.year)]
    yield [_("Invoices"), f"{tally.invoices:,}"]
    yield [_("Total"), display(tally.total_cents)]
    yield [_("Void, credited in full"), f"{tally.void:,}"]
    yield [_("Credited in all"), display(tally.credited_cents)]
    yield [_("Total less credited"), display(tally.total_cents - tally.credited_cents)]
    for state, label in labels.items():
        yield [_("PDF: %(state)s") % {"state": label}, f"{tally.states[state]:,}"]


def _words(choices: list[tuple[str, Any]]) -> dict[str, str]:
    return {code: str(label) for code, label in choices}


def _whole_of(figure: dict[str, Any], measure: str) -> int | None:
    return int(figure["value"]) if figure["measure"] == measure else None


def _band_of(figure: dict[str, Any]) -> str:
    lower, upper = figure["band"]
    return band_words(figure["measure"], (lower, upper))
