"""Members are consulted before an agenda is published: topics suggested and answered (R19)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Consultation, Meeting, TopicAnswer, TopicSuggestion
from members.history import ENDINGS
from members.mandate import standing_of
from members.models import Member, User
from wego import audit

MOST_TOPICS = 5


@transaction.atomic
def open_consultation(
    meeting: Meeting,
    *,
    until: dt.date,
    question_en: str,
    question_ko: str = "",
    on: dt.date,
    by: User | None,
) -> Consultation:
    """Ask every member what the meeting should be about; asking again moves the last day.

    Raises:
        ValidationError: by field, no question, or a day that has passed.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    problems = {}
    if until < on:
        problems["until"] = _("Choose a day that is still to come.")
    if not question_en.strip():
        problems["question_en"] = _("Say what members are asked.")
    if problems:
        raise ValidationError(problems)
    asked, made = Consultation.objects.update_or_create(
        meeting=meeting,
        defaults={
            "until": until,
            "question_en": question_en.strip(),
            "question_ko": question_ko.strip(),
        },
        create_defaults={
            "opened_on": on,
            "until": until,
            "question_en": question_en.strip(),
            "question_ko": question_ko.strip(),
        },
    )
    act = "consultation.opened" if made else "consultation.changed"
    audit.record_act(act, by=by, subject=asked, facts={"until": until.isoformat()})
    return asked


def consultation_on(meeting: Meeting, on: dt.date) -> Consultation | None:
    """The consultation, if it is open on a day."""
    return Consultation.objects.filter(meeting=meeting, opened_on__lte=on, until__gte=on).first()


@transaction.atomic
def suggest_topic(
    meeting: Meeting, member: Member, *, title: str, note: str = "", on: dt.date, by: User | None
) -> TopicSuggestion:
    """Keep what a member wishes the meeting to be about.

    Raises:
        ValidationError: the consultation is not open, nothing is said, it was said before, or
            enough was said.
    """
    if consultation_on(meeting, on) is None:
        asked = Consultation.objects.filter(meeting=meeting).first()
        raise ValidationError(
            _("Topics were asked for until %(day)s.")
            % {"day": date_format(asked.until, "DATE_FORMAT")}
            if asked
            else _("Members are not asked about this agenda yet."),
            code="closed",
        )
    if standing_of(member, on).status in {"", *ENDINGS}:
        raise ValidationError(
            _("%(member)s is no member on that day.") % {"member": member}, code="no_member"
        )
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": _("Say in a few words what it is about.")})
    Member.objects.select_for_update().get(pk=member.pk)
    own = TopicSuggestion.objects.filter(meeting=meeting, member=member)
    if own.filter(title__iexact=title).exists():
        raise ValidationError({"title": _("You suggested this already.")})
    if own.count() >= MOST_TOPICS:
        raise ValidationError(
            _("You suggested %(count)s topics already.") % {"count": MOST_TOPICS}, code="too_many"
        )
    suggestion = TopicSuggestion.objects.create(
        meeting=meeting,
        member=member,
        title=title,
        note=note.strip(),
        suggested_on=on,
        suggested_by=by,
    )
    audit.record_act("topic.suggested", by=by, subject=suggestion, file=member)
    return suggestion


@transaction.atomic
def answer_topic(
    suggestion: TopicSuggestion, answer: str, *, words: str = "", on: dt.date, by: User | None
) -> TopicSuggestion:
    """Say whether a topic is taken up; a no wants words.

    Raises:
        ValidationError: it was answered, or a no without words.
    """
    locked = TopicSuggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.answer != TopicAnswer.WAITING:
        raise ValidationError(_("This suggestion was answered already."), code="answered")
    if answer not in {TopicAnswer.TAKEN, TopicAnswer.LEFT}:
        raise ValidationError(_("Choose an answer."), code="answer")
    if answer == TopicAnswer.LEFT and not words.strip():
        raise ValidationError({"words": _("Say why it is not taken up: the member reads it.")})
    locked.answer, locked.answer_note, locked.answered_on = answer, words.strip(), on
    locked.save(update_fields=["answer", "answer_note", "answered_on"])
    audit.record_act(
        "topic.answered",
        by=by,
        subject=locked,
        file=locked.member,
        why=locked.answer_note,
        facts={"answer": answer},
    )
    return locked
