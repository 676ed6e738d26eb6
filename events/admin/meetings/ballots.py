"""Written ballots between meetings: opened, answers taken in, counted (S31)."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.admin.meetings.pages import show
from events.board import read_board
from events.forms.meetings import BallotForm
from events.meetings.written import Question, answer_ballot, close_ballot, open_ballot
from events.models import AgendaItem, Choice, Meeting, WrittenAnswer
from events.policies import load_policies
from events.seats import excom_voters_on
from members.access import person
from members.models import Member
from wego import seoul
from wego.admin.pages import status_of, tell
from wego.numbers import read_key


@require_http_methods(["GET", "HEAD", "POST"])
def open_written(request: HttpRequest) -> HttpResponse:
    """Ask EXCOM one question in writing."""
    posted, today = request.method == "POST", seoul.today()
    days = load_policies().written_days
    first = today + dt.timedelta(days=days)
    initial = {
        "closes_on": first,
        "kind": "hosts",
        "voters": [member.pk for member in excom_voters_on(today)],
    }
    form = BallotForm(request.POST if posted else None, initial=initial)
    form.fields["closes_on"].help_text = _("At least %(days)s days are given (S31).") % {
        "days": days
    }
    if posted and form.is_valid():
        facts = form.cleaned_data
        question = Question(facts["kind"], facts["title_en"], facts["title_ko"], facts["note"])
        try:
            meeting = open_ballot(
                body="excom",
                name_en=facts["name_en"],
                name_ko=facts["name_ko"],
                questions=[question],
                voters=list(facts["voters"]),
                closes_on=facts["closes_on"],
                on=today,
                by=person(request),
            )
        except ValidationError as error:
            form.add_error("closes_on" if error.code == "days" else None, error.messages)
        else:
            messages.success(request, _("The ballot is open."))
            return redirect("admin:events_meeting_change", meeting.pk)
    return show(
        request,
        "ballot",
        title=_("Open a written ballot"),
        form=form,
        status=status_of(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered what; answers that came by mail are noted, then counted."""
    meeting, today = get_object_or_404(Meeting, pk=pk), seoul.today()
    if request.method == "POST":
        act(request, meeting, today)
        return redirect("admin:events_meeting_answers", pk)
    board = read_board(meeting, on=today)
    given = {
        (answer.item_id, answer.member_id): answer
        for answer in WrittenAnswer.objects.filter(item__meeting=meeting)
    }
    return show(
        request,
        "answers",
        title=_("Answers to the written ballot"),
        meeting=meeting,
        board=board,
        choices=Choice.choices,
        tables=[
            (
                row.item,
                [
                    (voter, given.get((row.item.pk, voter.member.pk)))
                    for voter in board.quorum.voters
                ],
            )
            for row in board.items
        ],
    )


def act(request: HttpRequest, meeting: Meeting, today: dt.date) -> None:
    """Note one answer, or count them all."""
    by = person(request)
    if request.POST.get("step") == "close":
        tell(
            request,
            lambda: close_ballot(meeting, reference=_("written ballot"), on=today, by=by),
            _("The answers are counted."),
        )
        return
    item = get_object_or_404(AgendaItem, meeting=meeting, pk=read_key(request.POST.get("item", "")))
    member = get_object_or_404(Member, pk=read_key(request.POST.get("member", "")))
    choice, source = request.POST.get("choice", ""), request.POST.get("source", "")[:200]
    tell(
        request,
        lambda: answer_ballot(item, member, choice, source=source, on=today, by=by),
        _("The answer of %(member)s is noted.") % {"member": member},
    )
