"""Trainings for officials of member cities: announced, filled, held, counted (R28).

Cities name people until a day and within their quota; the secretariat selects, the city confirms,
who came is noted, and whoever came gets a certificate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from events.models import TAKING_A_PLACE, Nomination, NominationState, Training
from members.correspondence import say_day, write_to_member
from members.mandate import standing_of
from members.models import Kind, Member, Status, User
from wego import audit

MOST_DAYS = 366
# From where to where a nomination moves, and who may move it there.
NEXT: dict[str, frozenset[str]] = {
    NominationState.NOMINATED: frozenset(
        {NominationState.SELECTED, NominationState.NOT_SELECTED, NominationState.WITHDRAWN}
    ),
    NominationState.NOT_SELECTED: frozenset({NominationState.SELECTED}),
    NominationState.SELECTED: frozenset(
        {NominationState.CONFIRMED, NominationState.NOT_SELECTED, NominationState.WITHDRAWN}
    ),
    NominationState.CONFIRMED: frozenset(
        {NominationState.ATTENDED, NominationState.ABSENT, NominationState.WITHDRAWN}
    ),
    NominationState.ATTENDED: frozenset({NominationState.ABSENT}),
    NominationState.ABSENT: frozenset({NominationState.ATTENDED}),
    NominationState.WITHDRAWN: frozenset(),
}
AFTER_BEGIN = (NominationState.ATTENDED, NominationState.ABSENT)
# These hold one of the seats.
SEATED = (NominationState.SELECTED, NominationState.CONFIRMED, NominationState.ATTENDED)
TOLD = {
    NominationState.SELECTED.value: "training_selected",
    NominationState.NOT_SELECTED.value: "training_not_selected",
}
MAY_NAME = (Status.ASSOCIATE, Status.FULL)


@dataclass(frozen=True)
class TrainingDraft:
    """A training as it is announced; days are Seoul calendar dates."""

    name_en: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    nominate_until: dt.date
    quota: int
    name_ko: str = ""
    about: str = ""
    seats: int | None = None


@dataclass(frozen=True)
class Nominee:
    """Whom a city names."""

    full_name: str
    position: str
    email: str


class Counted(NamedTuple):
    """How many people of how many cities came (R28); as quoted where nobody was registered."""

    people: int
    cities: int


@transaction.atomic
def announce_training(draft: TrainingDraft, *, on: dt.date, by: User | None) -> Training:
    """Open a training for nominations.

    Raises:
        ValidationError: days out of order or past, or a quota of nobody.
    """
    refuse_draft(draft, on)
    training = Training.objects.create(
        name_en=draft.name_en.strip(),
        name_ko=draft.name_ko.strip(),
        about=draft.about.strip(),
        place=draft.place.strip(),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        nominate_until=draft.nominate_until,
        quota=draft.quota,
        seats=draft.seats,
        announced_on=on,
        announced_by=by,
    )
    audit.record_act("training.announced", by=by, subject=training)
    return training


def refuse_draft(draft: TrainingDraft, on: dt.date) -> None:
    """A training lies ahead, its days in order.

    Raises:
        ValidationError: it does not.
    """
    if not draft.name_en.strip() or not draft.place.strip():
        raise ValidationError(_("Enter a name and a place."), code="name_en")
    if draft.nominate_until < on:
        raise ValidationError(_("Cities need time to name people."), code="nominate_until")
    if draft.starts_on < draft.nominate_until:
        raise ValidationError(
            _("Nominations end on the first day of the training at the latest."),
            code="nominate_until",
        )
    if not 0 <= (draft.ends_on - draft.starts_on).days < MOST_DAYS:
        raise ValidationError(_("The last day lies before the first."), code="ends_on")
    if draft.quota < 1:
        raise ValidationError(_("A city names at least one person."), code="quota")
    if draft.seats is not None and draft.seats < 1:
        raise ValidationError(_("Enter how many places there are, or nothing."), code="seats")


@transaction.atomic
def cancel_training(training: Training, *, reason: str, on: dt.date, by: User | None) -> Training:
    """Call a training off; what was named stays on record.

    Raises:
        ValidationError: it was called off before, is over, or no reason is given.
    """
    row = lock_training(training)
    if not reason.strip():
        raise ValidationError(_("Say why the training does not take place."), code="reason")
    if row.ends_on is None or row.ends_on < on:
        raise ValidationError(_("The training is over."), code="over")
    row.cancelled_on, row.cancelled_why = on, reason.strip()[:300]
    row.save(update_fields=["cancelled_on", "cancelled_why"])
    audit.record_act("training.cancelled", by=by, subject=row, why=row.cancelled_why)
    return row


def lock_training(training: Training) -> Training:
    """The row of a training that still takes place, locked.

    Raises:
        ValidationError: it was cancelled.
    """
    row = Training.objects.select_for_update().get(pk=training.pk)
    if row.cancelled_on:
        raise ValidationError(_("The training was cancelled."), code="cancelled")
    return row


@transaction.atomic
def nominate(
    training: Training, member: Member, nominee: Nominee, *, on: dt.date, by: User | None
) -> Nomination:
    """Name an official of a member city for a training.

    Raises:
        ValidationError: too late, no member city, the quota is used, or the person is named.
    """
    row = lock_training(training)
    refuse_member(member, on)
    refuse_late(row, on)
    standing = row.nominations.filter(state__in=TAKING_A_PLACE)
    if standing.filter(member=member).count() >= row.quota:
        raise ValidationError(
            _("Your city may name %(quota)s people for this training, and has.")
            % {"quota": row.quota},
            code="quota",
        )
    others = row.nominations.exclude(state=NominationState.WITHDRAWN)
    if others.filter(email__iexact=nominee.email.strip()).exists():
        raise ValidationError(_("This person is named already."), code="email")
    nomination = Nomination.objects.create(
        training=row,
        member=member,
        full_name=" ".join(nominee.full_name.split()),
        position=" ".join(nominee.position.split()),
        email=nominee.email.strip(),
        nominated_on=on,
        nominated_by=by,
    )
    audit.record_act("nomination.made", by=by, subject=nomination, file=member)
    return nomination


def refuse_member(member: Member, on: dt.date) -> None:
    """Trainings are for officials of member cities, associates among them.

    Raises:
        ValidationError: it is no city, or not one that is a member now.
    """
    if member.kind != Kind.CITY:
        raise ValidationError(_("Trainings are for officials of member cities."), code="kind")
    if standing_of(member, on).status not in MAY_NAME:
        raise ValidationError(
            _("%(member)s is no associate or full member now.") % {"member": member}, code="status"
        )


def is_open(training: Training, on: dt.date) -> bool:
    """Whether cities may name people on a day."""
    return bool(
        training.announced_on
        and not training.cancelled_on
        and training.nominate_until
        and on <= training.nominate_until
    )


def refuse_late(training: Training, on: dt.date) -> None:
    """People are named until a day.

    Raises:
        ValidationError: it is past.
    """
    if not is_open(training, on):
        raise ValidationError(_("Nominations for this training are closed."), code="late")


@transaction.atomic
def move_nominations(
    training: Training, chosen: Iterable[int], state: str, *, on: dt.date, by: User | None
) -> list[Nomination]:
    """Move nominations of a training on, all of them or none; cities are told of the selection.

    Raises:
        ValidationError: nobody is chosen, one cannot go there from where it stands, there are not
            so many places, or the training has not begun.
    """
    row = lock_training(training)
    rows = list(row.nominations.select_for_update().filter(pk__in=list(chosen)))
    if not rows:
        raise ValidationError(_("Choose at least one person."), code="nobody")
    if state in AFTER_BEGIN and (row.starts_on is None or on < row.starts_on):
        raise ValidationError(_("The training has not begun yet."), code="early")
    for nomination in rows:
        move_one(nomination, state, by=by)
    refuse_too_many(row)
    for member_id in sorted({each.member_id for each in rows}):
        tell_city(row, [each for each in rows if each.member_id == member_id], state)
    return rows


def move_one(nomination: Nomination, state: str, *, by: User | None) -> None:
    """One nomination, if it may go there.

    Raises:
        ValidationError: it may not.
    """
    before = nomination.state
    certified = before == NominationState.ATTENDED and hasattr(nomination, "certificate")
    if state not in NEXT[before] or certified:
        raise ValidationError(
            _("%(person)s is “%(before)s”: that cannot become “%(after)s”.")
            % {
                "person": nomination,
                "before": nomination.get_state_display(),
                "after": dict(NominationState.choices).get(state, state),
            },
            code="state",
        )
    nomination.state = state
    nomination.save(update_fields=["state"])
    audit.record_act(
        "nomination.moved",
        by=by,
        subject=nomination,
        file=nomination.member,
        facts={"state": [before, state]},
    )


def refuse_too_many(training: Training) -> None:
    """No more are selected than there are places.

    Raises:
        ValidationError: there are.
    """
    seated = training.nominations.filter(state__in=SEATED).count()
    if training.seats is not None and seated > training.seats:
        raise ValidationError(
            _("There are %(seats)s places, and %(seated)s people would be selected.")
            % {"seats": training.seats, "seated": seated},
            code="seats",
        )


def tell_city(training: Training, rows: list[Nomination], state: str) -> None:
    """Mail a city who of its people was selected, or was not."""
    kind = TOLD.get(state)
    if kind is None or not (training.starts_on and training.ends_on):
        return
    member = rows[0].member
    language = member.language
    facts = {
        "training": (training.name_ko if language == "ko" else "") or training.name_en,
        "people": "\n".join(f"{each.full_name} ({each.position})" for each in rows),
        "first_day": say_day(training.starts_on, language),
        "last_day": say_day(training.ends_on, language),
        "place": training.place,
    }
    write_to_member(kind, member, facts)


def count_attendance(training: Training) -> Counted:
    """Who came: counted from the register, else as a source quotes it (R28)."""
    counted = training.nominations.filter(state=NominationState.ATTENDED).aggregate(
        people=Count("pk"), cities=Count("member", distinct=True)
    )
    if counted["people"]:
        return Counted(**counted)
    return Counted(training.quoted_people or 0, training.quoted_cities or 0)


def with_counts(trainings: QuerySet[Training]) -> QuerySet[Training]:
    """Trainings with `named`, `came` and `came_cities`."""
    came = Q(nominations__state=NominationState.ATTENDED)
    return trainings.annotate(
        named=Count("nominations", filter=Q(nominations__state__in=TAKING_A_PLACE)),
        came=Count("nominations", filter=came),
        came_cities=Count("nominations__member", filter=came, distinct=True),
    )
