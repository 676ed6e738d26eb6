"""What a body should know before it speaks about next hosts: calls, bids and their scores."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.hosting.calls import CallState, state_of
from events.hosting.scores import score_table
from events.models import HostCall

OPEN = (CallState.OPEN, CallState.CLOSED)


def list_bids(on: dt.date) -> list[tuple[str, str]]:
    """The bids on which nothing was decided, by meeting, the best scored first."""
    rows = []
    calls = HostCall.objects.filter(published_on__lte=on, withdrawn_on__isnull=True)
    for call in calls.select_related("meeting"):
        if state_of(call, on=on) not in OPEN:
            continue
        for line in score_table(call):
            points = _("%(points)s points") % {"points": line.shown} if line.rank else ""
            what = ", ".join(filter(None, (str(call.meeting), points)))
            rows.append((f"{line.bid.city}, {line.bid.country}", what))
    return rows


def say_bids(count: int) -> str:
    """How many bids wait for a decision."""
    if not count:
        return _("No bid to host waits for a decision.")
    return ngettext(
        "%(count)s bid to host waits for a decision.",
        "%(count)s bids to host wait for a decision.",
        count,
    ) % {"count": count}
