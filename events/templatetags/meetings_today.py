"""What meetings ask for on Today, and when the next General Assembly is due."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from events.meetings.notices import find_assembly_due
from events.upcoming import find_due, say_until
from wego import seoul

register = template.Library()


@register.inclusion_tag("events/meetings_today.html", takes_context=True)
def meetings_today(context: dict[str, Any]) -> dict[str, Any]:
    """What is due this week, for who may act on it; two queries."""
    if not context["request"].user.has_perm("events.change_meeting"):
        return {"lines": []}
    return {
        "lines": [
            {
                "words": due.words,
                "url": reverse(f"admin:events_meeting_{due.page}", args=[due.meeting]),
                "tone": "bad" if due.is_late else "warn" if due.until is None else "info",
                "label": say_until(due),
            }
            for due in find_due(context.get("today") or seoul.today())
        ]
    }


@register.inclusion_tag("events/assembly_due.html")
def assembly_due() -> dict[str, Any]:
    """A reminder, never a rule (R14)."""
    return {"due": find_assembly_due()}
