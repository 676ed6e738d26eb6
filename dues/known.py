"""The newest figures that are known of a member: of a dues year, or where it has none before it.

They price what is told or issued before the figures of its own year are in (S19).
"""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from dues.assessment import Sourced
from members.models import CountryFigure, Member, MemberFigure

GDP = "gdp_ppp_per_capita"


class Known(NamedTuple):
    """The newest figures by measure, and the dues year each was entered for."""

    figures: dict[str, Sourced]
    years: dict[str, int]

    def lacks(self, year: int) -> bool:
        """Whether a figure is of another year than this."""
        return any(entered != year for entered in self.years.values())


def member_rows(member: Member) -> list[MemberFigure]:
    """A member's own figures, the newest last."""
    return list(MemberFigure.objects.filter(member=member).order_by("dues_year", "pk"))


def rows_by_country(codes: Collection[str]) -> dict[str, list[CountryFigure]]:
    """The GDP per capita of some countries, each with the newest last, in one query."""
    found: dict[str, list[CountryFigure]] = defaultdict(list)
    rows = CountryFigure.objects.filter(country_code__in=codes).order_by("dues_year", "pk")
    for row in rows:
        found[row.country_code].append(row)
    return found


def country_rows(country_code: str) -> list[CountryFigure]:
    """A country's GDP per capita, the newest last."""
    rows = CountryFigure.objects.filter(country_code=country_code)
    return list(rows.order_by("dues_year", "pk"))


def known_figures(own: list[MemberFigure], country: list[CountryFigure], year: int) -> Known:
    """The figures of a dues year; where it has none, the newest there are."""
    known = Known({}, {})
    rows: list[tuple[str, int | Decimal, MemberFigure | CountryFigure]] = [
        *((row.measure, row.value, row) for row in own),
        *((GDP, Decimal(row.gdp_cents) / 100, row) for row in country),
    ]
    for measure, value, row in rows:
        if known.years.get(measure) == year != row.dues_year:
            continue
        known.figures[measure] = Sourced(value, row.source, row.source_year, row.definition)
        known.years[measure] = row.dues_year
    return known
