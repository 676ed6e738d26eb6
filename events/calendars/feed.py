"""The calendar as iCalendar (RFC 5545): meetings and what has to be done before them.

An entry keeps its identity over every postponement, so that a calendar moves it and shows no
second one. Days decide here, so every entry is of whole days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from events.elections import candidacy_deadline
from events.models import Consultation, HostCall, Meeting, MeetingStage, MeetingState, Precision
from members.models import Body

DAY = dt.timedelta(days=1)
# What a calendar still shows of what is behind it.
KEPT = dt.timedelta(days=550)
PRODUCT = "-//World Smart Sustainable Cities Organization//WeGO Members//EN"
# How often a program may look again.
REFRESH = dt.timedelta(hours=12)


class Entry(NamedTuple):
    """One entry: its lasting identity, its days (both included), its words, where it leads."""

    key: str
    first: dt.date
    last: dt.date
    title: str
    text: str = ""
    place: str = ""
    link: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Gathering:
    """A meeting as its last stage says."""

    meeting: Meeting
    state: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    place: str

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.state == MeetingState.CANCELLED


def read_gatherings(on: dt.date) -> list[Gathering]:
    """Meetings whose day is known, from a year and a half ago on, in one query."""
    last = MeetingStage.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
    known = Subquery(last.values("precision")[:1])
    rows = Meeting.objects.with_stage().alias(known=known).filter(known=Precision.DAY)
    found = [
        Gathering(row, row.state, row.starts_on, row.ends_on, row.place or "")  # type: ignore[attr-defined]
        for row in rows.order_by("pk")
    ]
    return [each for each in found if each.starts_on and each.starts_on >= on - KEPT]


def list_meetings(on: dt.date, link: str) -> list[Entry]:
    """Meetings, and for an assembly the last day to stand for office (A17)."""
    entries: list[Entry] = []
    for each in read_gatherings(on):
        if each.starts_on is None:
            continue
        last = each.ends_on or each.starts_on
        entries.append(
            Entry(
                f"meeting-{each.meeting.code}",
                each.starts_on,
                last,
                str(each.meeting),
                str(MeetingState(each.state).label),
                each.place,
                link,
                each.is_off,
            )
        )
        if each.meeting.body == Body.ASSEMBLY and not each.is_off:
            deadline = candidacy_deadline(each.starts_on)
            entries.append(
                Entry(
                    f"candidacies-{each.meeting.code}",
                    deadline,
                    deadline,
                    _("Last day to stand for office: %(meeting)s") % {"meeting": each.meeting},
                    _("One calendar month before the assembly, midnight in Seoul."),
                    "",
                    link,
                )
            )
    return entries


def list_host_calls(on: dt.date, link: str) -> list[Entry]:
    """The last days of calls for bids that are published and stand."""
    calls = HostCall.objects.filter(
        published_on__lte=on, deadline_on__gte=on - KEPT, withdrawn_on__isnull=True
    ).select_related("meeting")
    return [
        Entry(
            f"{call.code}-{key}",
            day,
            day,
            title % {"meeting": call.meeting},
            _("Midnight in Seoul."),
            "",
            link,
        )
        for call in calls
        for key, day, title in (
            ("interest", call.interest_by, _("Last day to express interest to host: %(meeting)s")),
            ("deadline", call.deadline_on, _("Last day to bid to host: %(meeting)s")),
        )
        if day
    ]


def list_topics(on: dt.date, link: str) -> list[Entry]:
    """The last days on which members may say what a meeting should be about (R19)."""
    asked = Consultation.objects.filter(opened_on__lte=on, until__gte=on - KEPT)
    return [
        Entry(
            f"topics-{each.meeting.code}",
            each.until,
            each.until,
            _("Last day to suggest topics: %(meeting)s") % {"meeting": each.meeting},
            each.question,
            "",
            link,
        )
        for each in asked.select_related("meeting")
    ]


def write_calendar(entries: Iterable[Entry], *, name: str, host: str, stamp: dt.datetime) -> bytes:
    """The calendar as programs read it; `host` makes identities worldwide, `stamp` is now."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in sorted(entries, key=lambda each: (each.first, each.key)):
        calendar.add_component(write_entry(entry, host=host, stamp=stamp))
    return bytes(calendar.to_ical())


def write_entry(entry: Entry, *, host: str, stamp: dt.datetime) -> Event:
    """One entry of whole days; its end is the day after, as the standard wants."""
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + DAY)
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.text:
        event.add("description", entry.text)
    if entry.place:
        event.add("location", entry.place)
    if entry.link:
        event.add("url", entry.link)
    return event
