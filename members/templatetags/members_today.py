"""What the register has to say on the front page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from members.census import count_groups
from members.figures import dues_year_at_work, lacking_population
from members.models import Kind, Member
from wego import seoul

register = template.Library()


@register.inclusion_tag("members/today.html", takes_context=True)
def members_today(context: dict[str, Any]) -> dict[str, Any]:
    """Totals of today, statuses to confirm, cities without population; for who may see members."""
    if not context["request"].user.has_perm("members.view_member"):
        return {"visible": False}
    today = seoul.today()
    year = dues_year_at_work(today)
    by_kind = dict.fromkeys(Kind.values, 0)
    for group in count_groups(today):
        by_kind[group.kind] += group.number
    return {
        "visible": True,
        "by_kind": by_kind,
        "total": sum(by_kind.values()),
        "unconfirmed": Member.objects.filter(status_confirmed=False).count(),
        "dues_year": year,
        "lacking": lacking_population(year, today).count(),
        "lacking_url": reverse("admin:members_member_changelist") + "?open=population",
    }
