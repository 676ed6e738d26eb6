"""The memorandum of a meeting: draft, approved, published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.admin.meetings.pages import show
from events.board import read_board
from events.meetings.memoranda import approve_memorandum, publish_memorandum, write_memorandum
from events.models import Meeting, Memorandum
from events.papers import read_event_paper
from events.tasks import render_event_papers
from members.access import person
from wego import seoul
from wego.admin.pages import tell
from wego.sending import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def show_memoranda(request: HttpRequest, pk: int) -> HttpResponse:
    """Its versions, and the next thing to do with the newest."""
    meeting, today = get_object_or_404(Meeting, pk=pk), seoul.today()
    if request.method == "POST":
        act(request, meeting)
        return redirect("admin:events_meeting_memorandum", pk)
    return show(
        request,
        "memorandum",
        title=_("Meeting memorandum"),
        meeting=meeting,
        board=read_board(meeting, on=today),
    )


def act(request: HttpRequest, meeting: Meeting) -> None:
    """Write, approve or publish."""
    step, by, today = request.POST.get("step", ""), person(request), seoul.today()
    if step == "write":
        done = _("The draft is written. Its PDF is made now.")
        if tell(request, lambda: write_memorandum(meeting, on=today, by=by), done):
            transaction.on_commit(render_event_papers.delay)
        return
    newest = meeting.memoranda.first()
    if newest is None:
        raise Http404
    if step == "approve":
        done = _("The memorandum is approved.")
        tell(request, lambda: approve_memorandum(newest, on=today, by=by), done)
    elif step == "publish":
        done = _("The memorandum is published: members can read it.")
        tell(request, lambda: publish_memorandum(newest, on=today, by=by), done)


@require_safe
def download(_request: HttpRequest, pk: int) -> HttpResponse:
    """The stored PDF of a version."""
    memorandum = get_object_or_404(Memorandum.objects.select_related("paper"), pk=pk)
    try:
        content = read_event_paper(memorandum.paper)
    except ValidationError as error:
        raise Http404(error.messages[0]) from error
    name = f"{memorandum.paper.reference}.pdf"
    return as_file(content, "application/pdf", name, saved=False)
