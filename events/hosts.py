"""Who hosts a meeting: decided by a body, confirmed by the Assembly, decided anew (C7, C16).

EXCOM selects the host of an assembly and the Assembly confirms it; the host of an EXCOM is settled
by whichever body decides (R12, R15). Between meetings EXCOM decides by written ballot (P11). The
Executive Vice President follows the confirmed host of the next assembly (P3).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import HostBid, HostDecision, HostStep, Meeting, MeetingState, Resolution
from members.history import ENDINGS
from members.mandate import standing_of
from members.models import Body, Member, User
from wego import audit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True)
class HostChoice:
    """The host that is decided on: a bid, or without one a member."""

    bid: HostBid | None = None
    member: Member | None = None

    @property
    def host(self) -> Member | None:
        """The member; None for a local government that is none."""
        return self.bid.member if self.bid else self.member

    @property
    def city(self) -> str:
        """The name of a host that is no member."""
        return self.bid.name_en if self.bid and not self.bid.member_id else ""

    @property
    def name(self) -> StrOrPromise:
        """The host's name in the reader's language."""
        return str(self.bid or self.member or "")


@dataclass(frozen=True)
class Sitting:
    """Which body decided, when and where it is recorded; the resolution when a meeting did."""

    body: str
    decided_on: dt.date
    reference: str
    resolution: Resolution | None = None


def latest_decision(meeting: Meeting, *, on: dt.date | None = None) -> HostDecision | None:
    """The last decision on a meeting's host, up to a day when one is given."""
    found = HostDecision.objects.filter(meeting=meeting).select_related("member", "bid")
    if on is not None:
        found = found.filter(decided_on__lte=on)
    return found.order_by("-decided_on", "-pk").first()


def host_in_force(meeting: Meeting, *, on: dt.date | None = None) -> HostDecision | None:
    """The decision that names the host, selected or confirmed; None when nobody is host (C7)."""
    decision = latest_decision(meeting, on=on)
    return decision if decision and decision.step != HostStep.RELEASED else None


def confirmed_host(meeting: Meeting, *, on: dt.date | None = None) -> HostDecision | None:
    """The same, only once it is confirmed: the Executive Vice President follows this one (P3)."""
    decision = host_in_force(meeting, on=on)
    return decision if decision and decision.step == HostStep.CONFIRMED else None


@transaction.atomic
def decide_host(
    meeting: Meeting,
    choice: HostChoice,
    sitting: Sitting,
    *,
    reason: str = "",
    on: dt.date,
    by: User | None,
) -> HostDecision:
    """Record that a body chose or confirmed a host.

    Another host than the one in force replaces it, which wants a reason (C7).

    Raises:
        ValidationError: the meeting is over, the day lies ahead, the bid cannot win, the same was
            decided already, or a host is replaced without a reason.
    """
    locked = lock_open_meeting(meeting)
    refuse_sitting(sitting, on)
    refuse_choice(locked, choice, sitting.decided_on)
    step = step_of(locked, sitting.body)
    before = latest_decision(locked)
    refuse_backdated(before, sitting)
    replaced = before if before and names_another(before, choice) else None
    if before and not replaced and before.step in {step, HostStep.CONFIRMED}:
        raise ValidationError(
            _("%(host)s is host already: nothing is to be decided.") % {"host": choice.name},
            code="decided",
        )
    if replaced and replaced.step != HostStep.RELEASED and not reason.strip():
        raise ValidationError(
            _("%(host)s is host until now: say why another city takes its place.")
            % {"host": replaced.host},
            code="reason",
        )
    return write_decision(
        locked,
        step=step,
        choice=choice,
        sitting=sitting,
        reason=reason,
        replaced=replaced,
        by=by,
    )


@transaction.atomic
def release_host(
    meeting: Meeting, sitting: Sitting, *, reason: str, on: dt.date, by: User | None
) -> HostDecision:
    """Record that the host in force is host no more, and nobody is yet in its place.

    Raises:
        ValidationError: nobody is host, no reason is given, or the meeting is over.
    """
    locked = lock_open_meeting(meeting)
    refuse_sitting(sitting, on)
    before = host_in_force(locked)
    refuse_backdated(before, sitting)
    if before is None:
        raise ValidationError(_("Nobody is host: there is nobody to let go."), code="nobody")
    if not reason.strip():
        raise ValidationError(_("Say why the host is let go."), code="reason")
    return write_decision(
        locked,
        step=HostStep.RELEASED,
        choice=HostChoice(),
        sitting=sitting,
        reason=reason,
        replaced=before,
        by=by,
    )


def write_decision(
    meeting: Meeting,
    *,
    step: str,
    choice: HostChoice,
    sitting: Sitting,
    reason: str,
    replaced: HostDecision | None,
    by: User | None,
) -> HostDecision:
    """The row, and its entry on the trail."""
    decision = HostDecision.objects.create(
        meeting=meeting,
        step=step,
        member=choice.host,
        city=choice.city,
        bid=choice.bid,
        body=sitting.body,
        decided_on=sitting.decided_on,
        reference=sitting.reference.strip(),
        resolution=sitting.resolution,
        reason=reason.strip(),
        supersedes=replaced,
        recorded_by=by,
    )
    audit.record_act(
        "host.decided",
        by=by,
        subject=decision,
        file=choice.host,
        why=decision.reason or decision.reference,
        facts={"step": step, "host": [str(replaced.host) if replaced else "", str(choice.name)]},
    )
    return decision


def step_of(meeting: Meeting, body: str) -> HostStep:
    """What a body's decision amounts to: EXCOM selects for an assembly, else it is final (C16)."""
    selects = meeting.body == Body.ASSEMBLY and body == Body.EXCOM
    return HostStep.SELECTED if selects else HostStep.CONFIRMED


def names_another(before: HostDecision, choice: HostChoice) -> bool:
    """Whether a choice is not the host of an earlier decision."""
    return (before.member, before.city) != (choice.host, choice.city)


def lock_open_meeting(meeting: Meeting) -> Meeting:
    """The meeting, held until the transaction ends, if its host can still be decided.

    Raises:
        ValidationError: it was held or cancelled.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    locked = Meeting.objects.with_stage().get(pk=meeting.pk)
    if getattr(locked, "state", None) in OVER:
        raise ValidationError(
            _("%(meeting)s is over or cancelled: its host is decided no more.")
            % {"meeting": locked},
            code="over",
        )
    return locked


def refuse_sitting(sitting: Sitting, on: dt.date) -> None:
    """A decision is of a known body, of a day that has come, and recorded somewhere.

    Raises:
        ValidationError: it is not.
    """
    if sitting.body not in Body.values:
        raise ValidationError(_("Choose the body that decided."), code="body")
    if sitting.decided_on > on:
        raise ValidationError(
            _("The decision cannot lie ahead: %(day)s.")
            % {"day": date_format(sitting.decided_on, "DATE_FORMAT")},
            code="future",
        )
    if not sitting.reference.strip():
        raise ValidationError(
            _("Say where the decision is recorded, for example: EXCOM 2019, item 5."),
            code="reference",
        )


def refuse_backdated(before: HostDecision | None, sitting: Sitting) -> None:
    """Decisions on one host are recorded in the order in which they were taken.

    Raises:
        ValidationError: a later one stands already.
    """
    if before and sitting.decided_on < before.decided_on:
        raise ValidationError(
            _("On %(day)s it was decided on the host again: an earlier decision changes nothing.")
            % {"day": date_format(before.decided_on, "DATE_FORMAT")},
            code="order",
        )


def refuse_choice(meeting: Meeting, choice: HostChoice, on: dt.date) -> None:
    """Who is chosen can host: a bid of this call in time and not withdrawn, or a member.

    Raises:
        ValidationError: it cannot.
    """
    if choice.bid is None and choice.member is None:
        raise ValidationError(_("Choose a host."), code="host")
    if choice.bid:
        refuse_bid(meeting, choice.bid, on)
    if choice.host and standing_of(choice.host, on).status in {"", *ENDINGS}:
        raise ValidationError(
            _("%(member)s is no member on that day.") % {"member": choice.host}, code="no_member"
        )


def refuse_bid(meeting: Meeting, bid: HostBid, on: dt.date) -> None:
    """A bid can win once it was handed in and the deadline has passed.

    Raises:
        ValidationError: it is another meeting's, withdrawn, or not handed in, or more may come.
    """
    if bid.call.meeting_id != meeting.pk:
        raise ValidationError(_("This bid is for another meeting."), code="other_meeting")
    if bid.withdrawn_on or not bid.submitted_on:
        raise ValidationError(
            _("%(city)s has no bid that stands: it was withdrawn, or never handed in.")
            % {"city": bid},
            code="no_bid",
        )
    if on <= bid.call.deadline_on:
        raise ValidationError(
            _("Bids may still come in until %(day)s: decide afterwards.")
            % {"day": date_format(bid.call.deadline_on, "DATE_FORMAT")},
            code="open_call",
        )
