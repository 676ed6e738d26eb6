"""What a meeting resolves on an item (R11-R13): recorded with its votes, never edited (X09).

A resolution is a record; it has an effect once it is confirmed (`events.confirming`), and it can be
confirmed only when the quorum held. One recorded wrongly is corrected by a later one that says
which.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.meetings.majorities import Tally, is_carried, quorum_of
from events.meetings.quorum import Quorum, count_quorum
from events.meetings.stages import last_stage
from events.models import (
    AgendaItem,
    AgendaKind,
    Choice,
    Manner,
    MeetingStage,
    MeetingState,
    NamedVote,
    Resolution,
    ResolutionLine,
    Verdict,
)
from events.policies import MeetingPolicies, load_policies
from members.models import Member, User
from wego import audit

# What is decided by a vote; deferring and noting may do without.
BY_VOTE = (Verdict.APPROVE, Verdict.REJECT)


@dataclass(frozen=True)
class Ruling:
    """What is resolved of one organisation: a member, or another one by name in `about`."""

    outcome: str
    member: Member | None = None
    about: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Vote:
    """How it was voted: counted, unanimous, without a vote, or by name (`roll`)."""

    manner: str
    tally: Tally | None = None
    roll: Sequence[tuple[Member, str]] = ()


@dataclass(frozen=True)
class Motion:
    """What is to be recorded on an item; days are Seoul calendar dates."""

    verdict: str
    vote: Vote
    resolved_on: dt.date
    reference: str
    effective_on: dt.date | None = None
    rulings: Sequence[Ruling] = field(default_factory=tuple)
    note: str = ""
    corrects: Resolution | None = None


@transaction.atomic
def resolve_item(item: AgendaItem, motion: Motion, *, on: dt.date, by: User | None) -> Resolution:
    """Record what a meeting resolved on an item, with the voters as they are counted now.

    Without a quorum it is recorded all the same, and can never be confirmed.

    Raises:
        ValidationError: not in this meeting's days, votes that cannot be, a majority that was not
            reached, or something that stands on record already.
    """
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    )
    stage, policies = last_stage(item.meeting), load_policies()
    refuse_day(stage, motion, on)
    quorum = count_quorum(item.meeting, on=motion.resolved_on, policies=policies)
    tally = tally_of(motion, quorum)
    refuse_result(item, motion, tally, quorum, policies)
    refuse_standing(item, motion)
    return write_resolution(item, motion, tally, quorum, policies, by=by)


def refuse_day(stage: MeetingStage, motion: Motion, on: dt.date) -> None:
    """A meeting resolves on its own days, which have come."""
    if stage.state == MeetingState.CANCELLED:
        raise ValidationError(
            _("%(meeting)s was cancelled: it resolved nothing.") % {"meeting": stage.meeting},
            code="off",
        )
    if stage.starts_on is None or motion.resolved_on < stage.starts_on:
        raise ValidationError(
            _("%(day)s is before the meeting begins.") % {"day": motion.resolved_on.isoformat()},
            code="before",
        )
    if motion.resolved_on > on:
        raise ValidationError(
            _("%(day)s is still to come: record what was decided, afterwards.")
            % {"day": motion.resolved_on.isoformat()},
            code="future",
        )
    last = stage.ends_on or stage.starts_on
    if motion.resolved_on > last and motion.corrects is None:
        raise ValidationError(
            _("The meeting ended on %(day)s.") % {"day": last.isoformat()}, code="after"
        )


def tally_of(motion: Motion, quorum: Quorum) -> Tally | None:
    """The votes of a motion; None without a vote.

    Raises:
        ValidationError: they cannot be.
    """
    vote = motion.vote
    if vote.manner == Manner.NO_VOTE:
        if motion.verdict in BY_VOTE:
            raise ValidationError(
                _("Say how it was voted: unanimously, by a count or by roll call."), code="vote"
            )
        return None
    if vote.manner == Manner.UNANIMOUS:
        return Tally(quorum.represented, 0)
    if vote.manner == Manner.ROLL_CALL:
        return tally_roll(vote, quorum)
    if vote.tally is None:
        raise ValidationError(_("Enter the votes for, against and abstaining."), code="votes")
    if vote.tally.total > quorum.represented:
        raise ValidationError(
            _("%(votes)s votes were entered, and %(there)s cities are there or represented.")
            % {"votes": vote.tally.total, "there": quorum.represented},
            code="too_many",
        )
    return vote.tally


def tally_roll(vote: Vote, quorum: Quorum) -> Tally:
    """A roll call counted: each city once, and only those whose vote can be given (S27)."""
    may, seen = {member.pk for member in quorum.may_cast}, set()
    for member, choice in vote.roll:
        if member.pk not in may:
            raise ValidationError(
                _("%(member)s has no vote here, or is neither there nor represented.")
                % {"member": member},
                code="no_vote",
            )
        if member.pk in seen or choice not in Choice.values:
            raise ValidationError(
                _("%(member)s stands twice in the roll.") % {"member": member}, code="twice"
            )
        seen.add(member.pk)
    if not seen:
        raise ValidationError(_("Enter the votes of the roll call."), code="votes")
    choices = [choice for _member, choice in vote.roll]
    return Tally(*(choices.count(each) for each in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))


def refuse_result(
    item: AgendaItem,
    motion: Motion,
    tally: Tally | None,
    quorum: Quorum,
    policies: MeetingPolicies,
) -> None:
    """The verdict is what the votes say (S29)."""
    if motion.verdict not in BY_VOTE or tally is None:
        return
    statute = item.kind == AgendaKind.STATUTE
    carried = is_carried(tally, entitled=quorum.entitled, policies=policies, is_statute=statute)
    facts = {"for": tally.votes_for, "against": tally.votes_against}
    if motion.verdict == Verdict.APPROVE and not carried and tally.total:
        raise ValidationError(
            _(
                "%(for)s for and %(against)s against are not the two thirds the statute asks for "
                "(S29)."
            )
            % facts
            if statute
            else _("%(for)s for and %(against)s against are no majority (S29).") % facts,
            code="majority",
        )
    if motion.verdict == Verdict.REJECT and carried and motion.vote.manner != Manner.UNANIMOUS:
        raise ValidationError(
            _("%(for)s for and %(against)s against carry the motion: it is approved (S29).")
            % facts,
            code="carried",
        )


def refuse_standing(item: AgendaItem, motion: Motion) -> None:
    """What stands on record is corrected, never recorded beside; each member once (X09)."""
    corrected = motion.corrects
    if corrected is not None:
        if corrected.item_id != item.pk:
            raise ValidationError(_("That resolution is on another item."), code="other_item")
        if Resolution.objects.filter(corrects=corrected).exists():
            raise ValidationError(
                _("This is corrected already: correct the later resolution instead."),
                code="corrected",
            )
        if not motion.note.strip():
            raise ValidationError(_("Say what was wrong."), code="note")
    if not motion.reference.strip():
        raise ValidationError(_("Enter the reference, for example: item 3."), code="reference")
    standing = item.resolutions.standing()
    if corrected is not None:
        standing = standing.exclude(pk=corrected.pk)
    lines = ResolutionLine.objects.filter(resolution__in=standing, member__isnull=False)
    decided = dict(lines.values_list("member", "member__name_en"))
    asked = [ruling.member for ruling in motion.rulings if ruling.member]
    for member in asked:
        if member.pk in decided:
            raise ValidationError(
                _("%(member)s is decided on already in this item: correct that resolution.")
                % {"member": member},
                code="decided",
            )
    if standing.exists() and not asked:
        raise ValidationError(
            _("“%(item)s” is decided on already: correct that resolution.")
            % {"item": item.title_en},
            code="decided",
        )


def write_resolution(
    item: AgendaItem,
    motion: Motion,
    tally: Tally | None,
    quorum: Quorum,
    policies: MeetingPolicies,
    *,
    by: User | None,
) -> Resolution:
    """The rows, and the entry of the trail."""
    counted = tally or Tally(0, 0)
    has_votes = tally is not None
    resolution = Resolution.objects.create(
        item=item,
        verdict=motion.verdict,
        manner=motion.vote.manner,
        votes_for=counted.votes_for if has_votes else None,
        votes_against=counted.votes_against if has_votes else None,
        abstentions=counted.abstentions if has_votes else None,
        entitled=quorum.entitled,
        represented=quorum.represented,
        quorum=quorum_of(quorum.entitled, policies, is_statute=item.kind == AgendaKind.STATUTE),
        resolved_on=motion.resolved_on,
        effective_on=motion.effective_on or motion.resolved_on,
        reference=motion.reference.strip(),
        note=motion.note.strip(),
        corrects=motion.corrects,
        recorded_by=by,
    )
    ResolutionLine.objects.bulk_create(
        ResolutionLine(
            resolution=resolution,
            member=ruling.member,
            outcome=ruling.outcome,
            about=ruling.about.strip(),
            reason=ruling.reason.strip(),
        )
        for ruling in motion.rulings
    )
    NamedVote.objects.bulk_create(
        NamedVote(
            resolution=resolution,
            member=member,
            choice=choice,
            cast_by=quorum.by_proxy.get(member),
        )
        for member, choice in motion.vote.roll
    )
    audit.record_act(
        "resolution.corrected" if motion.corrects else "resolution.recorded",
        by=by,
        subject=item.meeting,
        why=motion.note.strip(),
        facts={
            "item": item.title_en,
            "verdict": motion.verdict,
            "votes": [counted.votes_for, counted.votes_against, counted.abstentions]
            if has_votes
            else [],
            "there": [resolution.represented, resolution.quorum],
        },
    )
    return resolution
