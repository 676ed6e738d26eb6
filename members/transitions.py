"""What may follow what in a member's life (R3, R4, R11, S12-S16), and what only a body decides."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.history import Entry, next_change, status_on
from members.models import Member, Status

# From the status before (None: not a member yet) to what may follow.
NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({Status.ASSOCIATE, Status.FULL}),
    Status.ASSOCIATE: frozenset({Status.FULL, Status.REJECTED, Status.WITHDRAWN}),
    Status.FULL: frozenset({Status.SUSPENDED, Status.WITHDRAWN, Status.EXPELLED}),
    Status.SUSPENDED: frozenset({Status.FULL, Status.WITHDRAWN, Status.EXPELLED}),
    Status.REJECTED: frozenset({Status.ASSOCIATE}),
    Status.WITHDRAWN: frozenset({Status.ASSOCIATE}),
    Status.EXPELLED: frozenset({Status.ASSOCIATE}),
}
# Nobody is any of these but by a recorded decision (see `members.decisions`).
BY_DECISION = frozenset({Status.FULL, Status.SUSPENDED, Status.REJECTED, Status.EXPELLED})
LONGEST_REASON = 300
FOUNDED_ON = dt.date(2010, 1, 1)


def find_refusal(
    member: Member, lines: list[Entry], status: str, on: dt.date
) -> ValidationError | None:
    """Why a status cannot hold from a day on; None when it can."""
    facts: dict[str, Any] = {"member": member, "day": on.isoformat(), "status": words(status)}
    if status not in Status.values:
        return ValidationError(_("“%(status)s” is no status.") % facts, code="unknown")
    if on < FOUNDED_ON:
        return ValidationError(
            _("%(day)s is before WeGO was founded in 2010.") % facts, code="too_early"
        )
    if change := next_change(lines, on):
        facts |= {"last": words(change.status), "since": change.effective_on.isoformat()}
        return ValidationError(
            _("%(member)s is %(last)s from %(since)s: a change cannot lie before that.") % facts,
            code="before_last",
        )
    if status_on(lines, on) == status:
        return ValidationError(_("%(member)s is already: %(status)s.") % facts, code="already")
    before, held = status_on(lines, on - dt.timedelta(days=1)), status_on(lines, on)
    if status in NEXT[before] or status in NEXT[held] or (status == before and held != before):
        return None
    facts["before"] = words(held) if held else _("not a member yet")
    return ValidationError(
        _("%(member)s is %(before)s: that cannot become “%(status)s”.") % facts, code="not_allowed"
    )


def words(status: str) -> str:
    """A status as people read it."""
    return str(dict(Status.choices).get(status, status))


def find_undecided(
    member: Member, lines: list[Entry], status: str, on: dt.date
) -> ValidationError | None:
    """Why a status cannot be recorded by hand: a body decides it; None when it can."""
    stood = status_on(lines, on - dt.timedelta(days=1))
    if status not in BY_DECISION or status == stood:
        return None
    return ValidationError(
        _("“%(status)s” is decided by a body: record the decision on %(member)s.")
        % {"status": words(status), "member": member},
        code="undecided",
    )


def refuse_reason(reason: str) -> None:
    """Every line of a history says why."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise ValidationError(
            _("Give a reason of at most %(longest)s characters: a decision, letter or meeting.")
            % {"longest": LONGEST_REASON},
            code="reason",
        )
