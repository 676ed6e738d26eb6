"""Which column of a bank's table says what. Pure, no Django."""

from dataclasses import dataclass

# A heading as it stands in the file, or the number of the column, the first being 1.
Column = str | int
COLUMNS = (
    "booked_on",
    "amount",
    "direction",
    "money_in",
    "money_out",
    "value_on",
    "booked_at",
    "currency",
    "name",
    "account",
    "reference",
    "bank_reference",
    "balance",
)


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """How one bank's CSV is read; found once, then kept.

    The amount is one signed column, or one unsigned with a column for the direction, or a column
    each for money in and money out. `own_account` and `own_currency` say whose statement it is,
    where the table does not.
    """

    booked_on: Column
    own_account: str
    own_currency: str
    amount: Column | None = None
    direction: Column | None = None
    money_in: Column | None = None
    money_out: Column | None = None
    # Some banks write a minus before what went out, though it has its own column.
    money_out_is_negative: bool = False
    value_on: Column | None = None
    booked_at: Column | None = None
    currency: Column | None = None
    name: Column | None = None
    account: Column | None = None
    # The payer's reference, and the bank's own number of the movement.
    reference: Column | None = None
    bank_reference: Column | None = None
    text: tuple[Column, ...] = ()
    # What the account holds after the movement.
    balance: Column | None = None
    # The row of the headings; 0 when there are none and all columns are numbers.
    header_row: int = 1
    delimiter: str = ","
    decimal: str = "."
    # In the letters YYYY, YY, MM, DD; "" when nobody has said yet which of two readings is meant.
    date_format: str = "YYYY-MM-DD"
    encoding: str = "utf-8"
