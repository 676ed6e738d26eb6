"""Closing the books through a day, and opening them again: both by name, with a reason."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dues.ledger import locked_through
from dues.models import PeriodLock
from members.models import User
from wego import audit


@transaction.atomic
def lock_period(through: dt.date, *, reason: str, on: dt.date, by: User | None) -> PeriodLock:
    """Close the books through a day: nothing is posted on it or before any more.

    Raises:
        ValidationError: the day is still to come, is closed already, or no reason is given.
    """
    before = locked_through()
    if through >= on:
        raise ValidationError(
            _("%(day)s is not over yet: close the books through an earlier day.")
            % {"day": through.isoformat()},
            code="future",
        )
    if before is not None and through <= before:
        raise ValidationError(
            _("The books are closed through %(before)s already. To open a part again, unlock it.")
            % {"before": before.isoformat()},
            code="already",
        )
    return write_lock(through, before, "period.locked", reason=reason, by=by)


@transaction.atomic
def unlock_period(
    through: dt.date | None, *, reason: str, on: dt.date, by: User | None
) -> PeriodLock:
    """Open the books again after `through`, or wholly without it; who did so and why stays.

    Raises:
        ValidationError: nothing is closed after that day, or no reason is given.
    """
    before = locked_through()
    if before is None or (through is not None and through >= min(before, on)):
        raise ValidationError(
            _("The books are not closed after that day: there is nothing to unlock."),
            code="not_locked",
        )
    return write_lock(through, before, "period.unlocked", reason=reason, by=by)


def write_lock(
    through: dt.date | None, before: dt.date | None, act: str, *, reason: str, by: User | None
) -> PeriodLock:
    """The row that holds from now on, and its line in the audit trail."""
    if not reason.strip():
        raise ValidationError(_("Say why: the reason stays with your name."), code="reason")
    lock = PeriodLock.objects.create(through=through, reason=reason.strip(), recorded_by=by)
    facts = {"through": [day and day.isoformat() for day in (before, through)]}
    audit.record_act(act, by=by, subject=lock, why=reason.strip(), facts=facts)
    return lock
