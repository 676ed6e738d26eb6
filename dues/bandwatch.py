"""Figures that are about to move a fee: close to a band's edge, or in another band than last year.

Nothing is refused here. A small revision of one figure can double a fee, and people should see that
before an invoice does it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dues.assessment import Schedule, choose_schedule
from dues.fees import Band, band_at, find_band
from dues.schedules import load_schedules
from dues.wording import band_words
from members.figure_files import FiguresReport, newest_figures
from members.figure_rows import Figure
from members.figures import GDP as GDP_FIGURE
from members.models import Kind, Measure

GDP = "gdp_ppp_per_capita"
# Which kind's table divides a figure, and what the table calls it.
DIVIDED_BY = {
    Measure.POPULATION: (Kind.CITY, "population"),
    Measure.EMPLOYEES: (Kind.COMPANY, "employees"),
    GDP_FIGURE: (Kind.CITY, GDP),
}
# Five hundredths of the edge, to either side.
NEAR = Decimal("0.05")


def watch_bands(report: FiguresReport) -> list[str]:
    """A sentence for each figure of a report that lies near an edge or changed its band."""
    schedules = load_schedules()
    return [
        sentence for measure in DIVIDED_BY for sentence in watch_measure(measure, report, schedules)
    ]


def watch_measure(
    measure: str, report: FiguresReport, schedules: Sequence[Schedule]
) -> Iterator[str]:
    """The sentences for one measure, in the order of the file."""
    figures = [figure for figure in report.figures if figure.measure == measure]
    kind, name = DIVIDED_BY[measure]
    bounds = bounds_of(choose_schedule(schedules, kind, report.year), name)
    if not figures or not bounds:
        return
    last_year = newest_figures(measure, report.year - 1)
    for figure in figures:
        now = in_units(measure, figure.value)
        if edge := find_near_edge(bounds, now):
            yield _("%(label)s: %(figure)s is within 5 %% of the band edge %(edge)s.") % {
                "label": figure.label,
                "figure": f"{now:,}",
                "edge": f"{edge:,}",
            }
        before = last_year.get(figure.subject)
        if before is not None:
            yield from compare_bands(figure, bounds, name, now, in_units(measure, before.value))


def compare_bands(
    figure: Figure, bounds: Sequence[int], name: str, now: Decimal, before: Decimal
) -> Iterator[str]:
    """A sentence when the figure stands in another band than the year before."""
    bands: list[Band] = [band_at(bounds, find_band(bounds, value)) for value in (before, now)]
    if bands[0] != bands[1]:
        yield _("%(label)s changes its band against the year before: from %(old)s to %(new)s.") % {
            "label": figure.label,
            "old": band_words(name, bands[0]),
            "new": band_words(name, bands[1]),
        }


def bounds_of(schedule: Schedule | None, name: str) -> Sequence[int]:
    """The lower bounds by which a schedule divides a figure; none without such a schedule."""
    if schedule is None:
        return ()
    table = schedule.table
    if table.column_measure == name:
        return table.column_bounds
    return table.row_bounds if table.row_measure == name else ()


def find_near_edge(bounds: Sequence[int], value: Decimal) -> int | None:
    """The inner edge a figure lies near, the nearest one; None when it lies well inside."""
    near = [edge for edge in bounds if edge and abs(value - edge) <= edge * NEAR]
    return min(near, key=lambda edge: abs(value - edge), default=None)


def in_units(measure: str, value: int) -> Decimal:
    """Persons, employees, or USD of a value that files keep in cents."""
    return Decimal(value) / 100 if measure == GDP_FIGURE else Decimal(value)
