"""Numbers: from 1 to n without a gap, in the year's series, as the counters say."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase
from typing import Any

from django.db.models import Count, Max, Min, Model, QuerySet
from django.utils.translation import gettext as _

from dues.faults import Proof
from dues.invoicing import invoice_number
from dues.models import (
    CreditNote,
    Invoice,
    InvoiceSeries,
    NumberSeries,
    Payment,
    Series,
)
from dues.numbering import number_of

SERIES: tuple[tuple[str, type[Model]], ...] = (
    (Series.RECEIPT, Payment),
    (Series.CREDIT_NOTE, CreditNote),
)
# What a letter counts in a creditor reference: A is 10, Z is 35.
DIGITS = {ord(letter): str(int(letter, 36)) for letter in ascii_uppercase}


def prove_numbers(proof: Proof) -> None:
    """Invoices of every dues year, receipts and credit notes of every year."""
    last = dict(InvoiceSeries.objects.values_list("year", "last_number"))
    prove_series(proof, _("Invoices"), Invoice.objects.all(), "dues_year", last)
    rows = Invoice.objects.order_by("pk").values_list(
        "dues_year", "sequence", "number", "reference"
    )
    for year, sequence, number, reference in rows.iterator(chunk_size=5000):
        wanted = invoice_number(year, sequence)
        if number != wanted or not is_reference_of(reference, number):
            words = _("Invoice %(number)s should be %(wanted)s, with its own reference.")
            proof.add("number", [words % {"number": number, "wanted": wanted}])
    for kind, model in SERIES:
        counted = NumberSeries.objects.filter(kind=kind).values_list("year", "last_number")
        documents: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001 Django's own door
        prove_series(proof, str(Series(kind).label), documents, "year", dict(counted))
        told = documents.order_by("pk").values_list("year", "sequence", "number")
        for year, sequence, number in told.iterator(chunk_size=5000):
            if number != number_of(kind, year, sequence):
                words = _("%(number)s should be %(wanted)s.")
                wanted = number_of(kind, year, sequence)
                proof.add("number", [words % {"number": number, "wanted": wanted}])


def is_reference_of(reference: str, number: str) -> bool:
    """Whether a creditor reference names a number and its check digits are right (ISO 11649).

    Reckoned here anew, and by plain division: it is asked of every invoice there is.
    """
    body, check = number.replace("-", ""), reference[2:4]
    if reference != f"RF{check}{body}" or not check.isdecimal():
        return False
    return int(f"{body}RF{check}".translate(DIGITS)) % 97 == 1


def prove_series(
    proof: Proof, name: str, rows: QuerySet[Any], year: str, counters: dict[int, int]
) -> None:
    """One kind of document: every year runs from 1 to what its counter says."""
    found = rows.order_by().values(year)
    years = found.annotate(n=Count("pk"), first=Min("sequence"), last=Max("sequence"))
    seen = {row[year]: (row["n"], row["first"], row["last"]) for row in years}
    for each in sorted({*seen, *counters}):
        count, first, last = seen.get(each, (0, 1, 0))
        counter = counters.get(each, 0)
        if (first, last, counter) != (1, count, count):
            facts = {"name": name, "year": each, "last": counter, "count": count}
            sequences = rows.filter(**{year: each}).values_list("sequence", flat=True)
            facts["gaps"] = ", ".join(map(str, find_gaps(sequences, max(last, counter)))) or "–"
            words = _(
                "%(name)s of %(year)s: %(count)s numbers, the counter says %(last)s. "
                "Missing: %(gaps)s."
            )
            proof.add("gap", [words % facts])


def find_gaps(sequences: Iterable[int], last: int, *, most: int = 20) -> list[int]:
    """The first numbers from 1 to `last` that nobody has."""
    taken = set(sequences)
    gaps = []
    for number in range(1, last + 1):
        if number not in taken:
            gaps.append(number)
            if len(gaps) == most:
                break
    return gaps
