"""What a city or company would pay: the fee table asked without a member."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.assessment import Schedule, choose_schedule
from dues.fees import Cell, FigureError
from dues.schedules import load_schedules
from dues.wording import say


@dataclass(frozen=True, slots=True)
class Quote:
    """The cell a pair of figures (or a number of employees) leads to, and its schedule."""

    schedule: Schedule
    cell: Cell


def quote_dues(
    kind: str, *, year: int, column: Decimal | None, row: Decimal | None = None
) -> Quote:
    """The yearly fee of a kind of member for given figures (R8, R9).

    `column` is the population in persons, or the employees; `row` the GDP per capita in USD.

    Raises:
        ValidationError: no schedule for the year, or a figure that is missing or absurd.
    """
    schedule = choose_schedule(load_schedules(), kind, year)
    if schedule is None:
        raise ValidationError(
            _("No fee schedule is in force for %(kind)s in %(year)s.")
            % {"kind": kind, "year": year},
            code="no_fee_schedule",
        )
    try:
        cell = schedule.table.price(column, row)
    except FigureError as error:
        raise ValidationError(say(error), code="figure") from error
    return Quote(schedule, cell)
