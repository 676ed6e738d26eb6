"""A reduction that was decided, as it lowers a fee (S17). Pure, no Django."""

import datetime as dt
from dataclasses import dataclass

ALL = 100


@dataclass(frozen=True, slots=True)
class Lowering:
    """What is taken off a year's fee, an amount (US cents) or per cent, and the decision behind it.

    `pk` is that of the recorded reduction.
    """

    pk: int
    cents: int | None
    percent: int | None
    reason: str
    decided_on: dt.date
    decided_by: str
    reference: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing is due whatever the fee would be."""
        return self.percent == ALL

    def off(self, fee_cents: int) -> int:
        """What it takes off a fee (US cents): never more than the fee; half a cent counts whole."""
        if self.percent is not None:
            return (fee_cents * self.percent + ALL // 2) // ALL
        return min(self.cents or 0, fee_cents)
