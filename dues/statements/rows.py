"""One row of a bank's table as a line; what cannot be read exactly is refused with its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.statements.amounts import cents_exactly, check_currency
from dues.statements.cells import day_in, figure_in, plain, time_in
from dues.statements.lines import StatementLine
from dues.statements.mapping import CsvMapping
from dues.statements.references import find_creditor_reference, known, tell

IN_WORDS = frozenset(
    {"c", "cr", "crdt", "credit", "in", "+", "h", "haben", "gutschrift", "입금", "입", "bij"}
)
OUT_WORDS = frozenset(
    {"d", "dr", "dbit", "debit", "out", "-", "s", "soll", "lastschrift", "출금", "출", "지급", "af"}
)
NOTHING = frozenset({"", "-", "–"})


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and what the account held after it where the table says so."""

    line: StatementLine
    balance_cents: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """Where each column of a mapping stands, counted from 0."""

    at: Mapping[str, int]
    texts: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row by what they say."""

    number: int
    cells: list[str]
    places: Places

    def said(self, name: str) -> str:
        """The cell of a mapped column; "" when there is no such column, or the row ends before."""
        at = self.places.at.get(name)
        return plain(self.cells[at]) if at is not None and at < len(self.cells) else ""

    @property
    def place(self) -> str:
        """`Row 7`."""
        return _("Row %(row)s") % {"row": self.number}

    def refuse(self, sentence: str, code: str, cell: str = "") -> ValidationError:
        """A refusal of this row."""
        return ValidationError(sentence % {"row": self.number, "cell": cell[:40]}, code=code)


def read_row(number: int, cells: list[str], places: Places, mapping: CsvMapping) -> Row:
    """The line of one row.

    Raises:
        ValidationError: its day, amount or currency cannot be read exactly.
    """
    row = Cells(number, cells, places)
    if any(cell.strip() for cell in cells[places.width :]):
        sentence = _(
            "Row %(row)s has more cells than the table has columns: look for a quotation"
            " mark too few."
        )
        raise row.refuse(sentence, "row")
    booked = day_in(row.said("booked_on"), mapping.date_format)
    if booked is None:
        raise no_day(row, row.said("booked_on"))
    value = day_in(row.said("value_on"), mapping.date_format)
    if value is None and row.said("value_on"):
        raise no_day(row, row.said("value_on"))
    clock = time_in(row.said("booked_at"))
    if clock is None and row.said("booked_at"):
        sentence = _("Row %(row)s: “%(cell)s” is no time of day.")
        raise row.refuse(sentence, "date", row.said("booked_at"))
    currency = check_currency(row.said("currency").upper() or mapping.own_currency, place=row.place)
    moved = amount_of(row, mapping)
    balance = figure_of(row, row.said("balance"), mapping) if row.said("balance") else None
    texts = [plain(cells[at]) for at in places.texts if at < len(cells)]
    text = tell(" ".join(texts))
    line = StatementLine(
        booked_on=booked[0],
        value_on=value[0] if value else None,
        amount_cents=cents_exactly(moved.figure, currency, place=row.place),
        currency=currency,
        position=number,
        counterparty_name=known(row.said("name")),
        counterparty_account="".join(row.said("account").split()),
        end_to_end_id=known(row.said("reference")),
        bank_reference=known(row.said("bank_reference")),
        creditor_reference=find_creditor_reference(f"{text} {row.said('reference')}"),
        text=text,
        is_reversal=moved.is_reversal,
        booked_at=clock or booked[1],
    )
    held = None if balance is None else cents_exactly(balance, currency, place=row.place)
    return Row(line, held)


def no_day(row: Cells, cell: str) -> ValidationError:
    """A cell that should be a day; empty ones are often those of a total."""
    if not any(sign.isdigit() for sign in cell):
        sentence = _(
            "Row %(row)s has no date. If it is a total or a note, delete the row and try again."
        )
        return row.refuse(sentence, "date")
    sentence = _("Row %(row)s: “%(cell)s” is no date as the mapping says dates are written.")
    return row.refuse(sentence, "date", cell)


def figure_of(row: Cells, cell: str, mapping: CsvMapping) -> Decimal:
    """The signed figure of a cell.

    Raises:
        ValidationError: it is none.
    """
    figure = figure_in(cell, mapping.decimal)
    if figure is None:
        raise row.refuse(_("Row %(row)s: “%(cell)s” is no amount."), "amount", cell)
    return figure


class Moved(NamedTuple):
    """What a row moved, credits positive; a negative amount in a column takes money back."""

    figure: Decimal
    is_reversal: bool = False


def amount_of(row: Cells, mapping: CsvMapping) -> Moved:
    """What the row moved.

    Raises:
        ValidationError: nothing, two amounts, or a sign and a direction that disagree.
    """
    if mapping.amount is not None:
        if not row.said("amount"):
            raise row.refuse(_("Row %(row)s has no amount."), "amount")
        figure = figure_of(row, row.said("amount"), mapping)
        return Moved(figure if mapping.direction is None else directed(row, figure))
    paid_in, paid_out = (
        figure_of(row, row.said(name), mapping) if row.said(name) not in NOTHING else None
        for name in ("money_in", "money_out")
    )
    if paid_in and paid_out:
        sentence = _("Row %(row)s has money in and money out: only one of them can be.")
        raise row.refuse(sentence, "amount")
    if paid_in is None and paid_out is None:
        raise row.refuse(_("Row %(row)s has no amount."), "amount")
    if paid_out and mapping.money_out_is_negative:
        if paid_out > 0:
            sentence = _("Row %(row)s: money out is written with a minus, and this row has none.")
            raise row.refuse(sentence, "amount")
        return Moved(paid_out)
    if paid_out:
        return Moved(-paid_out, is_reversal=paid_out < 0)
    return Moved(paid_in or Decimal(0), is_reversal=bool(paid_in and paid_in < 0))


def directed(row: Cells, figure: Decimal) -> Decimal:
    """An amount whose direction stands in a column of its own.

    Raises:
        ValidationError: no known word, or a sign that says the opposite.
    """
    word = row.said("direction").casefold()
    if word not in IN_WORDS | OUT_WORDS:
        sentence = _("Row %(row)s: “%(cell)s” does not say whether money came in or went out.")
        raise row.refuse(sentence, "direction", row.said("direction"))
    if figure < 0 and word in IN_WORDS:
        sentence = _("Row %(row)s: the amount is negative, and “%(cell)s” says that money came in.")
        raise row.refuse(sentence, "direction", row.said("direction"))
    return abs(figure) if word in IN_WORDS else -abs(figure)
