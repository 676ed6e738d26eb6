"""What a bank statement says, whatever file it came in. Pure, no Django.

Amounts are signed whole hundredths of the currency's unit, credits positive, as everywhere in the
house (`wego.money`): one won is 100, so that one rule shows every amount.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account held on a day; negative when it was overdrawn."""

    amount_cents: int
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Original:
    """What the payer sent, when the bank exchanged it; `rate` as the bank prints it."""

    amount: Decimal
    currency: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on an account.

    `position` is where it begins: the line of the file, or the row of the table. `identity` is the
    same wherever the movement is met again; `dues.statements.identity` says how. An empty text
    means that the bank said nothing.
    """

    booked_on: dt.date
    value_on: dt.date | None
    amount_cents: int
    currency: str
    position: int
    # Who paid, or was paid; `on_behalf_of` when the bank names somebody behind them.
    counterparty_name: str = ""
    counterparty_account: str = ""
    on_behalf_of: str = ""
    # What the payer's system, the bank, and the invoice called it (ISO 11649, RF...).
    end_to_end_id: str = ""
    bank_reference: str = ""
    creditor_reference: str = ""
    # The bank's reference of the entry of which this is one of several payments.
    batch_reference: str = ""
    text: str = ""
    original: Original | None = None
    is_reversal: bool = False
    booked_at: dt.time | None = None
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account, its pages joined.

    `format` is "camt.053", "mt940" or "csv". `page` is "" when the statement is whole, else which
    pages the file holds ("2-3"). `opening` and `closing` are None when the file has none.
    `warnings` are sentences for the person who imports it; nothing in them stops an import.
    """

    format: str
    account: str
    currency: str
    statement_id: str = ""
    number: str = ""
    page: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    lines: tuple[StatementLine, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def movement_cents(self) -> int:
        """The sum of the lines in the currency of the account."""
        return sum(line.amount_cents for line in self.lines if line.currency == self.currency)
