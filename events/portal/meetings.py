"""Meetings: may we vote and why, who comes for us, agenda and papers, what to do by when."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from events.calendars.links import standing_link, token_of
from events.delegating.naming import answer_invitation, ask_to_take_part
from events.meetings.item_papers import read_item_paper
from events.models import Answer, ItemPaper, TopicSuggestion
from events.papers import read_event_paper
from events.portal.pages import find_meeting, meeting_page, own_delegation, show
from events.portal.reading import (
    agenda_of,
    asked_about,
    ballots_for,
    host_calls,
    memorandum_of,
    papers_of,
    past_meetings,
    programme_of,
    see,
    speakers_for,
    upcoming_meetings,
)
from members.access import own_member, person
from members.mandate import Right
from members.rights import may
from wego import seoul
from wego.sending import as_file


@meeting_page()
def list_meetings(request: HttpRequest) -> HttpResponse:
    """What is ahead, each with our vote and our people; what was; and the calendar."""
    member, today = own_member(request), seoul.today()
    link = standing_link(person(request))
    ahead = [see(request, meeting) for meeting in upcoming_meetings()]
    return show(
        request,
        "list",
        seen=[each for each in ahead if each.asked or not each.is_written],
        past=past_meetings(member),
        calls=host_calls(today),
        may_act=may(request, Right.MEETINGS),
        calendar_token=token_of(link) if link else "",
    )


@meeting_page()
def show_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting: answer, people, papers, agenda, programme, topics."""
    member, today = own_member(request), seoul.today()
    seen = see(request, find_meeting(code))
    papers = papers_of(seen.delegates)
    topics = TopicSuggestion.objects.filter(meeting=seen.meeting, member=member)
    return show(
        request,
        "meeting",
        seen=seen,
        people=[
            (each, papers.get((each.pk, "badge")), papers.get((each.pk, "visa")))
            for each in seen.delegates
        ],
        ballots=ballots_for(seen.meeting, member) if may(request, Right.BALLOT) else [],
        agenda=agenda_of(seen.meeting),
        sessions=programme_of(seen.meeting),
        speakers=speakers_for(seen.meeting, member),
        consultation=asked_about(seen.meeting, today),
        topics=list(topics),
        memorandum=memorandum_of(seen.meeting),
        may_act=may(request, Right.MEETINGS) and not seen.is_over,
    )


@meeting_page()
def my_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """The meeting for the person who goes there, on a phone."""
    seen = see(request, find_meeting(code))
    me = next((each for each in seen.delegates if each.user_id == person(request).pk), None)
    papers = papers_of([me] if me else [])
    return show(
        request,
        "my",
        seen=seen,
        me=me,
        badge=papers.get((me.pk, "badge")) if me else None,
        visa=papers.get((me.pk, "visa")) if me else None,
        ballots=ballots_for(seen.meeting, own_member(request))
        if may(request, Right.BALLOT)
        else [],
        agenda=agenda_of(seen.meeting),
        sessions=programme_of(seen.meeting),
        may_act=may(request, Right.MEETINGS) and not seen.is_over,
    )


@meeting_page(right=Right.MEETINGS, shows=False, acts=True)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """We come, or we do not; who was not invited asks to observe (R18)."""
    meeting, today = find_meeting(code), seoul.today()
    word = request.POST.get("answer", "")
    try:
        delegation = own_delegation(request, meeting)
        if delegation is None and word == Answer.COMING:
            ask_to_take_part(meeting, own_member(request), on=today, by=person(request))
        elif delegation is not None:
            answer_invitation(delegation, word, on=today, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        done = {
            Answer.COMING.value: _("You come. Now name who comes."),
            Answer.DECLINED.value: _("You do not come. You can still change that."),
        }
        if word in done:
            messages.success(request, done[word])
    return redirect("meetings:meeting", code)


@meeting_page()
def item_paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:  # noqa: ARG001 in the address
    """A paper put to an item of a published agenda; every member reads the same."""
    rows = ItemPaper.objects.filter(
        taken_back_on__isnull=True,
        item__meeting__code=code,
        item__meeting__agenda_on__isnull=False,
    )
    paper = get_object_or_404(rows, pk=pk)
    return as_file(read_item_paper(paper), paper.content_type, paper.file_name, saved=True)


@meeting_page()
def memorandum(request: HttpRequest, code: str) -> HttpResponse:
    """The published memorandum as PDF; every member reads the same. A draft is not found."""
    found = memorandum_of(find_meeting(code))
    if found is None:
        raise Http404
    try:
        content = read_event_paper(found.paper)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
        return redirect("meetings:meeting", code)
    saved = "save" in request.GET
    return as_file(content, "application/pdf", f"{found.paper.reference}.pdf", saved=saved)
