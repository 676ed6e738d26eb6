"""The call for bids to host a meeting: published, extended, withdrawn (P8, P12, R16).

The days are Seoul calendar dates, and each lasts until midnight in Seoul.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.hosts import lock_open_meeting
from events.models import BidCriterion, HostCall, HostDecision, Meeting
from members.models import User
from wego import audit


class CallState(models.TextChoices):
    """Where a call stands on a day."""

    AHEAD = "ahead", gettext_lazy("Not open yet")
    OPEN = "open", gettext_lazy("Open for bids")
    CLOSED = "closed", gettext_lazy("Closed, being decided")
    DECIDED = "decided", gettext_lazy("Decided")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


@dataclass(frozen=True)
class Terms:
    """What a call says: its days, and what is asked of a host."""

    published_on: dt.date
    deadline_on: dt.date
    terms_en: str
    terms_ko: str = ""
    interest_by: dt.date | None = None
    announced_on: dt.date | None = None


class Criterion(NamedTuple):
    """What bids are scored by, and how much it weighs among the others."""

    name_en: str
    name_ko: str = ""
    weight: int = 1


def state_of(call: HostCall, *, on: dt.date) -> CallState:
    """Where a call stands on a day."""
    if call.withdrawn_on and call.withdrawn_on <= on:
        return CallState.WITHDRAWN
    if HostDecision.objects.filter(bid__call=call, decided_on__lte=on).exists():
        return CallState.DECIDED
    if on < call.published_on:
        return CallState.AHEAD
    return CallState.OPEN if on <= call.deadline_on else CallState.CLOSED


def open_calls(on: dt.date) -> models.QuerySet[HostCall]:
    """Calls to which bids can be handed in on a day, the most pressing first."""
    return (
        HostCall.objects.filter(
            published_on__lte=on, deadline_on__gte=on, withdrawn_on__isnull=True
        )
        .select_related("meeting")
        .order_by("deadline_on", "pk")
    )


@transaction.atomic
def publish_call(
    meeting: Meeting,
    terms: Terms,
    criteria: Sequence[Criterion],
    *,
    on: dt.date,
    by: User | None,
) -> HostCall:
    """Ask cities to bid, by a deadline; a meeting has one open call at a time.

    Raises:
        ValidationError: the days are out of order, nothing is asked, there is no criterion, or a
            call of this meeting is open already.
    """
    locked = lock_open_meeting(meeting)
    refuse_terms(terms, on)
    refuse_criteria(criteria)
    running = locked.host_calls.filter(withdrawn_on__isnull=True, deadline_on__gte=on).first()
    if running:
        raise ValidationError(
            _("A call for this meeting runs until %(day)s: withdraw it first.")
            % {"day": date_format(running.deadline_on, "DATE_FORMAT")},
            code="running",
        )
    call = HostCall.objects.create(meeting=locked, code=find_code(locked), **vars(terms))
    BidCriterion.objects.bulk_create(
        BidCriterion(call=call, position=position, **criterion._asdict())
        for position, criterion in enumerate(criteria, start=1)
    )
    audit.record_act(
        "host call.published",
        by=by,
        subject=call,
        facts={"deadline": call.deadline_on.isoformat(), "criteria": len(criteria)},
    )
    return call


def find_code(meeting: Meeting) -> str:
    """A word for addresses that no other call has: `host-ga-7`, then `host-ga-7-2`."""
    number = meeting.host_calls.count() + 1
    return f"host-{meeting.code}"[:36] + (f"-{number}" if number > 1 else "")


def refuse_terms(terms: Terms, on: dt.date) -> None:
    """The days of a call follow one another, and a host is asked for something.

    Raises:
        ValidationError: by field, what is wrong.
    """
    problems: dict[str, str] = {}
    if terms.deadline_on < max(terms.published_on, on):
        problems["deadline_on"] = _("The deadline lies before the call: cities need time to bid.")
    if terms.interest_by and not terms.published_on <= terms.interest_by <= terms.deadline_on:
        problems["interest_by"] = _("Interest is expressed between the call and the deadline.")
    if terms.announced_on and terms.announced_on < terms.deadline_on:
        problems["announced_on"] = _("The host is announced after the deadline.")
    if not terms.terms_en.strip():
        problems["terms_en"] = _("Say what is asked of a host.")
    if problems:
        raise ValidationError(problems)


def refuse_criteria(criteria: Sequence[Criterion]) -> None:
    """Bids are scored by something.

    Raises:
        ValidationError: by nothing, by one thing twice, or by what weighs nothing.
    """
    names = [each.name_en.strip() for each in criteria]
    if not names or not all(names):
        raise ValidationError(
            _("Name at least one criterion by which bids are scored."), code="criteria"
        )
    if len(set(names)) < len(names):
        raise ValidationError(_("A criterion stands there twice."), code="criteria")


def lock_call(call: HostCall) -> HostCall:
    """The call as it is now, held until the transaction ends.

    Raises:
        ValidationError: it was withdrawn.
    """
    locked = HostCall.objects.select_for_update().get(pk=call.pk)
    if locked.withdrawn_on:
        raise ValidationError(
            _("This call was withdrawn on %(day)s.")
            % {"day": date_format(locked.withdrawn_on, "DATE_FORMAT")},
            code="withdrawn",
        )
    return locked


@transaction.atomic
def extend_call(
    call: HostCall,
    *,
    deadline_on: dt.date,
    announced_on: dt.date | None = None,
    on: dt.date,
    by: User | None,
) -> HostCall:
    """Give bidders more time; never less, and not once a host was decided.

    Raises:
        ValidationError: the new deadline is no later, or the call is over.
    """
    locked = lock_call(call)
    if state_of(locked, on=on) == CallState.DECIDED:
        raise ValidationError(_("A host was decided on this call already."), code="decided")
    if deadline_on <= max(locked.deadline_on, on):
        raise ValidationError(
            {
                "deadline_on": _("Choose a later day than %(day)s: a call is never shortened.")
                % {"day": date_format(max(locked.deadline_on, on), "DATE_FORMAT")}
            }
        )
    if announced_on and announced_on < deadline_on:
        raise ValidationError({"announced_on": _("The host is announced after the deadline.")})
    before = locked.deadline_on
    locked.deadline_on, locked.announced_on = deadline_on, announced_on
    locked.save(update_fields=["deadline_on", "announced_on"])
    audit.record_act(
        "host call.extended",
        by=by,
        subject=locked,
        facts={"deadline": [before.isoformat(), deadline_on.isoformat()]},
    )
    return locked


@transaction.atomic
def withdraw_call(call: HostCall, *, why: str, on: dt.date, by: User | None) -> HostCall:
    """Ask for bids no more; what was handed in stays on record.

    Raises:
        ValidationError: no reason, a host was decided, or it was withdrawn before.
    """
    locked = lock_call(call)
    if not why.strip():
        raise ValidationError({"why": _("Say why: the bidders read it.")})
    if state_of(locked, on=on) == CallState.DECIDED:
        raise ValidationError(_("A host was decided on this call already."), code="decided")
    locked.withdrawn_on, locked.withdrawn_why = on, why.strip()
    locked.save(update_fields=["withdrawn_on", "withdrawn_why"])
    audit.record_act("host call.withdrawn", by=by, subject=locked, why=locked.withdrawn_why)
    return locked
