"""Figures a fee is priced from: population, employees, GDP per capita (R8, R9, S24, S26).

Each belongs to a dues year and keeps its source, the year of the source and a definition. Nothing
is overwritten: the newest figure of a member or country for a year holds, the earlier ones stay. A
population or GDP of 0 is a figure that is missing; 0 employees is a figure.
"""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from members.models import CountryFigure, Kind, Measure, Member, MemberFigure, User, is_country
from wego import audit
from wego.money import display

GDP = "gdp"
FIRST_YEAR, LAST_YEAR = 2010, 2100
FIRST_SOURCE_YEAR = 1900
# Beyond these it is a slip of the hand; persons, employees, USD.
LARGEST: dict[str, int] = {
    Measure.POPULATION: 300_000_000,
    Measure.EMPLOYEES: 10_000_000,
    GDP: 1_000_000,
}
FEW_PERSONS = 1000
# The month in which figures of the next dues year are asked for.
NEXT_YEAR_FROM = 10
LONGEST_SOURCE, LONGEST_DEFINITION = 300, 200
KINDS_OF: dict[str, frozenset[str]] = {
    Measure.POPULATION: frozenset({Kind.CITY}),
    Measure.EMPLOYEES: frozenset({Kind.COMPANY, Kind.INSTITUTION}),
}


@transaction.atomic
def record_figure(
    member: Member,
    measure: str,
    *,
    year: int,
    value: Decimal | int,
    source: str,
    source_year: int | None,
    definition: str,
    by: User | None,
) -> MemberFigure:
    """A member's population or employees for a dues year, from now on the one that holds.

    Raises:
        ValidationError: the figure, its year or its source is none to price from.
    """
    if member.kind not in KINDS_OF.get(measure, ()):
        raise ValidationError(
            _("%(member)s is no member that this figure is kept of.") % {"member": member},
            code="other_kind",
        )
    refuse_value(measure, value)
    refuse_origin(year, source, source_year, definition)
    figure = MemberFigure.objects.create(
        member=member,
        measure=measure,
        dues_year=year,
        value=int(value),
        source=source.strip(),
        source_year=source_year,
        definition=definition.strip(),
        entered_by=by,
    )
    facts = {"measure": measure, "year": year, "value": figure.value, "source": figure.source}
    audit.record_act("figure.recorded", by=by, subject=figure, file=member, facts=facts)
    return figure


@transaction.atomic
def record_gdp(
    country_code: str,
    *,
    year: int,
    usd: Decimal | int,
    source: str,
    source_year: int | None,
    definition: str,
    by: User | None,
) -> CountryFigure:
    """A country's GDP per capita (PPP, USD) for a dues year; cents beyond the second are cut.

    Raises:
        ValidationError: the country, figure, year or source is none to price from.
    """
    if not is_country(country_code):
        raise ValidationError(
            _("“%(cell)s” is not a country code of ISO 3166.") % {"cell": country_code},
            code="country",
        )
    refuse_value(GDP, usd)
    refuse_origin(year, source, source_year, definition)
    figure = CountryFigure.objects.create(
        country_code=country_code,
        dues_year=year,
        gdp_cents=cut_to_cents(usd),
        source=source.strip(),
        source_year=source_year,
        definition=definition.strip(),
        entered_by=by,
    )
    facts = {
        "country": country_code,
        "year": year,
        "value": display(figure.gdp_cents),
        "source": figure.source,
    }
    audit.record_act("gdp.recorded", by=by, subject=figure, facts=facts)
    return figure


def refuse_value(measure: str, value: Decimal | int) -> None:
    """Refuse what no fee can be priced from."""
    if problem := find_value_problem(measure, value):
        raise ValidationError(problem, code="value")
    if is_missing(measure, value):
        raise ValidationError(_("0 is no figure here: leave it out while it is unknown."), code="0")


def refuse_origin(year: int, source: str, source_year: int | None, definition: str) -> None:
    """Refuse a figure of no year or from nowhere."""
    refuse_year(year)
    for problem in (
        find_source_problem(source),
        find_source_year_problem(source_year),
        find_definition_problem(definition),
    ):
        if problem:
            raise ValidationError(problem, code="source")


def refuse_year(year: int) -> None:
    """Refuse a dues year that is a slip of the hand."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("%(year)s is no dues year between %(first)s and %(last)s.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR},
            code="year",
        )


def find_value_problem(measure: str, value: Decimal | int) -> str:
    """Why a number is no figure of the measure; "" when it may be."""
    if not Decimal(value).is_finite():
        return _("The figure must be a number.")
    if value < 0:
        return _("The figure cannot be negative.")
    if value > LARGEST[measure]:
        return _("The figure is larger than any on record (at most %(largest)s).") % {
            "largest": f"{LARGEST[measure]:,}"
        }
    if measure != GDP and value != int(value):
        return _("The figure must be a whole number.")
    return ""


def find_source_problem(source: str) -> str:
    """Why a source is none; "" when it is one."""
    if not source.strip():
        return _("Say where the figure comes from.")
    if len(source) > LONGEST_SOURCE:
        return _("The text is longer than %(longest)s characters.") % {"longest": LONGEST_SOURCE}
    return ""


def find_source_year_problem(source_year: int | None) -> str:
    """Why a year of a source is none; none at all is allowed."""
    if source_year is not None and not FIRST_SOURCE_YEAR <= source_year <= LAST_YEAR:
        return _("The year of the source must lie between %(first)s and %(last)s.") % {
            "first": FIRST_SOURCE_YEAR,
            "last": LAST_YEAR,
        }
    return ""


def find_definition_problem(definition: str) -> str:
    """Why a definition cannot be kept."""
    if len(definition) > LONGEST_DEFINITION:
        return _("The text is longer than %(longest)s characters.") % {
            "longest": LONGEST_DEFINITION
        }
    return ""


def is_missing(measure: str, value: Decimal | int) -> bool:
    """Whether a figure of 0 stands for one that nobody knows."""
    return value == 0 and measure != Measure.EMPLOYEES


def cut_to_cents(usd: Decimal | int) -> int:
    """US cents of a figure, never rounded up: 999.999 stays below a band that begins at 1,000."""
    return int(Decimal(usd) * 100)


def dues_year_at_work(on: dt.date) -> int:
    """The dues year people enter figures for: the newest that has some; next year's from October.

    Before members are asked for next year's (S7), only an applicant's figure is of it. Without any
    figures it is the year of `on`.
    """
    last = on.year + (on.month >= NEXT_YEAR_FROM)
    newest = [
        rows.filter(dues_year__lte=last).order_by().values_list("dues_year").distinct()
        for rows in (MemberFigure.objects.all(), CountryFigure.objects.all())
    ]
    return max((year for (year,) in newest[0].union(newest[1])), default=on.year)


def lacking_population(year: int, on: dt.date) -> QuerySet[Member]:
    """Cities on the roster of a date that have no population for a dues year."""
    known = MemberFigure.objects.filter(
        member=OuterRef("pk"), measure=Measure.POPULATION, dues_year=year
    )
    return Member.objects.on_roster(on).filter(~Exists(known), kind=Kind.CITY)
