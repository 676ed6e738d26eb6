"""Written ballots in the portal: a city that votes answers each question, once (S31)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings.asked import read_asked
from events.meetings.written import answer_ballot
from events.models import AgendaItem, Choice
from events.portal.pages import find_meeting, meeting_page, show
from members.access import own_member, person
from members.mandate import Right
from members.rights import may
from wego import seoul
from wego.numbers import read_key


class AnswerForm(forms.Form):
    """For, against or abstain, on one question."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Your city’s answer"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the answers."),
            "invalid_choice": gettext_lazy("Choose one of the answers."),
        },
    )


@meeting_page(right=Right.BALLOT, acts=True)
def written(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked in writing and until when; each answer is given once and stays."""
    meeting, today = find_meeting(code), seoul.today()
    asked = read_asked(meeting, own_member(request), on=today)
    if asked is None:
        raise Http404
    sent = None
    if request.method == "POST":
        item = get_object_or_404(meeting.items, pk=read_key(request.POST.get("item", "")))
        sent = AnswerForm(request.POST, prefix=prefix_of(item))
        if sent.is_valid() and keep(request, item, sent):
            messages.success(request, _("Your city’s answer is recorded. Thank you."))
            return redirect("meetings:written", code)
    return show(
        request,
        "written",
        *([sent] if sent else []),
        meeting=meeting,
        asked=asked,
        questions=[(each, form_for(each.item, sent)) for each in asked.questions],
        refused=sent,
        may_answer=asked.waiting > 0 and may(request, Right.BALLOT),
    )


def prefix_of(item: AgendaItem) -> str:
    """What tells the fields of one question from those of the others."""
    return f"item-{item.pk}"


def form_for(item: AgendaItem, sent: AnswerForm | None) -> AnswerForm:
    """The form of a question: the one that was sent and refused, or an empty one."""
    prefix = prefix_of(item)
    return sent if sent is not None and sent.prefix == prefix else AnswerForm(prefix=prefix)


def keep(request: HttpRequest, item: AgendaItem, form: AnswerForm) -> bool:
    """Record the answer; otherwise the form says why not."""
    by = person(request)
    try:
        answer_ballot(
            item,
            own_member(request),
            form.cleaned_data["choice"],
            source=f"portal, {by}"[:200],
            on=seoul.today(),
            by=by,
        )
    except ValidationError as error:
        form.add_error("choice", error.messages)
        return False
    return True
