"""What a body may decide of a member, and from which day it holds (R4, R11, S2, S4, S12-S14).

Nothing is written here.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.cases import Case, Sitting
from members.history import next_change, status_on, status_since
from members.lifecycle import refuse_merged, words
from members.models import (
    Body,
    DecisionItem,
    Outcome,
    Proceeding,
    Status,
    WithdrawalNotice,
)
from members.policies import Policies
from members.switches import FullBy, FullOn

# Outcomes that stand beside another one of the same member in one decision.
BESIDE = frozenset({Outcome.WAIVE})


def judge(case: Case, sitting: Sitting, policies: Policies) -> dt.date:
    """The day from which a wish holds.

    Raises:
        ValidationError: it cannot be decided; the sentence names the member and what to do.
    """
    refuse_merged(case.member)
    allow = RULES.get(case.wish.outcome)
    if allow is None:
        raise case.refuse(_("%(member)s: choose what was decided."), "unknown")
    return allow(case, sitting, policies)


def full_day(how: str, sitting: Sitting) -> dt.date:
    """S4: the first day of full membership.

    Raises:
        ValidationError: the policy names a day that is not given.
    """
    if how == FullOn.DECISION:
        return sitting.decided_on
    if how == FullOn.MEETING_END and sitting.meeting_ended_on:
        return sitting.meeting_ended_on
    if how == FullOn.MEMORANDUM and sitting.memorandum_on:
        return sitting.memorandum_on
    raise ValidationError(
        _("Enter the last day of the meeting: full membership begins then (S4).")
        if how == FullOn.MEETING_END
        else _("Enter the date of the memorandum: full membership begins then (S4)."),
        code="day_missing",
    )


def is_provisional(sitting: Sitting, policies: Policies) -> bool:
    """Whether an approval of this body still awaits the General Assembly (S2)."""
    return policies.full_by == FullBy.BOTH and sitting.body == Body.EXCOM


def allow_approval(case: Case, sitting: Sitting, policies: Policies) -> dt.date:
    """R3, R4: an associate whose application was accepted, or a settled one of the roster."""
    require_associate(case, sitting, _("approved"))
    if case.notice and not case.notice.acknowledged_on:
        raise case.refuse(
            _("%(member)s has filed a notice of withdrawal: acknowledge it or take it back first."),
            "notice_stands",
        )
    require_body(case, sitting, policies)
    if is_provisional(sitting, policies):
        return sitting.decided_on
    day = full_day(policies.full_on, sitting)
    case.require(Status.FULL, day)
    return day


def require_body(case: Case, sitting: Sitting, policies: Policies) -> None:
    """S2: the right body approves, and where two do, in their order."""
    if policies.full_by == FullBy.EITHER:
        return
    if policies.full_by == FullBy.ASSEMBLY:
        if sitting.body != Body.ASSEMBLY:
            raise case.refuse(
                _("%(member)s: only the General Assembly approves full members (S2)."), "body"
            )
        return
    earlier = find_provisional(case, sitting.decided_on)
    if sitting.body == Body.EXCOM and earlier:
        raise case.refuse(
            _(
                "%(member)s was approved provisionally on %(day)s: "
                "now the General Assembly ratifies (S2)."
            ),
            "provisional",
            day=earlier.decision.decided_on.isoformat(),
        )
    if sitting.body == Body.ASSEMBLY and not earlier:
        raise case.refuse(
            _("%(member)s: the EXCOM approves first, then the General Assembly ratifies (S2)."),
            "body",
        )


def find_provisional(case: Case, on: dt.date) -> DecisionItem | None:
    """The EXCOM's approval of this time as an associate, not ratified yet."""
    since = status_since(case.lines, on) or on
    return next(
        (
            item
            for item in case.decided
            if item.outcome == Outcome.APPROVE and item.decision.decided_on >= since
        ),
        None,
    )


def require_associate(case: Case, sitting: Sitting, done: str) -> None:
    """Refuse to decide on the application of anybody who is no settled, accepted associate."""
    member, on = case.member, sitting.decided_on
    status = status_on(case.lines, on)
    wished = case.wish.application
    if not member.status_confirmed:
        raise case.refuse(
            _("The status of %(member)s is still to be confirmed: settle it first (C3)."),
            "unconfirmed",
        )
    accepted = case.application
    if wished is not None and (accepted is None or accepted.pk != wished.pk):
        raise case.refuse(
            _("Application %(reference)s of %(member)s does not wait for a decision."),
            "application",
            reference=wished.reference,
        )
    if accepted and accepted.accepted_on and on < accepted.accepted_on:
        raise case.refuse(
            _(
                "%(member)s was accepted on %(accepted)s only: "
                "it cannot be %(done)s on %(day)s, before that."
            ),
            "before_acceptance",
            accepted=accepted.accepted_on.isoformat(),
            done=done,
            day=on.isoformat(),
        )
    if status != Status.ASSOCIATE:
        raise case.refuse(
            _("%(member)s is %(status)s on %(day)s: only an associate can be %(done)s."),
            "no_associate",
            status=words(status) if status else _("not a member yet"),
            day=on.isoformat(),
            done=done,
        )


def allow_rejection(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """A14: an associate's application is turned down, and with it its membership."""
    require_associate(case, sitting, _("rejected"))
    case.require(Status.REJECTED, sitting.decided_on)
    return sitting.decided_on


def allow_deferral(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """S3, C4: an associate stays one until the next EXCOM."""
    require_associate(case, sitting, _("deferred"))
    if change := next_change(case.lines, sitting.decided_on):
        raise case.refuse(
            _("%(member)s is %(status)s from %(day)s: there is nothing to defer."),
            "decided",
            status=words(change.status),
            day=change.effective_on.isoformat(),
        )
    return sitting.decided_on


def allow_suspension(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """S12: a full member, by decision; a hearing that was opened is waited for."""
    proceeding = find_proceeding(case, Outcome.SUSPEND)
    if proceeding:
        require_hearing(case, proceeding, sitting)
    else:
        require_reason(case)
    case.require(Status.SUSPENDED, sitting.decided_on)
    return sitting.decided_on


def allow_lifting(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """A suspended member is full again."""
    status = status_on(case.lines, sitting.decided_on)
    if status != Status.SUSPENDED:
        raise case.refuse(
            _("%(member)s is not suspended on %(day)s: there is nothing to lift."),
            "not_suspended",
            day=sitting.decided_on.isoformat(),
        )
    case.require(Status.FULL, sitting.decided_on)
    return sitting.decided_on


def allow_expulsion(case: Case, sitting: Sitting, policies: Policies) -> dt.date:
    """S13: by the right body, after the member could be heard."""
    if sitting.body != policies.expelled_by:
        raise case.refuse(
            _("%(member)s: a member is expelled by the %(body)s (S13)."),
            "body",
            body=Body(policies.expelled_by).label,
        )
    proceeding = find_proceeding(case, Outcome.EXPEL)
    if proceeding is None:
        raise case.refuse(
            _("%(member)s: propose the expulsion first, so that the member can be heard (S13)."),
            "no_proceeding",
        )
    require_hearing(case, proceeding, sitting)
    case.require(Status.EXPELLED, sitting.decided_on)
    return sitting.decided_on


def find_proceeding(case: Case, outcome: str) -> Proceeding | None:
    """The open proposal that is decided on: the one named, else the one there is."""
    named = case.wish.proceeding
    found = [each for each in case.proceedings if each.outcome == outcome]
    if named is not None and named.pk not in {each.pk for each in found}:
        raise case.refuse(
            _("That proposal on %(member)s is dropped, decided on, or about something else."),
            "proceeding",
        )
    return next((each for each in found if named is None or each.pk == named.pk), None)


def require_hearing(case: Case, proceeding: Proceeding, sitting: Sitting) -> None:
    """A member is heard to the end (S13)."""
    if sitting.decided_on <= proceeding.heard_until:
        raise case.refuse(
            _("%(member)s may be heard until %(day)s: decide after that day (S13)."),
            "hearing",
            day=proceeding.heard_until.isoformat(),
        )


def allow_noting(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """R11, S14: a notice of withdrawal is deliberated; by policy, it takes effect."""
    notice = case.notice
    if notice is None or notice.received_on > sitting.decided_on:
        raise case.refuse(
            _("%(member)s has filed no notice of withdrawal by %(day)s: file it first."),
            "no_notice",
            day=sitting.decided_on.isoformat(),
        )
    if is_noted(notice, case.decided):
        raise case.refuse(_("The withdrawal of %(member)s is noted already."), "noted")
    if notice.effective_on is None or not notice.acknowledged_on:
        case.require(Status.WITHDRAWN, notice.effective_on or sitting.decided_on)
    return notice.effective_on or sitting.decided_on


def is_noted(notice: WithdrawalNotice, decided: Sequence[DecisionItem]) -> bool:
    """Whether a body has noted a notice since it came."""
    return any(
        item.outcome == Outcome.NOTE and item.decision.decided_on >= notice.received_on
        for item in decided
    )


def allow_waiver(case: Case, sitting: Sitting, _policies: Policies) -> dt.date:
    """S16: arrears are forgiven for a reason; no amount is moved here."""
    require_reason(case)
    return sitting.decided_on


def require_reason(case: Case) -> None:
    """Some decisions say why."""
    if not case.wish.reason.strip():
        raise case.refuse(_("%(member)s: give the reason for this decision."), "reason")


Rule = Callable[[Case, Sitting, Policies], dt.date]
RULES: dict[str, Rule] = {
    Outcome.APPROVE: allow_approval,
    Outcome.REJECT: allow_rejection,
    Outcome.DEFER: allow_deferral,
    Outcome.SUSPEND: allow_suspension,
    Outcome.LIFT: allow_lifting,
    Outcome.EXPEL: allow_expulsion,
    Outcome.NOTE: allow_noting,
    Outcome.WAIVE: allow_waiver,
}


def refuse_sitting(sitting: Sitting, facts: dict[str, Any], on: dt.date) -> None:
    """A decision has a meeting, a reference, and days that have come."""
    for name, longest in (("meeting", 200), ("reference", 120)):
        if not 0 < len(facts[name]) <= longest:
            raise ValidationError(
                _("Enter the meeting and the reference of the decision."), code="required"
            )
    if sitting.body not in Body.values:
        raise ValidationError(_("Choose the body that decided."), code="unknown")
    days = (sitting.decided_on, sitting.meeting_ended_on, sitting.memorandum_on)
    for day in filter(None, days):
        if day > on:
            raise ValidationError(
                _("%(day)s is still to come: record what was decided, afterwards.")
                % {"day": day.isoformat()},
                code="future",
            )
        if day < sitting.decided_on:
            raise ValidationError(
                _("%(day)s is before the decision.") % {"day": day.isoformat()},
                code="before_decision",
            )
