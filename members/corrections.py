"""Correcting a decision that was recorded wrongly, by a later one (X09)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from members.cases import Sitting
from members.correspondence import write_to_member
from members.effects import aim_at, decision_facts, say_source
from members.lifecycle import lock, take_back_entry
from members.models import (
    ApplicationState,
    Decision,
    DecisionItem,
    Member,
    Outcome,
    User,
    WithdrawalNotice,
)
from members.rulings import BESIDE, refuse_sitting
from members.steps import lock_application, record_step
from wego import audit, questions


@transaction.atomic
def reverse_item(
    item: DecisionItem,
    *,
    body: str,
    decided_on: dt.date,
    meeting: str,
    reference: str,
    reason: str,
    by: User | None,
    on: dt.date,
) -> DecisionItem:
    """Correct a decision that was recorded wrongly, by an item of a later one (X09).

    The status goes back from its own day, the application to where it was; nothing is deleted, and
    letters and invoices that went out stay what they are.

    Raises:
        ValidationError: corrected already, a correction itself, or later ones stand on it.
    """
    member = lock(item.member)
    meeting, reference, reason = meeting.strip(), reference.strip(), reason.strip()
    refuse_sitting(Sitting(body, decided_on), {"meeting": meeting, "reference": reference}, on)
    refuse_reversal(item, member, decided_on, reason)
    correction = DecisionItem.objects.create(
        decision=Decision.objects.create(
            body=body,
            decided_on=decided_on,
            meeting=meeting,
            reference=reference,
            recorded_by=by,
        ),
        member=member,
        outcome=Outcome.REVERSE,
        effective_on=item.effective_on,
        reason=reason,
        application=item.application,
        proceeding=item.proceeding,
        reverses=item,
    )
    # The first line of an item; lines it carried on to later days follow it back.
    if entry := item.status_entries.select_related("member").first():
        take_back_entry(entry, reason=say_source(correction), by=by, item=correction)
    restore(item, correction, by=by)
    audit.record_act(
        "decision.corrected",
        by=by,
        subject=item.decision,
        file=member,
        why=reason,
        facts={"outcome": item.outcome, "from": item.effective_on.isoformat()},
    )
    with translation.override(member.language):
        outcome = str(Outcome(item.outcome).label)
    write_to_member("decision_corrected", member, decision_facts(correction) | {"outcome": outcome})
    return correction


def refuse_reversal(item: DecisionItem, member: Member, decided_on: dt.date, reason: str) -> None:
    """A correction is of something that stands, comes later, and says why."""
    if item.outcome == Outcome.REVERSE or DecisionItem.objects.filter(reverses=item).exists():
        raise ValidationError(
            _("This is corrected already: record a new decision on %(member)s instead.")
            % {"member": member},
            code="reversed",
        )
    if not reason:
        raise ValidationError(_("Say what was wrong."), code="reason")
    if decided_on < item.decision.decided_on:
        raise ValidationError(
            _("A correction cannot be decided before %(day)s, the day of what it corrects.")
            % {"day": item.decision.decided_on.isoformat()},
            code="before_decision",
        )
    later = DecisionItem.objects.standing().filter(member=member, pk__gt=item.pk)
    if other := later.exclude(outcome__in=BESIDE).select_related("decision").last():
        raise ValidationError(
            _("A later decision on %(member)s stands: “%(outcome)s” of %(day)s. Correct it first.")
            % {
                "member": member,
                "outcome": other.get_outcome_display(),
                "day": other.decision.decided_on.isoformat(),
            },
            code="stands_on_it",
        )


def restore(item: DecisionItem, correction: DecisionItem, *, by: User | None) -> None:
    """Put the application or the notice back to where it was before a decision."""
    if item.outcome == Outcome.NOTE and item.status_entries.exists():
        notices = WithdrawalNotice.objects.filter(
            member=item.member, taken_back_on__isnull=True, effective_on=item.effective_on
        )
        notices.update(effective_on=None)
    if item.outcome == Outcome.WAIVE:
        day, reason = correction.decision.decided_on, say_source(correction)
        questions.ask("waiver corrected", item, reason=reason, on=day, by=by)
    if item.application is None:
        return
    application = lock_application(item.application)
    if item.outcome == Outcome.DEFER:
        item.application = application
        aim_at(item, item.decision.decided_on.year)
    elif application.state != ApplicationState.ACCEPTED:
        record_step(
            application,
            ApplicationState.ACCEPTED,
            on=correction.decision.decided_on,
            reason=say_source(correction),
            by=by,
        )
