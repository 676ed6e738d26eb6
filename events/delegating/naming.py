"""A delegation and its people: head, deputy, observers, on site or online (R18, 4.6).

A member's administrator or delegate names them in the portal, the secretariat for everybody else.
Who was named and comes no more stays on record, with the day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import (
    Answer,
    Delegate,
    DelegateRole,
    Delegation,
    DelegationKind,
    Meeting,
    MeetingStage,
    MeetingState,
    Mode,
    TakesPart,
)
from members.history import ENDINGS
from members.mandate import standing_of
from members.models import Member, User
from wego import audit
from wego.outbox import Mailbox

OVER = (MeetingState.HELD, MeetingState.CANCELLED)
MOST_DELEGATES = 12


@dataclass(frozen=True)
class Person:
    """Somebody of a delegation, as it is named."""

    name: str
    role: str
    position: str = ""
    email: str = ""
    takes_part: str = TakesPart.ON_SITE


def standing_delegates(delegation: Delegation) -> list[Delegate]:
    """Those who come, the head first."""
    order = [DelegateRole.HEAD, DelegateRole.DEPUTY, DelegateRole.OBSERVER]
    rows = [row for row in delegation.delegates.all() if row.left_on is None]
    return sorted(rows, key=lambda row: (order.index(DelegateRole(row.role)), row.pk))


@transaction.atomic
def ask_to_take_part(
    meeting: Meeting, member: Member, *, on: dt.date, by: User | None
) -> Delegation:
    """A member that was not invited wishes to take part: as an observer (R18).

    Raises:
        ValidationError: the meeting is over, or the membership.
    """
    refuse_over(meeting)
    if standing_of(member, on).status in {"", *ENDINGS}:
        raise ValidationError(
            _("%(member)s is no member on that day.") % {"member": member}, code="no_member"
        )
    delegation, made = Delegation.objects.get_or_create(
        meeting=meeting,
        member=member,
        defaults={
            "kind": DelegationKind.OBSERVER,
            "answer": Answer.COMING,
            "answered_on": on,
        },
    )
    if made:
        audit.record_act("delegation.asked", by=by, subject=delegation, file=member)
    return delegation


@transaction.atomic
def answer_invitation(
    delegation: Delegation, answer: str, *, on: dt.date, by: User | None
) -> Delegation:
    """Say whether the organisation comes; it may say otherwise later.

    Raises:
        ValidationError: the meeting is over, or it is no answer.
    """
    locked = lock_delegation(delegation)
    if answer not in {Answer.COMING, Answer.DECLINED}:
        raise ValidationError(_("Say whether you come."), code="answer")
    if locked.answer == answer:
        return locked
    before, locked.answer, locked.answered_on = locked.answer, answer, on
    locked.save(update_fields=["answer", "answered_on"])
    audit.record_act(
        "delegation.answered",
        by=by,
        subject=locked,
        file=locked.member,
        facts={"answer": [before, answer]},
    )
    return locked


@transaction.atomic
def name_delegate(
    delegation: Delegation, person: Person, *, on: dt.date, by: User | None
) -> Delegate:
    """Name somebody; naming somebody says that the organisation comes.

    Raises:
        ValidationError: by field, what cannot be.
    """
    locked = lock_delegation(delegation)
    refuse_person(locked, person)
    if locked.delegates.filter(left_on__isnull=True).count() >= MOST_DELEGATES:
        raise ValidationError(
            _("%(count)s people are named already: write to the secretariat about more.")
            % {"count": MOST_DELEGATES},
            code="too_many",
        )
    delegate = Delegate.objects.create(
        delegation=locked, user=find_account(locked, person.email), **tidy(person)
    )
    if locked.answer != Answer.COMING:
        answer_invitation(locked, Answer.COMING, on=on, by=by)
    audit.record_act(
        "delegate.named",
        by=by,
        subject=delegate,
        file=locked.member,
        facts={"role": delegate.role, "takes_part": delegate.takes_part},
    )
    return delegate


@transaction.atomic
def change_delegate(delegate: Delegate, person: Person, *, by: User | None) -> Delegate:
    """Correct who somebody is or how they take part.

    Raises:
        ValidationError: by field, what cannot be.
    """
    locked = lock_delegate(delegate)
    refuse_person(locked.delegation, person, besides=locked)
    new = {**tidy(person), "user": find_account(locked.delegation, person.email)}
    changed = {
        name: [str(getattr(locked, name) or ""), str(value or "")]
        for name, value in new.items()
        if getattr(locked, name) != value
    }
    if not changed:
        return locked
    for name, value in new.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(new))
    audit.record_act(
        "delegate.changed",
        by=by,
        subject=locked,
        file=locked.delegation.member,
        facts=changed,
    )
    return locked


@transaction.atomic
def remove_delegate(delegate: Delegate, *, on: dt.date, by: User | None) -> Delegate:
    """Somebody comes no more.

    Raises:
        ValidationError: the meeting is over, or they are not named any more.
    """
    locked = lock_delegate(delegate)
    locked.left_on = on
    locked.save(update_fields=["left_on"])
    audit.record_act("delegate.removed", by=by, subject=locked, file=locked.delegation.member)
    return locked


def lock_delegate(delegate: Delegate) -> Delegate:
    """The row as it is now, with its delegation held.

    Raises:
        ValidationError: the meeting is over, or they are not named any more.
    """
    lock_delegation(delegate.delegation)
    locked = Delegate.objects.select_related("delegation__meeting", "delegation__member").get(
        pk=delegate.pk
    )
    if locked.left_on:
        raise ValidationError(
            _("%(name)s is no longer named: nothing was changed.") % {"name": locked}, code="left"
        )
    return locked


def lock_delegation(delegation: Delegation) -> Delegation:
    """The delegation as it is now, held until the transaction ends.

    Raises:
        ValidationError: the meeting is over.
    """
    rows = Delegation.objects.select_for_update(of=("self",))
    locked = rows.select_related("meeting", "member").get(pk=delegation.pk)
    refuse_over(locked.meeting)
    return locked


def stage_of(meeting: Meeting) -> MeetingStage:
    """What holds of a meeting now."""
    return meeting.stages.order_by("-pk")[:1].get()


def refuse_over(meeting: Meeting) -> None:
    """Nobody is named for a meeting that was held or is off.

    Raises:
        ValidationError: it was, or is.
    """
    if stage_of(meeting).state in OVER:
        raise ValidationError(
            _("%(meeting)s is over or cancelled: nobody is registered any more.")
            % {"meeting": meeting},
            code="over",
        )


def refuse_person(delegation: Delegation, person: Person, besides: Delegate | None = None) -> None:
    """Somebody by name, one head a delegation, present in a way the meeting has.

    Raises:
        ValidationError: by field, what cannot be.
    """
    problems: dict[str, str] = {}
    others = delegation.delegates.filter(left_on__isnull=True)
    if besides:
        others = others.exclude(pk=besides.pk)
    if not person.name.strip():
        problems["name"] = _("Enter the name as it should stand on the badge.")
    if person.role not in DelegateRole.values:
        problems["role"] = _("Choose a role.")
    elif person.role == DelegateRole.HEAD and (
        head := others.filter(role=DelegateRole.HEAD).first()
    ):
        problems["role"] = _("%(name)s is head of the delegation: there is one.") % {"name": head}
    if problem := say_wrong_way(person.takes_part, stage_of(delegation.meeting).mode):
        problems["takes_part"] = problem
    if person.email.strip():
        try:
            Mailbox(person.email.strip().lower(), person.name.strip())
        except ValidationError as error:
            problems["email"] = " ".join(error.messages)
    if problems:
        raise ValidationError(problems)


def say_wrong_way(takes_part: str, mode: str) -> str:
    """Why somebody cannot take part so; "" when they can."""
    if takes_part not in TakesPart.values:
        return _("Choose how this person takes part.")
    if mode == Mode.ONLINE and takes_part == TakesPart.ON_SITE:
        return _("This meeting is online.")
    if mode == Mode.ON_SITE and takes_part == TakesPart.ONLINE:
        return _("This meeting is on site: it cannot be joined online.")
    return ""


def tidy(person: Person) -> dict[str, str]:
    """The columns of a person."""
    return {
        "name": " ".join(person.name.split()),
        "role": person.role,
        "position": " ".join(person.position.split()),
        "email": person.email.strip().lower(),
        "takes_part": person.takes_part,
    }


def find_account(delegation: Delegation, email: str) -> User | None:
    """The account of somebody who acts for the same member, by its address."""
    if not email.strip() or delegation.member is None:
        return None
    found = User.objects.filter(
        email=email.strip().lower(), is_active=True, affiliations__member=delegation.member
    )
    return found.distinct().first()
