"""The shapes of what higher storeys answer about a member (see `wego.questions`). Pure."""

import datetime as dt
from typing import NamedTuple


class FeeQuote(NamedTuple):
    """What a year's dues would be (US cents), from which dues year on, and why in words.

    `amount_cents` is None when no amount can be said (no fee table, a figure missing); `why` says
    which.
    """

    amount_cents: int | None
    first_dues_year: int
    why: str


class Arrear(NamedTuple):
    """One debt that is past its due day (US cents)."""

    label: str
    amount_cents: int
    due_on: dt.date


class NextInvoice(NamedTuple):
    """What a change would make of the next invoice (US cents); None where nothing is due.

    `reason` is the word for why nothing is due, or known, as things stand; "" where an amount is.
    """

    dues_year: int
    before_cents: int | None
    after_cents: int | None
    why: str
    reason: str = ""


class Happening(NamedTuple):
    """One line of a member's timeline: an instant, a word for its sort, what, who, why, where."""

    at: dt.datetime
    sort: str
    what: str
    who: str = ""
    why: str = ""
    url: str = ""
