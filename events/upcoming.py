"""What of the meetings is due within a week, for Today: calls, agendas, meetings, confirmations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.meetings.notices import notices_of
from events.models import Meeting, MeetingStage, MeetingState, Mode, Precision, Resolution
from events.policies import MeetingPolicies, load_policies

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WEEK = dt.timedelta(days=7)
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Due:
    """One thing that is due: which meeting's page, what, until when."""

    meeting: int
    page: str
    words: StrOrPromise
    until: dt.date | None
    is_late: bool = False


def find_due(on: dt.date) -> list[Due]:
    """Everything that is due by a week from a day, the earliest first; at most two queries."""
    last = MeetingStage.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
    known: list[Any] = list(
        Meeting.objects.with_stage().annotate(
            precision=Subquery(last.values("precision")[:1]), waiting=count_unconfirmed()
        )
    )
    ahead = [meeting for meeting in known if is_ahead(meeting)]
    policies = load_policies() if ahead else MeetingPolicies()
    found = [due for meeting in ahead for due in dues_of(meeting, on, policies)]
    return [
        *sorted(found, key=lambda due: due.until or on),
        *(ask_to_confirm(meeting) for meeting in known if meeting.waiting),
    ]


def is_ahead(meeting: Any) -> bool:  # noqa: ANN401 annotated by the queryset
    """Whether it is neither held nor off, and its day is known to the day."""
    is_dated = meeting.starts_on is not None and meeting.precision == Precision.DAY
    return is_dated and meeting.state not in OVER


def dues_of(meeting: Any, on: dt.date, policies: MeetingPolicies) -> list[Due]:  # noqa: ANN401 annotated by the queryset
    """What one meeting asks for within a week."""
    last = meeting.ends_on or meeting.starts_on
    if meeting.mode == Mode.WRITTEN:
        words = _("Count the answers: %(meeting)s") % {"meeting": meeting}
        late = on > last
        return [Due(meeting.pk, "answers", words, last, late)] if late else []
    if on > last:
        words = _("Record what became of %(meeting)s") % {"meeting": meeting}
        return [Due(meeting.pk, "stage", words, last, is_late=True)]
    stage = MeetingStage(starts_on=meeting.starts_on, ends_on=meeting.ends_on)
    notices = notices_of(meeting, stage, policies)
    if notices is None:
        return []
    found = []
    if meeting.called_on is None and notices.call.until <= on + WEEK:
        words = _("Call %(meeting)s") % {"meeting": meeting}
        found.append(
            Due(meeting.pk, "stage", words, notices.call.until, notices.call.is_missed(on))
        )
    if meeting.agenda_on is None and notices.agenda.until <= on + WEEK:
        words = _("Publish the agenda of %(meeting)s") % {"meeting": meeting}
        late = notices.agenda.is_missed(on)
        found.append(Due(meeting.pk, "agenda", words, notices.agenda.until, late))
    if meeting.starts_on <= on + WEEK:
        words = _("%(meeting)s begins") % {"meeting": meeting}
        found.append(Due(meeting.pk, "change", words, meeting.starts_on))
    return found


def count_unconfirmed() -> Coalesce:
    """How many resolutions of a meeting had a quorum and wait for somebody to confirm them."""
    waiting = Resolution.objects.standing().filter(
        item__meeting=OuterRef("pk"), confirmation__isnull=True, represented__gte=F("quorum")
    )
    counted = waiting.order_by().values("item__meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def ask_to_confirm(meeting: Any) -> Due:  # noqa: ANN401 annotated by the queryset
    """That resolutions of a meeting wait."""
    words = ngettext(
        "%(count)s resolution of %(meeting)s to confirm",
        "%(count)s resolutions of %(meeting)s to confirm",
        meeting.waiting,
    )
    facts = {"count": meeting.waiting, "meeting": meeting}
    return Due(meeting.pk, "confirm", words % facts, None)


def say_until(due: Due) -> str:
    """The day, or that it waits."""
    if due.until is None:
        return _("waits")
    day = date_format(due.until, "DATE_FORMAT")
    return (_("was due %(day)s") if due.is_late else _("until %(day)s")) % {"day": day}
