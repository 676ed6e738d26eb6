import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.confirming import confirm_resolution
from events.meetings.stages import last_stage
from events.meetings.written import Question, answer_ballot, close_ballot, open_ballot
from events.models import Meeting, NamedVote, Resolution, WrittenAnswer
from members.models import Member
from tests.events.meetings.seongnam import SEATED, add_seated
from tests.register import add_member
from wego.policies import change_policy

pytestmark = pytest.mark.django_db
OPENED = dt.date(2018, 11, 22)
CLOSES = dt.date(2018, 12, 12)
ANNOUNCED = dt.date(2018, 12, 13)
QUESTION = Question("other", "Seongnam hosts EXCOM 2019")


def ask(voters, **fields):
    base = {
        "body": "excom",
        "name_en": "Written ballot on the host of 2019",
        "questions": [QUESTION],
        "voters": voters,
        "closes_on": CLOSES,
        "on": OPENED,
    }
    return open_ballot(**(base | fields), by=None)


def answer(meeting, name, choice="for", on=OPENED):
    item = meeting.items.get()
    return answer_ballot(item, Member.objects.get(name_en=name), choice, on=on, by=None)


def answers(meeting, count, choice="for"):
    for name, _country in SEATED[:count]:
        answer(meeting, name, choice)


def test_s31_p11_a_host_is_chosen_between_meetings():
    meeting = ask(add_seated())
    answers(meeting, 5)
    answer(meeting, "Quezon City", "against")

    resolution = close_ballot(meeting, reference="Ballot 2018", on=ANNOUNCED, by=None)[0]

    assert (resolution.verdict, resolution.manner) == ("approve", "roll_call")
    assert (resolution.votes_for, resolution.votes_against) == (5, 1)
    assert (resolution.entitled, resolution.represented, resolution.quorum) == (8, 6, 5)
    assert (resolution.resolved_on, resolution.reference) == (CLOSES, "Ballot 2018, 1")
    assert NamedVote.objects.count() == 6
    assert last_stage(meeting).state == "held"
    confirm_resolution(resolution, on=ANNOUNCED, by=None)


def test_s31_is_open_for_fourteen_days_at_least():
    with pytest.raises(ValidationError, match="open for 14 days at least: until 2018-12-06"):
        ask(add_seated(), closes_on=dt.date(2018, 12, 5))
    assert not Meeting.objects.exists()

    assert ask(list(Member.objects.all()), closes_on=dt.date(2018, 12, 6))


def test_s31_follows_the_switches(administrator):
    change_policy("written_days", 30, by=administrator, why="Statute", on=OPENED)
    with pytest.raises(ValidationError, match="30 days"):
        ask(add_seated())
    change_policy("written", "none", by=administrator, why="Statute", on=OPENED)
    with pytest.raises(ValidationError, match="Only EXCOM"):
        ask(list(Member.objects.all()), closes_on=dt.date(2019, 3, 1))

    assert not Meeting.objects.exists()


def test_s31_the_assembly_never_decides_in_writing():
    with pytest.raises(ValidationError, match="Only EXCOM"):
        ask(add_seated(), body="assembly")


def test_a_ballot_without_a_question_is_not_opened():
    with pytest.raises(ValidationError, match="Write down what is asked"):
        ask(add_seated(), questions=[])


def test_too_few_answers_are_no_quorum_and_change_nothing():
    meeting = ask(add_seated())
    answers(meeting, 4)

    resolution = close_ballot(meeting, reference="Ballot", on=ANNOUNCED, by=None)[0]

    assert not resolution.quorum_held
    with pytest.raises(ValidationError, match="without a quorum"):
        confirm_resolution(resolution, on=ANNOUNCED, by=None)


def test_a_tie_is_no_majority():
    meeting = ask(add_seated())
    answers(meeting, 3)
    for name, _country in SEATED[3:6]:
        answer(meeting, name, "against")

    assert close_ballot(meeting, reference="", on=ANNOUNCED, by=None)[0].verdict == "reject"


def test_s27_one_answer_per_city_and_it_stays():
    meeting = ask(add_seated())
    answer(meeting, "Seoul")

    with pytest.raises(ValidationError, match="the first answer counts"):
        answer(meeting, "Seoul", "against")
    with pytest.raises(IntegrityError), transaction.atomic():
        WrittenAnswer.objects.update(choice="against")

    assert WrittenAnswer.objects.get().choice == "for"


def test_s27_associates_and_others_have_no_answer():
    associate = add_member("Suncheon", status="associate", on=dt.date(2018, 1, 1))
    meeting = ask([*add_seated(), associate])
    add_member("Batam", "ID", on=dt.date(2018, 1, 1))

    with pytest.raises(ValidationError, match="only full member cities vote"):
        answer(meeting, "Suncheon")
    with pytest.raises(ValidationError, match="Batam has no vote"):
        answer(meeting, "Batam")

    assert not WrittenAnswer.objects.exists()


def test_answers_are_taken_within_the_days_alone():
    meeting = ask(add_seated())

    answer(meeting, "Seoul", on=CLOSES)
    with pytest.raises(ValidationError, match="is closed"):
        answer(meeting, "Goyang", on=ANNOUNCED)
    with pytest.raises(ValidationError, match="Choose one"):
        answer(meeting, "Goyang", "maybe", on=CLOSES)

    assert WrittenAnswer.objects.count() == 1


def test_it_is_counted_after_its_last_day_or_once_all_have_answered():
    meeting = ask(add_seated())
    answers(meeting, 7)
    with pytest.raises(ValidationError, match="not everybody has answered"):
        close_ballot(meeting, reference="", on=OPENED, by=None)
    assert not Resolution.objects.exists()

    answer(meeting, "Jakarta")
    close_ballot(meeting, reference="", on=OPENED, by=None)

    with pytest.raises(ValidationError, match="is closed"):
        close_ballot(meeting, reference="", on=ANNOUNCED, by=None)
    assert Resolution.objects.count() == 1
