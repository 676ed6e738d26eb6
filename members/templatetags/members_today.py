"""What the register has to say on the front page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from members.figures import dues_year_at_work
from members.models import (
    Application,
    ApplicationState,
    Kind,
    Measure,
    Member,
    MemberFigure,
    ParkedLetter,
    Proposal,
    ProposalState,
)
from wego import seoul
from wego.counting import count_all
from wego.kept import keep

register = template.Library()


@register.inclusion_tag("members/today.html", takes_context=True)
def members_today(context: dict[str, Any]) -> dict[str, Any]:
    """Totals of today, statuses to confirm, cities without population; for who may see members."""
    user = context["request"].user
    if not user.has_perm("members.view_member"):
        return {"visible": False}
    today = seoul.today()
    year = dues_year_at_work(today)
    by_kind, lacking = keep(
        ("members.roster", year, today),
        lambda: count_roster(year, today),
        size=lambda counted: sum(counted[0].values()),
    )
    return {
        "visible": True,
        "by_kind": by_kind,
        "total": sum(by_kind.values()),
        "may_change": user.has_perm("members.change_member"),
        **count_all(
            unconfirmed=Member.objects.standing_alone().filter(status_confirmed=False),
            applications=Application.objects.filter(state=ApplicationState.SUBMITTED),
            parked_letters=ParkedLetter.objects.all(),
            proposals=Proposal.objects.filter(state=ProposalState.WAITING),
        ),
        "dues_year": year,
        "lacking": lacking,
        "lacking_url": reverse("admin:members_member_changelist") + "?open=population",
    }


def count_roster(year: int, on: dt.date) -> tuple[dict[str, int], int]:
    """Members on the roster by kind, and cities without population for a year, in one query."""
    known = MemberFigure.objects.filter(
        member=OuterRef("pk"), measure=Measure.POPULATION, dues_year=year
    )
    rows = (
        Member.objects.on_roster(on)
        .annotate(known=Exists(known))
        .order_by()
        .values_list("kind", "known")
        .annotate(n=Count("pk"))
    )
    by_kind, lacking = dict.fromkeys(Kind.values, 0), 0
    for kind, is_known, number in rows:
        by_kind[kind] += number
        lacking += number if kind == Kind.CITY and not is_known else 0
    return by_kind, lacking
