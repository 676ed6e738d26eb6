"""The board of a meeting: days left and next step, who comes, quorum, what is undecided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from events.admin.meetings.pages import CHANGE, TONES, show
from events.board import next_step, read_board
from events.foreseeing import outline
from events.models import Meeting
from wego import seoul


@require_safe
def show_board(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting at a glance, and the one thing to do next."""
    meeting, today = get_object_or_404(Meeting, pk=pk), seoul.today()
    board = read_board(meeting, on=today)
    return show(
        request,
        "board",
        title=str(meeting),
        meeting=meeting,
        board=board,
        tone=TONES[board.stage.state],
        step=next_step(board),
        tones=TONES,
        foreseen=outline(board.waiting),
        may_change=request.user.has_perm(CHANGE),
    )
