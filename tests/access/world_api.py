"""What the programming interface shows besides: a confirmed decision about one member."""

import datetime as dt

from events.models import AgendaItem, Confirmation, Resolution, ResolutionLine

DAY = dt.date(2026, 10, 14)


def decision_about(member, meeting):
    """A confirmed decision of a meeting with a line about the member."""
    item = AgendaItem.objects.create(
        meeting=meeting, position=90, kind="other", title_en="Thanks to the host"
    )
    decision = Resolution.objects.create(
        item=item,
        verdict="approve",
        manner="unanimous",
        resolved_on=DAY,
        effective_on=DAY,
        reference="item 90",
    )
    ResolutionLine.objects.create(
        resolution=decision, member=member, outcome="note", reason=f"To {member.name_en}"
    )
    Confirmation.objects.create(resolution=decision, confirmed_on=DAY)
    return decision
