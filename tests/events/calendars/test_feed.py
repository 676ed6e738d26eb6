import datetime as dt

import pytest
from icalendar import Calendar

from events.calendars.feed import (
    Entry,
    list_host_calls,
    list_meetings,
    list_topics,
    write_calendar,
)
from events.models import MeetingStage
from events.programme.consulting import open_consultation
from tests.events.builders import add_host_call, add_meeting

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 10)
STAMP = dt.datetime(2026, 1, 10, 3, tzinfo=dt.UTC)


def read(entries):
    """The entries of a feed, by identity, as a program reads them."""
    content = write_calendar(entries, name="WeGO", host="members.example", stamp=STAMP)
    return {str(each["uid"]): each for each in Calendar.from_ical(content).walk("VEVENT")}


def test_an_assembly_and_its_candidacy_deadline_are_whole_days():
    add_meeting(on=dt.date(2021, 3, 31), code="ga-x", place="Palace, Hall 1; Almaty")

    events = read(list_meetings(dt.date(2021, 1, 1), "https://members.example/portal/meetings/"))

    meeting = events["meeting-ga-x@members.example"]
    assert meeting["dtstart"].dt == dt.date(2021, 3, 31)
    assert meeting["dtend"].dt == dt.date(2021, 4, 1)
    assert str(meeting["location"]) == "Palace, Hall 1; Almaty"
    assert str(meeting["status"]) == "CONFIRMED"
    deadline = events["candidacies-ga-x@members.example"]
    assert deadline["dtstart"].dt == dt.date(2021, 2, 28)


def test_c6_a_postponed_meeting_keeps_its_identity_and_moves():
    meeting = add_meeting("excom-2026", "excom", on=dt.date(2026, 5, 1))
    before = read(list_meetings(TODAY, ""))
    MeetingStage.objects.create(
        meeting=meeting, state="postponed", starts_on=dt.date(2026, 6, 1), reason="Elections"
    )

    after = read(list_meetings(TODAY, ""))

    assert set(before) == set(after) == {"meeting-excom-2026@members.example"}
    assert after["meeting-excom-2026@members.example"]["dtstart"].dt == dt.date(2026, 6, 1)


def test_a_cancelled_assembly_is_shown_cancelled_and_has_no_deadline():
    add_meeting(state="cancelled")

    events = read(list_meetings(TODAY, ""))

    assert [str(each["status"]) for each in events.values()] == ["CANCELLED"]


def test_p12_calls_show_their_two_last_days_once_published():
    call = add_host_call(add_meeting())

    events = read(list_host_calls(TODAY, ""))
    days = {uid: each["dtstart"].dt for uid, each in events.items()}

    assert days == {
        "host-ga-7-interest@members.example": dt.date(2025, 12, 22),
        "host-ga-7-deadline@members.example": dt.date(2026, 1, 14),
    }
    assert list_host_calls(dt.date(2025, 12, 7), "") == []
    call.withdrawn_on = TODAY
    call.save()
    assert list_host_calls(TODAY, "") == []


def test_r19_the_last_day_to_suggest_topics_is_in_it():
    meeting = add_meeting("excom-2026", "excom")
    open_consultation(
        meeting, until=dt.date(2026, 2, 1), question_en="What about?", on=TODAY, by=None
    )

    (event,) = read(list_topics(TODAY, "")).values()

    assert (event["dtstart"].dt, str(event["description"])) == (
        dt.date(2026, 2, 1),
        "What about?",
    )


def test_long_and_foreign_words_survive_folding_and_escaping():
    title = "제7차 총회; " + "회의, " * 30
    content = write_calendar(
        [Entry("x", TODAY, TODAY, title, "one\ntwo")], name="a", host="h", stamp=STAMP
    )

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (title, "one\ntwo")


def test_the_same_facts_give_the_same_bytes():
    add_meeting()
    add_meeting("excom-2026", "excom", on=dt.date(2026, 5, 1))

    first, second = (
        write_calendar(list_meetings(TODAY, ""), name="a", host="h", stamp=STAMP)
        for _turn in range(2)
    )

    assert first == second
    assert first.startswith(b"BEGIN:VCALENDAR\r\n")


def test_what_is_long_past_or_undated_is_left_out():
    add_meeting("ga-6", on=dt.date(2023, 9, 25), state="held")
    add_meeting("ga-8", on=None)
    add_meeting("ga-9", on=dt.date(2026, 9, 1), precision="year")

    assert list_meetings(TODAY, "") == []
