"""Confirming what was resolved: what will happen, then the act, by somebody who just signed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from events.admin.meetings.pages import REFUSED, show
from events.board import Board, read_board
from events.confirming import confirm_resolutions
from events.foreseeing import Foreseen, foresee, outline
from events.models import Meeting
from members.access import person
from wego import seoul
from wego.numbers import read_key


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose among the resolutions that wait, see what will happen, confirm: all chosen or none."""
    meeting, today, by = get_object_or_404(Meeting, pk=pk), seoul.today(), person(request)
    board = read_board(meeting, on=today)
    if request.method != "POST":
        return show_confirm(request, board, outline(board.waiting))
    chosen = set(map(read_key, request.POST.getlist("resolution")))
    asked = [each for each in board.waiting if each.pk in chosen]
    if request.POST.get("step") != "confirm":
        return show_confirm(request, board, foresee(asked, on=today, by=by), checked=True)
    try:
        done = confirm_resolutions(asked, on=today, by=by)
    except ValidationError as error:
        return show_confirm(request, board, outline(board.waiting), problems=error.messages)
    words = ngettext(
        "%(count)s resolution is confirmed and has taken effect.",
        "%(count)s resolutions are confirmed and have taken effect.",
        len(done),
    )
    messages.success(request, words % {"count": len(done)})
    return redirect("admin:events_meeting_change", pk)


def show_confirm(
    request: HttpRequest,
    board: Board,
    foreseen: list[Foreseen],
    *,
    checked: bool = False,
    problems: Sequence[str] = (),
) -> HttpResponse:
    """What waits; or, once it was chosen, exactly what will happen."""
    return show(
        request,
        "confirm",
        title=_("Check and confirm") if checked else _("Confirm what was resolved"),
        meeting=board.meeting,
        board=board,
        foreseen=foreseen,
        checked=checked,
        sound=bool(foreseen) and not any(each.refusal for each in foreseen),
        problems=problems,
        status=REFUSED if problems else 200,
    )
