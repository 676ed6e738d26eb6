"""What a member asks for around a meeting: a topic on the agenda, support for its speaker."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.forms.around import SupportForm, TopicForm
from events.models import TopicSuggestion
from events.portal.pages import find_meeting, meeting_page, refuse, show
from events.programme.consulting import consultation_on, suggest_topic
from events.programme.support import request_support
from members.access import own_member, person
from members.mandate import Right
from members.rights import refuse_without
from wego import seoul


@meeting_page(right=Right.MEETINGS, acts=True)
def topics(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the meeting should be about, while members are asked (R19)."""
    meeting, member, today = find_meeting(code), own_member(request), seoul.today()
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suggest_topic(meeting, member, **form.cleaned_data, on=today, by=person(request))
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Thank you. The secretariat answers you here."))
            return redirect("meetings:topics", code)
    return show(
        request,
        "topics",
        form,
        form=form,
        meeting=meeting,
        consultation=consultation_on(meeting, today),
        topics=list(TopicSuggestion.objects.filter(meeting=meeting, member=member)),
    )


@meeting_page(right=Right.MEETINGS, acts=True)
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that our speaker's lodging or airfare be paid; nothing is promised by it (R27)."""
    refuse_without(request, Right.MEETINGS)
    rows = own_member(request).speakers.select_related("session__meeting")
    speaker = get_object_or_404(rows, pk=pk)
    asked = getattr(speaker, "support", None)
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_support(speaker, form.travel(), on=seoul.today(), by=person(request))
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Thank you. The secretariat talks with you about it."))
            return redirect("meetings:support", pk)
    return show(
        request,
        "support",
        form,
        form=form,
        speaker=speaker,
        meeting=speaker.session.meeting,
        asked=asked,
        steps=list(asked.steps.all()) if asked else [],
        receipts=list(asked.receipts.all()) if asked else [],
    )
