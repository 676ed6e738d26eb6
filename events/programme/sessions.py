"""Sessions of a meeting and who speaks in them (R19, R27)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Meeting, MeetingStage, Session, Speaker, SpeakerRole
from members.models import Member, User
from wego import audit
from wego.outbox import Mailbox


@dataclass(frozen=True)
class Slot:
    """A session as it is planned; times are those of the place."""

    day: dt.date
    title_en: str
    title_ko: str = ""
    begins_at: dt.time | None = None
    ends_at: dt.time | None = None
    room: str = ""
    about: str = ""


@dataclass(frozen=True)
class Voice:
    """Who speaks: for a member, or a guest of another organisation."""

    name: str
    role: str
    position: str = ""
    member: Member | None = None
    organisation: str = ""
    email: str = ""
    topic: str = ""


@transaction.atomic
def plan_session(meeting: Meeting, slot: Slot, *, by: User | None) -> Session:
    """Put a session on the programme.

    Raises:
        ValidationError: by field, no title, or a time outside the meeting.
    """
    refuse_slot(meeting, slot)
    session = Session.objects.create(meeting=meeting, **vars(slot))
    audit.record_act("session.planned", by=by, subject=session)
    return session


@transaction.atomic
def change_session(session: Session, slot: Slot, *, by: User | None) -> Session:
    """Correct a session.

    Raises:
        ValidationError: by field, no title, or a time outside the meeting.
    """
    locked = (
        Session.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=session.pk)
    )
    refuse_slot(locked.meeting, slot)
    new = vars(slot)
    changed = {
        name: [str(getattr(locked, name) or ""), str(value or "")]
        for name, value in new.items()
        if getattr(locked, name) != value
    }
    if changed:
        for name, value in new.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(new))
        audit.record_act("session.changed", by=by, subject=locked, facts=changed)
    return locked


def refuse_slot(meeting: Meeting, slot: Slot) -> None:
    """A session has a title and lies within the days of its meeting, in order.

    Raises:
        ValidationError: by field, what is wrong.
    """
    problems = {}
    stage = MeetingStage.objects.filter(meeting=meeting).order_by("-pk").first()
    first = stage.starts_on if stage else None
    last = (stage.ends_on if stage else None) or first
    if not slot.title_en.strip():
        problems["title_en"] = _("Give the session a title in English.")
    if first and last and not first <= slot.day <= last:
        problems["day"] = _("The meeting is from %(first)s to %(last)s.") % {
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
    if slot.begins_at and slot.ends_at and slot.ends_at <= slot.begins_at:
        problems["ends_at"] = _("The session ends before it begins.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def name_speaker(session: Session, voice: Voice, *, by: User | None) -> Speaker:
    """Somebody speaks in a session.

    Raises:
        ValidationError: by field, no name, no role, two organisations, or no mailbox.
    """
    refuse_voice(voice)
    same = session.speakers.filter(name__iexact=voice.name.strip(), left_on__isnull=True)
    if same.exists():
        raise ValidationError({"name": _("%(name)s speaks here already.") % {"name": voice.name}})
    fields = vars(voice) | {"name": " ".join(voice.name.split())}
    speaker = Speaker.objects.create(session=session, **fields)
    audit.record_act(
        "speaker.named",
        by=by,
        subject=speaker,
        file=voice.member,
        facts={"role": voice.role, "session": session.title_en},
    )
    return speaker


def refuse_voice(voice: Voice) -> None:
    """A speaker has a name and a role, and speaks for one organisation.

    Raises:
        ValidationError: by field, what is wrong.
    """
    problems: dict[str, object] = {}
    if not voice.name.strip():
        problems["name"] = _("Enter the name of the speaker.")
    if voice.role not in SpeakerRole.values:
        problems["role"] = _("Choose as what this person speaks.")
    if bool(voice.member) == bool(voice.organisation.strip()):
        problems["organisation"] = _("Choose a member, or name one other organisation.")
    if voice.email:
        try:
            Mailbox(voice.email, voice.name)
        except ValidationError as error:
            problems["email"] = error.messages
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def remove_speaker(speaker: Speaker, *, on: dt.date, by: User | None) -> Speaker:
    """Somebody speaks no more; what was promised them is settled apart.

    Raises:
        ValidationError: they were taken off before.
    """
    locked = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if locked.left_on:
        raise ValidationError(
            _("%(name)s was taken off the programme before.") % {"name": locked}, code="left"
        )
    locked.left_on = on
    locked.save(update_fields=["left_on"])
    audit.record_act("speaker.removed", by=by, subject=locked, file=locked.member)
    return locked
