"""Written ballots between meetings (S31, P11): opened for some days, answered by city, then closed.

A written ballot is a meeting of its body held in writing: its items are the questions, its
delegations the cities asked, and what it resolves is confirmed like anything else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.meetings.agenda import add_item
from events.meetings.electorate import Voter, read_electorate
from events.meetings.inviting import invite
from events.meetings.majorities import Tally, is_carried, quorum_of
from events.meetings.quorum import Quorum
from events.meetings.resolving import Motion, Vote, write_resolution
from events.meetings.stages import Plan, last_stage, plan_meeting, record_stage
from events.models import (
    AgendaItem,
    AgendaKind,
    Choice,
    DelegationKind,
    Manner,
    Meeting,
    MeetingStage,
    MeetingState,
    Mode,
    Resolution,
    Verdict,
    WrittenAnswer,
)
from events.policies import MeetingPolicies, load_policies
from events.switches import WrittenRule
from members.models import Body, Member, User
from wego import audit


@dataclass(frozen=True)
class Question:
    """What a written ballot asks."""

    kind: str
    title_en: str
    title_ko: str = ""
    note: str = ""


@transaction.atomic
def open_ballot(
    *,
    body: str,
    name_en: str,
    name_ko: str = "",
    questions: Sequence[Question],
    voters: Sequence[Member],
    closes_on: dt.date,
    on: dt.date,
    by: User | None,
) -> Meeting:
    """Ask the cities of a body in writing, from today to the end of `closes_on`.

    Raises:
        ValidationError: not allowed, too few days, no question, or nobody to ask (S31).
    """
    policies = load_policies()
    if body != Body.EXCOM or policies.written != WrittenRule.EXCOM:
        raise ValidationError(
            _("Only EXCOM decides in writing, and only where S31 allows it."), code="not_allowed"
        )
    first = on + dt.timedelta(days=policies.written_days)
    if closes_on < first:
        raise ValidationError(
            _("A written ballot is open for %(days)s days at least: until %(day)s (S31).")
            % {"days": policies.written_days, "day": first.isoformat()},
            code="days",
        )
    if not questions:
        raise ValidationError(_("Write down what is asked."), code="question")
    plan = Plan(starts_on=on, ends_on=closes_on, mode=Mode.WRITTEN)
    meeting = plan_meeting(body=body, name_en=name_en, name_ko=name_ko, plan=plan, on=on, by=by)
    invite(meeting, members=voters, kind=DelegationKind.VOTING, on=on, by=by)
    for question in questions:
        add_item(
            meeting,
            kind=question.kind,
            title_en=question.title_en,
            title_ko=question.title_ko,
            note=question.note,
            by=by,
        )
    record_stage(meeting, MeetingState.CALLED, plan=plan, reason="", on=on, by=by)
    meeting.refresh_from_db()
    return meeting


@transaction.atomic
def answer_ballot(
    item: AgendaItem,
    member: Member,
    choice: str,
    *,
    source: str = "",
    on: dt.date,
    by: User | None,
) -> WrittenAnswer:
    """A city's answer on one item: one, and it stays.

    Raises:
        ValidationError: the ballot is not open, the city has no vote in it, or has answered.
    """
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    )
    refuse_closed(item.meeting, on)
    if choice not in Choice.values:
        raise ValidationError(_("Choose one of the answers."), code="unknown")
    voters = {voter.member.pk: voter for voter in read_electorate(item.meeting, on=on)}
    voter = voters.get(member.pk)
    if voter is None or not voter.may:
        raise ValidationError(
            voter.why if voter else _("%(who)s has no vote in this meeting.") % {"who": member},
            code="no_vote",
        )
    if item.written_answers.filter(member=member).exists():
        raise ValidationError(
            _("%(member)s has answered already; the first answer counts.") % {"member": member},
            code="answered",
        )
    answer = WrittenAnswer.objects.create(
        item=item,
        member=member,
        choice=choice,
        answered_on=on,
        source=source.strip(),
        recorded_by=by,
    )
    audit.record_act(
        "ballot.answered",
        by=by,
        subject=item.meeting,
        file=member,
        facts={"item": item.title_en, "choice": choice},
    )
    return answer


def refuse_closed(meeting: Meeting, on: dt.date) -> None:
    """A written ballot, within its days."""
    stage = last_stage(meeting)
    if stage.mode != Mode.WRITTEN:
        raise ValidationError(_("This is no written ballot."), code="not_written")
    if stage.state != MeetingState.CALLED or not is_open(stage, on):
        raise ValidationError(
            _("The ballot “%(meeting)s” is closed.") % {"meeting": meeting}, code="closed"
        )


def is_open(stage: MeetingStage, on: dt.date) -> bool:
    """Whether answers are taken on a day."""
    return bool(stage.starts_on and stage.ends_on and stage.starts_on <= on <= stage.ends_on)


@transaction.atomic
def close_ballot(
    meeting: Meeting, *, reference: str, on: dt.date, by: User | None
) -> list[Resolution]:
    """Count the answers and record what was resolved, item by item, with the roll of the answers.

    After its last day; earlier only when everybody has answered everything. Too few answers are no
    quorum: it is recorded, and can never be confirmed.

    Raises:
        ValidationError: it is still open, no ballot, or closed already.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    stage = last_stage(meeting)
    if stage.mode != Mode.WRITTEN or stage.state != MeetingState.CALLED:
        raise ValidationError(
            _("The ballot “%(meeting)s” is closed.") % {"meeting": meeting}, code="closed"
        )
    policies, day = load_policies(), min(on, stage.ends_on or on)
    voters = read_electorate(meeting, on=day)
    items = list(meeting.items.order_by("position"))
    answers = {item.pk: list(item.written_answers.select_related("member")) for item in items}
    entitled = sum(voter.may for voter in voters)
    complete = all(len(found) >= entitled for found in answers.values())
    if stage.ends_on and on <= stage.ends_on and not complete:
        raise ValidationError(
            _("The ballot is open until %(day)s, and not everybody has answered.")
            % {"day": stage.ends_on.isoformat()},
            code="open",
        )
    found = [
        settle(item, answers[item.pk], voters, policies, reference=reference, day=day, by=by)
        for item in items
    ]
    plan = replace(Plan(stage.starts_on, day, mode=Mode.WRITTEN))
    record_stage(meeting, MeetingState.HELD, plan=plan, reason="", on=on, by=by)
    return found


def settle(
    item: AgendaItem,
    answers: Sequence[WrittenAnswer],
    voters: list[Voter],
    policies: MeetingPolicies,
    *,
    reference: str,
    day: dt.date,
    by: User | None,
) -> Resolution:
    """What the answers on one item amount to."""
    roll = [(answer.member, answer.choice) for answer in answers]
    choices = [choice for _member, choice in roll]
    tally = Tally(*(choices.count(each) for each in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)))
    entitled = sum(voter.may for voter in voters)
    statute = item.kind == AgendaKind.STATUTE
    carried = is_carried(tally, entitled=entitled, policies=policies, is_statute=statute)
    quorum = Quorum(
        voters,
        [member for member, _choice in roll],
        needed=quorum_of(entitled, policies, is_statute=statute),
    )
    motion = Motion(
        verdict=Verdict.APPROVE if carried else Verdict.REJECT,
        vote=Vote(Manner.ROLL_CALL, roll=roll),
        resolved_on=day,
        reference=f"{reference.strip() or _('written ballot')}, {item.position}",
    )
    return write_resolution(item, motion, tally, quorum, policies, by=by)
