"""Meetings, decisions and awards for programs: what is published, and of lines one's own."""

import datetime as dt

import pytest

from events.models import AgendaItem, AwardEdition, AwardSeries, Resolution, ResolutionLine
from tests.access.world_api import decision_about
from tests.events.builders import add_meeting
from tests.register import add_member
from tests.wego.api.callers import problem_of, program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A program of the secretariat."""
    return program_of(client, role="secretariat")


def test_a_meeting_is_told_as_its_last_stage_says(office):
    meeting = add_meeting("ga-7", "assembly", state="called")

    found = office.get("/api/v1/meetings/ga-7").json()

    assert (found["code"], found["body"], found["state"]) == ("ga-7", "assembly", "called")
    assert found["starts_on"] == str(meeting.stages.last().starts_on)
    listed = office.get("/api/v1/meetings?body=assembly&state=called").json()["results"]
    assert [each["code"] for each in listed] == ["ga-7"]
    assert office.get("/api/v1/meetings?body=excom").json()["results"] == []
    problem_of(office.get("/api/v1/meetings/ga-8"), 404)


def test_members_see_no_agenda_before_it_is_published(client):
    goyang = add_member("Goyang")
    meeting = add_meeting("ga-7", "assembly")
    AgendaItem.objects.create(meeting=meeting, position=1, kind="report", title_en="Report")
    city = program_of(client, member=goyang)
    office = program_of(client, role="secretariat")

    def agenda(program):
        return [each["title_en"] for each in program.get("/api/v1/meetings/ga-7").json()["agenda"]]

    assert (agenda(city), agenda(office)) == ([], ["Report"])

    meeting.agenda_on = dt.date(2026, 1, 1)
    meeting.save()

    assert agenda(city) == ["Report"]


def test_a_decision_is_told_when_it_is_confirmed(office):
    meeting = add_meeting("ga-7", "assembly")
    goyang = add_member("Goyang")
    decision = decision_about(goyang, meeting)
    waiting = Resolution.objects.create(
        item=decision.item,
        verdict="reject",
        manner="unanimous",
        resolved_on=decision.resolved_on,
        effective_on=decision.effective_on,
        reference="item 91",
    )

    listed = office.get("/api/v1/decisions?meeting=ga-7&kind=other").json()["results"]

    assert [each["reference"] for each in listed] == ["item 90"]
    assert listed[0]["lines"] == [{"member": goyang.pk, "about": "", "outcome": "note"}]
    assert listed[0]["is_standing"] is True
    problem_of(office.get(f"/api/v1/decisions/{waiting.pk}"), 404)


def test_a_member_sees_its_own_line_of_a_decision(client):
    goyang, seoul = add_member("Goyang"), add_member("Seoul")
    decision = decision_about(goyang, add_meeting("ga-7", "assembly"))
    ResolutionLine.objects.create(resolution=decision, member=seoul, outcome="note")
    city = program_of(client, member=goyang)

    found = city.get(f"/api/v1/decisions/{decision.pk}").json()

    assert [each["member"] for each in found["lines"]] == [goyang.pk]


def edition(state, number=4):
    return AwardEdition.objects.create(
        series=AwardSeries.objects.get_or_create(code="wego-awards")[0],
        number=number,
        year=2026,
        state=state,
        call_on=dt.date(2026, 1, 1),
        deadline_on=dt.date(2026, 2, 1),
        entries_per_city=2,
        recusal="country",
    )


def test_a_draft_edition_of_the_awards_does_not_exist_here(client):
    program = program_of(client, member=add_member("Goyang"))
    edition("draft")
    edition("call_open", 5)

    listed = program.get("/api/v1/awards?year=2026").json()["results"]

    assert [each["code"] for each in listed] == ["wego-awards-5"]
    assert program.get("/api/v1/awards/wego-awards-5").json()["winners"] == []
    problem_of(program.get("/api/v1/awards/wego-awards-4"), 404)
    problem_of(program.get("/api/v1/awards/wego-awards-99999999999999999999"), 404)
    problem_of(program.get("/api/v1/awards/nothing"), 404)


def test_finance_has_no_business_with_meetings(client):
    program = program_of(client, role="finance")

    for path in ("meetings", "decisions", "awards"):
        problem_of(program.get(f"/api/v1/{path}"), 403)
