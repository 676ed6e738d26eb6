"""A resolution on a host takes effect, and the Executive Vice President follows at once (P3)."""

import datetime as dt

from events.hosting import effects as host_effects
from events.models import Resolution
from events.offices.executive import settle_executive
from members.models import User


def take_effect(resolution: Resolution, *, on: dt.date, by: User | None) -> None:
    """Decide the host as the resolution says, and let the office follow."""
    host_effects.take_effect(resolution, on=on, by=by)
    settle_executive(on=on, by=by)
