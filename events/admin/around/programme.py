"""A meeting's programme for the secretariat: members consulted, sessions, speakers (R19, R27)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.admin.around.pages import CHANGE, Act, answer, show, typed
from events.forms.programme import (
    ConsultationForm,
    SessionForm,
    SpeakerForm,
    TopicAnswerForm,
    facts_of,
)
from events.meetings.stages import last_stage
from events.models import Consultation, Meeting, Session, Speaker, TopicSuggestion
from events.programme.consulting import answer_topic, open_consultation
from events.programme.sessions import change_session, name_speaker, plan_session, remove_speaker
from members.access import person
from wego import seoul
from wego.admin.pages import tell

LOOKING = ["GET", "HEAD", "POST"]


def back_to(meeting: Meeting) -> str:
    """The page of a meeting's programme."""
    return reverse("admin:events_around_programme", args=[meeting.pk])


@require_safe
def show_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The three steps: what members wish, who speaks, what stands in each session."""
    meeting = get_object_or_404(Meeting, pk=pk)
    speakers = Speaker.objects.filter(left_on__isnull=True).select_related("member", "support")
    return show(
        request,
        "programme",
        title=_("Programme of %(meeting)s") % {"meeting": meeting},
        meeting=meeting,
        consultation=Consultation.objects.filter(meeting=meeting).first(),
        topics=list(meeting.suggestions.select_related("member")),
        sessions=list(meeting.sessions.prefetch_related(Prefetch("speakers", speakers, "shown"))),
        today=seoul.today(),
        may_act=request.user.has_perm(CHANGE),
    )


@require_http_methods(LOOKING)
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask members what the meeting should be about, or move the last day."""
    meeting = get_object_or_404(Meeting, pk=pk)
    asked = Consultation.objects.filter(meeting=meeting).first()
    names = ("until", "question_en", "question_ko")
    form = ConsultationForm(
        typed(request), initial={name: getattr(asked, name) for name in names} if asked else None
    )
    act = Act(
        title=_("Consult members: %(meeting)s") % {"meeting": meeting},
        lead=_("Every member reads the question in its portal and suggests topics."),
        button=_("Ask the members"),
        back=back_to(meeting),
        said=_("Members are asked."),
    )
    return answer(
        request,
        act,
        form,
        lambda facts: open_consultation(meeting, **facts, on=seoul.today(), by=person(request)),
    )


@require_http_methods(LOOKING)
def answer_suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a topic is taken up."""
    rows = TopicSuggestion.objects.select_related("meeting", "member")
    topic = get_object_or_404(rows, pk=pk)
    act = Act(
        title=str(topic),
        lead=f"{topic.member} · {topic.note}" if topic.note else str(topic.member),
        button=_("Answer"),
        back=back_to(topic.meeting),
        said=_("The member reads your answer in its portal."),
    )

    def do(facts: dict[str, Any]) -> object:
        words, on = facts["words"], seoul.today()
        return answer_topic(topic, facts["answer"], words=words, on=on, by=person(request))

    return answer(request, act, TopicAnswerForm(typed(request)), do)


@require_http_methods(LOOKING)
def add_session(request: HttpRequest, pk: int) -> HttpResponse:
    """One more session."""
    meeting = get_object_or_404(Meeting, pk=pk)
    form = SessionForm(typed(request), initial={"day": last_stage(meeting).starts_on})
    act = Act(
        title=_("Plan a session: %(meeting)s") % {"meeting": meeting},
        button=_("Put it on the programme"),
        back=back_to(meeting),
        said=_("The session is on the programme."),
    )
    return answer(
        request, act, form, lambda _facts: plan_session(meeting, form.slot(), by=person(request))
    )


@require_http_methods(LOOKING)
def edit_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a session."""
    session = get_object_or_404(Session.objects.select_related("meeting"), pk=pk)
    form = SessionForm(typed(request), initial=facts_of(session))
    act = Act(
        title=str(session),
        button=_("Save"),
        back=back_to(session.meeting),
        said=_("The session is stored."),
    )
    return answer(
        request, act, form, lambda _facts: change_session(session, form.slot(), by=person(request))
    )


@require_http_methods(LOOKING)
def add_speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody speaks in a session: for a member, or a guest."""
    session = get_object_or_404(Session.objects.select_related("meeting"), pk=pk)
    form = SpeakerForm(typed(request), on=seoul.today())
    act = Act(
        title=_("Name a speaker: %(session)s") % {"session": session},
        lead=_("Naming somebody promises no support: the member asks for it in its portal."),
        button=_("Name the speaker"),
        back=back_to(session.meeting),
        said=_("The speaker is on the programme."),
    )
    return answer(
        request, act, form, lambda _facts: name_speaker(session, form.voice(), by=person(request))
    )


@require_POST
def take_speaker_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody speaks no more."""
    speaker = get_object_or_404(Speaker.objects.select_related("session__meeting"), pk=pk)
    said = _("%(name)s speaks no more.") % {"name": speaker}
    tell(request, lambda: remove_speaker(speaker, on=seoul.today(), by=person(request)), said)
    return redirect(back_to(speaker.session.meeting))
