"""Decisions on members (R4, R11): recorded as one act, with everything that follows from them.

All or nothing: one wish that cannot be and none is recorded. A decision is never changed; one that
was recorded wrongly is corrected by a later one (`members.corrections`).
"""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.agenda import Waiting, waiting_members
from members.announcements import announce_statuses
from members.cases import Case, Sitting, Wish, load_cases
from members.corrections import reverse_item
from members.correspondence import find_recipients
from members.effects import EFFECTS, say_source
from members.history import status_on
from members.lifecycle import carry_on, facts_of
from members.models import (
    Decision,
    DecisionItem,
    Member,
    Outcome,
    Status,
    StatusEntry,
    User,
)
from members.policies import Policies, load_policies
from members.rulings import BESIDE, find_proceeding, is_provisional, judge, refuse_sitting
from wego import audit

__all__ = [
    "Waiting",
    "Wish",
    "find_unreachable",
    "record_decision",
    "reverse_item",
    "waiting_members",
]

# The status a decision gives; the others leave it, or give it through a notice.
GIVES: dict[str, str] = {
    Outcome.APPROVE: Status.FULL,
    Outcome.REJECT: Status.REJECTED,
    Outcome.SUSPEND: Status.SUSPENDED,
    Outcome.LIFT: Status.FULL,
    Outcome.EXPEL: Status.EXPELLED,
}


@transaction.atomic
def record_decision(
    *,
    body: str,
    decided_on: dt.date,
    meeting: str,
    reference: str,
    items: Sequence[Wish],
    meeting_ended_on: dt.date | None = None,
    memorandum_on: dt.date | None = None,
    note: str = "",
    by: User | None,
    on: dt.date,
) -> Decision:
    """Record what a body decided of members, and let it take effect.

    Statuses, the steps of applications, letters and mails follow in the same transaction. Members
    without an address get no mail: `find_unreachable` names them.

    Raises:
        ValidationError: a sentence for each wish that cannot be, naming the member; none is
            recorded.
    """
    sitting = Sitting(body, decided_on, meeting_ended_on, memorandum_on)
    meeting, reference = meeting.strip(), reference.strip()
    refuse_sitting(sitting, {"meeting": meeting, "reference": reference}, on)
    refuse_doubles(items)
    policies, cases = load_policies(), load_cases(items)
    days = judge_all(cases, sitting, policies)
    decision = Decision.objects.create(
        body=body,
        decided_on=decided_on,
        meeting=meeting,
        reference=reference,
        meeting_ended_on=meeting_ended_on,
        memorandum_on=memorandum_on,
        note=note.strip(),
        recorded_by=by,
    )
    rows = DecisionItem.objects.bulk_create(
        new_item(decision, case, day) for case, day in zip(cases, days, strict=True)
    )
    write_lines(cases, rows, sitting, policies, by=by)
    for case, item in zip(cases, rows, strict=True):
        if not (item.outcome == Outcome.APPROVE and is_provisional(sitting, policies)):
            EFFECTS[item.outcome](case, item, policies, on, by)
    return decision


def refuse_doubles(items: Sequence[Wish]) -> None:
    """A member is decided on once in a decision; only a waiver may stand beside."""
    if not items:
        raise ValidationError(_("Choose at least one member."), code="empty")
    seen: set[tuple[int, bool]] = set()
    for wish in items:
        key = (wish.member.pk, wish.outcome in BESIDE)
        if key in seen:
            raise ValidationError(
                _("%(member)s stands twice in this decision.") % {"member": wish.member},
                code="twice",
            )
        seen.add(key)


def judge_all(cases: list[Case], sitting: Sitting, policies: Policies) -> list[dt.date]:
    """The day of each wish; or all refusals together, so that they are corrected at once."""
    days: list[dt.date] = []
    refusals: list[ValidationError] = []
    for case in cases:
        try:
            days.append(judge(case, sitting, policies))
        except ValidationError as refusal:
            if refusal.message not in {other.message for other in refusals}:
                refusals.append(refusal)
    if refusals:
        raise refusals[0] if len(refusals) == 1 else ValidationError(refusals)
    return days


def new_item(decision: Decision, case: Case, day: dt.date) -> DecisionItem:
    """A wish as it is kept, with what it was about."""
    wish = case.wish
    proceeding = find_proceeding(case, wish.outcome)
    about_application = wish.outcome in {Outcome.APPROVE, Outcome.REJECT, Outcome.DEFER}
    return DecisionItem(
        decision=decision,
        member=case.member,
        outcome=wish.outcome,
        effective_on=day,
        reason=wish.reason.strip() or (proceeding.reason if proceeding else ""),
        application=case.application if about_application else None,
        proceeding=proceeding,
    )


def write_lines(
    cases: list[Case],
    items: list[DecisionItem],
    sitting: Sitting,
    policies: Policies,
    *,
    by: User | None,
) -> None:
    """The lines of the histories and the entries of the audit trail, in three queries."""
    entries, notes, settled = [], [], []
    for case, item in zip(cases, items, strict=True):
        provisional = item.outcome == Outcome.APPROVE and is_provisional(sitting, policies)
        facts: dict[str, object] = {"outcome": item.outcome, "provisional": provisional}
        if item.outcome in GIVES and not provisional:
            entry = StatusEntry(
                member=case.member,
                status=GIVES[item.outcome],
                effective_on=item.effective_on,
                reason=say_source(item),
                recorded_by=by,
                decision_item=item,
            )
            facts |= facts_of(entry, status_on(case.lines, item.effective_on))
            entries += [entry, *carry_on(entry, case.lines)]
            settled.append(case.member.pk)
        notes.append(
            audit.new_entry(
                "member.decided",
                by=by,
                subject=item.decision,
                file=case.member,
                why=item.reason or say_source(item),
                facts=facts,
            )
        )
    StatusEntry.objects.bulk_create(entries)
    announce_statuses(entries)
    Member.objects.filter(pk__in=settled, status_confirmed=False).update(status_confirmed=True)
    audit.record_acts(notes)


def find_unreachable(decision: Decision) -> list[Member]:
    """Members of a decision that no mail can reach: nobody is named to be written to."""
    members = Member.objects.filter(decision_items__decision=decision).distinct()
    return [
        member
        for member in members.prefetch_related("contacts").order_by("name_en", "pk")
        if not find_recipients(member)
    ]
