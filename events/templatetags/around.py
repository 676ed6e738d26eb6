"""What stands around a meeting, on its board: people, programme, host, and what waits."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import OuterRef, Subquery

from events.hosts import latest_decision
from events.models import (
    AgendaKind,
    Meeting,
    SupportRequest,
    SupportState,
    SupportStep,
    TopicAnswer,
    TopicSuggestion,
)
from wego.counting import count_all

register = template.Library()
WAITING = (SupportState.REQUESTED, SupportState.CONSULTATION)


def count_waiting(meeting: Meeting) -> dict[str, int]:
    """Suggested topics and requests for support that wait for an answer, in one query."""
    last = SupportStep.objects.filter(request=OuterRef("pk")).order_by("-pk")
    asked = SupportRequest.objects.filter(speaker__session__meeting=meeting)
    return count_all(
        support=asked.alias(now=Subquery(last.values("state")[:1])).filter(now__in=WAITING),
        topics=TopicSuggestion.objects.filter(meeting=meeting, answer=TopicAnswer.WAITING),
    )


@register.inclusion_tag("events/around.html", takes_context=True)
def around_meeting(context: dict[str, Any], meeting: Meeting) -> dict[str, Any]:
    """The ways to delegates, programme and host of a meeting."""
    user = context["request"].user
    return {
        "visible": user.has_perm("events.view_hostcall"),
        "meeting": meeting,
        "call": meeting.host_calls.filter(withdrawn_on__isnull=True).first(),
        "host": latest_decision(meeting),
        **count_waiting(meeting),
        "host_items": meeting.items.filter(kind=AgendaKind.HOSTS).select_related(
            "host_proposal__meeting", "host_proposal__bid__member", "host_proposal__member"
        ),
    }
