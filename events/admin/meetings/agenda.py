"""The agenda of a meeting: it fills itself; items, their order, their papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.admin.meetings.pages import add_refusal, show
from events.board import read_board
from events.forms.meetings import ItemForm, ItemWordsForm, PaperForm
from events.meetings.agenda import (
    add_item,
    edit_item,
    lay_out_agenda,
    move_item_up,
    publish_agenda,
    remove_item,
)
from events.meetings.item_papers import put_paper, read_item_paper, take_paper_back
from events.models import AgendaItem, ItemPaper, Meeting
from members.access import person
from wego import seoul
from wego.admin.pages import status_of, tell
from wego.numbers import read_key
from wego.sending import as_file


@require_http_methods(["GET", "HEAD", "POST"])
def show_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item with what it is about today; one button each for what can be done."""
    meeting = get_object_or_404(Meeting, pk=pk)
    adding = request.POST.get("step") == "add"
    form = ItemForm(request.POST if adding else None)
    if adding and form.is_valid():
        try:
            add_item(meeting, **form.cleaned_data, by=person(request))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect("admin:events_meeting_agenda", pk)
    elif request.method == "POST" and not adding:
        press(request, meeting)
        return redirect("admin:events_meeting_agenda", pk)
    return show(
        request,
        "agenda",
        title=_("Agenda"),
        meeting=meeting,
        board=read_board(meeting, on=seoul.today()),
        form=form,
        status=status_of(form),
    )


def press(request: HttpRequest, meeting: Meeting) -> None:
    """The buttons of the page."""
    step, by = request.POST.get("step", ""), person(request)
    if step == "lay_out":
        tell(request, lambda: lay_out_agenda(meeting, by=by), _("The agenda is laid out."))
    elif step == "publish":
        day = seoul.today()
        done = _("The agenda is noted as published today.")
        tell(request, lambda: publish_agenda(meeting, on=day, by=by), done)
    elif step in {"up", "remove"}:
        key = request.POST.get("item", "")
        item = meeting.items.filter(pk=read_key(key)).first()
        if item is None:
            raise Http404
        if step == "up":
            tell(request, lambda: move_item_up(item, by=by), _("The item has moved up."))
        else:
            tell(request, lambda: remove_item(item, by=by), _("The item is off the agenda."))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of an item and the papers put to it."""
    item = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=pk)
    step = request.POST.get("step", "")
    words = ItemWordsForm(
        request.POST if step == "words" else None,
        initial={"title_en": item.title_en, "title_ko": item.title_ko, "note": item.note},
    )
    is_paper = step == "paper"
    paper = PaperForm(request.POST if is_paper else None, request.FILES if is_paper else None)
    if request.method == "POST" and save(request, item, words, paper):
        return redirect("admin:events_meeting_item", pk)
    return show(
        request,
        "item",
        title=str(item),
        meeting=item.meeting,
        item=item,
        words=words,
        paper_form=paper,
        papers=item.papers.filter(taken_back_on__isnull=True),
        status=status_of(words, paper),
    )


def save(request: HttpRequest, item: AgendaItem, words: ItemWordsForm, paper: PaperForm) -> bool:
    """Do what was asked; False when something is to be corrected."""
    by, today = person(request), seoul.today()
    try:
        if words.is_bound and words.is_valid():
            edit_item(item, **words.cleaned_data, by=by)
        elif paper.is_bound and paper.is_valid():
            put_paper(item, **paper.cleaned_data, on=today, by=by)
        elif request.POST.get("step") == "take_back":
            key = request.POST.get("paper", "")
            row = item.papers.filter(pk=read_key(key)).first()
            if row is None:
                raise Http404
            take_paper_back(row, on=today, by=by)
        else:
            return False
    except ValidationError as error:
        add_refusal(paper if paper.is_bound else words, error)
        return False
    messages.success(request, _("Saved."))
    return True


@require_safe
def download(_request: HttpRequest, pk: int) -> HttpResponse:
    """A paper as it was handed in."""
    paper = get_object_or_404(ItemPaper, pk=pk)
    try:
        content = read_item_paper(paper)
    except ValidationError as error:
        raise Http404(error.messages[0]) from error
    return as_file(content, paper.content_type, paper.file_name, saved=True)
