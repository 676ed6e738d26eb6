"""What dues answers to the storey below: fees foretold, by the same assessment that prices a year.

Where a dues year has no figures yet, the newest known ones are taken, and the answer says so.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from dues.arrears import invoices_of
from dues.assessment import (
    NOT_DUE,
    PRICED,
    Assessment,
    Facts,
    Schedule,
    Sourced,
    assess,
    choose_schedule,
    first_dues_year_of,
    lower,
    price,
)
from dues.corrections import flag_invoices
from dues.known import country_rows, known_figures, member_rows, rows_by_country
from dues.models import Invoice
from dues.preview import load_terms
from dues.reductions import load_lowerings
from dues.schedules import load_schedules
from dues.wording import explain
from members.answers import FeeQuote, NextInvoice
from members.lifecycle import read_lines
from members.models import CountryFigure, Kind, Measure, Member
from members.vetting import next_excom_year

# The EXCOM meets in autumn.
EXCOM_MONTH = 11
# This year, the next, and the one after it when the next is invoiced before it begins.
YEARS_AHEAD = 3


class Asked(NamedTuple):
    """Of whom a fee is asked: its kind, country, and population or employees (None: unknown)."""

    kind: str
    country_code: str
    value: int | None


def quote_fee(
    kind: str, *, country_code: str, value: int | None, on: dt.date, language: str = ""
) -> FeeQuote:
    """The yearly fee of an organisation that applies now, and the first year it would be due.

    `value` is the population in persons of a city, else the employees.
    """
    with translation.override(language) if language else nullcontext():
        return quote_fees([Asked(kind, country_code, value)], on=on)[0]


def quote_fees(
    asked: Sequence[tuple[str, str, int | None]], *, on: dt.date, year: int | None = None
) -> list[FeeQuote]:
    """The same for many, each a kind, country and figure, in a constant number of queries.

    `year` is the dues year to price; the first one that approval by the next EXCOM leads to when
    left out.
    """
    if year is None:
        year = first_dues_year_of(expected_approval(on), load_terms().for_year(on.year))
    schedules, countries = load_schedules(), rows_by_country({each[1] for each in asked})
    return [quote_one(Asked(*each), schedules, countries.get(each[1], []), year) for each in asked]


def quote_one(
    asked: Asked, schedules: Sequence[Schedule], country: list[CountryFigure], year: int
) -> FeeQuote:
    """One fee by schedules and figures already read."""
    schedule = choose_schedule(schedules, asked.kind, year)
    if schedule is None:
        why = _("There is no fee table for this kind of member: nothing is invoiced.")
        return FeeQuote(None, year, why)
    figures = known_figures([], country, year).figures
    if asked.value is not None:
        figures[measure_of(asked.kind)] = Sourced(asked.value, "")
    found = price(Facts(asked.kind, (), figures), schedule, year)
    return FeeQuote(cents_of(found), year, explain(found))


def expected_approval(on: dt.date) -> dt.date:
    """When who applies now would be approved: by this year's EXCOM, or the next one (S3)."""
    return dt.date(next_excom_year(on), EXCOM_MONTH, 15)


def foresee_invoice(
    member: Member, *, on: dt.date, kind: str | None = None, value: int | None = None
) -> NextInvoice:
    """What a change of kind, or of the figure of that kind, would make of the next invoice.

    The next invoice is this year's while it is owed and not issued, else next year's. A reduction
    that was decided for that year counts (S17).
    """
    then = kind or member.kind
    history, schedules, terms_of = read_lines(member), load_schedules(), load_terms()
    own, country = member_rows(member), country_rows(member.country_code)
    lowerings = load_lowerings(member)
    for year in years_to_invoice(member, on):
        known, terms = known_figures(own, country, year), terms_of.for_year(year)
        changed = dict(known.figures)
        if value is not None:
            changed[measure_of(then)] = Sourced(value, "")
        before, after = (
            lower(
                assess(Facts(sort, history, figures), schedules, year, terms), lowerings.get(year)
            )
            for sort, figures in ((member.kind, known.figures), (then, changed))
        )
        if year > on.year or {before.outcome, after.outcome} != {NOT_DUE}:
            break
    why = explain(after)
    if PRICED in {before.outcome, after.outcome} and known.lacks(year):
        why += " " + _("An estimate: not all figures of %(year)s are known yet.") % {"year": year}
    return NextInvoice(year, cents_of(before), cents_of(after), why, before.reason)


def years_to_invoice(member: Member, on: dt.date) -> list[int]:
    """The dues years from this one on for which a member has no invoice."""
    invoices = Invoice.objects.live().filter(member=member, dues_year__gte=on.year)
    issued = set(invoices.values_list("dues_year", flat=True))
    return [year for year in range(on.year, on.year + YEARS_AHEAD + 1) if year not in issued]


def cents_of(found: Assessment) -> int | None:
    """The amount of a priced answer, else nothing."""
    return found.amount_cents if found.outcome == PRICED else None


def measure_of(kind: str) -> str:
    """Which figure of its own a kind of member is priced from."""
    return Measure.POPULATION if kind == Kind.CITY else Measure.EMPLOYEES


def count_invoices(member: Member) -> int:
    """How many invoices were issued to a member, not counting its duplicates."""
    return Invoice.objects.filter(member=member).count()


def tell_unsupported(member: Member) -> list[str]:
    """Invoices of a member whose ground is gone, each with its number and what to do (X09)."""
    return [f"{flag.invoice.number}: {flag.why}" for flag in flag_invoices(invoices_of(member))]
