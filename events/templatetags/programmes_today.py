"""What programmes and partners have to say on the front page of the staff."""

from __future__ import annotations

from typing import Any

from django import template

from events.models import OfficeReport
from events.partners.memoranda import expiring
from events.services.requests import waiting_requests
from wego import seoul
from wego.counting import count_all

register = template.Library()


@register.inclusion_tag("events/programmes_today.html", takes_context=True)
def programmes_today(context: dict[str, Any]) -> dict[str, Any]:
    """Requests that wait, memoranda that expire, reports to assess; one query, nothing if none."""
    if not context["request"].user.has_perm("events.view_servicerequest"):
        return {"visible": False}
    counts = count_all(
        requests=waiting_requests().order_by(),
        expiring=expiring(seoul.today()).order_by(),
        reports=OfficeReport.objects.filter(assessed_on__isnull=True).order_by(),
    )
    return {"visible": any(counts.values()), **counts}
