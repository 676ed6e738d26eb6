"""Each October a member says which figure the next dues year is priced from (S26, dues cycle).

The same figure as last time is recorded at once; another one is a proposal (`members.proposals`).
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.figures import KINDS_OF, record_figure
from members.lifecycle import lock
from members.models import Kind, Measure, Member, MemberFigure, User
from wego import audit

FIRST_MONTH = 10
# Institutions have no fee table (R10, S23), so no figure is asked of them.
ASKED_KINDS = (Kind.CITY, Kind.COMPANY)
DEFINITION = "confirmed by the member"


def year_to_confirm(on: dt.date) -> int:
    """The dues year people confirm a figure for: from October on the next one."""
    return on.year + 1 if on.month >= FIRST_MONTH else on.year


def measure_of(member: Member) -> str:
    """Which figure is kept of a member."""
    return next(measure for measure in Measure.values if member.kind in KINDS_OF[measure])


def figure_for(member: Member, year: int) -> MemberFigure | None:
    """The figure that holds for a dues year: the one recorded last."""
    return own_figures(member).filter(dues_year=year).last()


def figure_before(member: Member, year: int) -> MemberFigure | None:
    """The figure of the latest dues year before this one."""
    return own_figures(member).filter(dues_year__lt=year).last()


def own_figures(member: Member) -> QuerySet[MemberFigure]:
    """The member's figures of the measure its dues are priced from, the one that holds last."""
    return member.figures.filter(measure=measure_of(member)).order_by("dues_year", "pk")


def known_value(member: Member, year: int) -> int | None:
    """What stands now: this year's figure, else the latest before it; None without any."""
    figure = figure_for(member, year) or figure_before(member, year)
    return figure.value if figure else None


@transaction.atomic
def confirm_figure(
    member: Member,
    *,
    year: int,
    value: int,
    source: str,
    source_year: int | None,
    on: dt.date,
    by: User | None,
) -> MemberFigure:
    """Record that the figure known so far also holds for a dues year.

    Raises:
        ValidationError: it is another figure, which has to be proposed; it stands already; or its
            source is none.
    """
    locked = lock(member)
    if value != known_value(locked, year):
        raise ValidationError(
            _("This is another figure than before: propose it."), code="other_figure"
        )
    held = figure_for(locked, year)
    if held and (held.source, held.source_year) == (source.strip(), source_year):
        raise ValidationError(
            _("This figure is recorded for %(year)s already.") % {"year": year}, code="recorded"
        )
    figure = record_figure(
        locked,
        measure_of(locked),
        year=year,
        value=value,
        source=source,
        source_year=source_year,
        definition=DEFINITION,
        by=by,
    )
    audit.record_act(
        "member.figure_confirmed",
        by=by,
        subject=locked,
        facts={"dues_year": year, "value": value, "source": source.strip(), "on": on.isoformat()},
    )
    return figure
