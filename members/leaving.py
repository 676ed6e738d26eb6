"""How a member leaves by its own notice (S14): at any time, with effect on 31 December.

Being suspended or expelled takes a decision; how one is proposed and heard stands in
`members.hearings` and is offered here as well.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from members.correspondence import say_day, write_to_member
from members.hearings import (
    drop_proceeding,
    open_proceedings,
    propose_proceeding,
    record_statement,
)
from members.history import status_on
from members.letters import write_letter
from members.lifecycle import (
    find_refusal,
    lock,
    read_lines,
    take_back_entry,
    write_entry,
)
from members.models import (
    ON_ROSTER,
    Application,
    ApplicationState,
    DecisionItem,
    LetterKind,
    Member,
    Status,
    StatusEntry,
    User,
    WithdrawalNotice,
)
from members.policies import load_policies
from members.steps import record_step
from members.switches import WithdrawalEffective
from wego import audit, money, questions, seoul, storage
from wego.uploads import Upload

__all__ = [
    "acknowledge_notice",
    "drop_proceeding",
    "file_notice",
    "leaving_day",
    "open_proceedings",
    "propose_proceeding",
    "record_statement",
    "standing_notices",
    "take_back_notice",
]

NOTICE_MONTHS = 6


def leaving_day(how: str, received_on: dt.date) -> dt.date | None:
    """S14: the day a notice takes effect; None where a decision has to name it."""
    days = {
        WithdrawalEffective.YEAR_END: dt.date(received_on.year, 12, 31),
        WithdrawalEffective.SIX_MONTHS: seoul.shift_months(received_on, NOTICE_MONTHS),
        WithdrawalEffective.IMMEDIATE: received_on,
    }
    return days.get(WithdrawalEffective(how))


@transaction.atomic
def file_notice(
    member: Member,
    *,
    received_on: dt.date,
    reason: str,
    file: Upload | None = None,
    by: User | None,
    on: dt.date,
) -> WithdrawalNotice:
    """Take in a member's written notice that it leaves; nothing holds before it is acknowledged.

    The day it takes effect is fixed now, by the policy of this day. An associate, who owes nothing,
    leaves at once.

    Raises:
        ValidationError: not a member today, a notice lies here already, or the day is to come.
    """
    locked = lock(member)
    lines = read_lines(locked)
    status = status_on(lines, on)
    refuse_notice(locked, status, received_on, on)
    how = load_policies().withdrawal_effective
    if status == Status.ASSOCIATE:
        how = WithdrawalEffective.IMMEDIATE
    effective_on = leaving_day(how, received_on)
    if effective_on and (refusal := find_refusal(locked, lines, Status.WITHDRAWN, effective_on)):
        raise refusal
    close_stale_notices(locked, on)
    notice = WithdrawalNotice(
        member=locked,
        received_on=received_on,
        effective_on=effective_on,
        reason=reason.strip(),
        filed_by=by,
    )
    if file is not None:
        keep_file(notice, file)
    notice.save(force_insert=True)
    audit.record_act(
        "notice.filed",
        by=by,
        subject=notice,
        file=locked,
        why=notice.reason,
        facts={"received_on": received_on.isoformat(), "effective_on": iso(effective_on)},
    )
    return notice


def refuse_notice(member: Member, status: str | None, received_on: dt.date, on: dt.date) -> None:
    """Refuse a notice of nobody's, a second one, or one from the future."""
    if status not in ON_ROSTER:
        raise ValidationError(
            _("%(member)s is no member today: there is nothing to leave.") % {"member": member},
            code="no_member",
        )
    if received_on > on:
        raise ValidationError(
            _("%(day)s is still to come: enter the day the notice arrived.")
            % {"day": received_on.isoformat()},
            code="future",
        )
    if notice := standing_notices(member).first():
        raise ValidationError(
            _("%(member)s has filed a notice already, received on %(day)s.")
            % {"member": member, "day": notice.received_on.isoformat()},
            code="notice_stands",
        )


def standing_notices(member: Member) -> QuerySet[WithdrawalNotice]:
    """The notice of a member's present membership that was not taken back; one at most."""
    return WithdrawalNotice.objects.standing().filter(member=member)


def close_stale_notices(member: Member, on: dt.date) -> None:
    """Close what nobody acknowledged before an earlier membership ended otherwise."""
    waiting = member.withdrawal_notices.filter(
        acknowledged_on__isnull=True, taken_back_on__isnull=True
    )
    waiting.update(taken_back_on=on)


def keep_file(notice: WithdrawalNotice, file: Upload) -> None:
    """Store the letter privately."""
    name = f"notices/{notice.member_id}/{notice.received_on:%Y-%m-%d}{file.suffix}"
    stored = storage.store_file(name, file.content)
    notice.file_name, notice.file_path, notice.file_sha256 = file.name, stored.path, stored.sha256


@transaction.atomic
def acknowledge_notice(
    notice: WithdrawalNotice, *, on: dt.date, by: User | None
) -> WithdrawalNotice:
    """Confirm a notice: the withdrawal stands in the history from its day (A15), dues stay owed.

    Where a decision has to name the day, the history waits for it.

    Raises:
        ValidationError: acknowledged or taken back already, or the history forbids it.
    """
    locked, member = lock_notice(notice)
    if locked.acknowledged_on:
        raise ValidationError(
            _("The notice of %(member)s was acknowledged on %(day)s already.")
            % {"member": member, "day": locked.acknowledged_on.isoformat()},
            code="acknowledged",
        )
    locked.acknowledged_on, locked.acknowledged_by = on, by
    locked.save(update_fields=["acknowledged_on", "acknowledged_by"])
    audit.record_act(
        "notice.acknowledged",
        by=by,
        subject=locked,
        file=member,
        facts={"effective_on": iso(locked.effective_on)},
    )
    if locked.effective_on:
        let_leave(locked, member, on=on, by=by)
    else:
        tell_of_leaving(locked, member, on=on)
    return locked


def let_leave(
    notice: WithdrawalNotice,
    member: Member,
    *,
    item: DecisionItem | None = None,
    on: dt.date,
    by: User | None,
) -> StatusEntry:
    """Write a locked notice's withdrawal into the history, its letter and its mail."""
    effective_on = notice.effective_on or on
    entry = write_entry(
        member,
        Status.WITHDRAWN,
        on=effective_on,
        reason=f"Notice of withdrawal received on {notice.received_on:%Y-%m-%d}.",
        by=by,
        item=item,
    )
    waiting = Application.objects.select_for_update().filter(
        member=member, state=ApplicationState.ACCEPTED
    )
    for application in waiting:
        record_step(
            application,
            ApplicationState.WITHDRAWN,
            on=effective_on,
            reason=notice.reason or entry.reason,
            by=by,
        )
    letter = write_letter(
        LetterKind.WITHDRAWAL, member=member, item=item, language=member.language, on=on, by=by
    )
    write_to_member(
        "withdrawal_acknowledged", member, leaving_facts(notice, member, on=on), letter=letter
    )
    return entry


def tell_of_leaving(notice: WithdrawalNotice, member: Member, *, on: dt.date) -> None:
    """Acknowledge a notice whose day is still to be decided."""
    write_to_member("withdrawal_acknowledged", member, leaving_facts(notice, member, on=on))


def leaving_facts(notice: WithdrawalNotice, member: Member, *, on: dt.date) -> dict[str, str]:
    """What the mail says, in the member's language: the days and the open balance."""
    arrears = [each for answer in questions.ask("open arrears", member, on=on) for each in answer]
    with translation.override(member.language):
        by_decision = _("on the day of the decision of the EXCOM")
        lines = [f"{arrear.label}: {money.short(arrear.amount_cents)}" for arrear in arrears]
        nothing = _("Nothing is overdue.")
    return {
        "received_on": say_day(notice.received_on, member.language),
        "effective_on": say_day(notice.effective_on, member.language)
        if notice.effective_on
        else by_decision,
        "open": "\n".join(lines) or nothing,
    }


@transaction.atomic
def take_back_notice(
    notice: WithdrawalNotice, *, on: dt.date, by: User | None, reason: str = ""
) -> WithdrawalNotice:
    """Let a member stay that changed its mind before its withdrawal took effect.

    Raises:
        ValidationError: taken back already, or the withdrawal holds: only a new application helps.
    """
    locked, member = lock_notice(notice)
    entry = find_line(locked)
    if entry and on >= entry.effective_on:
        raise ValidationError(
            _(
                "%(member)s left on %(day)s: the notice cannot be taken back any more. "
                "It may apply again."
            )
            % {"member": member, "day": entry.effective_on.isoformat()},
            code="took_effect",
        )
    if entry:
        take_back_entry(
            entry, reason=reason or f"Notice of withdrawal taken back on {on:%Y-%m-%d}.", by=by
        )
    locked.taken_back_on = on
    locked.save(update_fields=["taken_back_on"])
    audit.record_act("notice.taken_back", by=by, subject=locked, file=member, why=reason.strip())
    return locked


def find_line(notice: WithdrawalNotice) -> StatusEntry | None:
    """The line an acknowledged notice wrote into the history."""
    if not notice.acknowledged_on or not notice.effective_on:
        return None
    lines = notice.member.status_entries.filter(
        status=Status.WITHDRAWN, effective_on=notice.effective_on
    )
    return lines.order_by("pk").last()


def lock_notice(notice: WithdrawalNotice) -> tuple[WithdrawalNotice, Member]:
    """A notice that still stands and its member, both held until the transaction ends."""
    member = lock(notice.member)
    locked = WithdrawalNotice.objects.select_for_update().get(pk=notice.pk)
    if locked.taken_back_on:
        raise ValidationError(
            _("The notice of %(member)s was taken back on %(day)s.")
            % {"member": member, "day": locked.taken_back_on.isoformat()},
            code="taken_back",
        )
    if not standing_notices(member).filter(pk=locked.pk).exists():
        raise ValidationError(
            _("This notice was of an earlier membership of %(member)s.") % {"member": member},
            code="stale",
        )
    locked.member = member
    return locked, member


def iso(day: dt.date | None) -> str | None:
    """A day for the audit trail."""
    return day.isoformat() if day else None
