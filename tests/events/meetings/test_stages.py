import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from events.meetings.notices import find_assembly_due, notices_of
from events.meetings.stages import Plan, last_stage, plan_meeting, record_stage, voting_day
from events.models import Meeting, MeetingStage
from events.policies import load_policies
from tests.register import add_member
from wego.models import AuditEntry
from wego.policies import change_policy

pytestmark = pytest.mark.django_db
TODAY = dt.date(2021, 12, 1)


def plan_fifth():
    makati = add_member("Makati", "PH")
    return plan_meeting(
        body="assembly",
        name_en="5th General Assembly",
        number=5,
        plan=Plan(dt.date(2020, 9, 6), dt.date(2020, 9, 9), makati),
        on=dt.date(2019, 1, 1),
        by=None,
    )


def hold(day, body="assembly", number=None):
    return plan_meeting(
        body=body,
        name_en=f"{body} of {day.year}",
        number=number,
        plan=Plan(day),
        state="held",
        on=TODAY,
        by=None,
    )


def test_c6_the_fifth_assembly_is_one_with_its_history():
    meeting = plan_fifth()
    seoul = add_member("Seoul")

    record_stage(
        meeting, "postponed", plan=Plan(), reason="Pandemic", on=dt.date(2020, 6, 1), by=None
    )
    record_stage(
        meeting,
        "moved",
        plan=Plan(dt.date(2021, 10, 18), host=seoul, place="DDP", mode="hybrid"),
        reason="Seoul takes over",
        on=dt.date(2021, 3, 1),
        by=None,
    )
    record_stage(
        meeting,
        "held",
        plan=Plan(dt.date(2021, 10, 18), host=seoul, place="DDP", mode="hybrid"),
        reason="",
        on=TODAY,
        by=None,
    )

    rows = meeting.stages.values_list("state", "host__name_en", "starts_on", "mode")
    assert list(rows) == [
        ("planned", "Makati", dt.date(2020, 9, 6), "on_site"),
        ("postponed", None, None, "on_site"),
        ("moved", "Seoul", dt.date(2021, 10, 18), "hybrid"),
        ("held", "Seoul", dt.date(2021, 10, 18), "hybrid"),
    ]
    assert Meeting.objects.count() == 1
    stood = Meeting.objects.with_stage().get()
    assert (stood.state, stood.host_id, stood.starts_on) == (
        "held",
        seoul.pk,
        dt.date(2021, 10, 18),
    )


def test_x16_postponing_and_moving_say_why():
    meeting = plan_fifth()

    for state in ("postponed", "moved", "cancelled"):
        with pytest.raises(ValidationError, match="Say why"):
            record_stage(meeting, state, plan=Plan(), reason=" ", on=TODAY, by=None)

    assert meeting.stages.count() == 1


def test_r21_what_was_held_or_cancelled_is_final():
    held = hold(dt.date(2021, 10, 18))
    cancelled = plan_fifth()
    record_stage(cancelled, "cancelled", plan=Plan(), reason="Pandemic", on=TODAY, by=None)

    for meeting in (held, cancelled):
        with pytest.raises(ValidationError, match="that is final"):
            record_stage(meeting, "moved", plan=Plan(), reason="Other host", on=TODAY, by=None)

    assert MeetingStage.objects.count() == 3


def test_a_meeting_is_held_when_it_has_begun():
    meeting = plan_fifth()

    with pytest.raises(ValidationError, match="still to come"):
        record_stage(
            meeting,
            "held",
            plan=Plan(dt.date(2021, 12, 2)),
            reason="",
            on=TODAY,
            by=None,
        )

    assert last_stage(meeting).state == "planned"


@pytest.mark.parametrize(
    "plan",
    [
        Plan(dt.date(2021, 10, 18), dt.date(2021, 10, 17)),
        Plan(None, dt.date(2021, 10, 17)),
    ],
)
def test_days_stand_in_their_order(plan):
    meeting = plan_fifth()

    with pytest.raises(ValidationError, match="before the first"):
        record_stage(meeting, "planned", plan=plan, reason="", on=TODAY, by=None)

    assert meeting.stages.count() == 1


def test_stages_are_append_only_in_the_database():
    stage = last_stage(plan_fifth())

    for statement in (
        "UPDATE events_meetingstage SET state = 'held'",
        "DELETE FROM events_meetingstage",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    stage.refresh_from_db()
    assert stage.state == "planned"


def test_the_same_number_is_given_once_per_body():
    plan_fifth()

    with pytest.raises(ValidationError, match="number 5 already"):
        hold(dt.date(2021, 10, 18), number=5)
    hold(dt.date(2012, 11, 12), body="excom", number=5)

    assert sorted(Meeting.objects.values_list("code", flat=True)) == [
        "assembly-2020",
        "excom-2012",
    ]


def test_two_meetings_of_a_year_have_addresses_of_their_own():
    for _twice in range(2):
        hold(dt.date(2021, 10, 18))

    assert sorted(Meeting.objects.values_list("code", flat=True)) == [
        "assembly-2021",
        "assembly-2021-2",
    ]


def test_every_stage_is_on_the_trail(secretariat):
    meeting = plan_fifth()

    record_stage(meeting, "postponed", plan=Plan(), reason="Pandemic", on=TODAY, by=secretariat)

    entry = AuditEntry.objects.get(act="meeting.postponed")
    assert (entry.by, entry.why, entry.facts["before"]) == (secretariat, "Pandemic", "planned")


@pytest.mark.parametrize(
    ("body", "call", "agenda"),
    [
        ("assembly", dt.date(2021, 8, 19), dt.date(2021, 9, 18)),
        ("excom", dt.date(2021, 9, 18), dt.date(2021, 10, 4)),
    ],
)
def test_s32_call_and_agenda_have_their_last_days(body, call, agenda):
    meeting = plan_meeting(
        body=body,
        name_en="A meeting",
        plan=Plan(dt.date(2021, 10, 18)),
        on=dt.date(2021, 1, 1),
        by=None,
    )

    notices = notices_of(meeting, last_stage(meeting), load_policies())

    assert (notices.call.until, notices.agenda.until) == (call, agenda)
    assert not notices.call.is_missed(call)
    assert notices.call.is_missed(call + dt.timedelta(days=1))


def test_s32_a_call_in_time_stays_in_time():
    meeting = plan_meeting(
        body="excom",
        name_en="A meeting",
        plan=Plan(dt.date(2021, 10, 18)),
        on=dt.date(2021, 1, 1),
        by=None,
    )
    record_stage(
        meeting,
        "called",
        plan=Plan(dt.date(2021, 10, 18)),
        reason="",
        on=dt.date(2021, 9, 18),
        by=None,
    )
    meeting.refresh_from_db()

    notices = notices_of(meeting, last_stage(meeting), load_policies())

    assert notices.call.done_on == dt.date(2021, 9, 18)
    assert not notices.call.is_missed(dt.date(2022, 1, 1))


def test_s32_follows_the_switch(administrator):
    change_policy("excom_call_days", 15, by=administrator, why="As Metropolis", on=TODAY)
    meeting = plan_meeting(
        body="excom", name_en="A meeting", plan=Plan(dt.date(2021, 10, 18)), on=TODAY, by=None
    )

    notices = notices_of(meeting, last_stage(meeting), load_policies())

    assert notices.call.until == dt.date(2021, 10, 3)


def test_r14_c5_the_next_assembly_is_due_after_three_years_as_a_reminder():
    assert find_assembly_due() is None
    for year, month in ((2010, 9), (2012, 11), (2014, 11), (2017, 6)):
        hold(dt.date(year, month, 27))

    due = find_assembly_due()

    assert (due.last_on, due.due_on, due.planned) == (
        dt.date(2017, 6, 27),
        dt.date(2020, 6, 27),
        None,
    )
    # Nothing is refused: assemblies stood two and four years apart.
    hold(dt.date(2021, 10, 18))
    assert find_assembly_due().due_on == dt.date(2024, 10, 18)


def test_c5_the_reminder_names_the_assembly_that_is_planned():
    hold(dt.date(2017, 6, 27))
    fifth = plan_fifth()

    assert find_assembly_due().planned == fifth


def test_statuses_are_those_of_the_meeting_s_own_days():
    meeting = plan_fifth()
    stage = last_stage(meeting)

    assert voting_day(stage, dt.date(2020, 1, 1)) == dt.date(2020, 1, 1)
    assert voting_day(stage, dt.date(2020, 9, 7)) == dt.date(2020, 9, 7)
    assert voting_day(stage, TODAY) == dt.date(2020, 9, 9)
