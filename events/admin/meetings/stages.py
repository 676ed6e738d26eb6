"""Planning a meeting, and saying what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.admin.meetings.pages import add_refusal, show
from events.forms.meetings import MeetingForm, StageForm
from events.meetings.notices import find_assembly_due
from events.meetings.stages import AFTER, last_stage, plan_meeting, record_stage
from events.models import Meeting, MeetingState
from members.access import person
from wego import seoul
from wego.admin.pages import status_of

USUAL_NEXT: dict[str, str] = {
    MeetingState.PLANNED: MeetingState.CALLED,
    MeetingState.CALLED: MeetingState.HELD,
    MeetingState.POSTPONED: MeetingState.PLANNED,
    MeetingState.MOVED: MeetingState.CALLED,
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Enter a meeting."""
    posted = request.method == "POST"
    form = MeetingForm(request.POST if posted else None, initial={"body": "excom"})
    if posted and form.is_valid():
        facts = form.cleaned_data
        try:
            meeting = plan_meeting(
                body=facts["body"],
                name_en=facts["name_en"],
                name_ko=facts["name_ko"],
                number=facts["number"],
                plan=form.plan(),
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("“%(meeting)s” is planned.") % {"meeting": meeting})
            return redirect("admin:events_meeting_change", meeting.pk)
    return show(
        request,
        "plan",
        title=_("Plan a meeting"),
        form=form,
        due=find_assembly_due(),
        status=status_of(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the next stage; the last one is what the form begins with."""
    meeting = get_object_or_404(Meeting, pk=pk)
    stage = last_stage(meeting)
    posted = request.method == "POST"
    usual = (
        MeetingState.HELD
        if stage.starts_on and stage.starts_on <= seoul.today()
        else USUAL_NEXT.get(stage.state, "")
    )
    initial = {
        name: getattr(stage, name) for name in ("starts_on", "ends_on", "mode", "host", "place")
    } | {"state": usual}
    form = StageForm(request.POST if posted else None, state=stage.state, initial=initial)
    if posted and form.is_valid():
        facts = form.cleaned_data
        try:
            record_stage(
                meeting,
                facts["state"],
                plan=form.plan(),
                reason=facts["reason"],
                on=seoul.today(),
                by=person(request),
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Recorded."))
            return redirect("admin:events_meeting_change", meeting.pk)
    return show(
        request,
        "stage",
        title=_("Record what became of it"),
        meeting=meeting,
        form=form,
        is_final=not AFTER[stage.state],
        status=status_of(form),
    )
