"""What follows from a decision: steps of applications, notices, letters and mails."""

import datetime as dt
from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from members.cases import Case
from members.correspondence import say_day, write_to_member
from members.history import first_dues_year
from members.leaving import acknowledge_notice, let_leave
from members.letters import write_letter
from members.lifecycle import LONGEST_REASON
from members.models import (
    ApplicationState,
    Body,
    DecisionItem,
    LetterKind,
    Outcome,
    User,
)
from members.policies import Policies
from members.steps import record_step
from wego import questions

MAILS: dict[str, str] = {
    Outcome.APPROVE: "decision_approved",
    Outcome.REJECT: "decision_rejected",
    Outcome.DEFER: "decision_deferred",
    Outcome.SUSPEND: "suspended",
    Outcome.LIFT: "suspension_lifted",
    Outcome.EXPEL: "expelled",
}


def say_source(item: DecisionItem) -> str:
    """Why a line of the history holds: meeting, reference, and the reason as far as it fits."""
    words = f"{item.decision.meeting}, {item.decision.reference}"
    words = f"{words}: {item.reason}" if item.reason else words
    return words if len(words) <= LONGEST_REASON else f"{words[: LONGEST_REASON - 1]}…"


def follow_approval(
    case: Case, item: DecisionItem, policies: Policies, on: dt.date, by: User | None
) -> None:
    """The application ends well; letter of approval, certificate, and the mail with the letter."""
    member = case.member
    if case.application:
        record_step(
            case.application,
            ApplicationState.APPROVED,
            on=item.effective_on,
            reason=say_source(item),
            by=by,
        )
    letter, _certificate = (
        write_letter(kind, member=member, item=item, language=member.language, on=on, by=by)
        for kind in (LetterKind.APPROVAL, LetterKind.CERTIFICATE)
    )
    facts = decision_facts(item) | {
        "full_since": say_day(item.effective_on, member.language),
        "first_dues_year": str(first_dues_year(item.effective_on, policies.first_dues)),
    }
    write_to_member(MAILS[item.outcome], member, facts, letter=letter)


def follow_rejection(
    case: Case, item: DecisionItem, _policies: Policies, on: dt.date, by: User | None
) -> None:
    """The application ends badly (A14): letter and mail; the applicant may apply again."""
    member = case.member
    if case.application:
        record_step(
            case.application,
            ApplicationState.REJECTED,
            on=item.effective_on,
            reason=say_source(item),
            by=by,
        )
    letter = write_letter(
        LetterKind.REJECTION,
        member=member,
        application=case.application,
        item=item,
        language=member.language,
        on=on,
        by=by,
    )
    write_to_member(MAILS[item.outcome], member, decision_facts(item), letter=letter)


def follow_deferral(
    case: Case, item: DecisionItem, _policies: Policies, _on: dt.date, _by: User | None
) -> None:
    """The application goes to the EXCOM of the year after the one that deferred it (S3, C4)."""
    year = item.decision.decided_on.year + 1
    aim_at(item, year)
    facts = decision_facts(item) | {"next_year": str(year)}
    write_to_member(MAILS[item.outcome], case.member, facts)


def aim_at(item: DecisionItem, year: int) -> None:
    """Send the application of an item to the EXCOM of a year."""
    if item.application:
        item.application.target_excom_year = year
        item.application.save(update_fields=["target_excom_year", "saved_at"])


def tell_outcome(
    case: Case, item: DecisionItem, _policies: Policies, _on: dt.date, _by: User | None
) -> None:
    """Tell the member what was decided."""
    write_to_member(MAILS[item.outcome], case.member, decision_facts(item))


def follow_noting(
    case: Case, item: DecisionItem, _policies: Policies, on: dt.date, by: User | None
) -> None:
    """Noting a notice acknowledges it; where the notice waits for its day, this is the day."""
    notice = case.notice
    if notice is None:
        return
    if notice.effective_on is None:
        notice.effective_on = item.effective_on
        if not notice.acknowledged_on:
            notice.acknowledged_on, notice.acknowledged_by = on, by
        notice.save(update_fields=["effective_on", "acknowledged_on", "acknowledged_by"])
        let_leave(notice, case.member, item=item, on=on, by=by)
    elif not notice.acknowledged_on:
        acknowledge_notice(notice, on=on, by=by)


def follow_waiver(
    _case: Case, item: DecisionItem, _policies: Policies, on: dt.date, by: User | None
) -> None:
    """Whoever keeps the books carries it out, in the same transaction (S17)."""
    questions.ask("waiver decided", item, on=on, by=by)


Effect = Callable[[Case, DecisionItem, Policies, dt.date, User | None], None]
EFFECTS: dict[str, Effect] = {
    Outcome.APPROVE: follow_approval,
    Outcome.REJECT: follow_rejection,
    Outcome.DEFER: follow_deferral,
    Outcome.SUSPEND: tell_outcome,
    Outcome.LIFT: tell_outcome,
    Outcome.EXPEL: tell_outcome,
    Outcome.NOTE: follow_noting,
    Outcome.WAIVE: follow_waiver,
}


def decision_facts(item: DecisionItem) -> dict[str, str]:
    """What every mail about a decision says, in the member's language."""
    language = item.member.language
    with translation.override(language):
        body = str(Body(item.decision.body).label)
        unsaid = _("No reason is recorded with the decision.")
    quiet = item.outcome in {Outcome.APPROVE, Outcome.LIFT}
    return {
        "body": body,
        "meeting": item.decision.meeting,
        "decided_on": say_day(item.decision.decided_on, language),
        "reason": item.reason or ("" if quiet else unsaid),
    }
