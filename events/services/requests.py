"""What members ask for: their event promoted, consulting, a maturity diagnosis (R28, R29).

A promotion that is approved is told to every member once; consulting is put in somebody's hands.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import RequestKind, RequestState, ServiceRequest
from events.services.trainings import MAY_NAME
from members.correspondence import write_to_member
from members.mandate import standing_of
from members.models import Kind, Member, User
from wego import audit

MOST_WAITING = 20
# What may follow for each kind, from where.
NEXT: dict[tuple[str, str], frozenset[str]] = {
    (RequestKind.PROMOTION, RequestState.WAITING): frozenset(
        {RequestState.APPROVED, RequestState.DECLINED, RequestState.WITHDRAWN}
    ),
    **{
        (kind, RequestState.WAITING): frozenset(
            {RequestState.ASSIGNED, RequestState.DECLINED, RequestState.WITHDRAWN}
        )
        for kind in (RequestKind.CONSULTING, RequestKind.MATURITY)
    },
    **{
        (kind, RequestState.ASSIGNED): frozenset({RequestState.ASSIGNED, RequestState.DONE})
        for kind in (RequestKind.CONSULTING, RequestKind.MATURITY)
    },
}


@dataclass(frozen=True)
class Wish:
    """What a member asks for; an event has its days and place."""

    kind: str
    title: str
    about: str
    place: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    website: str = ""


@transaction.atomic
def file_request(member: Member, wish: Wish, *, on: dt.date, by: User | None) -> ServiceRequest:
    """Ask the secretariat for something.

    Raises:
        ValidationError: the member may not, an event has no days ahead, or the same waits already.
    """
    refuse_asking(member, wish, on)
    refuse_event(wish, on)
    waiting = member.service_requests.filter(state=RequestState.WAITING)
    if waiting.filter(kind=wish.kind, title__iexact=wish.title.strip()).exists():
        raise ValidationError(_("You asked for this already: it is with us."), code="title")
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(
            _("Many of your requests wait: please let us answer them first."), code="many"
        )
    request = ServiceRequest.objects.create(
        kind=wish.kind,
        member=member,
        title=" ".join(wish.title.split()),
        about=wish.about.strip(),
        place=" ".join(wish.place.split()),
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        website=wish.website,
        asked_on=on,
        asked_by=by,
    )
    audit.record_act("request.filed", by=by, subject=request, file=member)
    return request


def refuse_asking(member: Member, wish: Wish, on: dt.date) -> None:
    """Members ask; maturity is diagnosed of cities.

    Raises:
        ValidationError: it is no member now, or no city.
    """
    if standing_of(member, on).status not in MAY_NAME:
        raise ValidationError(
            _("%(member)s is no associate or full member now.") % {"member": member}, code="status"
        )
    if wish.kind not in RequestKind.values:
        raise ValidationError(_("Choose what you ask for."), code="kind")
    if wish.kind == RequestKind.MATURITY and member.kind != Kind.CITY:
        raise ValidationError(_("The diagnosis is made for cities."), code="kind")


def refuse_event(wish: Wish, on: dt.date) -> None:
    """An event to promote lies ahead and has a place.

    Raises:
        ValidationError: it does not.
    """
    if wish.kind != RequestKind.PROMOTION:
        return
    if wish.starts_on is None or wish.ends_on is None:
        raise ValidationError(_("Say when the event takes place."), code="starts_on")
    if wish.ends_on < wish.starts_on:
        raise ValidationError(_("The last day lies before the first."), code="ends_on")
    if wish.starts_on < on:
        raise ValidationError(_("The event has begun already."), code="starts_on")
    if not wish.place.strip():
        raise ValidationError(_("Say where the event takes place."), code="place")


@transaction.atomic
def answer_request(
    request: ServiceRequest,
    state: str,
    *,
    answer: str = "",
    assigned_to: User | None = None,
    on: dt.date,
    by: User | None,
) -> ServiceRequest:
    """Approve, decline, put in hand or finish; the member is told by mail.

    Raises:
        ValidationError: it cannot go there, a refusal has no reason, nobody is named, or the
            event is over.
    """
    row = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if state not in NEXT.get((row.kind, row.state), frozenset()):
        raise ValidationError(
            _("This request is “%(state)s”: that answer does not fit any more.")
            % {"state": row.get_state_display()},
            code="state",
        )
    refuse_answer(row, state, answer, assigned_to, on)
    before, row.state = row.state, state
    row.answer = answer.strip() or row.answer
    row.answered_on = on
    row.assigned_to = assigned_to or row.assigned_to
    row.save(update_fields=["state", "answer", "answered_on", "assigned_to"])
    audit.record_act(
        "request.answered",
        by=by,
        subject=row,
        file=row.member,
        why=answer.strip(),
        facts={"state": [before, state]},
    )
    if state != RequestState.WITHDRAWN:
        write_to_member(
            "request_answered",
            row.member,
            {
                "title": row.title,
                "state": say_state(row),
                "answer": row.answer or "–",
            },
        )
    return row


def say_state(row: ServiceRequest) -> str:
    """The state in the member's language."""
    words = {
        RequestState.APPROVED: ("approved", "승인"),
        RequestState.ASSIGNED: ("in hand", "진행 중"),
        RequestState.DONE: ("done", "완료"),
        RequestState.DECLINED: ("declined", "반려"),
    }
    english, korean = words[RequestState(row.state)]
    return korean if row.member.language == "ko" else english


def refuse_answer(
    row: ServiceRequest, state: str, answer: str, assigned_to: User | None, on: dt.date
) -> None:
    """An answer says what the member needs to know.

    Raises:
        ValidationError: it does not.
    """
    if state == RequestState.DECLINED and not answer.strip():
        raise ValidationError(_("Say why the request is declined."), code="answer")
    if state == RequestState.ASSIGNED and assigned_to is None:
        raise ValidationError(_("Say in whose hands it is."), code="assigned_to")
    if state == RequestState.APPROVED and row.ends_on and row.ends_on < on:
        raise ValidationError(_("The event is over: there is nothing to promote."), code="over")


def waiting_requests() -> QuerySet[ServiceRequest]:
    """What nobody has answered yet, the longest waiting first."""
    return ServiceRequest.objects.filter(state=RequestState.WAITING).order_by("asked_on", "pk")
