"""Proposals to suspend or expel (S12, S13): opened with a hearing, then decided on or dropped."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from members.correspondence import say_day, write_to_member
from members.history import status_on
from members.lifecycle import lock, read_lines, words
from members.models import DecisionItem, Member, Outcome, Proceeding, Status, User
from members.models.decisions import readmitted_since
from members.policies import load_policies
from wego import audit

# What may be proposed, and of whom.
MAY_BE_PROPOSED: dict[str, tuple[str, ...]] = {
    Outcome.SUSPEND: (Status.FULL,),
    Outcome.EXPEL: (Status.FULL, Status.SUSPENDED),
}


def open_proceedings() -> QuerySet[Proceeding]:
    """Proposals that wait for a decision: not dropped, decided on, or of an earlier membership."""
    decided = DecisionItem.objects.standing().filter(proceeding=OuterRef("pk"))
    return Proceeding.objects.filter(
        ~Exists(decided), ~readmitted_since("recorded_at"), dropped_on__isnull=True
    )


@transaction.atomic
def propose_proceeding(
    member: Member, outcome: str, *, on: dt.date, reason: str, by: User | None
) -> Proceeding:
    """Propose to suspend or expel, and tell the member until when it may be heard (S13).

    Raises:
        ValidationError: nothing of the kind can be proposed of it, or it is proposed already.
    """
    locked = lock(member)
    refuse_proposal(locked, outcome, on)
    refuse_silence(reason)
    proceeding = Proceeding.objects.create(
        member=locked,
        outcome=outcome,
        proposed_on=on,
        heard_until=on + dt.timedelta(days=load_policies().hearing_days),
        reason=reason.strip(),
        recorded_by=by,
    )
    audit.record_act(
        "proceeding.proposed",
        by=by,
        subject=proceeding,
        file=locked,
        why=proceeding.reason,
        facts={"outcome": outcome, "heard_until": proceeding.heard_until.isoformat()},
    )
    with translation.override(locked.language):
        proposed = str(Outcome(outcome).label)
    write_to_member(
        "hearing_opened",
        locked,
        {
            "outcome": proposed,
            "reason": proceeding.reason,
            "heard_until": say_day(proceeding.heard_until, locked.language),
        },
    )
    return proceeding


def refuse_proposal(member: Member, outcome: str, on: dt.date) -> None:
    """Refuse what cannot be proposed of who a member is, or was already."""
    if outcome not in MAY_BE_PROPOSED:
        raise ValidationError(_("Propose a suspension or an expulsion."), code="unknown")
    status = status_on(read_lines(member), on)
    if status not in MAY_BE_PROPOSED[outcome]:
        raise ValidationError(
            _("%(member)s is %(status)s: “%(outcome)s” cannot be proposed.")
            % {
                "member": member,
                "status": words(status) if status else _("not a member"),
                "outcome": Outcome(outcome).label,
            },
            code="not_allowed",
        )
    if other := open_proceedings().filter(member=member, outcome=outcome).first():
        raise ValidationError(
            _("“%(outcome)s” was proposed of %(member)s on %(day)s already.")
            % {
                "member": member,
                "outcome": Outcome(outcome).label,
                "day": other.proposed_on.isoformat(),
            },
            code="proposed",
        )


@transaction.atomic
def record_statement(
    proceeding: Proceeding, statement: str, *, on: dt.date, by: User | None
) -> Proceeding:
    """Keep what the member said, under what it said before; late is heard too, until the decision.

    Raises:
        ValidationError: nothing was said, or the proposal is dropped or decided on.
    """
    locked = lock_proceeding(proceeding)
    if not statement.strip():
        raise ValidationError(_("Enter what the member said."), code="empty")
    said = f"{on:%Y-%m-%d}: {statement.strip()}"
    locked.statement = f"{locked.statement}\n\n{said}" if locked.statement else said
    locked.save(update_fields=["statement"])
    audit.record_act("proceeding.heard", by=by, subject=locked, file=locked.member, why=said)
    return locked


@transaction.atomic
def drop_proceeding(
    proceeding: Proceeding, *, on: dt.date, reason: str, by: User | None
) -> Proceeding:
    """Let a proposal rest: it goes to no body any more.

    Raises:
        ValidationError: no reason, or the proposal is dropped or decided on.
    """
    locked = lock_proceeding(proceeding)
    refuse_silence(reason)
    locked.dropped_on = on
    locked.save(update_fields=["dropped_on"])
    audit.record_act(
        "proceeding.dropped", by=by, subject=locked, file=locked.member, why=reason.strip()
    )
    return locked


def lock_proceeding(proceeding: Proceeding) -> Proceeding:
    """An open proposal, held until the transaction ends."""
    member = lock(proceeding.member)
    locked = Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    if not open_proceedings().filter(pk=locked.pk).exists():
        raise ValidationError(
            _("The proposal on %(member)s is dropped or decided on already.") % {"member": member},
            code="closed",
        )
    locked.member = member
    return locked


def refuse_silence(reason: str) -> None:
    """A proposal, and letting it rest, say why."""
    if not reason.strip():
        raise ValidationError(_("Say why."), code="reason")
