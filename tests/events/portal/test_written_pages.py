"""Written ballots and memoranda in the portal of member cities (S31, P9)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from events.meetings.memoranda import approve_memorandum, publish_memorandum, write_memorandum
from events.meetings.stages import Plan, plan_meeting, record_stage
from events.meetings.written import Question, answer_ballot, close_ballot, open_ballot
from events.models import WrittenAnswer
from events.papers import render_event_papers
from members.models import Member
from tests.dues.builders import issued_invoice
from tests.events.meetings.seongnam import add_seated
from tests.members.portal import acting, words_of
from tests.register import add_member

pytestmark = pytest.mark.django_db
OPENED = dt.date(2018, 11, 22)
CLOSES = dt.date(2018, 12, 12)
LIST = reverse("meetings:list")


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2018-11-23T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def ballot():
    questions = [
        Question("hosts", "Seongnam hosts EXCOM 2019", "성남이 2019년 집행위원회를 개최한다"),
        Question("other", "The secretariat may sign the contract"),
    ]
    return open_ballot(
        body="excom",
        name_en="Host of 2019",
        name_ko="2019년 개최도시",
        questions=questions,
        voters=add_seated(),
        closes_on=CLOSES,
        on=OPENED,
        by=None,
    )


@pytest.fixture
def address(ballot):
    return reverse("meetings:written", args=[ballot.code])


def city(name):
    return Member.objects.get(name_en=name)


def send(client, ballot, choice, *, position=1):
    item = ballot.items.get(position=position)
    return client.post(
        reverse("meetings:written", args=[ballot.code]),
        {"item": item.pk, f"item-{item.pk}-choice": choice},
    )


@pytest.mark.parametrize("role", ["administrator", "delegate"])
def test_s31_a_seated_city_answers_each_question_once(client, ballot, address, role):
    user = acting(city("Goyang"), role)
    client.force_login(user)
    assert "2 questions wait for your city’s answer until 12 Dec 2018" in words_of(client.get(LIST))

    assert send(client, ballot, "for").url == address
    page = words_of(client.get(address))

    answer = WrittenAnswer.objects.get()
    assert (answer.member, answer.item.position, answer.choice) == (city("Goyang"), 1, "for")
    assert (answer.answered_on, answer.recorded_by) == (dt.date(2018, 11, 23), user)
    assert answer.source == f"portal, {user}"
    assert f"answer given In favour 23 Nov 2018, {user}" in page
    assert page.count("Answer for our city") == 1
    again = send(client, ballot, "against")
    assert (again.status_code, WrittenAnswer.objects.get().choice) == (422, "for")
    assert "the first answer counts" in words_of(again)
    send(client, ballot, "abstain", position=2)
    assert "Your city has answered everything." in words_of(client.get(LIST))


@pytest.mark.parametrize("choice", ["", "maybe"])
def test_no_answer_or_a_wrong_one_is_asked_for_at_the_question(client, ballot, choice):
    client.force_login(acting(city("Goyang"), "delegate"))

    page = send(client, ballot, choice, position=2)

    assert page.status_code == 422
    assert words_of(page).count("Choose one of the answers.") == 2
    item = ballot.items.get(position=2)
    assert f'href="#id_item-{item.pk}-choice"' in page.content.decode()
    assert not WrittenAnswer.objects.exists()


@pytest.mark.parametrize("role", ["reader", "finance"])
def test_who_has_no_mandate_reads_and_does_not_answer(client, ballot, address, role):
    client.force_login(acting(city("Goyang"), role))

    page = words_of(client.get(address))

    assert "A delegate or an administrator of your city answers." in page
    assert "Answer for our city" not in page
    assert send(client, ballot, "for").status_code == 403
    assert not WrittenAnswer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "status"), [("city", "full"), ("city", "associate"), ("company", "full")]
)
def test_s27_who_holds_no_seat_finds_no_ballot(client, ballot, address, kind, status):
    client.force_login(
        acting(add_member("Suncheon", kind=kind, status=status, on=OPENED), "administrator")
    )

    assert "Host of 2019" not in words_of(client.get(LIST))
    assert client.get(address).status_code == 404
    assert send(client, ballot, "for").status_code == 404
    assert "your organisation holds no seat in it" in words_of(
        client.get(reverse("meetings:meeting", args=[ballot.code]))
    )
    assert not WrittenAnswer.objects.exists()


def test_s27_a_seated_city_reads_nothing_of_the_others_answers(client, ballot, address):
    answer_ballot(ballot.items.get(position=1), city("Beyoglu"), "against", on=OPENED, by=None)
    client.force_login(acting(city("Goyang"), "administrator"))

    page = words_of(client.get(address))

    assert "Beyoglu" not in page
    assert "Not answered" not in page
    assert "answer given" not in page


def test_a_question_of_another_meeting_is_not_found(client, ballot, address):
    other = plan_meeting(body="excom", name_en="EXCOM 2019", plan=Plan(CLOSES), on=OPENED, by=None)
    item = other.items.create(position=1, kind="budget", title_en="Budget")
    client.force_login(acting(city("Goyang"), "administrator"))

    for sent in (item.pk, "x", ""):
        data = {"item": sent, f"item-{sent}-choice": "for"}
        assert client.post(address, data).status_code == 404
    assert client.get(reverse("meetings:written", args=[other.code])).status_code == 404
    assert not WrittenAnswer.objects.exists()


def test_s10_a_seated_city_that_owes_reads_why_it_has_no_vote(client, ballot, address):
    invoice = issued_invoice(city("Goyang"), year=2017, due_on=dt.date(2017, 3, 1))
    client.force_login(acting(city("Goyang"), "administrator"))

    page = words_of(client.get(address))

    assert "No vote" in page
    assert invoice.number in page
    assert "Answer for our city" not in page
    assert send(client, ballot, "for").status_code == 422
    assert not WrittenAnswer.objects.exists()


def test_after_the_last_day_and_after_the_count_nothing_is_taken(client, ballot, address):
    client.force_login(acting(city("Goyang"), "administrator"))
    with time_machine.travel("2018-12-12T15:00:00+00:00", tick=False):
        client.force_login(acting(city("Jakarta"), "delegate"))
        assert "Answers are no longer taken." in words_of(client.get(address))
        assert send(client, ballot, "for").status_code == 422
        close_ballot(ballot, reference="Ballot", on=dt.date(2018, 12, 13), by=None)
        assert "Not answered." in words_of(client.get(address))
        assert "Host of 2019" in words_of(client.get(LIST)).split("Earlier meetings")[1]
    assert not WrittenAnswer.objects.exists()


def test_the_ballot_speaks_korean(client, ballot, address):
    client.force_login(acting(city("Goyang"), "administrator"))
    client.cookies["django_language"] = "ko"

    page = words_of(client.get(address))

    assert "2019년 개최도시" in page
    assert "1. 성남이 2019년 집행위원회를 개최한다" in page


def test_a_ballot_costs_as_many_queries_with_ten_questions(
    client, ballot, address, django_assert_num_queries
):
    client.force_login(acting(city("Goyang"), "administrator"))
    client.get(address)
    with django_assert_num_queries(16):
        client.get(address)
    for position in range(3, 11):
        ballot.items.create(position=position, kind="other", title_en=f"Question {position}")

    with django_assert_num_queries(16):
        client.get(address)


@pytest.fixture
def held():
    meeting = plan_meeting(
        body="excom", name_en="EXCOM 2018", plan=Plan(OPENED), on=OPENED, by=None
    )
    record_stage(meeting, "held", plan=Plan(OPENED), reason="", on=OPENED, by=None)
    return meeting


def test_p9_a_published_memorandum_is_there_for_every_member(client, held):
    client.force_login(acting(add_member("Danfoss", "DK", kind="company", on=OPENED), "reader"))
    page, file = (
        reverse(f"meetings:{name}", args=[held.code]) for name in ("meeting", "memorandum")
    )
    memorandum = write_memorandum(held, on=OPENED, by=None)
    render_event_papers()
    approve_memorandum(memorandum, on=OPENED, by=None)
    assert client.get(file).status_code == 404
    assert "memorandum" not in words_of(client.get(page))
    assert "EXCOM 2018" not in words_of(client.get(LIST))

    publish_memorandum(memorandum, on=OPENED, by=None)

    assert "EXCOM 2018" in words_of(client.get(LIST))
    assert "Download the memorandum" in words_of(client.get(page))
    answer = client.get(file, {"save": ""})
    assert answer.content.startswith(b"%PDF")
    assert f'filename="{memorandum.paper.reference}.pdf"' in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
