"""The balance after each row gives a table what it lacks: a balance to open and to close with."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from dues.statements.lines import Balance, Statement
from dues.statements.rows import Row


def with_balances(statement: Statement, rows: Sequence[Row]) -> Statement:
    """The statement with its lines, and with balances when the rows prove them.

    Tables run from the oldest row to the newest or the other way; in either, each balance is the
    one before and the amount. When the rows prove neither, there is a warning and no balance.
    """
    whole = replace(statement, lines=tuple(row.line for row in rows))
    if not rows or all(row.balance_cents is None for row in rows):
        return whole
    for ordered in (rows, rows[::-1]):
        if follow_each_other(ordered):
            first, last = ordered[0], ordered[-1]
            opening = (first.balance_cents or 0) - first.line.amount_cents
            return replace(
                whole,
                opening=Balance(opening, first.line.booked_on),
                closing=Balance(last.balance_cents or 0, last.line.booked_on),
            )
    warning = _(
        "The balances in the table do not follow from row to row. Rows may be missing from it."
    )
    return replace(whole, warnings=(*whole.warnings, warning))


def follow_each_other(rows: Sequence[Row]) -> bool:
    """Whether every row goes on from the one before, and has a balance."""
    return all(row.balance_cents is not None for row in rows) and all(
        (one.balance_cents or 0) + two.line.amount_cents == two.balance_cents
        for one, two in pairwise(rows)
    )
