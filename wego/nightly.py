"""The proofs of every night: the house looks by itself whether its books and its trail are right.

Once a Seoul day each, in whichever worker is first; a worker that dies on it frees the turn after
a while, and another begins anew. What was noted is found noted.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.core.cache import cache

from wego.models import Operation, OperationKind
from wego.operations import prove_audit, prove_books, watch_operation

# Nobody works then; what was missed at night is done when a worker is there again.
FIRST_HOUR = 3
PROOFS = {OperationKind.BOOKS: prove_books, OperationKind.AUDIT: prove_audit}
# As long as a task may take: whoever holds a turn longer is gone.
TURN_SECONDS = 60 * 60
logger = logging.getLogger(__name__)


def prove_by_night(*, on: dt.date, hour: int) -> list[str]:
    """Do the proofs of Seoul day `on` that are not done; returns their kinds.

    Before three in the morning (`hour`) nothing is due.
    """
    if hour < FIRST_HOUR:
        return []
    done = set(Operation.objects.filter(night=on).values_list("kind", flat=True))
    return [kind for kind in PROOFS if kind not in done and prove(kind, on=on)]


def prove(kind: OperationKind, *, on: dt.date) -> bool:
    """Do one proof, unless another worker is at it; whether this one did it."""
    turn = f"night:{kind}:{on.isoformat()}"
    if not cache.add(turn, 1, timeout=TURN_SECONDS):
        return False
    if Operation.objects.filter(kind=kind, night=on).exists():
        return False
    if not watch_operation(kind, PROOFS[kind], night=on):
        logger.error("The nightly %s found faults: see the page System", kind)
    return True
