"""The board of a meeting: days left and next step, who comes, quorum, what is undecided."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.filling import Filling, fill_agenda
from events.meetings.notices import Notices, notices_of
from events.meetings.quorum import Quorum, count_quorum
from events.meetings.stages import voting_day
from events.models import (
    AgendaItem,
    Answer,
    Delegation,
    DelegationKind,
    Meeting,
    MeetingStage,
    MeetingState,
    Memorandum,
    Mode,
    Resolution,
)
from events.policies import load_policies

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Step:
    """What is to be done next, and on which page."""

    words: StrOrPromise
    page: str


@dataclass(frozen=True)
class ItemRow:
    """An item with what it is about today and what was resolved on it."""

    item: AgendaItem
    filling: Filling | None
    resolutions: Sequence[Resolution]

    @property
    def is_open(self) -> bool:
        """Whether nothing is resolved on it."""
        return not self.resolutions


@dataclass(frozen=True)
class Board:
    """One meeting as it stands on a day."""

    meeting: Meeting
    on: dt.date
    stages: Sequence[MeetingStage]
    notices: Notices | None
    quorum: Quorum
    delegations: Sequence[Delegation]
    items: Sequence[ItemRow]
    memoranda: Sequence[Memorandum]

    @property
    def stage(self) -> MeetingStage:
        """What holds of it."""
        return self.stages[-1]

    @property
    def is_over(self) -> bool:
        """Whether it was held or is off."""
        return self.stage.state in OVER

    @property
    def is_written(self) -> bool:
        """Whether it is a written ballot."""
        return self.stage.mode == Mode.WRITTEN

    @property
    def days_left(self) -> int | None:
        """Days to its first day; None when it is over, has begun or has no day."""
        first = self.stage.starts_on
        if first is None or self.is_over or first < self.on:
            return None
        return (first - self.on).days

    @property
    def answers(self) -> Counter[str]:
        """How many answered what."""
        return Counter(each.answer for each in self.delegations)

    @property
    def coming(self) -> int:
        """How many said that they come, or came."""
        return self.answers[Answer.COMING]

    @property
    def voting(self) -> list[Delegation]:
        """Who was invited to vote."""
        return [each for each in self.delegations if each.kind == DelegationKind.VOTING]

    @property
    def undecided(self) -> list[ItemRow]:
        """Items nothing is resolved on."""
        return [row for row in self.items if row.is_open]

    @property
    def waiting(self) -> list[Resolution]:
        """Resolutions that are not confirmed yet."""
        return [
            each
            for row in self.items
            for each in row.resolutions
            if getattr(each, "confirmation", None) is None
        ]

    @property
    def confirmable(self) -> list[Resolution]:
        """Those of them that had a quorum."""
        return [each for each in self.waiting if each.quorum_held]

    @property
    def memorandum(self) -> Memorandum | None:
        """The newest version."""
        return self.memoranda[0] if self.memoranda else None


def read_board(meeting: Meeting, *, on: dt.date) -> Board:
    """Everything the board of a meeting shows, in a constant number of queries."""
    stages = list(meeting.stages.select_related("host", "recorded_by").order_by("pk"))
    policies = load_policies()
    day = voting_day(stages[-1], on)
    delegations = meeting.delegations.select_related("member").prefetch_related(
        "delegates", "attendances"
    )
    return Board(
        meeting=meeting,
        on=on,
        stages=stages,
        notices=notices_of(meeting, stages[-1], policies),
        quorum=count_quorum(meeting, on=day, policies=policies),
        delegations=list(delegations.order_by("-kind", "member__name_en", "organisation")),
        items=read_items(meeting, day, is_over=stages[-1].state in OVER),
        memoranda=list(meeting.memoranda.select_related("paper", "paper__document")),
    )


def read_items(meeting: Meeting, day: dt.date, *, is_over: bool) -> list[ItemRow]:
    """The agenda with what stands on record; what is over fills itself no more."""
    items = list(meeting.items.prefetch_related("papers").order_by("position"))
    standing = (
        Resolution.objects.standing()
        .filter(Q(item__meeting=meeting))
        .select_related("item", "confirmation__decision", "corrects")
        .prefetch_related("lines__member")
        .order_by("pk")
    )
    found: dict[int, list[Resolution]] = {}
    for resolution in standing:
        found.setdefault(resolution.item_id, []).append(resolution)
    fillings = {} if is_over else fill_agenda(meeting, [item.kind for item in items], on=day)
    return [ItemRow(item, fillings.get(item.kind), found.get(item.pk, [])) for item in items]


def next_step(board: Board) -> Step | None:
    """The one thing to do next; None when nothing is left."""
    if board.stage.state == MeetingState.CANCELLED:
        return None
    if not board.is_over:
        return next_before(board) or next_during(board)
    if board.confirmable:
        return Step(_("Confirm what was resolved"), "confirm")
    memorandum = board.memorandum
    if memorandum is None:
        return Step(_("Write the memorandum"), "memorandum")
    if memorandum.approved_on is None:
        return Step(_("Have the memorandum approved"), "memorandum")
    return None if memorandum.published_on else Step(_("Publish the memorandum"), "memorandum")


def next_before(board: Board) -> Step | None:
    """What is to be done before it begins."""
    if board.stage.starts_on is None or board.notices is None:
        return Step(_("Enter its new day"), "stage")
    begun = board.on >= board.stage.starts_on
    if board.meeting.called_on is None and not begun:
        return Step(_("Call it until %(day)s") % say(board.notices.call.until), "stage")
    if not board.delegations:
        return Step(_("Invite those who vote, and observers"), "people")
    if not board.items:
        return Step(_("Lay out the agenda"), "agenda")
    if board.meeting.agenda_on is None and not begun:
        return Step(
            _("Publish the agenda until %(day)s") % say(board.notices.agenda.until), "agenda"
        )
    return None


def say(day: dt.date) -> dict[str, str]:
    """A day as people read it."""
    return {"day": date_format(day, "DATE_FORMAT")}


def next_during(board: Board) -> Step | None:
    """What is to be done once it has begun."""
    if board.days_left:
        return None
    if board.is_written:
        return Step(_("Take in the answers, then count them"), "answers")
    if not board.quorum.present:
        return Step(_("Note who is there"), "people")
    if board.undecided:
        return Step(_("Decide what is open on the agenda"), "agenda")
    return Step(_("Record that it was held"), "stage")
