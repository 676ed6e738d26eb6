"""What a resolution on the next hosts does: the host it names is selected or confirmed (C16).

An item of the agenda says which meeting's host it is about. The resolution's lines name the host;
without lines an approval takes the one host that the item proposes.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.hosts import HostChoice, Sitting, decide_host, host_in_force, release_host
from events.models import (
    AgendaItem,
    AgendaKind,
    HostBid,
    HostProposal,
    LineOutcome,
    Meeting,
    Resolution,
    ResolutionLine,
    Verdict,
)
from members.models import User
from wego import audit

NAMING = (LineOutcome.SELECT, LineOutcome.CONFIRM)


@transaction.atomic
def propose_host(
    item: AgendaItem, meeting: Meeting, choice: HostChoice | None = None, *, by: User | None
) -> HostProposal:
    """Say which meeting's host an item is about, and who is proposed if one alone is.

    Raises:
        ValidationError: the item is about something else, or a bid for another meeting.
    """
    if item.kind != AgendaKind.HOSTS:
        raise ValidationError(
            _("A host is proposed under an item on the next hosts."), code="other_item"
        )
    bid = choice.bid if choice else None
    if bid and bid.call.meeting_id != meeting.pk:
        raise ValidationError(_("This bid is for another meeting."), code="other_meeting")
    proposal, _made = HostProposal.objects.update_or_create(
        item=item,
        defaults={
            "meeting": meeting,
            "bid": bid,
            "member": choice.member if choice and not bid else None,
        },
    )
    audit.record_act("host.proposed", by=by, subject=proposal)
    return proposal


def take_effect(resolution: Resolution, *, on: dt.date, by: User | None) -> None:
    """Make the host that a confirmed resolution names the host; a correction takes back first.

    Raises:
        ValidationError: the item does not say which meeting, or the host cannot be decided.
    """
    proposal = HostProposal.objects.filter(item=resolution.item).select_related("meeting").first()
    choice = find_choice(resolution, proposal) if proposal else None
    sitting = Sitting(
        resolution.item.meeting.body, resolution.resolved_on, resolution.reference, resolution
    )
    if choice is None:
        take_back(resolution, sitting, on=on, by=by)
    elif proposal:
        reason = resolution.note or _("Decided anew: %(reference)s") % {
            "reference": resolution.reference
        }
        decide_host(proposal.meeting, choice, sitting, reason=reason, on=on, by=by)


def take_back(resolution: Resolution, sitting: Sitting, *, on: dt.date, by: User | None) -> None:
    """A correction that names no host lets go of the one that the corrected resolution made."""
    if resolution.corrects is None:
        return
    for made in resolution.corrects.host_decisions.select_related("meeting"):
        if host_in_force(made.meeting) == made:
            reason = resolution.note or resolution.reference
            release_host(made.meeting, sitting, reason=reason, on=on, by=by)


def find_choice(resolution: Resolution, proposal: HostProposal) -> HostChoice | None:
    """The host that a resolution names; None when it names none."""
    for line in resolution.lines.filter(outcome__in=NAMING).select_related("member"):
        return choice_of(line, proposal.meeting)
    if resolution.verdict != Verdict.APPROVE:
        return None
    if proposal.bid or proposal.member:
        return HostChoice(proposal.bid, proposal.member)
    raise ValidationError(_("Say which city is chosen: the item leaves it open."), code="no_host")


def choice_of(line: ResolutionLine, meeting: Meeting) -> HostChoice:
    """A line's city with its standing bid, if it bid.

    Raises:
        ValidationError: it is named in words and no such local government bid.
    """
    bids = HostBid.objects.filter(
        call__meeting=meeting, submitted_on__isnull=False, withdrawn_on__isnull=True
    ).select_related("call", "member")
    if line.member:
        return HostChoice(bids.filter(member=line.member).last(), line.member)
    bid = bids.filter(member__isnull=True, name_en__iexact=line.about.strip()).last()
    if bid is None:
        raise ValidationError(
            _("No local government called %(name)s bid for this meeting.") % {"name": line.about},
            code="unknown_city",
        )
    return HostChoice(bid)
