"""The eligibility check: each entry is eligible, or not for a reason that the entrant is told."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.awards.completeness import find_gaps
from events.awards.entering import file_of
from events.awards.links import mailbox_of
from events.awards.moving import S, require_state
from events.models import AwardEntry, EntryState
from members.models import User
from wego import audit, outbox

CHECKED = (EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE)


class Point(NamedTuple):
    """One point of the check: what was looked at and whether it is in order."""

    words: str
    holds: bool


def look_over(entry: AwardEntry) -> list[Point]:
    """What can be seen without reading the entry; membership is never asked for (R23)."""
    lacking = {gap.field: gap.sentence for gap in find_gaps(entry)}
    submitted = entry.submitted_on
    in_time = submitted is not None and submitted <= entry.edition.deadline_on
    return [
        Point(_("Submitted before the deadline"), in_time),
        Point(_("Category fits who enters"), "category" not in lacking),
        Point(_("All parts complete"), not lacking),
        Point(_("Approval by the city, where an organisation enters"), "file" not in lacking),
    ]


@transaction.atomic
def decide_eligibility(
    entry: AwardEntry, *, eligible: bool, reason: str, on: dt.date, by: User
) -> AwardEntry:
    """Say that an entry goes to the jury, or why it does not; the latter is mailed.

    May be decided anew until the scoring begins.

    Raises:
        ValidationError: `state`, or `reason` is missing.
    """
    locked = AwardEntry.objects.select_for_update().get(pk=entry.pk)
    require_state(locked.edition, S.ELIGIBILITY)
    if locked.state not in CHECKED:
        raise ValidationError(_("This entry was not submitted."), code="state")
    if not eligible and not reason.strip():
        raise ValidationError(_("Say why it is not eligible: the entrant reads it."), code="reason")
    before = locked.state
    locked.state = EntryState.ELIGIBLE if eligible else EntryState.INELIGIBLE
    locked.check_reason = "" if eligible else reason.strip()
    locked.checked_on, locked.checked_by = on, by
    locked.save(update_fields=["state", "check_reason", "checked_on", "checked_by"])
    audit.record_act(
        "award.entry_checked",
        by=by,
        subject=locked,
        file=file_of(locked),
        why=locked.check_reason,
        facts={"state": [before, locked.state]},
    )
    if not eligible and before != EntryState.INELIGIBLE:
        mail_refusal(locked)
    return locked


def mail_refusal(entry: AwardEntry) -> None:
    """Tell the entrant why."""
    with override(entry.language):
        facts = {
            "edition": str(entry.edition),
            "project": entry.title,
            "reference": entry.reference,
            "reason": entry.check_reason,
        }
    outbox.post_mail("award_ineligible", to=mailbox_of(entry), facts=facts, file=file_of(entry))
