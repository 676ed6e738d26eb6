"""What administrators must know today: a proof that failed, a backup that is missing."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from wego.condition.whole import tell_alarms

register = template.Library()


@register.inclusion_tag("wego/system_today.html", takes_context=True)
def system_today(context: dict[str, Any]) -> dict[str, Any]:
    """The alarms, in one query; nothing for who may not see the system."""
    if not context["request"].user.has_perm("wego.view_operation"):
        return {}
    return {"alarms": tell_alarms(timezone.now())}
