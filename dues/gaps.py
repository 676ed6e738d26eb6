"""The numbering report: whether the numbers of a series run 1 to n, as its counter says (R2).

Invoices are numbered by dues year, receipts and credit notes by the year they were written. A
series is whole when every place from 1 to the counter is taken once and nothing lies beyond.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from dues.invoicing import invoice_number
from dues.models import CreditNote, Invoice, InvoiceSeries, NumberSeries, Payment, Series
from dues.numbering import number_of

MOST_NAMED: Final = 50
BATCH: Final = 2000


class Numbered(TextChoices):
    """What is numbered without gaps."""

    INVOICE = "invoice", _("Invoices")
    RECEIPT = "receipt", _("Receipts")
    CREDIT_NOTE = "credit_note", _("Credit notes")


@dataclass(frozen=True)
class SeriesReport:
    """One series: how many documents, the highest place, the counter, and what is wrong.

    `missing` are places that no document has, `beyond` documents that the counter never gave,
    `misnamed` documents whose number does not say their place; at most `MOST_NAMED` of each.
    """

    kind: str
    year: int
    count: int
    highest: int
    counter: int
    missing: Sequence[str] = ()
    beyond: Sequence[str] = ()
    misnamed: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the numbers run 1 to n."""
        nothing_wrong = not (self.missing or self.beyond or self.misnamed)
        return nothing_wrong and self.count == self.highest == self.counter


def report_numbers() -> list[SeriesReport]:
    """Every series, by kind and the newest years first; five queries, however many documents."""
    counters: dict[str, dict[int, int]] = {kind: {} for kind in Series}
    for kind, year, last in NumberSeries.objects.values_list("kind", "year", "last_number"):
        counters[kind][year] = last
    invoices = dict(InvoiceSeries.objects.values_list("year", "last_number"))
    receipts, notes = counters[Series.RECEIPT], counters[Series.CREDIT_NOTE]
    name_receipt = partial(number_of, Series.RECEIPT)
    name_note = partial(number_of, Series.CREDIT_NOTE)
    return [
        *report_kind(Numbered.INVOICE, numbers_of(Invoice, "dues_year"), invoices, invoice_number),
        *report_kind(Numbered.RECEIPT, numbers_of(Payment, "year"), receipts, name_receipt),
        *report_kind(Numbered.CREDIT_NOTE, numbers_of(CreditNote, "year"), notes, name_note),
    ]


def numbers_of(model: type[Model], by: str) -> Iterator[tuple[int, int, str]]:
    """Year, place and number of every document of a kind."""
    rows = model._default_manager.order_by(by, "sequence")  # noqa: SLF001 Django's documented door
    return rows.values_list(by, "sequence", "number").iterator(chunk_size=BATCH)


def report_kind(
    kind: str,
    numbers: Iterable[tuple[int, int, str]],
    counters: Mapping[int, int],
    name: Callable[[int, int], str],
) -> list[SeriesReport]:
    """The series of one kind of document, the newest year first."""
    years: dict[int, dict[int, str]] = {year: {} for year in counters}
    for year, sequence, number in numbers:
        years.setdefault(year, {})[sequence] = number
    return [
        report_series(kind, year, years[year], counters.get(year, 0), name)
        for year in sorted(years, reverse=True)
        if years[year] or counters.get(year)
    ]


def report_series(
    kind: str,
    year: int,
    taken: Mapping[int, str],
    counter: int,
    name: Callable[[int, int], str],
) -> SeriesReport:
    """One series: its places and the numbers that stand there, against its counter."""
    highest = max(taken, default=0)
    missing = (name(year, n) for n in range(1, max(highest, counter) + 1) if n not in taken)
    beyond = (number for n, number in taken.items() if n > counter)
    misnamed = (number for n, number in taken.items() if number != name(year, n))
    return SeriesReport(
        kind,
        year,
        count=len(taken),
        highest=highest,
        counter=counter,
        missing=tuple(islice(missing, MOST_NAMED)),
        beyond=tuple(islice(beyond, MOST_NAMED)),
        misnamed=tuple(islice(misnamed, MOST_NAMED)),
    )
